import Testing
import Wizard

@testable import Cluster

@Suite("Owners")
struct OwnerTests {
  static let object = ObjectReference(
    apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web")
  static let flux = ["kustomize.toolkit.fluxcd.io/name": "shop"]
  static let helmRelease = [
    "helm.toolkit.fluxcd.io/name": "web", "helm.toolkit.fluxcd.io/namespace": "releases",
  ]
  static let helm = ["app.kubernetes.io/managed-by": "Helm", "helm.sh/chart": "web-1"]
  static let release = [
    "meta.helm.sh/release-name": "web", "meta.helm.sh/release-namespace": "shop",
  ]
  static let instance = ["argocd.argoproj.io/instance": "shop-app"]

  static func owner(
    labels: [String: String] = [:], annotations: [String: String] = [:],
    references: [Metadata.OwnerReference] = [], managers: Set<String> = []
  ) -> Owner {
    OwnerMarks(
      object: object, labels: labels, annotations: annotations, ownerReferences: references,
      managers: managers
    ).owner
  }

  static func reference(
    _ apiVersion: String, _ kind: String, _ name: String, controller: Bool? = true
  ) -> Metadata.OwnerReference {
    .init(apiVersion: apiVersion, kind: kind, name: name, controller: controller)
  }

  static func trackingID(_ id: String) -> [String: String] {
    ["argocd.argoproj.io/tracking-id": id]
  }

  @Test("Nothing that says otherwise: native, without a source")
  func native() {
    let unrelated = Self.owner(
      labels: ["app": "web", "app.kubernetes.io/instance": "web"],
      references: [Self.reference("v1", "ConfigMap", "x", controller: nil)],
      managers: ["kubectl-client-side-apply"])
    #expect(unrelated == .native)
  }

  @Test("Flux: a Kustomization, then a HelmRelease, whatever Helm's marks say")
  func fluxOwners() {
    #expect(
      Self.owner(labels: Self.flux.merging(Self.helmRelease) { $1 })
        == Owner(
          .flux, kind: "Kustomization", name: "shop", namespace: "flux-system",
          source: "label:kustomize.toolkit.fluxcd.io/name"))
    #expect(
      Self.owner(labels: Self.helmRelease.merging(Self.helm) { $1 }, annotations: Self.release)
        == Owner(
          .flux, kind: "HelmRelease", name: "web", namespace: "releases",
          source: "label:helm.toolkit.fluxcd.io/name"))
  }

  @Test("Argo CD: the tracking id comes before the instance label")
  func trackingFirst() {
    #expect(
      Self.owner(
        labels: Self.instance.merging(Self.helm) { $1 },
        annotations: Self.trackingID("app:apps/Deployment:shop/web"))
        == Owner(
          .argoCD, kind: "Application", name: "app",
          source: "annotation:argocd.argoproj.io/tracking-id"))
    #expect(
      Self.owner(labels: Self.instance)
        == Owner(
          .argoCD, kind: "Application", name: "shop-app",
          source: "label:argocd.argoproj.io/instance",
          confidence: .medium))
  }

  @Test("A tracking id may name the application's namespace")
  func applicationNamespace() {
    #expect(
      Self.owner(annotations: Self.trackingID("team-a_app:apps/Deployment:shop/web"))
        == Owner(
          .argoCD, kind: "Application", name: "app", namespace: "team-a",
          source: "annotation:argocd.argoproj.io/tracking-id"))
  }

  @Test(
    "A tracking id that names another object was copied, and says nothing",
    arguments: [
      "app:apps/Deployment:shop/other", "app:apps/Deployment:other/web",
      "app:apps/StatefulSet:shop/web", "app:/Deployment:shop/web", "app:apps/Deployment:shop/web/x",
    ])
  func copied(id: String) {
    #expect(Self.owner(annotations: Self.trackingID(id)) == .native)
    #expect(
      Self.owner(labels: Self.instance, annotations: Self.trackingID(id)).confidence == .medium)
  }

  @Test(
    "A tracking id of no known form is still a sign of Argo CD",
    arguments: ["", "app", "a:b", ":x:y"])
  func unknownForm(id: String) {
    #expect(
      Self.owner(annotations: Self.trackingID(id))
        == Owner(
          .argoCD, kind: "Application", source: "annotation:argocd.argoproj.io/tracking-id",
          confidence: .low))
  }

  @Test("A core object's tracking id has an empty group")
  func coreGroup() {
    let marks = OwnerMarks(
      object: ObjectReference(apiVersion: "v1", kind: "Service", namespace: "shop", name: "web"),
      annotations: Self.trackingID("app:/Service:shop/web"))
    #expect(marks.owner.name == "app")
  }

  @Test("Helm: surely with a release's name, less so with a chart, hardly with managed-by alone")
  func helmOwners() {
    #expect(
      Self.owner(labels: Self.helm, annotations: Self.release)
        == Owner(
          .helm, name: "web", namespace: "shop", source: "annotation:meta.helm.sh/release-name"))
    #expect(
      Self.owner(labels: ["helm.sh/chart": "web-1", "app.kubernetes.io/instance": "my-web"])
        == Owner(.helm, name: "my-web", source: "label:helm.sh/chart", confidence: .medium))
    #expect(
      Self.owner(labels: ["app.kubernetes.io/managed-by": "Helm"])
        == Owner(.helm, source: "label:app.kubernetes.io/managed-by", confidence: .low))
    #expect(Self.owner(annotations: Self.release) == .native)
  }

  @Test("Terraform: by the cloud's marks, else by the provider's name as a field manager")
  func terraform() {
    let run = ["app.terraform.io/run-id": "run-1", "app.terraform.io/workspace-name": "prod"]
    #expect(
      Self.owner(labels: ["app.terraform.io/managed": "true"], annotations: run)
        == Owner(.terraform, name: "prod", source: "annotation:app.terraform.io/run-id"))
    #expect(
      Self.owner(labels: ["app.terraform.io/managed": "true"])
        == Owner(.terraform, source: "label:app.terraform.io/managed"))
    #expect(
      Self.owner(managers: ["HashiCorp", "kube-controller-manager"])
        == Owner(.terraform, source: "fieldManager:HashiCorp", confidence: .medium))
  }

  @Test("ConfigHub: a unit's slug as label or annotation, or its origin")
  func configHub() {
    let slug = ["confighub.com/UnitSlug": "web"]
    #expect(
      Self.owner(labels: slug, annotations: ["confighub.com/SpaceName": "prod"])
        == Owner(
          .configHub, name: "web", namespace: "prod", source: "label:confighub.com/UnitSlug"))
    #expect(
      Self.owner(annotations: slug)
        == Owner(.configHub, name: "web", source: "annotation:confighub.com/UnitSlug"))
    #expect(
      Self.owner(annotations: ["confighub.com/origin": "x"])
        == Owner(.configHub, source: "annotation:confighub.com/origin"))
  }

  @Test("Crossplane: by claim, composite, composition or the group of an owner")
  func crossplane() {
    let claim = [
      "crossplane.io/claim-name": "db", "crossplane.io/claim-namespace": "team",
      "crossplane.io/composite": "db-x7k",
    ]
    #expect(
      Self.owner(labels: claim)
        == Owner(
          .crossplane, name: "db", namespace: "team", source: "label:crossplane.io/claim-name"))
    #expect(
      Self.owner(labels: ["crossplane.io/composite": "db-x7k"])
        == Owner(.crossplane, name: "db-x7k", source: "label:crossplane.io/composite"))
    #expect(
      Self.owner(annotations: ["crossplane.io/composition-resource-name": "deployment"]).source
        == "annotation:crossplane.io/composition-resource-name")
    for group in ["crossplane.io", "pkg.crossplane.io", "ec2.aws.upbound.io"] {
      #expect(
        Self.owner(references: [Self.reference("\(group)/v1", "Provider", "aws")])
          == Owner(.crossplane, kind: "Provider", name: "aws", source: "ownerRef:Provider/aws"))
    }
    #expect(
      Self.owner(references: [Self.reference("notcrossplane.io/v1", "X", "x")]).tool == .controller)
  }

  @Test("kro: by any of its labels or annotations, or the group of an owner")
  func kro() {
    #expect(
      Self.owner(labels: ["kro.run/instance-name": "web", "kro.run/owned": "true"])
        == Owner(.kro, name: "web", source: "label:kro.run/instance-name"))
    #expect(
      Self.owner(annotations: ["kro.run/x": ""]) == Owner(.kro, source: "annotation:kro.run/x"))
    #expect(
      Self.owner(references: [Self.reference("kro.run/v1alpha1", "WebApp", "web")])
        == Owner(.kro, kind: "WebApp", name: "web", source: "ownerRef:WebApp/web"))
  }

  @Test("Any other controller is the one that the owner references call so")
  func controller() {
    #expect(
      Self.owner(references: [
        Self.reference("v1", "ConfigMap", "x", controller: nil),
        Self.reference("databases.example.com/v1", "Postgres", "main"),
      ]) == Owner(.controller, kind: "Postgres", name: "main", source: "ownerRef:Postgres/main"))
  }

  @Test("Config Sync: by its annotations, unless it was told to leave the object alone")
  func configSync() {
    func owner(_ manager: String?, managed: String = "enabled") -> Owner {
      var annotations = ["configmanagement.gke.io/managed": managed]
      annotations["configsync.gke.io/manager"] = manager
      return Self.owner(annotations: annotations)
    }
    #expect(owner(":root").objectName == "RootSync config-management-system/root-sync")
    #expect(owner(":root_apps").objectName == "RootSync config-management-system/apps")
    #expect(owner("shop").objectName == "RepoSync shop/repo-sync")
    #expect(owner("shop_web_x").objectName == "RepoSync shop/web_x")
    #expect(owner(nil).tool == .configSync)
    #expect(owner(":root", managed: "disabled") == .native)
  }

  @Test("Rancher's library marks for Fleet, and for others that are named beside it")
  func objectSets() {
    let hash = ["objectset.rio.cattle.io/hash": "36a9"]
    func owner(_ kind: String) -> Owner {
      Self.owner(
        labels: hash,
        annotations: [
          "objectset.rio.cattle.io/owner-gvk": kind, "objectset.rio.cattle.io/owner-name": "dns",
          "objectset.rio.cattle.io/owner-namespace": "kube-system",
        ])
    }
    #expect(Self.owner(labels: hash).tool == .fleet)
    #expect(owner("fleet.cattle.io/v1alpha1, Kind=BundleDeployment").tool == .fleet)
    let addon = owner("k3s.cattle.io/v1, Kind=Addon")
    #expect(addon.tool == .other && addon.objectName == "Addon kube-system/dns")
  }

  @Test("Sveltos: by the profile that it names, or by what it deployed")
  func sveltos() {
    let profile = [
      "projectsveltos.io/owner-kind": "Profile", "projectsveltos.io/owner-name": "shop",
    ]
    #expect(
      Self.owner(labels: Self.helm, annotations: profile.merging(Self.release) { $1 }).objectName
        == "Profile shop")
    #expect(
      Self.claims(labels: Self.helm, annotations: profile.merging(Self.release) { $1 })
        == [.sveltos])
    #expect(Self.owner(labels: ["projectsveltos.io/reference-name": "x"]).tool == .sveltos)
    let reference = Self.reference(
      "config.projectsveltos.io/v1beta1", "ClusterSummary", "x", controller: nil)
    #expect(Self.owner(references: [reference]).tool == .sveltos)
  }

  @Test("Whoever calls itself the manager may put things back, if nobody else is known")
  func others() {
    let named = ["app.kubernetes.io/managed-by": "shop-operator"]
    #expect(
      Self.owner(labels: named)
        == Owner(
          .other, name: "shop-operator", source: "label:app.kubernetes.io/managed-by",
          confidence: .low))
    #expect(Self.claims(labels: named.merging(Self.flux) { $1 }) == [.flux])
    #expect(Self.owner(labels: ["app.kubernetes.io/managed-by": ""]) == .native)
    #expect(Owner.Tool.other.reverts)
  }

  @Test("A reference that is no controller's is an owner's, too, unless it is of Kubernetes itself")
  func companions() {
    let app = Self.reference("example.com/v1", "App", "a", controller: nil)
    #expect(
      Self.owner(references: [app])
        == Owner(
          .other, kind: "App", name: "a", source: "ownerRef:App/a", confidence: .medium))
    #expect(Self.claims(labels: Self.flux, references: [app]) == [.flux, .other])
    let version = Self.reference(
      "operators.coreos.com/v1alpha1", "ClusterServiceVersion", "o.v1", controller: false)
    #expect(
      Self.owner(references: [version])
        == Owner(
          .olm, kind: "ClusterServiceVersion", name: "o.v1",
          source: "ownerRef:ClusterServiceVersion/o.v1", confidence: .medium))
    #expect(Self.claims(labels: ["olm.owner": "o.v1"], references: [version]) == [.olm])
    let claim = Self.reference("x.crossplane.io/v1", "Claim", "c", controller: nil)
    #expect(Self.claims(references: [claim]) == [.crossplane])
  }

  @Test("Of several marks, the first of the order decides")
  func order() {
    var labels: [String: String] = [:]
    var annotations: [String: String] = [:]
    var managers: Set<String> = []
    var references: [Metadata.OwnerReference] = []
    var tools: [Owner.Tool] = []
    func look() {
      tools.append(
        Self.owner(
          labels: labels, annotations: annotations, references: references, managers: managers
        ).tool)
    }
    references = [Self.reference("x/v1", "X", "x")]
    look()
    annotations["kro.run/x"] = ""
    look()
    labels["crossplane.io/composite"] = "x"
    look()
    annotations["confighub.com/UnitSlug"] = "x"
    look()
    managers = ["Terraform"]
    look()
    labels["helm.sh/chart"] = "x"
    look()
    labels["argocd.argoproj.io/instance"] = "x"
    look()
    labels["helm.toolkit.fluxcd.io/name"] = "x"
    look()
    #expect(
      tools == [
        .controller, .kro, .crossplane, .configHub, .terraform, .helm, .argoCD, .flux,
      ])
  }

  static func claims(
    labels: [String: String] = [:], annotations: [String: String] = [:],
    references: [Metadata.OwnerReference] = []
  ) -> [Owner.Tool] {
    OwnerMarks(
      object: object, labels: labels, annotations: annotations, ownerReferences: references
    ).claims.map(\.tool)
  }

  @Test("Several owners at once are a conflict, unless one explains the other's marks")
  func conflicts() {
    #expect(Self.claims() == [])
    #expect(Self.claims(labels: Self.flux.merging(Self.instance) { $1 }) == [.flux, .argoCD])
    #expect(Self.claims(labels: Self.flux.merging(Self.helmRelease) { $1 }) == [.flux, .flux])
    // A HelmRelease is a release of Helm's; so is not what a Kustomization applies.
    let release = Self.helm.merging(Self.helmRelease) { $1 }
    #expect(Self.claims(labels: release, annotations: Self.release) == [.flux])
    let both = Self.helm.merging(Self.flux) { $1 }
    #expect(Self.claims(labels: both, annotations: Self.release) == [.flux, .helm])
    // Whoever renders a chart leaves its labels.
    #expect(Self.claims(labels: Self.helm.merging(Self.instance) { $1 }) == [.argoCD])
    let id = Self.trackingID("shop-app:apps/Deployment:shop/web")
    #expect(Self.claims(labels: Self.instance, annotations: id) == [.argoCD])
    let other = Self.trackingID("other:apps/Deployment:shop/web")
    #expect(Self.claims(labels: Self.instance, annotations: other) == [.argoCD, .argoCD])
    let claim = Self.reference("x.crossplane.io/v1", "Claim", "c")
    #expect(Self.claims(references: [claim]) == [.crossplane])
    let custom = Self.reference("example.com/v1", "App", "a")
    #expect(Self.claims(labels: Self.flux, references: [custom]) == [.flux, .controller])
  }

  @Test("A label of Argo CD's that was cut stands for the whole name, and for nothing shorter")
  func cutNames() {
    let name = String(repeating: "a", count: 70)
    let cut = Owner(.argoCD, name: String(name.prefix(63)))
    #expect(cut.mayBeCut(from: Owner(.argoCD, name: name)))
    #expect(!cut.mayBeCut(from: Owner(.argoCD, name: "b" + name)))
    #expect(!Owner(.argoCD, name: "aaa").mayBeCut(from: Owner(.argoCD, name: name)))
    let inNamespace = Owner(.argoCD, name: String(name.prefix(56)), namespace: "team-a")
    #expect(inNamespace.mayBeCut(from: Owner(.argoCD, name: name, namespace: "team-a")))
  }

  @Test("A repository's address is shown without the credentials in it")
  func credentials() {
    for (url, shown) in [
      ("https://git.example.com/x", "https://git.example.com/x"),
      ("https://user:secret@git.example.com/x@y", "https://git.example.com/x@y"),
      ("https://us@er:s@git.example.com", "https://git.example.com"),
      ("git@github.com:acme/x", "git@github.com:acme/x"),
    ] {
      #expect(OwningObject.withoutCredentials(url) == shown)
    }
  }
}
