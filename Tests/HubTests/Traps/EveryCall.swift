import Hub
import Wizard

/// Every call of cub that map-import makes, by the words of its command; what each makes of cub's
/// answer is one word: `done` and `read` are success, all others are not.
let everyCall: [(command: String, make: @Sendable (HubClient) -> String)] = [
  ("context get", { $0.signIn().isSignedIn ? "read" : "unread" }),
  ("space list", { hub in word { try hub.spaces() } }),
  ("space create", { $0.createSpace(SpacePlan(slug: "apps", labels: ["team": "payments"])).name }),
  ("space update", { $0.setReleaseTarget("oci", space: "apps").name }),
  ("unit create", { $0.createAPI().name }),
  (
    "unit update",
    {
      $0.updateUnit(
        "api", space: "apps", labels: [:], mark: .example("b"), content: Array("b".utf8)
      ).name
    }
  ),
  ("unit get", { hub in word { try hub.unit("api", space: "apps") } }),
  ("unit list", { hub in word { try hub.units(space: "apps") } }),
  ("worker create", { $0.createWorker("dev", space: "apps").name }),
  ("worker list", { hub in word { try hub.workers(space: "apps") } }),
  (
    "worker install",
    { hub in word { try hub.workerManifest("dev", space: "apps", withSecret: false) } }
  ),
  ("target create", { $0.createReleaseTarget("oci", worker: "dev", space: "apps").name }),
  ("target list", { hub in word { try hub.targets(space: "apps") } }),
  ("unit set-target", { $0.setTarget(unit: "api", target: "oci", space: "apps").name }),
  ("release publish", { $0.publishRelease(of: "apps").name }),
  (
    "unit set-target",
    { $0.setTargets(["api", "web"], target: "oci", space: "apps").name }
  ),
  ("unit delete", { $0.deleteUnits(["api", "web"], space: "apps").name }),
  ("unit delete", { $0.deleteUnit("api", space: "apps").name }),
]

private func word(_ read: () throws -> Any?) -> String {
  do {
    _ = try read()
    return "read"
  } catch {
    return (error as? HubFailure).map { "failed \($0.kind)" } ?? "failed"
  }
}

extension SignIn {
  var isSignedIn: Bool { if case .signedIn = self { true } else { false } }
}
