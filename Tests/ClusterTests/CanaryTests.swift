import Documents
import ForeignText
import FoundationEssentials
import Subprocess
import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  @Suite("kubectl that prints secrets")
  struct CanaryTests {
    /// Everything that kubectl is asked for here.
    private static let calls: [@Sendable (ClusterClient) -> Any] = [
      { client in Result { try client.contexts() } },
      { client in Result { try client.namespaces(context: "x") } },
      { client in Result { try client.uid(context: "x") } },
      { client in client.identity(context: "x") },
      { client in
        Result { () throws(ClusterFailure) in
          try client.scan(
            ScanScope(context: "x", namespaces: ["a"]), at: ProgramTests.moment
          ) { _ in }
        }
      },
      { client in Result { try client.content(of: [object], context: "x", cancellation: nil) } },
      { client in
        client.currentVersions(
          of: [Operation.Source(object: object, uid: "u", resourceVersion: "1")], context: "x")
      },
      { client in Result { try client.apply(Array("kind: A".utf8), context: "x") } },
    ]

    private static let object = ObjectReference(
      apiVersion: "apps/v1", kind: "Deployment", namespace: "a", name: "api")

    @Test("None of them is in any value that comes out", arguments: Canary.endings.map(\.name))
    func endings(name: String) throws {
      let ending = try #require(Canary.endings.first { $0.name == name })
      let kubectl = try ScriptedKubectl(Canary.script(ending, fired: "$HOME/log"))
      let client = kubectl.client(timeout: name == "hangs" ? 5 : 30)
      let values = inParallel(
        Self.calls.map { call in
          { @Sendable () -> String in
            var text = ""
            dump(call(client), to: &text)
            return text
          }
        }, atMost: 8)
      for value in values { #expect(!value.contains(Canary.secret), "\(value)") }
      // They were there to be caught.
      #expect(kubectl.log().utf8.count >= Self.calls.count)
      let said = values.joined()
      #expect(
        said.contains("[redacted]")
          || !["exits with 1", "complains", "only complains"].contains(name), "\(said)")
    }

    @Test("Credentials in a kubeconfig, and in what an object says of itself, stay there")
    func data() throws {
      let kubectl = try ScriptedKubectl(
        """
        cat <<'END'
        {"current-context": "x", "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
         "clusters": [{"name": "c", "cluster": {"server": "https://me:\(Canary.secret)@host:6443"}}],
         "users": [{"name": "u", "user": {"token": "\(Canary.secret)",
           "exec": {"command": "login", "args": ["--token", "\(Canary.secret)", "x"]}}}]}
        END
        """.replacing("cat", with: "/bin/cat"))
      let context = try #require(try kubectl.client().contexts().contexts.first)
      #expect(context.server == "https://[redacted]@host:6443")
      #expect(context.credentialPlugin == "login --token '[redacted]' x")
      let reason = try ReadinessTests.reason(
        .job,
        status: """
          {"conditions": [{"type": "Failed", "status": "True",
            "message": "cannot log in with password=\(Canary.secret)"}]}
          """)
      #expect(reason == "it failed: cannot log in with password=[redacted]")
    }

    @Test("An object that is looked at shows no secret that its fields or arguments name")
    func object() throws {
      let object = try JSONValue(
        parsing: """
          {"spec": {"env": [{"name": "DB_PASSWORD", "value": "\(Canary.secret)"},
              {"name": "LEVEL", "value": "debug"}],
            "args": ["--password", "\(Canary.secret)", "--port", "80"],
            "token": "a\\n\(Canary.secret)\\nb\\n", "secretName": "db"}}
          """.utf8)
      let yaml = object.yaml()
      #expect(yaml.contains(Canary.secret))
      var redactor = Redactor()
      let lines = yaml.split(separator: "\n").map { redactor.redacted(String($0)) }
      for shown in ["\(ForeignText(yaml))", lines.joined(separator: "\n")] {
        #expect(!shown.contains(Canary.secret), "\(shown)")
        for word in ["LEVEL", "debug", "--port", "80", "secretName: db"] {
          #expect(shown.contains(word), "\(shown)")
        }
      }
    }

    @Test("What a private key is cut into by lines that are left out is not shown either")
    func keyInLogLines() {
      let refusal = KubectlError(
        errorText: ForeignText(
          """
          E1121 05:38:00.000000   12345 x.go:1] -----BEGIN RSA PRIVATE KEY-----
          \(Canary.secret)
          -----END RSA PRIVATE KEY-----
          Error from server (Forbidden): no
          """))
      #expect(!refusal.words.contains(Canary.secret))
      #expect(refusal.reason == .forbidden)
    }
  }
}
