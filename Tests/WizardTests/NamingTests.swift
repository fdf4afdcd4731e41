import Testing
import Wizard

@Suite("Names of units and spaces")
struct NamingTests {
  static func workload(
    _ name: String, in namespace: String = "legacy", _ kind: WorkloadKind = .deployment,
    owner: Owner = .native, labels: [String: String] = [:], with belongings: [ObjectReference] = []
  ) -> Workload {
    Workload(
      key: WorkloadKey(kind: kind, namespace: namespace, name: name), apiVersion: "apps/v1",
      owner: owner, labels: labels, belongings: belongings)
  }

  static func slugs(_ workloads: [Workload]) -> [String] {
    Naming.propose(for: workloads).units.map(\.slug)
  }

  // MARK: Slugs

  @Test(
    "A slug is lower case, with single dashes for everything else, none at its ends",
    arguments: [
      ("payment-api", "payment-api"), ("Payment API", "payment-api"), ("a__b..c", "a-b-c"),
      ("--x--", "x"), ("ünïcode", "n-code"), ("支付", ""), ("\u{1b}[2Jowned", "2jowned"), ("", ""),
      ("a\nb", "a-b"), ("K\u{212A}", "k"),
    ])
  func slug(text: String, slug: String) {
    #expect(Naming.slug(text) == slug)
  }

  @Test("A slug ends at 128 bytes, and never with a dash")
  func longSlug() {
    #expect(Naming.slug(String(repeating: "a", count: 300)).utf8.count == 128)
    let cut = Naming.slug(String(repeating: "a", count: 127) + "-b")
    #expect(cut == String(repeating: "a", count: 127))
  }

  @Test(
    "ConfigHub takes letters and digits, with - _ and . between them",
    arguments: ["a", "A", "0", "a-b", "a_b", "a.b", "A--_b9", String(repeating: "x", count: 128)])
  func valid(slug: String) {
    #expect(Naming.isValidSlug(slug))
  }

  @Test(
    "ConfigHub refuses what is empty, too long, or has anything else in it or - _ or . at an end",
    arguments: [
      "", "-a", "a-", "_a", "a_", "a b", ".a", "a.", "a/b", "ä", "a\n", "a\u{0}b", "支",
      String(repeating: "x", count: 129),
    ])
  func invalid(slug: String) {
    #expect(!Naming.isValidSlug(slug))
  }

  // MARK: App and variant

  @Test(
    "The app is the name label, else app, else what the namespace is named after, else the name",
    arguments: [
      (["app.kubernetes.io/name": "shop", "app": "other"], "shop-prod", "shop"),
      (["app": "other"], "shop-prod", "other"),
      (["app": ""], "shop-prod", "shop"),
      ([:], "shop-prod", "shop"),
      ([:], "prod-shop", "shop"),
      ([:], "prod", "x"),
      ([:], "legacy", "x"),
      ([:], "default", "x"),
    ] as [([String: String], String, String)])
  func app(labels: [String: String], namespace: String, app: String) {
    #expect(Naming.app(of: Self.workload("x", in: namespace, labels: labels)) == app)
  }

  @Test(
    "The variant is the instance's suffix, else the environment label, else in the namespace's name",
    arguments: [
      (["app.kubernetes.io/instance": "shop-production", "env": "dev"], "shop-qa", "prod"),
      (["app.kubernetes.io/instance": "shop", "environment": "Development"], "shop-qa", "dev"),
      (["environment": "eu live", "env": "dev"], "shop-qa", "eu-live"),
      (["env": "stage"], "shop-qa", "staging"),
      (["env": "-"], "shop-qa", "qa"),
      ([:], "shop-testing", "test"),
      ([:], "dev-shop", "dev"),
      ([:], "prod", "prod"),
      ([:], "production-line", "prod"),
      ([:], "shop-prod-eu", nil),
      ([:], "reprod", nil),
      ([:], "legacy", nil),
    ] as [([String: String], String, String?)])
  func variant(labels: [String: String], namespace: String, variant: String?) {
    #expect(Naming.variant(of: Self.workload("x", in: namespace, labels: labels)) == variant)
  }

