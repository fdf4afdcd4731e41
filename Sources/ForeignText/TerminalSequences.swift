/// The bytes without what a terminal would take for commands (ECMA-48): escape and control
/// sequences, and the strings that an operating system command and its like carry. Other control
/// characters stay.
///
/// A sequence that is not finished ends with its line, so that it hides nothing else.
public func withoutSequences(_ bytes: [UInt8]) -> [UInt8] {
  guard bytes.contains(where: { $0 == 0x1B || $0 == 0xC2 }) else { return bytes }
  var plain: [UInt8] = []
  plain.reserveCapacity(bytes.count)
  var rest = bytes[...]
  while let byte = rest.popFirst() {
    switch (byte, rest.first) {
    case (0x1B, _): skipEscape(&rest)
    // CSI as one character of UTF-8.
    case (0xC2, 0x9B):
      rest.removeFirst()
      skipControlSequence(&rest)
    default: plain.append(byte)
    }
  }
  return plain
}

private func skipEscape(_ rest: inout ArraySlice<UInt8>) {
  guard let kind = rest.first, kind != 0x0A else { return }
  rest.removeFirst()
  switch kind {
  case UInt8(ascii: "["): skipControlSequence(&rest)
  // They begin a string that BEL or ESC \ ends.
  case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
    UInt8(ascii: "_"):
    while let byte = rest.first, byte != 0x0A {
      rest.removeFirst()
      if byte == 0x07 { return }
      // ST as one character of UTF-8.
      if byte == 0xC2, rest.first == 0x9C {
        rest.removeFirst()
        return
      }
      if byte == 0x1B {
        if rest.first == UInt8(ascii: "\\") { rest.removeFirst() }
        return
      }
    }
  // Intermediate bytes, and the one that ends them, as in ESC ( B.
  case 0x20...0x2F:
    while let byte = rest.first, (0x20...0x7E).contains(byte) {
      rest.removeFirst()
      if byte >= 0x30 { return }
    }
  default: return
  }
}

private func skipControlSequence(_ rest: inout ArraySlice<UInt8>) {
  while let byte = rest.first, byte != 0x0A {
    rest.removeFirst()
    if (0x40...0x7E).contains(byte) { return }
  }
}
