import Documents
import FoundationEssentials
import Glibc
import Subprocess
import TestWorld
import Testing
import Wizard

@testable import Hub

/// A ConfigHub of its own behind the stand-in cub, in a sandbox that goes with it.
final class StandIn: Sendable {
  enum Generation: String, CaseIterable { case b, c, d }

  static let secret = "canary-5f0c2e-secret"

  private let sandbox: Sandbox
  private let environment: [String: String]

  init(_ generation: Generation, _ settings: [String: String] = [:]) throws {
    sandbox = try Sandbox(kubectl: .absent, cub: .standIn)
    environment = sandbox.environment
      .merging([
        "STAND_IN_GENERATION": generation.rawValue, "STAND_IN_SECRET": StandIn.secret,
        "STAND_IN_FAULTS": sandbox.directory + "/faults.json",
        "STAND_IN_READY_AFTER": "1", "STAND_IN_TARGETS_AFTER": "1",
      ]) { $1 }
      .merging(settings) { $1 }
    try plan()
  }

  /// - Parameter settings: of this caller alone.
  func client(timeout: Double = 60, _ settings: [String: String] = [:]) -> HubClient {
    HubClient(
      cub: sandbox.bin + "/cub", environment: environment.merging(settings) { $1 },
      timeout: timeout)
  }

  /// The directory that the hub lives in.
  var state: String { sandbox.standInState }

  /// What is to go wrong from now on: the command, how, and optionally which of its calls.
  func plan(_ faults: (match: String, kind: String, nth: Int?)...) throws {
    let plan = JSONValue.array(
      faults.map { fault in
        var entry: JSONValue = ["match": .string(fault.match), "kind": .string(fault.kind)]
        entry["nth"] = fault.nth.map { .integer(Int64($0)) }
        return entry
      })
    try sandbox.write(
      String(decoding: plan.serialized(pretty: false), as: UTF8.self), to: "faults.json")
  }

  func signInAgain() throws { _ = try run(command(["auth", "login"])) }

  /// cub as a person would run it.
  func command(_ arguments: [String]) -> Command {
    Command(sandbox.bin + "/cub", arguments, environment: environment)
  }

  /// The command lines that cub was called with, in order; those it could not read included.
  func calls() throws -> [[String]] {
    guard
      let log = try? String(contentsOfFile: sandbox.standInState + "/calls.log", encoding: .utf8)
    else { return [] }
    return try log.split(separator: "\n").map { line in
      let entry = try JSONValue(parsing: Array(line.utf8))
      return (entry["argv"]?.array ?? []).compactMap(\.string)
    }
  }

  /// Waits until cub has been called with these first words.
  func awaitCall(_ words: [String]) throws {
    try #require(
      eventually { try calls().contains { $0.starts(with: words) } }, "no call of \(words)")
  }
}

extension HubClient {
  /// A space `apps` with nothing in it.
  func prepareSpace() throws {
    guard case .done = createSpace(SpacePlan(slug: "apps")) else {
      throw HubFailure(.programFailed, "the space could not be made ready")
    }
  }

  func createAPI(_ content: String = "kind: A\n", cancellation: Cancellation? = nil)
    -> ChangeOutcome
  {
    createUnit(
      "api", space: "apps", labels: ["app": "api"], mark: .example(content),
      content: Array(content.utf8), cancellation: cancellation)
  }
}

extension UnitMark {
  static func example(_ content: String) -> UnitMark {
    UnitMark(
      session: "import-2026-01-09-143022", operation: "op-0003",
      digest: SHA256.hex(of: content.utf8))
  }
}

extension ChangeOutcome {
  /// The case without what it carries.
  var name: String {
    switch self {
    case .done: "done"
    case .refused(let failure): "refused \(failure.kind)"
    case .exists: "exists"
    case .unclear: "unclear"
    case .signInNeeded: "signInNeeded"
    }
  }
}