  // MARK: Unit slugs

  @Test("A unit is named after its app")
  func plain() {
    #expect(Self.slugs([Self.workload("x", labels: ["app": "Web"])]) == ["web"])
  }

  @Test("Environments of one app are told apart by their variant, all of them")
  func variants() {
    let shops = ["shop-dev", "shop-prod", "shop-test"].map {
      Self.workload("web", in: $0, labels: ["app": "web"])
    }
    #expect(Self.slugs(shops) == ["web-dev", "web-prod", "web-test"])
  }

  @Test("A Deployment and a StatefulSet of one app and variant are told apart by their kind")
  func kinds() {
    let pair = [
      Self.workload("web", in: "shop-prod", labels: ["app": "web"]),
      Self.workload("web", in: "shop-prod", .statefulSet, labels: ["app": "web"]),
    ]
    #expect(Self.slugs(pair) == ["web-prod-deployment", "web-prod-statefulset"])
  }

  @Test("Workloads of one app, variant and kind are named after themselves")
  func names() {
    let unlabelled = ["a", "b", "c"].map { Self.workload($0, in: "shop-prod") }
    #expect(Self.slugs(unlabelled) == ["a", "b", "c"])
    let namesakes = ["east", "west"].map { Self.workload("web", in: $0, labels: ["app": "web"]) }
    #expect(Self.slugs(namesakes) == ["east-web", "west-web"])
  }

  @Test("A longer name that meets somebody else's is lengthened again, and so is the other one")
  func meeting() {
    let three = [
      Self.workload("web", in: "shop-dev", labels: ["app": "web"]),
      Self.workload("web", in: "shop-prod", labels: ["app": "web"]),
      Self.workload("proxy", in: "edge", labels: ["app": "web-prod"]),
    ]
    #expect(Self.slugs(three) == ["web-prod", "web-dev", "web-prod-deployment"])
  }

  @Test("What nothing tells apart is numbered")
  func numbers() {
    let long = String(repeating: "n", count: 200)
    let twins = ["a", "b", "c"].map { Self.workload(long + $0, labels: ["app": long]) }
    let slug = "legacy-" + String(repeating: "n", count: 121)
    #expect(Self.slugs(twins) == [slug, slug.dropLast(2) + "-2", slug.dropLast(2) + "-3"])
  }

  @Test("Whatever the labels say, slugs are valid, never equal, and do not depend on the order")
  func always() {
    let texts = ["", "-", "a", "A", "支付", "a-2", "a_2", "unit", String(repeating: "z", count: 150)]
    var workloads: [Workload] = []
    for app in texts {
      for namespace in ["x-prod", "x-dev", "prod", "y", ""] {
        for kind in [WorkloadKind.deployment, .statefulSet] {
          // No two may have one key.
          let name = "\(workloads.count % 3)" + String(repeating: "支", count: workloads.count)
          workloads.append(Self.workload(name, in: namespace, kind, labels: ["app": app]))
        }
      }
    }
    let proposal = Naming.propose(for: workloads)
    #expect(proposal.units.count == workloads.count)
    #expect(proposal.units.allSatisfy { Naming.isValidSlug($0.slug) })
    #expect(Set(proposal.units.map { $0.slug.lowercased() }).count == workloads.count)
    #expect(Naming.propose(for: workloads.reversed()).units == proposal.units)
  }

  // MARK: Units

