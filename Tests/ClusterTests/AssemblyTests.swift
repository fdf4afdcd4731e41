import Testing
import Wizard

@testable import Cluster

@Suite("What belongs to a workload")
struct AssemblyTests {
  // MARK: A small cluster, in the words of its API

  static func workload(
    _ name: String, in namespace: String = "shop", labels: [String: String] = ["app": "web"],
    pod: String = "{}", kind: String = "Deployment", owner: String = ""
  ) throws -> FoundWorkload {
    let podLabels = labels.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",")
    let template = "{\"metadata\":{\"labels\":{\(podLabels)}},\"spec\":\(pod)}"
    let spec =
      kind == "CronJob"
      ? "{\"jobTemplate\":{\"spec\":{\"template\":\(template)}}}"
      : "{\"template\":\(template)}"
    let json = """
      {"metadata":{"name":"\(name)","namespace":"\(namespace)"\(owner)},"spec":\(spec)}
      """
    let resource = try #require(Resource.workloads.first { $0.kind == kind })
    let object = try decode(WorkloadObject.self, Array(json.utf8))
    return try #require(
      FoundWorkload(object, resource, apiVersion: resource.apiVersions[0]))
  }

  static func object(
    _ kind: String, _ spec: String, metadata: String = "", status: String = ""
  ) throws -> FoundWorkload {
    let json = """
      {"metadata":{"name":"a","namespace":"shop"\(metadata)},"spec":\(spec)\(status)}
      """
    let resource = try #require(Resource.workloads.first { $0.kind == kind })
    let object = try decode(WorkloadObject.self, Array(json.utf8))
    return try #require(FoundWorkload(object, resource, apiVersion: resource.apiVersions[0]))
  }

  static func belonging<Object: BelongingObject>(
    _ kind: String, as type: Object.Type, _ name: String = "x", in namespace: String = "shop",
    _ rest: String = ""
  ) throws -> RelatedObject {
    let json = "{\"metadata\":{\"name\":\"\(name)\",\"namespace\":\"\(namespace)\"}\(rest)}"
    let resource = try #require(Resource.belongings.first { $0.kind == kind })
    return RelatedObject(
      reference: ObjectReference(
        apiVersion: resource.apiVersions[0], kind: kind, namespace: namespace, name: name),
      link: try decode(type, Array(json.utf8)).link)
  }

  static func service(_ selector: String, _ name: String = "x") throws -> RelatedObject {
    try belonging(
      "Service", as: ServiceObject.self, name, in: "shop", ",\"spec\":{\"selector\":\(selector)}")
  }

  static func configMap(_ name: String, in namespace: String = "shop") throws -> RelatedObject {
    try belonging("ConfigMap", as: ConfigMapObject.self, name, in: namespace)
  }

  static func holders(
    of belonging: RelatedObject, _ workloads: [FoundWorkload]
  ) -> [String] {
    Assembly(workloads, [belonging]).workloads
      .filter { $0.belongings == [belonging.reference] }.map(\.key.name).sorted()
  }

  // MARK: Services and budgets

  @Test("A Service belongs to whose pods have every label that it selects by")
  func services() throws {
    let workloads = [
      try Self.workload("both", labels: ["app": "web", "tier": "front"]),
      try Self.workload("one", labels: ["app": "web"]),
      try Self.workload("other", labels: ["app": "db", "tier": "front"]),
      try Self.workload("elsewhere", in: "cart", labels: ["app": "web", "tier": "front"]),
    ]
    let narrow = try Self.service("{\"app\":\"web\",\"tier\":\"front\"}")
    #expect(Self.holders(of: narrow, workloads) == ["both"])
    #expect(Self.holders(of: try Self.service("{\"app\":\"web\"}"), workloads) == ["both", "one"])
  }

  @Test("A Service without a selector belongs to nobody", arguments: ["{}", "null"])
  func noSelector(selector: String) throws {
    #expect(Self.holders(of: try Self.service(selector), [try Self.workload("a")]).isEmpty)
  }

  @Test(
    "A PodDisruptionBudget belongs to whose pods its selector matches; an empty one is nobody's",
    arguments: [
      ("{\"matchLabels\":{\"app\":\"web\"}}", true),
      ("{\"matchLabels\":{\"app\":\"db\"}}", false),
      ("{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"In\",\"values\":[\"web\"]}]}", true),
      (
        "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"NotIn\",\"values\":[\"web\"]}]}",
        false
      ),
      ("{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"Exists\"}]}", true),
      ("{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"DoesNotExist\"}]}", false),
      ("{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"Like\"}]}", false),
      (
        "{\"matchLabels\":{\"app\":\"web\"},\"matchExpressions\":[{\"key\":\"x\",\"operator\":\"Exists\"}]}",
        false
      ),
      ("{}", false), ("null", false),
    ])
  func budgets(selector: String, belongs: Bool) throws {
    let budget = try Self.belonging(
      "PodDisruptionBudget", as: DisruptionBudgetObject.self, "x", in: "shop",
      ",\"spec\":{\"selector\":\(selector)}")
    #expect(Self.holders(of: budget, [try Self.workload("a")]).isEmpty == !belongs)
  }

  // MARK: What pods name

  @Test(
    "A ConfigMap belongs to whoever mounts it or reads it into the environment",
    arguments: [
      "{\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"x\"}}]}",
      "{\"volumes\":[{\"name\":\"v\",\"projected\":{\"sources\":[{\"configMap\":{\"name\":\"x\"}}]}}]}",
      "{\"containers\":[{\"envFrom\":[{\"configMapRef\":{\"name\":\"x\"}}]}]}",
      "{\"initContainers\":[{\"envFrom\":[{\"configMapRef\":{\"name\":\"x\"}}]}]}",
      "{\"containers\":[{\"env\":[{\"name\":\"A\",\"valueFrom\":{\"configMapKeyRef\":{\"name\":\"x\"}}}]}]}",
    ])
  func configMaps(pod: String) throws {
    let workloads = [
      try Self.workload("a", pod: pod), try Self.workload("b"),
      try Self.workload("c", in: "cart", pod: pod),
      try Self.workload("d", pod: pod, kind: "CronJob"),
    ]
    #expect(Self.holders(of: try Self.configMap("x"), workloads) == ["a", "d"])
  }

  @Test(
    "A volume of another type, or of a ConfigMap's name alone, does not make it belong",
    arguments: [
      "{\"volumes\":[{\"name\":\"x\",\"emptyDir\":{}}]}",
      "{\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"x\"}}]}",
      "{\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{\"claimName\":\"x\"}}]}",
    ])
  func otherVolumes(pod: String) throws {
    #expect(Self.holders(of: try Self.configMap("x"), [try Self.workload("a", pod: pod)]).isEmpty)
  }

  @Test("A ServiceAccount belongs to whose pods run as it")
  func serviceAccounts() throws {
    let workloads = [
      try Self.workload("a", pod: "{\"serviceAccountName\":\"x\"}"), try Self.workload("b"),
    ]
    let account = try Self.belonging(
      "ServiceAccount", as: ServiceAccountObject.self, "x", in: "shop",
      ",\"imagePullSecrets\":[{\"name\":\"registry\"}]")
    let assembly = Assembly(workloads, [account])
    #expect(assembly.workloads.map(\.belongings) == [[account.reference], []])
    #expect(assembly.workloads.map(\.secrets) == [["registry"], []])
  }

  @Test("An autoscaler belongs to the workload of the kind and name that it scales")
  func autoscalers() throws {
    let workloads = [try Self.workload("web"), try Self.workload("web", kind: "StatefulSet")]
    let autoscaler = try Self.belonging(
      "HorizontalPodAutoscaler", as: AutoscalerObject.self, "x", in: "shop",
      ",\"spec\":{\"scaleTargetRef\":{\"kind\":\"StatefulSet\",\"name\":\"web\"}}")
    #expect(
      Assembly(workloads, [autoscaler]).workloads.map(\.belongings.count) == [0, 1])
  }

  @Test(
    "An Ingress belongs to whom the Services belong that it leads to",
    arguments: [
      "\"rules\":[{\"http\":{\"paths\":[{\"backend\":{\"service\":{\"name\":\"x\"}}}]}}]",
      "\"defaultBackend\":{\"service\":{\"name\":\"x\"}}",
    ])
  func ingresses(backend: String) throws {
    let ingress = try Self.belonging(
      "Ingress", as: IngressObject.self, "i", in: "shop",
      ",\"spec\":{\(backend),\"tls\":[{\"secretName\":\"tls\"}]}")
    let service = try Self.service("{\"app\":\"web\"}")
    let workloads = [try Self.workload("a"), try Self.workload("b", labels: [:])]
    let assembly = Assembly(workloads, [ingress, service])
    #expect(assembly.workloads.map(\.belongings) == [[ingress.reference, service.reference], []])
    #expect(assembly.workloads.map(\.secrets) == [["tls"], []])
    let missing = Assembly(workloads, [ingress])
    #expect(missing.workloads.map(\.belongings) == [[], []])
  }

  @Test("What is named but does not exist does not belong")
  func missing() throws {
    let pod =
      "{\"serviceAccountName\":\"x\",\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"y\"}}]}"
    let assembly = Assembly([try Self.workload("a", pod: pod)], [try Self.configMap("x")])
    #expect(assembly.workloads.map(\.belongings) == [[]])
  }

  // MARK: Shared

  @Test("What several use is noted once, with everybody who does")
  func shared() throws {
    let pod = "{\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"x\"}}]}"
    let workloads = [
      try Self.workload("c", pod: pod), try Self.workload("a", pod: pod),
      try Self.workload("b", pod: pod, kind: "StatefulSet"),
    ]
    let assembly = Assembly(workloads, [try Self.configMap("x")])
    #expect(
      assembly.objects == [
        FoundObject(
          try Self.configMap("x").reference, .shared,
          why: "shared by Deployment a, StatefulSet b and Deployment c: it goes with the first of "
            + "them that is imported")
      ])
    #expect(assembly.workloads.map(\.belongings.count) == [1, 1, 1])
  }

  @Test("A controller's child is never imported, and so shares nothing")
  func sharedWithChild() throws {
    let pod = "{\"serviceAccountName\":\"x\"}"
    let reference =
      ",\"ownerReferences\":[{\"apiVersion\":\"x/v1\",\"kind\":\"X\",\"name\":\"x\",\"controller\":true}]"
    let workloads = [
      try Self.workload("a", pod: pod, owner: reference), try Self.workload("b", pod: pod),
    ]
    let account = try Self.belonging("ServiceAccount", as: ServiceAccountObject.self)
    #expect(Assembly(workloads, [account]).objects.isEmpty)
  }

  // MARK: What is needed

  @Test("What is named and not there is needed, where it is sure that it is not there")
  func namedAndGone() throws {
    let pod = """
      {"serviceAccountName":"web","containers":[{"envFrom":[{"configMapRef":{"name":"there"}},
       {"configMapRef":{"name":"gone"}},{"configMapRef":{"name":"kube-root-ca.crt"}}]}]}
      """
    let workloads = [try Self.workload("a", pod: pod)]
    let there = try Self.configMap("there")
    func needed(_ whole: Set<String>) -> [String] {
      Assembly(workloads, [there], whole: whole).workloads[0].needed.map(\.words)
    }
    #expect(needed([]) == [])
    #expect(needed(["ConfigMap"]) == ["ConfigMap shop/gone"])
    #expect(
      needed(["ConfigMap", "ServiceAccount"]) == ["ConfigMap shop/gone", "ServiceAccount shop/web"])
    #expect(
      try Assembly(
        [Self.workload("a", pod: #"{"serviceAccountName":"default"}"#)], [],
        whole: ["ServiceAccount"]
      ).workloads[0].needed == [])
  }

  @Test("Classes and claims are needed, but for those that every cluster has")
  func classes() throws {
    let pod = """
      {"priorityClassName":"system-node-critical","runtimeClassName":"gvisor",
       "volumes":[{"name":"a","persistentVolumeClaim":{"claimName":"data"}},
                  {"name":"b","csi":{"driver":"d","volumeAttributes":{"x":"y"}}}]}
      """
    #expect(
      try Self.workload("a", pod: pod).workload.needed.map(\.words).sorted() == [
        "PersistentVolumeClaim shop/data", "RuntimeClass gvisor",
      ])
    let set = try Self.object(
      "StatefulSet",
      #"{"volumeClaimTemplates":[{"spec":{"storageClassName":"fast"}},{"spec":{}},{}]}"#)
    #expect(set.workload.needed.map(\.words) == ["StorageClass fast"])
  }

  @Test("What is being deleted, has finished or is a hook is left for a person to choose")
  func reservations() throws {
    func reservation(
      _ kind: String, _ metadata: String = "", status: String = ""
    ) throws -> Reservation? {
      try Self.object(kind, "{}", metadata: metadata, status: status).workload.reservation
    }
    func annotated(_ key: String, _ value: String) -> String {
      #","annotations":{"\#(key)":"\#(value)"}"#
    }
    let deleting = #","deletionTimestamp":"2026-01-01T00:00:00Z""#
    func condition(_ type: String, _ status: String = "True") -> String {
      #","status":{"conditions":[{"type":"\#(type)","status":"\#(status)"}]}"#
    }
    #expect(try reservation("Deployment", deleting) == .deleting)
    #expect(try reservation("Job", annotated("helm.sh/hook", "post-install")) == .helmHook)
    #expect(try reservation("Job", annotated("argocd.argoproj.io/hook", "PreSync")) == .argoHook)
    #expect(try reservation("Job", annotated("argocd.argoproj.io/hook", "Skip")) == nil)
    #expect(try reservation("Job", status: condition("Complete")) == .finished)
    #expect(try reservation("Job", status: condition("Failed")) == .finished)
    #expect(try reservation("Job", status: condition("Complete", "False")) == nil)
    #expect(try reservation("Job", status: condition("Suspended")) == nil)
    #expect(try reservation("Deployment", status: condition("Failed")) == nil)
    #expect(try reservation("Job") == nil)
  }

  @Test("What is being deleted is left out, and what scales a workload is known whoever made it")
  func obstacles() throws {
    var autoscaler = try Self.belonging(
      "HorizontalPodAutoscaler", as: AutoscalerObject.self, "keda-hpa-a", in: "shop",
      #","spec":{"scaleTargetRef":{"kind":"Deployment","name":"a"}}"#)
    let workloads = [try Self.workload("a")]
    #expect(Assembly(workloads, [autoscaler]).workloads[0].autoscaler == autoscaler.reference)
    autoscaler.obstacle = "ScaledObject/a made it, and makes it again"
    let assembly = Assembly(workloads, [autoscaler])
    #expect(assembly.workloads[0].belongings == [])
    #expect(assembly.workloads[0].autoscaler == autoscaler.reference)
    #expect(assembly.objects.map(\.place) == [.leftOut])
    #expect(assembly.objects.map(\.why) == ["ScaledObject/a made it, and makes it again"])
    let result = ScanResult(namespaces: ["shop"], workloads: assembly.workloads)
    #expect(result.needed { _ in true } == [], "it is told of already")
  }

  // MARK: Secrets

  @Test("Secrets are listed by name, wherever a pod refers to them")
  func secrets() throws {
    let pod = """
      {"imagePullSecrets":[{"name":"pull"}],
       "volumes":[{"name":"v1","secret":{"secretName":"volume"}},
                  {"name":"v2","projected":{"sources":[{"secret":{"name":"projected"}}]}},
                  {"name":"v3","csi":{"driver":"d","nodePublishSecretRef":{"name":"csi"}}},
                  {"name":"v4","azureFile":{"secretName":"azure","shareName":"s"}},
                  {"name":"v5","cephfs":{"monitors":["m"],"secretRef":{"name":"ceph"}}}],
       "initContainers":[{"envFrom":[{"secretRef":{"name":"envFrom"}}]}],
       "containers":[{"env":[{"name":"A","value":"plain"},
         {"name":"B","valueFrom":{"secretKeyRef":{"name":"env","key":"k"}}}]}]}
      """
    #expect(
      try Self.workload("a", pod: pod).workload.secrets
        == ["azure", "ceph", "csi", "env", "envFrom", "projected", "pull", "volume"])
  }
}

