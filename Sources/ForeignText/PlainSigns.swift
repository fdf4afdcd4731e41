/// A text in which every sign is spelled the plain way, to be searched for names and values: a sign
/// may come percent-encoded (`%3D`, once or several times over), as an escape of JSON or of a
/// program's source (`\u003d`, `\x3d`), as an entity (`&#61;`, `&quot;`), or as one that only looks
/// like it (the no-break space, the full-width `＝`, the line of a drawn table).
///
/// Linear in the length of the text; of a text without such signs nothing is built.
struct PlainSigns {
  let bytes: [UInt8]
  /// How deep each sign is encoded: 0 is as it stands. A sign ends only what began as deep as it, so
  /// that `a%26b` is one value in `password=a%26b`, and two in `password%3Da%26b`. Empty where all
  /// are 0.
  private(set) var depths: [UInt8] = []
  /// Where each byte, and the end, is in the text as it came; empty where that is the same.
  private var offsets: [Int] = []

  /// `\n` in it, as in a string with several lines.
  static func hasLines(_ text: [UInt8]) -> Bool {
    var index = 0
    while let sign = text[index...].firstIndex(of: UInt8(ascii: "\\")), sign + 1 < text.count {
      if text[sign + 1] == UInt8(ascii: "n") { return true }
      index = sign + 1
    }
    return false
  }

  /// - Parameter withLines: `\n` is the end of a line.
  init(_ text: [UInt8], withLines: Bool = false) {
    guard text.contains(where: Self.mayBegin) else {
      bytes = text
      return
    }
    var plain: [UInt8] = []
    var isChanged = false
    var index = 0
    while index < text.count {
      let sign = Self.mayBegin(text[index]) ? Self.sign(text[index...], withLines) : nil
      if sign?.isString == true {
        offsets.append(index)
        depths.append(0)
        plain.append(UInt8(ascii: "\\"))
        index += 1
      }
      offsets.append(index)
      for byte in sign?.word ?? [] {
        offsets.append(index)
        depths.append(0)
        plain.append(byte)
      }
      depths.append(sign?.depth ?? 0)
      plain.append(sign?.byte ?? text[index])
      index += sign?.length ?? 1
      isChanged = isChanged || sign != nil
    }
    offsets.append(index)
    bytes = isChanged ? plain : text
    if !isChanged {
      depths = []
      offsets = []
    }
  }

  var isSame: Bool { offsets.isEmpty }

  /// In the text as it came.
  func original(_ span: Range<Int>) -> Range<Int> {
    isSame ? span : offsets[span.lowerBound]..<offsets[span.upperBound]
  }

  private struct Sign {
    var byte: UInt8
    var depth: UInt8 = 1
    var length: Int
    /// A quote of the string in a string, which is spelled `\"` there.
    var isString = false
    /// What is before the byte.
    var word: [UInt8] = []
  }

  private static func mayBegin(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte.isOne(of: "%\\&")
  }

  private static func sign(_ text: ArraySlice<UInt8>, _ withLines: Bool) -> Sign? {
    switch text.first {
    case UInt8(ascii: "%"): percentEncoded(text)
    case UInt8(ascii: "\\"): (withLines ? lineEnd(text) : nil) ?? escaped(text)
    case UInt8(ascii: "&"): entity(text)
    default: alike(text)
    }
  }

  private static func percentEncoded(_ text: ArraySlice<UInt8>) -> Sign? {
    var code = text.startIndex + 1
    var depth: UInt8 = 1
    // `%25` is the percent sign itself.
    while text[code...].starts(with: "25".utf8), number(text[(code + 2)...].prefix(2), 2) != nil {
      code += 2
      depth = min(depth, .max - 1) + 1
    }
    guard let byte = printable(number(text[code...].prefix(2), 2)) else { return nil }
    return Sign(byte: byte, depth: depth, length: code + 2 - text.startIndex)
  }

