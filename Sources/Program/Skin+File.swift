import Documents
import Terminal
import TerminalText

/// The colours that a person wants, in a file of their own: `{"good": "green", "muted": 245}`.
extension Skin {
  private static let name = "skin.json"
  private static let tones: [(name: String, tone: Tone)] = [
    ("accent", .accent), ("bad", .bad), ("good", .good), ("muted", .muted), ("warning", .warning),
  ]

  /// Without such a file, the colours are the usual ones.
  init(environment: [String: String]) throws(UsageError) {
    self.init()
    guard let bytes = try SettingsFile.read(Self.name, atMost: 16 << 10, environment) else {
      return
    }
    self = try Skin(bytes)
  }

  init(_ bytes: [UInt8]) throws(UsageError) {
    self.init()
    for (name, value) in try SettingsFile.members(bytes, of: Self.name) {
      guard let tone = Self.tones.first(where: { $0.name == name })?.tone else {
        let known = Self.tones.map(\.name).joined(separator: ", ")
        throw Self.problem(value.line, "\"\(name)\" is not known here, only \(known)")
      }
      colours[tone] = try Self.wish(name, value)
    }
  }

  private static func wish(_ name: String, _ value: LocatedJSON) throws(UsageError) -> Wish {
    if value.text == "default" { return .own }
    if let place = value.text.flatMap({ names.firstIndex(of: $0) }) { return .number(Int16(place)) }
    if let number = value.number.flatMap({ Int16($0) }), (0..<256).contains(number) {
      return .number(number)
    }
    throw problem(
      value.line,
      "\"\(name)\" is a number from 0 to 255, default, or one of \(names.joined(separator: ", "))")
  }

  private static func problem(_ line: Int, _ sentence: String) -> UsageError {
    SettingsFile.problem(in: name, line, sentence)
  }
}