@Suite("Which namespaces are read")
struct NamespaceChoiceTests {
  static let known = ["a", "argocd", "b", "c", "kube-system"]

  static func choice(
    _ namespaces: [String] = [], all: Bool = false, excluded: [String] = [],
    known: [String]? = known
  ) -> NamespaceChoice {
    NamespaceChoice(
      scope: ScanScope(
        context: "x", namespaces: namespaces, allNamespaces: all, excluded: excluded),
      known: known)
  }

  @Test("All namespaces are all but the cluster's own and the excluded ones, which are said")
  func all() {
    let choice = Self.choice(all: true, excluded: ["b", "nowhere"])
    #expect(choice.names == ["a", "c"])
    #expect(
      choice.leftOut(seen: []).map(\.what) == [
        "namespace argocd", "namespace b", "namespace kube-system",
      ])
    #expect(choice.leftOut(seen: []).filter(\.isGap).isEmpty)
  }

  @Test("A namespace of the cluster's own is read if it is named")
  func named() {
    let choice = Self.choice(["argocd"], all: true)
    #expect(choice.names == ["a", "argocd", "b", "c"])
    #expect(Self.choice(["kube-system"]).names == ["kube-system"])
    #expect(Self.choice(["kube-system"]).leftOut(seen: []).isEmpty)
  }

  @Test("Excluding comes before naming")
  func excluded() {
    let choice = Self.choice(["a", "b"], excluded: ["b"])
    #expect(choice.names == ["a"])
    #expect(
      choice.leftOut(seen: []) == [Omission(what: "namespace b", why: "excluded", isGap: false)])
  }

  @Test("A named namespace that does not exist is a gap, not an empty one")
  func misspelt() {
    let choice = Self.choice(["a", "aa"])
    #expect(choice.names == ["a"])
    #expect(
      choice.leftOut(seen: [])
        == [Omission(what: "namespace aa", why: "there is no such namespace", isGap: true)])
  }

  @Test("Where namespaces cannot be listed, the named ones are believed")
  func unknown() {
    #expect(Self.choice(["a", "aa"], known: nil).names == ["a", "aa"])
    #expect(Self.choice(all: true, known: nil).names == nil)
    #expect(
      Self.choice(all: true, known: nil).leftOut(seen: ["a", "argocd"]).map(\.what)
        == ["namespace argocd"])
  }
}
