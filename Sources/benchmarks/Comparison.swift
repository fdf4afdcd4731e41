import FoundationEssentials

/// A figure, mostly beside that of a baseline, and the most that it may be.
struct Comparison {
  enum Unit: String {
    case ms, s
    case megabytes = "MB"
    case kibibytes = "KiB"
    case bytes = "B"
    case calls
  }

  enum Limit {
    /// Of the figure itself.
    case most(Double)
    /// Of the figure in baselines.
    case ratio(Double)
    /// So many baselines and so much more.
    case baselines(Double, plus: Double)
  }

  var name: String
  var figure: Double
  var unit = Unit.ms
  var baseline: String
  /// In the same unit; `nil` for a figure that has a limit of its own.
  var baselineFigure: Double?
  /// `nil` for what is only told.
  var limit: Limit?

  /// The most that the figure may be, in its unit.
  private var most: Double? {
    switch (limit, baselineFigure) {
    case (.most(let most), _): most
    case (.ratio(let ratio), let baseline?): ratio * baseline
    case (.baselines(let ratio, let more), let baseline?): ratio * baseline + more
    case (nil, _), (_, nil): nil
    }
  }

  var isMissed: Bool { most.map { figure > $0 } ?? false }

  static let head = row("what", "figure", "beside", "", "ratio", "limit")

  var line: String {
    let ratio = baselineFigure.map { Self.text(figure / $0) } ?? ""
    let most = most.map { "\(Self.text($0)) \(unit)" } ?? ""
    return Self.row(
      name, "\(Self.text(figure)) \(unit)", baseline,
      baselineFigure.map { "\(Self.text($0)) \(unit)" } ?? "", ratio,
      isMissed ? "\(most) MISSED" : most)
  }

  static func text(_ number: Double) -> String {
    let thousandths = Int((number * 1000).rounded())
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  private static func row(_ cells: String...) -> String {
    zip(cells, [46, 14, 32, 14, 8, 24]).map { cell, width in
      cell + String(repeating: " ", count: max(1, width - cell.count))
    }.joined()
  }
}

/// The median of what `body` takes, in milliseconds, after one run that does not count.
func median(of runs: Int, _ body: () throws -> Void) rethrows -> Double {
  try body()
  var times: [Double] = []
  for _ in 0..<runs { times.append(try milliseconds(body)) }
  return times.sorted()[runs / 2]
}

func milliseconds(_ body: () throws -> Void) rethrows -> Double {
  let time = try ContinuousClock().measure(body)
  return Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1e3
}

/// The path of a program that was built beside this one.
func builtProgram(_ name: String) throws -> String {
  let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/\(name)"
}

/// A directory of its own in the system's place for temporary files, removed at the end.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/map-import-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
