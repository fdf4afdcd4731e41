/// What a sign is where it stands.
extension SecretValues {
  func quote(_ bytes: [UInt8], at index: Int) -> Quote? {
    let sign = bytes[index..<end].firstIndex { $0 != UInt8(ascii: "\\") } ?? end
    guard sign < end, bytes[sign] == UInt8(ascii: "\"") || bytes[sign] == UInt8(ascii: "'") else {
      return nil
    }
    return Quote(sign: bytes[sign], escapes: sign - index, depth: depth(at: sign))
  }

  /// `|` and `>`, below which a text stands in YAML.
  func isBlockSign(_ bytes: [UInt8], at index: Int) -> Bool {
    (bytes[index] == UInt8(ascii: "|") || bytes[index] == UInt8(ascii: ">"))
      && isBlock(bytes, at: index)
  }

  /// What follows the tag and the anchor of a value in YAML; `nil` if it has none.
  func afterTags(_ bytes: [UInt8], at first: Int) -> Int? {
    var index = first
    while index < end, bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "&") {
      index = bytes[index..<end].firstIndex(where: isBlank) ?? end
      index = bytes[index..<end].firstIndex { !isBlank($0) } ?? end
    }
    return index > first ? index : nil
  }

  func isBlock(_ bytes: [UInt8], at index: Int) -> Bool {
    let rest = bytes[(index + 1)..<end].drop { $0.isOne(of: "+-0123456789") }
    return rest.drop(while: Redactor.isSpace).first.map { $0 == UInt8(ascii: "#") } ?? true
  }

  /// Whether a map or a list begins there, and not a value.
  func isContainer(_ bytes: [UInt8], at index: Int, isQuoted: Bool) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "{"): isOpen(bytes, at: index)
    case UInt8(ascii: "["):
      isQuoted || bytes[(index + 1)..<end].allSatisfy(Redactor.isSpace)
    default: false
    }
  }

  func isOpen(_ bytes: [UInt8], at index: Int) -> Bool {
    guard let next = bytes[(index + 1)..<end].first(where: { !Redactor.isSpace($0) }) else {
      return true
    }
    return isQuote(next) || next == UInt8(ascii: "}")
  }

  /// A brace or a bracket alone begins a map or a list.
  func isOpening(_ bytes: [UInt8]) -> Bool {
    (bytes[content] == UInt8(ascii: "{") || bytes[content] == UInt8(ascii: "["))
      && bytes[(content + 1)..<end].allSatisfy(Redactor.isSpace)
  }

  /// What follows the dash of a list.
  func item(_ bytes: [UInt8]) -> Int? {
    guard bytes[content] == UInt8(ascii: "-"), content + 1 < end, isBlank(bytes[content + 1]) else {
      return nil
    }
    return bytes[(content + 1)..<end].firstIndex { !isBlank($0) }
  }

  func isKey(_ bytes: [UInt8], at first: Int) -> Bool {
    var index = first
    while index < end, isQuote(bytes[index]) { index += 1 }
    let word = index
    while index < end, Redactor.isWordByte(bytes[index]) || bytes[index] == UInt8(ascii: "/") {
      index += 1
    }
    guard index > word else { return false }
    let wordEnd = index
    while index < end, isQuote(bytes[index]) { index += 1 }
    guard index < end, bytes[index] == UInt8(ascii: ":") else { return false }
    return index > wordEnd || index + 1 == end || isBlank(bytes[index + 1])
  }

  /// As in `NAME=value`; base64 ends with such a sign, too.
  func isAssignment(_ bytes: [UInt8]) -> Bool {
    let sign = bytes[content..<end].firstIndex { !Redactor.isWordByte($0) } ?? end
    return sign > content && sign + 1 < end && bytes[sign] == UInt8(ascii: "=")
      && Redactor.isWordByte(bytes[sign + 1])
  }

  /// At the beginning of its line, but for a dash and a quote.
  func isFirst(_ name: Name, _ bytes: [UInt8]) -> Bool {
    guard name.range.lowerBound - content <= 64 else { return false }
    if name.isDouble {
      return bytes[content..<name.range.lowerBound].dropLast().allSatisfy(Redactor.isWordByte)
    }
    return bytes[content..<name.range.lowerBound].allSatisfy {
      isQuote($0) || isBlank($0) || $0 == UInt8(ascii: "-")
    }
  }

  /// After a word and a space.
  func isInSentence(_ name: Name, _ bytes: [UInt8]) -> Bool {
    let before = bytes[content..<name.range.lowerBound]
    guard !name.isDouble, let space = before.lastIndex(where: { !isQuote($0) }), space > content
    else {
      return false
    }
    return bytes[space] == 0x20 && Redactor.isWordByte(bytes[space - 1])
      && bytes[space - 1] != UInt8(ascii: "-")
  }

  /// Nothing is before it but words.
  func isRowHead(_ name: Name, _ bytes: [UInt8]) -> Bool {
    let before = content..<name.range.lowerBound
    return before.count <= 64
      && before.allSatisfy {
        Redactor.isWordByte(bytes[$0]) || bytes[$0] == 0x20 && bytes[$0 - 1] != 0x20
      }
  }

  func isMark(_ bytes: [UInt8], at index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "[") && bytes[index...].starts(with: Redactor.mark.utf8)
  }

  /// How deep the sign is encoded.
  func depth(at index: Int) -> UInt8 { depths.isEmpty || index >= depths.count ? 0 : depths[index] }

  /// No secret, whatever its name is.
  func isPlain(_ value: ArraySlice<UInt8>) -> Bool {
    guard value.count <= 6 else { return false }
    let word = SecretNames.lowercased(value)
    return ["true", "false", "null", "<none>", "<nil>"].contains { word.elementsEqual($0.utf8) }
  }
}

func isQuote(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
}

func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

extension SecretValues.Quote {
  /// Whether the sign, after so many backslashes, ends what this one began.
  func isClosed(after backslashes: Int) -> Bool {
    // Fewer: what the string itself is in ends.
    backslashes < escapes || backslashes % (2 * (escapes + 1)) == escapes
  }
}
