import Wizard

/// What a ``PackedList`` can hold.
protocol Packable {
  func pack(into bytes: inout [UInt8])
  /// Takes what `pack` wrote.
  init(_ packed: inout PackedBytes)
}

/// Values kept as bytes, one after the other: with storage of their own they would take several
/// times the room, and leave the heap full of holes.
struct PackedList<Element: Packable>: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [Int] = []

  mutating func append(_ element: Element) {
    starts.append(bytes.count)
    element.pack(into: &bytes)
  }

  mutating func append(contentsOf other: Self) {
    starts += other.starts.map { $0 + bytes.count }
    bytes += other.bytes
  }
}

extension PackedList: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { starts.count }

  subscript(index: Int) -> Element {
    var packed = PackedBytes(bytes, from: starts[index])
    return Element(&packed)
  }
}

// MARK: Parts

extension [UInt8] {
  /// Seven bits a byte, the lowest first.
  mutating func pack(_ number: Int) {
    var rest = UInt(bitPattern: number)
    while rest > 0x7f {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  mutating func pack(_ text: String) {
    pack(text.utf8.count)
    append(contentsOf: text.utf8)
  }

  mutating func pack(ifAny text: String?) {
    pack(text == nil ? 0 : 1)
    if let text { pack(text) }
  }

  mutating func pack(_ texts: some Collection<String>) {
    pack(texts.count)
    for text in texts { pack(text) }
  }

  mutating func pack(_ labels: Labels) {
    pack(labels.count)
    for (key, value) in labels {
      pack(key)
      pack(value)
    }
  }
}

/// Gives back what was packed, in the order in which it was packed.
struct PackedBytes {
  private let bytes: [UInt8]
  private var place: Int

  init(_ bytes: [UInt8], from place: Int) {
    self.bytes = bytes
    self.place = place
  }

  mutating func number() -> Int {
    var (number, shift): (UInt, UInt) = (0, 0)
    while true {
      let byte = bytes[place]
      place += 1
      number |= UInt(byte & 0x7f) << shift
      if byte < 0x80 { return Int(bitPattern: number) }
      shift += 7
    }
  }

  mutating func text() -> String {
    let count = number()
    defer { place += count }
    return String(decoding: bytes[place..<place + count], as: UTF8.self)
  }

  mutating func textIfAny() -> String? { number() == 0 ? nil : text() }

  mutating func texts() -> [String] { (0..<number()).map { _ in text() } }

  mutating func labels() -> Labels {
    Labels(Dictionary((0..<number()).map { _ in (text(), text()) }) { $1 })
  }
}
