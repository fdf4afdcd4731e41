/// A cluster of any size whose objects are written the moment they are asked for: five to ten KiB
/// each, with what a real server would send, so that most of it is of no interest to a scan.
struct GeneratedCluster: Sendable {
  let workloads: Int

  struct List: Sendable {
    var kind: String
    var apiVersion: String
    var count: Int
    var templates: [Template]
  }

  /// By path.
  let lists: [String: List]
  /// Answers that are not lists, by path.
  let documents: [String: String]

  static let perNamespace = 100

  /// One that answers nothing but these, by path.
  init(documents: [String: String]) {
    workloads = 0
    lists = [:]
    self.documents = documents
  }

  init(workloads: Int) {
    self.workloads = workloads
    let namespaces = max(1, workloads / Self.perNamespace)
    // Of a hundred: 70 Deployments, 10 StatefulSets, 5 DaemonSets, 15 CronJobs.
    let shares = [
      ("apps", "deployments", "Deployment", 70), ("apps", "statefulsets", "StatefulSet", 10),
      ("apps", "daemonsets", "DaemonSet", 5), ("batch", "cronjobs", "CronJob", 15),
    ]
    var lists: [String: List] = [:]
    for (group, name, kind, share) in shares {
      lists["/apis/\(group)/v1/\(name)"] = List(
        kind: kind, apiVersion: "\(group)/v1", count: workloads * share / 100,
        templates: (0..<6).map { Template(Self.workload(kind, share, padding: $0 * 1000)) })
    }
    lists["/api/v1/namespaces"] = List(
      kind: "Namespace", apiVersion: "v1", count: namespaces,
      templates: [Template(#"{"metadata":{"name":"team-@n","uid":"namespace-@n"}}"#)])
    lists["/api/v1/services"] = List(
      kind: "Service", apiVersion: "v1", count: workloads * 70 / 100,
      templates: [Template(Self.service)])
    lists["/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations"] = List(
      kind: "Kustomization", apiVersion: "kustomize.toolkit.fluxcd.io/v1", count: namespaces,
      templates: [
        Template(
          #"{"metadata":{"name":"team-@n","namespace":"flux-system"},"#
            + #""spec":{"path":"./apps/team-@n","sourceRef":{"kind":"GitRepository","name":"fleet"}}}"#
        )
      ])
    for (path, kind) in [
      ("/api/v1/configmaps", "ConfigMap"), ("/api/v1/serviceaccounts", "ServiceAccount"),
      ("/apis/batch/v1/jobs", "Job"), ("/apis/networking.k8s.io/v1/ingresses", "Ingress"),
      ("/apis/networking.k8s.io/v1/networkpolicies", "NetworkPolicy"),
      ("/apis/autoscaling/v2/horizontalpodautoscalers", "HorizontalPodAutoscaler"),
      ("/apis/policy/v1/poddisruptionbudgets", "PodDisruptionBudget"),
    ] {
      lists[path] = List(kind: kind, apiVersion: "v1", count: 0, templates: [])
    }
    self.lists = lists
    documents = Self.discovery
  }

  // MARK: Objects

  /// `#` is the object's number in five digits, `@n` that of its namespace in three.
  private static func workload(_ kind: String, _ share: Int, padding: Int) -> String {
    let labels =
      #""app.kubernetes.io/name":"app-#","app.kubernetes.io/part-of":"team-@n","#
      + #""environment":"prod","kustomize.toolkit.fluxcd.io/name":"team-@n","#
      + #""kustomize.toolkit.fluxcd.io/namespace":"flux-system""#
    let variables = (0..<12).map {
      #"{"name":"SETTING_\#($0)","value":"a value of the usual length, number \#($0)"}"#
    }.joined(separator: ",")
    let container =
      #"{"name":"main","image":"registry.example.com/team-@n/app-#:1.4.2","env":[\#(variables)],"#
      + #""envFrom":[{"configMapRef":{"name":"app-#-config"}},{"secretRef":{"name":"app-#-db"}}],"#
      + #""ports":[{"containerPort":8080,"protocol":"TCP"}],"resources":{"limits":{"cpu":"500m","#
      + #""memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"imagePullPolicy":"Always","#
      + #""terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}"#
    let template =
      #"{"metadata":{"creationTimestamp":null,"labels":{"app.kubernetes.io/name":"app-#"}},"#
      + #""spec":{"containers":[\#(container)],"serviceAccountName":"default","#
      + #""restartPolicy":"Always","dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler"}}"#
    let fields = (0..<24).map {
      #""k:{\"name\":\"SETTING_\#($0)\"}":{".":{},"f:name":{},"f:value":{}}"#
    }.joined(separator: ",")
    let applied = String(repeating: #"{\"name\":\"x\"},"#, count: (600 + padding) / 15)
    let spec =
      kind == "CronJob"
      ? #"{"schedule":"0 3 * * *","jobTemplate":{"spec":{"template":\#(template)}}}"#
      : #"{"replicas":2,"selector":{"matchLabels":{"app.kubernetes.io/name":"app-#"}},"template":\#(template)}"#
    return #"{"metadata":{"name":"app-#-\#(kind.lowercased())","namespace":"team-@n","#
      + #""uid":"6f1c2a7e-0d4b-4c55-9a51-0000000#","resourceVersion":"90#","generation":3,"#
      + #""creationTimestamp":"2026-01-09T14:30:22Z","labels":{\#(labels)},"annotations":{"#
      + #""deployment.kubernetes.io/revision":"3","kubectl.kubernetes.io/last-applied-configuration":"\#(applied)"},"#
      + #""managedFields":[{"manager":"kustomize-controller","operation":"Apply","apiVersion":"apps/v1","#
      + #""time":"2026-01-09T14:30:22Z","fieldsType":"FieldsV1","fieldsV1":{\#(fields)}}]},"#
      + #""spec":\#(spec),"status":{"observedGeneration":3,"replicas":2,"updatedReplicas":2,"#
      + #""readyReplicas":2,"availableReplicas":2,"currentNumberScheduled":2,"desiredNumberScheduled":2,"#
      + #""updatedNumberScheduled":2,"numberReady":2,"numberAvailable":2,"conditions":[{"type":"Available","#
      + #""status":"True","lastUpdateTime":"2026-01-09T14:31:22Z","reason":"MinimumReplicasAvailable","#
      + #""message":"Deployment has minimum availability."}]}}"#
  }

  private static let service =
    #"{"metadata":{"name":"app-#","namespace":"team-@n","uid":"service-#","resourceVersion":"91#"},"#
    + #""spec":{"selector":{"app.kubernetes.io/name":"app-#"},"clusterIP":"10.0.0.1","#
    + #""ports":[{"name":"http","port":80,"targetPort":8080}],"type":"ClusterIP"}}"#

  // MARK: Discovery

  private static var discovery: [String: String] {
    func resources(_ version: String, _ list: [(String, String, String)]) -> String {
      let items = list.map { name, kind, short in
        #"{"name":"\#(name)","singularName":"","namespaced":true,"kind":"\#(kind)","#
          + #""verbs":["get","list"],"shortNames":["\#(short)"]}"#
      }.joined(separator: ",")
      return
        #"{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"\#(version)","resources":[\#(items)]}"#
    }
    func group(_ name: String) -> String {
      let version = #"{"groupVersion":"\#(name)/v1","version":"v1"}"#
      return #"{"name":"\#(name)","versions":[\#(version)],"preferredVersion":\#(version)}"#
    }
    return [
      "/version": #"{"major":"1","minor":"32","gitVersion":"v1.32.4"}"#,
      "/api": #"{"kind":"APIVersions","versions":["v1"]}"#,
      "/apis":
        #"{"kind":"APIGroupList","apiVersion":"v1","groups":[\#(group("apps")),\#(group("batch"))]}"#,
      "/api/v1": resources("v1", [("services", "Service", "svc")]),
      "/apis/apps/v1": resources(
        "apps/v1",
        [
          ("deployments", "Deployment", "deploy"), ("statefulsets", "StatefulSet", "sts"),
          ("daemonsets", "DaemonSet", "ds"),
        ]),
      "/apis/batch/v1": resources("batch/v1", [("cronjobs", "CronJob", "cj")]),
    ]
  }
}

/// A text with numbers left open, written often.
struct Template: Sendable {
  private enum Part: Sendable {
    case bytes([UInt8])
    case number, namespace
  }

  private let parts: [Part]

  init(_ text: String) {
    var parts: [Part] = []
    for (index, piece) in text.split(separator: "#", omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 { parts.append(.number) }
      for (index, piece) in piece.split(separator: "@n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 { parts.append(.namespace) }
        parts.append(.bytes(Array(piece.utf8)))
      }
    }
    self.parts = parts
  }

  func write(_ number: Int, namespace: Int, to bytes: inout [UInt8]) {
    for part in parts {
      switch part {
      case .bytes(let text): bytes += text
      case .number: Self.write(number, digits: 5, to: &bytes)
      case .namespace: Self.write(namespace, digits: 3, to: &bytes)
      }
    }
  }

  private static func write(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
