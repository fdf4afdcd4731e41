/// A value that copies share: what tens of thousands of workloads have in common is kept once.
public indirect enum Shared<Value: Hashable & Sendable>: Hashable, Sendable {
  case value(Value)

  public var value: Value {
    switch self {
    case .value(let value): value
    }
  }
}

/// An object's `metadata.uid`: nearly always a UUID, whose 16 bytes need no storage of their own.
enum CompactUID: Hashable, Sendable {
  case none
  case uuid(UInt64, UInt64)
  case text(String)

  init(_ text: String?) {
    guard let text else {
      self = .none
      return
    }
    self = Self.uuid(in: text) ?? .text(text)
  }

  var text: String? {
    switch self {
    case .none: nil
    case .text(let text): text
    case .uuid(let high, let low): Self.text(high, low)
    }
  }

  /// The place of each digit's four bits is all that a UUID in its usual form says.
  private static func uuid(in text: String) -> CompactUID? {
    guard text.utf8.count == 36 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    for (place, byte) in text.utf8.enumerated() {
      let digit: UInt8
      switch (byte, isDash(place)) {
      case (UInt8(ascii: "-"), true): continue
      case (UInt8(ascii: "0")...UInt8(ascii: "9"), false): digit = byte - UInt8(ascii: "0")
      case (UInt8(ascii: "a")...UInt8(ascii: "f"), false): digit = byte - UInt8(ascii: "a") + 10
      default: return nil
      }
      halves = (halves.0 << 4 | halves.1 >> 60, halves.1 << 4 | UInt64(digit))
    }
    return .uuid(halves.0, halves.1)
  }

  private static func text(_ high: UInt64, _ low: UInt64) -> String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      var shift = 124
      for place in 0..<36 {
        if isDash(place) {
          buffer[place] = UInt8(ascii: "-")
          continue
        }
        let digit = UInt8((shift >= 64 ? high >> UInt64(shift - 64) : low >> UInt64(shift)) & 15)
        buffer[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        shift -= 4
      }
      return 36
    }
  }

  private static func isDash(_ place: Int) -> Bool {
    place == 8 || place == 13 || place == 18 || place == 23
  }
}
