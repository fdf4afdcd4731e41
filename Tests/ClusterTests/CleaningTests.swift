import Documents
import Testing

@testable import Cluster

@Suite("Cleaning")
struct CleaningTests {
  static func cleaned(_ text: String) throws -> JSONValue {
    Cleaning.clean(try JSONValue(parsing: text.utf8))
  }

  static func value(_ text: String) throws -> JSONValue { try JSONValue(parsing: text.utf8) }

  @Test(
    "What the server writes into metadata goes, and the status",
    arguments: [
      "managedFields", "creationTimestamp", "resourceVersion", "generation", "uid", "selfLink",
      "finalizers", "ownerReferences", "deletionTimestamp", "deletionGracePeriodSeconds",
    ])
  func metadata(field: String) throws {
    let cleaned = try Self.cleaned(
      """
      {"kind":"ConfigMap","metadata":{"name":"x","namespace":"y","\(field)":["z"]},
       "status":{"a":1}}
      """)
    #expect(cleaned == ["kind": "ConfigMap", "metadata": ["name": "x", "namespace": "y"]])
  }

  @Test(
    "Annotations that Kubernetes writes go",
    arguments: [
      "kubectl.kubernetes.io/last-applied-configuration", "kubernetes.io/limit-ranger",
      "kubernetes.io/config.hash", "deployment.kubernetes.io/revision",
      "pv.kubernetes.io/bind-completed", "volume.kubernetes.io/selected-node",
      "volume.beta.kubernetes.io/storage-provisioner",
      "endpoints.kubernetes.io/last-change-trigger-time",
      "control-plane.alpha.kubernetes.io/leader", "batch.kubernetes.io/job-tracking",
      "batch.kubernetes.io/cronjob-scheduled-timestamp",
      "deprecated.daemonset.template.generation",
      "autoscaling.alpha.kubernetes.io/conditions",
      "autoscaling.alpha.kubernetes.io/current-metrics",
    ])
  func serverAnnotations(key: String) throws {
    let cleaned = try Self.cleaned(
      "{\"metadata\":{\"annotations\":{\"\(key)\":\"x\",\"mine\":\"y\"}}}")
    #expect(cleaned == ["metadata": ["annotations": ["mine": "y"]]])
    #expect(
      try Self.cleaned("{\"metadata\":{\"annotations\":{\"\(key)\":\"x\"}}}") == ["metadata": [:]])
  }

  @Test(
    "Annotations that somebody wrote stay, a tool's marks of ownership among them",
    arguments: [
      "argocd.argoproj.io/tracking-id", "meta.helm.sh/release-name", "kro.run/x",
      "fluxcd.io/automated", "kubernetes.io/ingress.class", "kubernetes.io/tls-acme",
      "kubernetes.io/ingress.global-static-ip-name", "kubernetes.io/enforce-mountable-secrets",
      "kubernetes.io/description", "nginx.ingress.kubernetes.io/rewrite-target",
      "service.beta.kubernetes.io/aws-load-balancer-type",
      "autoscaling.alpha.kubernetes.io/metrics",
      "mykubernetes.io/x", "uid", "generation", "kubernetes.io/elb.class", "kubernetes.io/elb.id",
      "kubernetes.io/change-cause", "kubectl.kubernetes.io/default-container",
      "scheduler.alpha.kubernetes.io/node-selector",
      "scheduler.alpha.kubernetes.io/defaultTolerations",
      "volume.beta.kubernetes.io/storage-class", "volume.beta.kubernetes.io/mount-options",
    ])
  func userAnnotations(key: String) throws {
    let text = "{\"metadata\":{\"annotations\":{\"\(key)\":\"x\"}}}"
    #expect(try Self.cleaned(text) == Self.value(text))
  }

  @Test("Labels of a controller's making go from the metadata, and from nowhere else")
  func labels() throws {
    let noise =
      "\"pod-template-hash\":\"a\",\"controller-uid\":\"b\",\"statefulset.kubernetes.io/pod-name\":\"c\""
    let kept = "\"app\":\"x\",\"helm.sh/chart\":\"y\",\"app.kubernetes.io/managed-by\":\"Helm\""
    let rest =
      "\"spec\":{\"selector\":{\"matchLabels\":{\(noise)}},\"template\":{\"metadata\":{\"labels\":{\(noise)}}}}"
    #expect(
      try Self.cleaned("{\"metadata\":{\"labels\":{\(noise),\(kept)}},\(rest)}")
        == Self.value("{\"metadata\":{\"labels\":{\(kept)}},\(rest)}"))
  }

  @Test(
    "A user's field is never removed for its name",
    arguments: [
      "{\"kind\":\"ConfigMap\",\"data\":{\"uid\":\"1\",\"status\":\"x\",\"f\":\"uid: 1\\nstatus: 2\\n\"}}",
      "{\"spec\":{\"revisionHistoryLimit\":3,\"progressDeadlineSeconds\":600}}",
      "{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":30,\"dnsPolicy\":\"ClusterFirst\"}}}}",
      "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/restartedAt\":\"x\"}}}}}",
      "{\"spec\":{\"template\":{\"metadata\":{\"creationTimestamp\":\"2026-01-01T00:00:00Z\"}}}}",
      "{\"metadata\":{\"labels\":{},\"annotations\":{}},\"spec\":{}}",
      "{\"kind\":\"Custom\",\"spec\":{\"clusterIP\":\"10.0.0.1\",\"status\":{},\"uid\":1}}",
      "{\"kind\":\"Service\",\"spec\":{\"clusterIP\":\"None\",\"ports\":[{\"nodePort\":30000}]}}",
    ])
  func userFields(text: String) throws {
    let value = try Self.value(text)
    #expect(Cleaning.clean(value) == value)
  }

  @Test(
    "A Service's addresses go, but not that it has none",
    arguments: [
      ("\"clusterIP\":\"10.0.0.1\",\"clusterIPs\":[\"10.0.0.1\"]", "{\"type\":\"x\"}"),
      (
        "\"clusterIP\":\"None\",\"clusterIPs\":[\"None\"]",
        "{\"type\":\"x\",\"clusterIP\":\"None\"}"
      ),
      ("\"clusterIP\":\"\"", "{\"type\":\"x\"}"),
    ])
  func service(addresses: String, spec: String) throws {
    #expect(
      try Self.cleaned("{\"kind\":\"Service\",\"spec\":{\"type\":\"x\",\(addresses)}}")
        == Self.value("{\"kind\":\"Service\",\"spec\":\(spec)}"))
  }

  @Test("A template's creation time of null goes, with its metadata if nothing else is there")
  func templates() throws {
    let null = "\"metadata\":{\"creationTimestamp\":null}"
    let full = "\"metadata\":{\"creationTimestamp\":null,\"labels\":{\"a\":\"b\"}}"
    let clean = "\"metadata\":{\"labels\":{\"a\":\"b\"}}"
    #expect(
      try Self.cleaned("{\"spec\":{\"template\":{\(full),\"spec\":{}}}}")
        == Self.value("{\"spec\":{\"template\":{\(clean),\"spec\":{}}}}"))
    #expect(
      try Self.cleaned(
        "{\"spec\":{\"jobTemplate\":{\(null),\"spec\":{\"template\":{\(full)}}}}}")
        == Self.value("{\"spec\":{\"jobTemplate\":{\"spec\":{\"template\":{\(clean)}}}}}"))
  }

  @Test(
    "A volume claim's creation time of null and its idle status go; a status that says more stays",
    arguments: [
      ("\"status\":{\"phase\":\"Pending\"}", ""), ("\"status\":{}", ""), ("\"status\":null", ""),
      ("\"status\":{\"phase\":\"Bound\"}", ",\"status\":{\"phase\":\"Bound\"}"),
    ])
  func claims(status: String, kept: String) throws {
    #expect(
      try Self.cleaned(
        """
        {"spec":{"volumeClaimTemplates":[{"kind":"PersistentVolumeClaim",
         "metadata":{"name":"d","creationTimestamp":null},"spec":{},\(status)}]}}
        """)
        == Self.value(
          """
          {"spec":{"volumeClaimTemplates":[{"kind":"PersistentVolumeClaim",
           "metadata":{"name":"d"},"spec":{}\(kept)}]}}
          """))
  }

  private static let jobLabels = """
    "controller-uid":"1","job-name":"m","batch.kubernetes.io/controller-uid":"1",\
    "batch.kubernetes.io/job-name":"m"
    """

  @Test("A Job's selector and what it selects by go, for no other cluster takes them")
  func job() throws {
    let labels = Self.jobLabels
    #expect(
      try Self.cleaned(
        """
        {"kind":"Job","metadata":{"name":"m","labels":{\(labels),"a":"b"}},"spec":{
         "selector":{"matchLabels":{"controller-uid":"1"}},
         "template":{"metadata":{"creationTimestamp":null,"labels":{\(labels),"a":"b"}},"spec":{}}}}
        """)
        == Self.value(
          """
          {"kind":"Job","metadata":{"name":"m","labels":{"a":"b"}},"spec":{
           "template":{"metadata":{"labels":{"a":"b"}},"spec":{}}}}
          """))
    #expect(
      try Self.cleaned(
        "{\"kind\":\"Job\",\"spec\":{\"template\":{\"metadata\":{\"labels\":{\(labels)}},\"spec\":{}}}}"
      )
        == Self.value("{\"kind\":\"Job\",\"spec\":{\"template\":{\"spec\":{}}}}"))
  }

  @Test("A Job whose selector a user chose keeps it, and other kinds keep labels of that name")
  func chosenSelectors() throws {
    let labels = "\"job-name\":\"m\",\"a\":\"b\""
    let spec =
      "\"selector\":{\"matchLabels\":{\(labels)}},\"template\":{\"metadata\":{\"labels\":{\(labels)}}}"
    for text in [
      "{\"kind\":\"Job\",\"metadata\":{\"labels\":{\(labels)}},\"spec\":{\"manualSelector\":true,\(spec)}}",
      "{\"kind\":\"Deployment\",\"metadata\":{\"labels\":{\(labels)}},\"spec\":{\(spec)}}",
    ] {
      #expect(try Self.cleaned(text) == Self.value(text))
    }
  }

  @Test("Of a ServiceAccount's Secrets those that the cluster made for it go, and no others")
  func serviceAccount() throws {
    #expect(
      try Self.cleaned(
        """
        {"kind":"ServiceAccount","metadata":{"name":"ci"},"secrets":[{"name":"ci-token-rz7sz"},
         {"name":"ci-dockercfg-89x6k"}],"imagePullSecrets":[{"name":"ci-dockercfg-89x6k"},
         {"name":"team-registry"}]}
        """)
        == Self.value(
          """
          {"kind":"ServiceAccount","metadata":{"name":"ci"},
           "imagePullSecrets":[{"name":"team-registry"}]}
          """))
    let kept = """
      {"kind":"ServiceAccount","metadata":{"name":"ci"},"secrets":[{"name":"ci-token-production"},
       {"name":"ci2-token-abcde"},{"name":"vault"}]}
      """
    #expect(try Self.cleaned(kept) == Self.value(kept))
  }

  @Test(
    "A Namespace's own finalizer goes, and no other",
    arguments: [("[\"kubernetes\"]", ""), ("[\"a/b\"]", ",\"spec\":{\"finalizers\":[\"a/b\"]}")])
  func namespace(finalizers: String, kept: String) throws {
    #expect(
      try Self.cleaned("{\"kind\":\"Namespace\",\"spec\":{\"finalizers\":\(finalizers)}}")
        == Self.value("{\"kind\":\"Namespace\"\(kept)}"))
  }

  @Test("Cleaning what is clean changes nothing")
  func idempotent() throws {
    let once = try Self.cleaned(
      """
      {"kind":"Service","metadata":{"name":"x","uid":"1","labels":{"controller-uid":"1"}},
       "spec":{"clusterIP":"10.0.0.1"},"status":{}}
      """)
    #expect(Cleaning.clean(once) == once)
  }
}
