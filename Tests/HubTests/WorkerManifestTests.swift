import Testing

@testable import Hub

@Suite("Manifests of a worker, compared")
struct WorkerManifestTests {
  /// As cub's encoder writes them.
  private static func manifest(
    _ variables: [String] = ["CONFIGHUB_URL", "CONFIGHUB_WORKER_ID", "PORT"],
    image: String = "worker:latest", args: [String] = ["kubernetes"]
  ) -> String {
    """
    apiVersion: v1
    kind: Namespace
    metadata:
        name: confighub
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
        name: dev
    spec:
        strategy:
            rollingUpdate: null
            type: Recreate
        template:
            spec:
                containers:
                    - args:
    \(args.map { "                        - \($0)" }.joined(separator: "\n"))
                      env:
    \(variables.map { "                        - name: \($0)\n                          value: \"of \($0): x\"" }.joined(separator: "\n"))
                      image: \(image)
                      name: worker
    """
  }

  private static let secret = """
    apiVersion: v1
    kind: Secret
    metadata:
        name: confighub-worker-env
    stringData:
        CONFIGHUB_WORKER_SECRET: |
            two
            lines
    """

  private func adds(_ whole: String, to shown: String) -> Bool {
    WorkerManifest(whole).addsOnlySecrets(to: WorkerManifest(shown))
  }

  @Test(
    "The environment may come in any order, and the secret besides",
    arguments: [
      ["CONFIGHUB_URL", "CONFIGHUB_WORKER_ID", "PORT"],
      ["PORT", "CONFIGHUB_URL", "CONFIGHUB_WORKER_ID"],
      ["CONFIGHUB_WORKER_ID", "PORT", "CONFIGHUB_URL"],
    ])
  func order(variables: [String]) {
    let whole = Self.manifest(variables)
    #expect(adds(whole, to: Self.manifest()))
    #expect(adds(Self.secret + "\n---\n" + whole + "\n", to: Self.manifest()))
    #expect(!adds(Self.manifest(), to: Self.secret + "\n---\n" + whole))
  }

  @Test("Anything else that is otherwise is not what was shown")
  func others() {
    let shown = Self.manifest()
    #expect(!adds(Self.manifest(image: "worker:evil"), to: shown))
    #expect(!adds(Self.manifest(["CONFIGHUB_URL", "CONFIGHUB_WORKER_ID"]), to: shown))
    #expect(!adds(Self.manifest(args: ["b", "a"]), to: Self.manifest(args: ["a", "b"])))
    // Where a name comes twice, the order says which one counts.
    #expect(!adds(Self.manifest(["A", "B", "A"]), to: Self.manifest(["B", "A", "A"])))
    #expect(!adds(shown + "\n---\nkind: ClusterRole\n", to: shown))
    #expect(!adds(shown + "\n---\nkind: ConfigMap\ndata:\n    kind: Secret\n", to: shown))
    #expect(!adds("", to: shown))
  }

  @Test(
    "What is more than the plain part of YAML is compared as it is written",
    arguments: [
      "kind: A\nx: &a 1\n", "kind: A\nx: |\n  two\n  lines\n", "kind: A\nx: 1 # why\n",
      "kind: A\nx: one\n  two\n", "kind: A\nkind: A\n", "? kind\n: A\n", "kind: A\nx: !!str 1\n",
      "- a\nkind: A\n", "kind: A\n  x: 1\n",
    ])
  func unreadable(text: String) {
    let lines = text.split(separator: "\n")
    #expect(throws: PlainYAML.Unreadable.self) { try PlainYAML(lines) }
    #expect(adds(text, to: text))
    #expect(!adds(text + "y: 1\n", to: text))
  }

  @Test("Mappings, sequences and scalars are read as they stand")
  func read() throws {
    let text = "a: 1\nb:\n- x: 'y: z'\n  w: \"\"\n- - n\nc:\nd: {}\ne:\n    - s\n    - t"
    let expected = PlainYAML.mapping([
      "a": .scalar("1"),
      "b": .sequence([
        .mapping(["x": .scalar("'y: z'"), "w": .scalar("\"\"")]), .scalar("- n"),
      ]),
      "c": .scalar(""), "d": .scalar("{}"), "e": .sequence([.scalar("s"), .scalar("t")]),
    ])
    #expect(try PlainYAML(text.split(separator: "\n")) == expected)
  }
}
