import Wizard

/// The ids of sessions: `import-YYYY-MM-DD-HHMMSS`, or with `-2` … `-9999` after it.
package enum SessionID {
  private static let beginning = "import-"

  package static func isValid(_ text: some StringProtocol) -> Bool {
    text.hasPrefix(beginning) && isStamp(text.dropFirst(beginning.count))
  }

  /// `YYYY-MM-DD-HHMMSS`, or with `-2` … `-9999` after it.
  package static func isStamp(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    let shape = Array("dddd-dd-dd-dddddd".utf8)
    guard bytes.count >= shape.count, matches(bytes.prefix(shape.count), shape) else {
      return false
    }
    let suffix = bytes[shape.count...]
    if suffix.isEmpty { return true }
    guard suffix.first == UInt8(ascii: "-"), (2...5).contains(suffix.count) else { return false }
    let number = suffix.dropFirst()
    return number.allSatisfy(isDigit) && number.first != UInt8(ascii: "0") && number != [0x31]
  }

  /// It has a `-2` or so after its time.
  package static func isNumbered(_ id: String) -> Bool {
    id.utf8.count > "import-YYYY-MM-DD-HHMMSS".utf8.count
  }

  /// `YYYY-MM-DD`
  package static func isDay(_ text: some StringProtocol) -> Bool {
    matches(Array(text.utf8), Array("dddd-dd-dd".utf8))
  }

  /// The time in an id; `nil` if it is none.
  package static func began(_ id: String) -> Timestamp? {
    isValid(id) ? Timestamp(stamp: id.dropFirst(beginning.count)) : nil
  }

  /// 64 lower-case hexadecimal digits.
  package static func isDigest(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy {
        isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }

  /// `d` in the shape is any digit.
  private static func matches(_ bytes: some Collection<UInt8>, _ shape: [UInt8]) -> Bool {
    bytes.count == shape.count
      && zip(bytes, shape).allSatisfy { byte, wanted in
        wanted == UInt8(ascii: "d") ? isDigit(byte) : byte == wanted
      }
  }

  package static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension Timestamp {
  /// The beginning of `2026-01-09`, in UTC.
  package init?(day: String) { self.init(rfc3339: "\(day)T00:00:00Z") }

  /// Of `2026-01-09-143022`, whatever follows.
  package init?(stamp: some StringProtocol) {
    let digits = stamp.dropFirst(11).prefix(6)
    guard digits.count == 6 else { return nil }
    let clock = "\(digits.prefix(2)):\(digits.dropFirst(2).prefix(2)):\(digits.suffix(2))"
    self.init(rfc3339: "\(stamp.prefix(10))T\(clock)Z")
  }
}
