import ForeignText
import Wizard

/// One call of cub.
struct Call {
  /// The words that name the command, e.g. `unit create`.
  let path: [String]
  /// Completes "Could not …".
  let purpose: String
  private(set) var flags: [String] = []
  /// Flags that are left out where cub does not know them.
  var optionalFlags: [String] = []
  var operands: [String] = []
  var input: [UInt8] = []
  /// How many times the usual time it may take.
  var patience = 1.0
  /// Of the work that it is a part of; `nil` leaves it the usual time.
  var timeLimit: TimeLimit?
  /// Bytes of an answer, beyond which it is none.
  var outputLimit = 64 << 20
  /// False for commands that print text whatever is asked.
  var wantsJSON = true

  /// Whether it changes something at ConfigHub, and may wait there for triggers.
  var changes: Bool {
    ["create", "update", "delete", "set-target", "publish", "PUT"].contains(path.last ?? "")
  }

  /// Throws if a slug or a label is not one that can be handed to cub.
  init(
    _ path: [String], _ purpose: String, space: String? = nil, slugs: [String] = [],
    labels: [String: String] = [:]
  ) throws(HubFailure) {
    self.path = path
    self.purpose = purpose
    operands = slugs
    for slug in slugs + (space.map { [$0] } ?? []) where !Naming.isValidSlug(slug) {
      throw HubFailure(.refused, purpose: purpose, why: "`\(slug)` is not a name for ConfigHub")
    }
    if let space { flags.append("--space=\(space)") }
    for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
      guard LabelText.problem(key: key, value: value) == nil else {
        throw HubFailure(
          .refused, purpose: purpose, why: "cub cannot be given the label \(key)=\(value)")
      }
      flags.append("--label=\(key)=\(value)")
    }
  }

  /// Flags that the call makes no sense without.
  mutating func add(_ flags: String...) { add(flags) }

  mutating func add(_ flags: [String]) { self.flags += flags }
}

/// How long some calls of cub may take together.
struct TimeLimit: Hashable {
  let seconds: Double
  private let end: ContinuousClock.Instant

  init(seconds: Double) {
    self.seconds = seconds
    end = .now + .seconds(seconds)
  }

  /// Seconds.
  var left: Double { ContinuousClock.now.duration(to: end) / .seconds(1) }
}

/// What was found out about the cub at hand.
struct CubDialect {
  private var output = ["-o", "json"]
  /// Flags that a command does not know, as `unit create --change-desc`.
  private var unknown: Set<String> = []

  func arguments(for call: Call) -> [String] {
    let optionalFlags = call.optionalFlags.filter { !unknown.contains(key($0, call)) }
    let output = unknown.contains(key("--json", call)) || !call.wantsJSON ? [] : output
    return call.path + call.flags + optionalFlags + output + call.operands
  }

  /// An old cub knows no `-o`, anywhere; any other flag is taken to be unknown to this command.
  mutating func learn(_ flag: String, in call: Call) {
    if flag == "-o" { output = ["--json"] } else { unknown.insert(key(flag, call)) }
  }

  /// The flag in pflag's `unknown flag: --json` or `unknown shorthand flag: 'o' in -o`.
  static func unknownFlag(in words: ForeignText) -> String? {
    let words = words.unredacted
    if words.hasPrefix("unknown flag: --") {
      return String(words.dropFirst("unknown flag: ".count).prefix { !$0.isWhitespace })
    }
    return words.hasPrefix("unknown shorthand flag: 'o'") ? "-o" : nil
  }

  private func key(_ flag: String, _ call: Call) -> String {
    (call.path + [String(flag.prefix { $0 != "=" })]).joined(separator: " ")
  }
}
