import FoundationEssentials
import Subprocess
import TestWorld

/// A whole import of the demo's `payment-prod` in a home of its own: as often as the program is
/// started there.
struct Import: Sendable {
  enum Size: String {
    /// One StatefulSet: all seven steps with as few calls as there can be.
    case one = "an import of one unit"
    case seven = "an import of seven units"

    var units: Int { self == .one ? 1 : 7 }
  }

  let size: Size
  let home: Home

  init(_ size: Size) throws {
    self.size = size
    home = try Home(isDemo: true)
    try home.create()
  }

  /// Runs the program once, to its end, or until it is killed before one of its system calls.
  func start(killBefore call: Int? = nil) throws -> Completion {
    var words = [
      try Sandbox.product("map-import"), "--demo", "--yes", "-n", "payment-prod", "--app-space",
      "payment-team", "-o", "json",
    ]
    if size == .one { words += ["--kind", "StatefulSet"] }
    if let call { words = [try Sandbox.product("KillBefore"), "\(call)"] + words }
    return try run(
      Command(
        words[0], Array(words.dropFirst()),
        environment: [
          "HOME": home.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "STAND_IN_DELAY_MS": "0",
          "STAND_IN_WORKER": "dev",
        ], timeout: 180))
  }

  /// How many system calls a run makes that nothing happens to.
  func calls() throws -> Int {
    let completion = try start(killBefore: 0)
    let line = completion.errorText.unredacted.split(separator: "\n").last ?? ""
    guard completion.succeeded, let calls = Int(line.prefix { $0.isNumber }) else {
      throw Trouble("An import that nothing happens to: \(completion.ending) \(line)")
    }
    return calls
  }

  // MARK: What it left

  /// The highest generation that a log says was saved.
  var promisedGeneration: Int {
    let lines = home.names(in: "logs").flatMap {
      home.text(of: "logs/\($0)").split(separator: "\n")
    }
    return lines.compactMap { line in
      line.split(separator: " saved generation ").dropFirst().first
        .flatMap { Int($0.prefix { $0.isNumber }) }
    }.max() ?? 0
  }

  /// What the stand-in's hub has.
  func hub() throws -> HubState {
    try JSONDecoder().decode(HubState.self, from: Data(home.text(of: "hub/state.json").utf8))
  }

  /// The changes that the hub was asked for and has made, as `unit create payment-api`.
  func changes() throws -> [String] {
    try home.text(of: "hub/calls.log").split(separator: "\n").compactMap { line in
      let call = try JSONDecoder().decode(HubCall.self, from: Data(line.utf8))
      guard call.exit == 0, call.program == "cub" else { return nil }
      let operands = call.argv.filter { !$0.hasPrefix("-") && $0 != "json" }
      let kind = operands.prefix(2).joined(separator: " ")
      guard ["space create", "unit create", "unit update", "unit set-target"].contains(kind) else {
        return nil
      }
      return operands.prefix(3).joined(separator: " ")
    }
  }
}

struct HubState: Decodable {
  struct Space: Decodable { var slug: String }
  struct Unit: Decodable {
    var slug: String
    var contentHash: String
    var targetID: String?
  }

  var spaces: [Space]
  var units: [Unit]

  /// One line for each thing there is, sorted.
  var things: [String] {
    (spaces.map { "space \($0.slug)" }
      + units.map {
        "unit \($0.slug) \($0.contentHash) \($0.targetID == nil ? "unbound" : "bound")"
      }).sorted()
  }
}

private struct HubCall: Decodable {
  var argv: [String]
  var exit: Int?
  var program: String
}
