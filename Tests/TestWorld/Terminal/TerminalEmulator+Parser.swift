import Glibc

// For `wcwidth`, whatever locale the test process was given. Unsafe because the compiler cannot see
// that a locale object never changes once it is made (newlocale(3)).
nonisolated(unsafe) private let utf8Locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)

extension TerminalEmulator {
  /// Where in a character or a sequence the input stopped.
  struct Parser: Sendable {
    enum Place: Sendable {
      case ground
      case escape
      case escapeIntermediate
      case control
      /// An OSC, DCS, PM or APC string, until BEL or ST.
      case string
      case stringEscape
    }

    var place = Place.ground
    /// What was read of the sequence so far, without its ESC.
    var sequence: [UInt8] = []
    /// The bytes of an unfinished UTF-8 character, and how many it will have.
    var character: [UInt8] = []
    var characterLength = 0
  }

  /// Shows what a program wrote; a character or a sequence may be cut anywhere between two calls.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    let previous = uselocale(utf8Locale)
    defer { uselocale(previous) }
    for byte in bytes { feed(byte) }
  }

  private mutating func feed(_ byte: UInt8) {
    switch parser.place {
    case .ground: ground(byte)
    case .escape: escape(byte)
    case .escapeIntermediate:
      parser.sequence.append(byte)
      if byte >= 0x30 { finish(perform: performEscape) }
    case .control:
      if byte < 0x20 {
        control(byte)
      } else {
        parser.sequence.append(byte)
        if byte >= 0x40 { finish(perform: performControlSequence) }
      }
    case .string:
      switch byte {
      case 0x07: finish(perform: performString)
      case 0x1B: parser.place = .stringEscape
      default: parser.sequence.append(byte)
      }
    case .stringEscape:
      finish(perform: performString)
      if byte != UInt8(ascii: "\\") {
        parser.place = .escape
        feed(byte)
      }
    }
  }

  private mutating func ground(_ byte: UInt8) {
    if !parser.character.isEmpty {
      guard byte & 0xC0 == 0x80 else {
        invalidCharacter()
        return ground(byte)
      }
      parser.character.append(byte)
      guard parser.character.count == parser.characterLength else { return }
      guard let text = String(validating: parser.character, as: UTF8.self),
        let scalar = text.unicodeScalars.first
      else { return invalidCharacter() }
      parser.character = []
      return put(scalar)
    }
    switch byte {
    case 0..<0x20, 0x7F: control(byte)
    case 0x20..<0x7F: put(Unicode.Scalar(byte))
    case 0xC2..<0xF5:
      parser.character = [byte]
      parser.characterLength = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    default:
      parser.character = [byte]
      invalidCharacter()
    }
  }

  private mutating func invalidCharacter() {
    let hexadecimal = parser.character.map { String($0, radix: 16) }.joined(separator: " ")
    unknownSequences.append("invalid UTF-8: \(hexadecimal)")
    parser.character = []
    put("\u{FFFD}")
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    if (0x80..<0xA0).contains(scalar.value) {
      unknownSequences.append("C1 control U+\(String(scalar.value, radix: 16, uppercase: true))")
    } else {
      print(scalar)
    }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "["): parser.place = .control
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      parser.sequence = [byte]
      parser.place = .string
    case 0x20..<0x30:
      parser.sequence = [byte]
      parser.place = .escapeIntermediate
    default:
      parser.sequence = [byte]
      finish(perform: performEscape)
    }
  }

  private mutating func finish(perform: (inout TerminalEmulator, [UInt8]) -> Bool) {
    let sequence = parser.sequence
    let introducer = parser.place == .control ? "[" : ""
    parser.place = .ground
    parser.sequence = []
    if !perform(&self, sequence) {
      unknownSequences.append("ESC \(introducer)\(String(decoding: sequence, as: UTF8.self))")
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x00, 0x7F: break
    case 0x07: bells += 1
    case 0x08: moveCursor(to: cursor.row, cursor.column - 1)
    case 0x09: tabForward(1)
    case 0x0A, 0x0B, 0x0C: lineFeed()
    case 0x0D: moveCursor(to: cursor.row, 0)
    case 0x0E: cursor.activeSet = 1
    case 0x0F: cursor.activeSet = 0
    case 0x1B:
      parser.place = .escape
      parser.sequence = []
    default: unknownSequences.append("control character 0x\(String(byte, radix: 16))")
    }
  }
}