  @Test("A unit says which app, variant and owner it has")
  func labels() {
    let workload = Self.workload(
      "w", in: "shop-prod", owner: Owner(.flux), labels: ["app": "Web Shop"])
    #expect(
      Naming.propose(for: [workload]).units.map(\.labels)
        == [["app": "Web Shop", "variant": "prod", "owner": "Flux"]])
    let plain = Naming.propose(for: [Self.workload("w")])
    #expect(plain.units.map(\.labels) == [["app": "w", "owner": "Native"]])
  }

  @Test("A unit's members come in the order in which they can be applied")
  func order() {
    func reference(_ kind: String, _ name: String) -> ObjectReference {
      ObjectReference(apiVersion: "v1", kind: kind, namespace: "legacy", name: name)
    }
    let kinds = [
      "Ingress", "PodDisruptionBudget", "HorizontalPodAutoscaler", "Service", "ConfigMap",
      "ServiceAccount",
    ]
    let belongings = kinds.map { reference($0, "x") } + [reference("ConfigMap", "a")]
    let unit = Naming.propose(for: [Self.workload("w", with: belongings)]).units.first
    #expect(
      unit?.members.map { "\($0.kind)/\($0.name)" } == [
        "ServiceAccount/x", "ConfigMap/a", "ConfigMap/x", "Deployment/w", "Service/x",
        "HorizontalPodAutoscaler/x", "PodDisruptionBudget/x", "Ingress/x",
      ])
  }

  @Test("What two workloads use goes with the first that is imported, and with it alone")
  func shared() {
    let map = ObjectReference(apiVersion: "v1", kind: "ConfigMap", namespace: "legacy", name: "m")
    let users = ["a", "b", "c"].map { Self.workload($0, with: [map]) }
    func holders(_ workloads: [Workload]) -> [String] {
      Naming.propose(for: workloads).units.filter { $0.members.contains(map) }.map(\.slug)
    }
    #expect(holders(users.reversed()) == ["a"])
    #expect(holders([users[2], users[1]]) == ["b"])
  }

  // MARK: The App Space

  @Test("The App Space is named after the app that most workloads have")
  func dominantApp() {
    let workloads = [
      Self.workload("a", in: "x-prod", labels: ["app": "shop"]),
      Self.workload("b", in: "y-prod", labels: ["app": "shop"]),
      Self.workload("c", in: "z-prod", labels: ["app": "cart"]),
    ]
    #expect(Naming.propose(for: workloads).appSpace == "shop-team")
  }

  @Test("Where two apps lead, it is named after the namespaces, by name where those are even too")
  func commonStem() {
    let even = ["shop", "cart"].flatMap { app in
      ["prod", "dev"].map { Self.workload(app, in: "\(app)-\($0)", labels: ["app": app]) }
    }
    #expect(Naming.propose(for: even).appSpace == "cart-team")
    let odd = even + [Self.workload("x", in: "shop", labels: ["app": "x"])]
    #expect(Naming.propose(for: odd).appSpace == "shop-team")
  }

  @Test("Of many apps in many namespaces, none gives its name to all of them")
  func manyApps() {
    let workloads = (0..<9).map {
      Self.workload("w\($0)", in: "n\($0)", labels: ["app": $0 < 4 ? "mimir" : "app\($0)"])
    }
    #expect(Naming.propose(for: workloads).appSpace == "imported-team")
    #expect(Naming.layout(for: workloads) == .component)
    #expect(Naming.propose(for: Array(workloads.prefix(8))).appSpace == "mimir-team")
    #expect(Naming.layout(for: Array(workloads.prefix(8))) == .appSpace)
    #expect(Naming.layout(for: [Self.workload("a", in: "default")]) == .appSpace)
  }

  @Test(
    "Where neither says anything, things are simply imported",
    arguments: ["default", "prod", "argocd", "local-path-x", "cert-manager", ""])
  func imported(namespace: String) {
    #expect(Naming.propose(for: [Self.workload("a", in: namespace)]).appSpace == "imported-team")
    #expect(Naming.propose(for: []).appSpace == "imported-team")
  }

  @Test("An App Space's slug is valid however long the app's name is")
  func longSpace() {
    let long = String(repeating: "a", count: 121) + "-b-c-d-e"
    let workloads = ["a", "b"].map { Self.workload($0, labels: ["app": long]) }
    let space = Naming.propose(for: workloads).appSpace
    #expect(space == String(repeating: "a", count: 121) + "-b-team")
    #expect(Naming.isValidSlug(space))
  }

  @Test("The hub is the platform team's")
  func hub() {
    #expect(Naming.propose(for: []).hub == "platform-team")
  }
}