  private static func escaped(_ text: ArraySlice<UInt8>) -> Sign? {
    let letter = text.dropFirst().first
    let digits = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "x") ? 2 : 0
    guard digits > 0,
      let byte = printable(number(text.dropFirst(2).prefix(digits), digits)),
      byte != UInt8(ascii: "\\")
    else { return nil }
    return isQuote(byte)
      ? Sign(byte: byte, depth: 0, length: digits + 1, isString: true)
      : Sign(byte: byte, length: digits + 2)
  }

  /// However often it was escaped.
  private static func lineEnd(_ text: ArraySlice<UInt8>) -> Sign? {
    let letter = text.prefix(8).drop { $0 == UInt8(ascii: "\\") }
    guard letter.first == UInt8(ascii: "n") else { return nil }
    return Sign(byte: 0x0A, depth: 0, length: letter.startIndex + 1 - text.startIndex)
  }

  private static func entity(_ text: ArraySlice<UInt8>) -> Sign? {
    guard let end = text.prefix(8).firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = text[(text.startIndex + 1)..<end]
    let length = end + 1 - text.startIndex
    if let named = entities.first(where: { name.elementsEqual($0.name.utf8) }) {
      return Sign(byte: named.byte, length: length)
    }
    guard name.first == UInt8(ascii: "#") else { return nil }
    let isHexadecimal = name.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
    let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
    return printable(Int(digits, radix: isHexadecimal ? 16 : 10))
      .map { Sign(byte: $0, length: length) }
  }

  private static let entities: [(name: String, byte: UInt8)] = [
    ("quot", 0x22), ("apos", 0x27), ("amp", 0x26), ("lt", 0x3C), ("gt", 0x3E), ("nbsp", 0x20),
    ("equals", 0x3D), ("colon", 0x3A),
  ]

  /// Names of a password that have no Latin letters.
  private static let passwords = ["пароль", "Пароль", "密码", "密碼", "パスワード", "비밀번호"].map {
    Array($0.utf8)
  }

  /// Blanks that are none for a program, full-width signs, the lines between cells, and what is in
  /// names.
  private static func alike(_ text: ArraySlice<UInt8>) -> Sign? {
    let code = Array(text.prefix(3))
    if code.starts(with: [0xC2, 0xA0]) { return Sign(byte: 0x20, length: 2) }
    if code.starts(with: [0xC3, 0xB1]) || code.starts(with: [0xC3, 0x91]) {
      return Sign(byte: UInt8(ascii: "n"), depth: 0, length: 2)
    }
    if let name = passwords.first(where: text.starts) {
      return Sign(
        byte: UInt8(ascii: "d"), depth: 0, length: name.count, word: Array("passwor".utf8))
    }
    guard code.count == 3 else { return nil }
    switch (code[0], code[1], code[2]) {
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE3, 0x80, 0x80):
      return Sign(byte: 0x20, length: 3)
    case (0xE2, 0x94, 0x82), (0xE2, 0x94, 0x83), (0xE2, 0x95, 0x91):
      return Sign(byte: UInt8(ascii: "|"), length: 3)
    // U+FF01 and on stand for U+0021 and on.
    case (0xEF, 0xBC, 0x81...0xBF): return Sign(byte: code[2] - 0x60, length: 3)
    case (0xEF, 0xBD, 0x80...0x9E): return Sign(byte: code[2] - 0x20, length: 3)
    default: return nil
    }
  }

  private static func printable(_ code: Int?) -> UInt8? {
    code.flatMap { (0x20...0x7E).contains($0) ? UInt8($0) : nil }
  }

  /// Of so many hexadecimal digits.
  private static func number(_ digits: ArraySlice<UInt8>, _ count: Int) -> Int? {
    guard digits.count == count else { return nil }
    var number = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | Int(digit & 0x0F)
      case UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"):
        number = number << 4 | Int(digit & 0x0F + 9)
      default: return nil
      }
    }
    return number
  }
}
