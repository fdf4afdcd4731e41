/// Scalars, and empty collections, as they stand on one line.
enum YAMLScalar {
  /// What YAML 1.1 and 1.2 let a key have before its colon is 1024 characters.
  static let longestSimpleKey = 1000

  static func line(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .number(let value): line(value)
    case .string(let value): quotedIfNeeded(value)
    case .array: "[]"
    case .object: "{}"
    }
  }

  /// With a point and a signed exponent: without them, a reader of YAML 1.1 has text.
  private static func line(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    let digits = "\(value)"
    guard let exponent = digits.firstIndex(of: "e"), !digits.contains(".") else { return digits }
    return "\(digits[..<exponent]).0\(digits[exponent...])"
  }

  static func quotedIfNeeded(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
  }

  // MARK: Plain

  /// Every other spelling of `true`, `false` and `null` that some reader knows.
  private static let reserved: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null",
  ]

  /// Whether no reader can take it for anything but this text. Much that would be safe is not
  /// plain: rather a quote too many than one too few.
  private static func isPlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let last = bytes.last, last != UInt8(ascii: " "), last != UInt8(ascii: ":"),
      bytes.allSatisfy({ (0x20...0x7e).contains($0) }), beginsLikeText(bytes)
    else { return false }
    let pairs = zip(bytes, bytes.dropFirst())
    return !pairs.contains { $0 == (UInt8(ascii: ":"), UInt8(ascii: " ")) }
      && !pairs.contains { $0 == (UInt8(ascii: " "), UInt8(ascii: "#")) }
      && (bytes.count > 5 || !reserved.contains(text.lowercased()))
  }

  /// A word, a path, a `$(VARIABLE)`, a flag, or a quantity like `100m` and `1.5Gi`.
  private static func beginsLikeText(_ bytes: [UInt8]) -> Bool {
    switch bytes[0] {
    case UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "("): true
    case UInt8(ascii: "-"):
      bytes.dropFirst(bytes.starts(with: "--".utf8) ? 2 : 1).first.map(isLetter) ?? false
    case let byte where isDigit(byte): isQuantity(bytes)
    case let byte: isLetter(byte)
    }
  }

  /// Digits, perhaps a fraction, and a unit that makes neither an exponent nor a base of it.
  private static func isQuantity(_ bytes: [UInt8]) -> Bool {
    var rest = bytes.drop(while: isDigit)
    if rest.first == UInt8(ascii: "."), rest.dropFirst().first.map(isDigit) ?? false {
      rest = rest.dropFirst().drop(while: isDigit)
    }
    guard let unit = rest.first else { return false }
    return !"eExXoObB".utf8.contains(unit) && rest.allSatisfy(isLetter)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  // MARK: Quoted

  private static func quoted(_ text: String) -> String {
    var result = Array("\"".utf8)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\"".utf8
      case "\\": result += "\\\\".utf8
      case "\n": result += "\\n".utf8
      case "\r": result += "\\r".utf8
      case "\t": result += "\\t".utf8
      case _ where isPrintable(scalar): result += String(scalar).utf8
      case "\0"..."\u{ff}": result += escape("x", scalar, digits: 2).utf8
      case "\u{100}"..."\u{ffff}": result += escape("u", scalar, digits: 4).utf8
      default: result += escape("U", scalar, digits: 8).utf8
      }
    }
    return String(decoding: result, as: UTF8.self) + "\""
  }

  private static func escape(_ letter: String, _ scalar: Unicode.Scalar, digits: Int) -> String {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return "\\\(letter)\(String(repeating: "0", count: digits - hex.count))\(hex)"
  }

  /// Whether it stands for itself: in the basic plane, where every reader can follow, and
  /// something that is seen.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7f { return scalar.value >= 0x20 }
    if scalar.value > 0xffff { return false }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator,
      .lineSeparator, .paragraphSeparator:
      false
    default: true
    }
  }
}
