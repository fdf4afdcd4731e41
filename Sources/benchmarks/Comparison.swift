import FoundationEssentials

/// A figure beside that of its baseline, both medians in milliseconds.
struct Comparison {
  var name: String
  var milliseconds: Double
  var baseline: String
  var baselineMilliseconds: Double
  /// What the ratio, or the difference, is meant to stay under.
  var limit: String

  static let head = row("what", "ms", "baseline", "ms", "ratio", "limit")

  var line: String {
    Self.row(
      name, Self.text(milliseconds), baseline, Self.text(baselineMilliseconds),
      Self.text(milliseconds / baselineMilliseconds), limit)
  }

  static func text(_ number: Double) -> String {
    let thousandths = Int((number * 1000).rounded())
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  private static func row(_ cells: String...) -> String {
    zip(cells, [36, 10, 32, 10, 8, 24]).map { cell, width in
      cell + String(repeating: " ", count: max(1, width - cell.count))
    }.joined()
  }
}

/// The median of what `body` takes, in milliseconds, after one run that does not count.
func median(of runs: Int, _ body: () throws -> Void) rethrows -> Double {
  try body()
  var times: [Double] = []
  for _ in 0..<runs {
    let time = try ContinuousClock().measure(body)
    times.append(Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1e3)
  }
  return times.sorted()[runs / 2]
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
