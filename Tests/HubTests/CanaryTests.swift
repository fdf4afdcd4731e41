import FoundationEssentials
import Subprocess
import TestWorld
import Testing
import Wizard

@testable import Hub

@Suite("cub that prints secrets")
struct CanaryTests {
  /// Everything that cub is asked and told.
  private static let calls: [@Sendable (HubClient) -> Any] = [
    { $0.signIn() }, { hub in Result { try hub.unitsIfThere(space: "apps") } },
    { $0.createSpace(SpacePlan(slug: "apps")) }, { $0.setReleaseTarget("oci", space: "apps") },
    { $0.createAPI() },
    { $0.updateUnit("api", space: "apps", labels: [:], mark: .example("b"), content: [98]) },
    { hub in Result { try hub.unit("api", space: "apps") } },
    { hub in Result { try hub.units(space: "apps") } }, { $0.createWorker("dev", space: "apps") },
    { hub in Result { try hub.workers(space: "apps") } },
    { hub in Result { try hub.workerManifest("dev", space: "apps", withSecret: false) } },
    { $0.createReleaseTarget("oci", worker: "dev", space: "apps") },
    { hub in Result { try hub.targets(space: "apps") } },
    { $0.setTarget(unit: "api", target: "oci", space: "apps") },
    { $0.publishRelease(of: "apps") }, { $0.deleteUnit("api", space: "apps") },
    { hub in Result { try hub.sessions(in: "apps").me() } },
    { hub in Result { try hub.sessions(in: "apps").list() } },
    { hub in Result { try hub.sessions(in: "apps").read("api")?.data?.count } },
    { hub in Result { try hub.sessions(in: "apps").history(of: "api") } },
    { $0.sessions(in: "apps").makeSpace() }, { $0.sessions(in: "apps").delete("api") },
    { $0.sessions(in: "apps").createExample("api", "{}") },
    { $0.sessions(in: "apps").label("api", ["a": "b"]) },
  ]

  private func dumped(_ program: Script, timeout: Double = 30) -> [String] {
    let hub = HubClient(cub: program.path, timeout: timeout)
    return inParallel(
      Self.calls.map { call in
        { @Sendable () -> String in
          var text = ""
          dump(call(hub), to: &text)
          return text
        }
      }, atMost: 32)
  }

  @Test("None of them is in any value that comes out", arguments: Canary.endings.map(\.name))
  func endings(name: String) throws {
    let ending = try #require(Canary.endings.first { $0.name == name })
    let fired = FileManager.default.temporaryDirectory.path + "/fired-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: fired) }
    let program = try Script(Canary.script(ending, fired: fired))
    let values = dumped(program, timeout: name == "hangs" ? 5 : 30)
    for value in values { #expect(!value.contains(Canary.secret), "\(value)") }
    // They were there to be caught.
    let count = try Data(contentsOf: URL(filePath: fired)).count
    #expect(count >= Self.calls.count)
    let said = values.joined()
    #expect(
      said.contains("[redacted]")
        || !["exits with 1", "complains", "only complains"].contains(name), "\(said)")
  }

  @Test("None is taken from the fields of an answer")
  func fields() throws {
    let words = "token=\(Canary.secret)"
    let program = try Script(
      """
      cat <<'END'
      [{"Slug": "dev", "Space": {"Slug": "apps", "SpaceID": "u0"},
        "Unit": {"Slug": "api", "UnitID": "\(words)", "Labels": {"a": "\(words)"}},
        "BridgeWorker": {"Slug": "dev", "BridgeWorkerID": "u2", "Condition": "\(words)",
          "Secret": "\(Canary.secret)", "ClaimToken": "\(Canary.secret)"},
        "Target": {"Slug": "oci", "TargetID": "u3", "ProviderType": "\(words)",
          "Parameters": "{\\"Token\\": \\"\(Canary.secret)\\", \\"KubeContext\\": \\"x\\"}"}}]
      END
      """)
    let said = dumped(program).joined()
    #expect(said.contains("token=[redacted]") && said.contains("oci"))
    #expect(!said.contains(Canary.secret), "\(said)")
    let context = try Script(
      """
      [ "$1" = auth ] && { echo "Status    Authenticated"; exit; }
      cat <<'END'
      {"coordinate": {"serverURL": "https://me:\(Canary.secret)@hub", "user": "me \(words)"},
       "metadata": {"organizationName": "\(words)"}}
      END
      """)
    let signedIn = dumped(context).joined()
    #expect(signedIn.contains("https://[redacted]@hub"), "\(signedIn)")
    #expect(!signedIn.contains(Canary.secret), "\(signedIn)")
  }
}
