/// Elements of XML and of property lists.
extension SecretValues {
  /// `<password>value</password>`, also with attributes, and `<key>password</key>` before the element
  /// with the value. Where to go on; `nil` if it is neither.
  mutating func takeTagged(_ name: Name, _ bytes: [UInt8]) -> Int? {
    let (lower, upper) = (name.range.lowerBound, name.range.upperBound)
    guard lower > content, upper < end else { return nil }
    switch bytes[lower - 1] {
    case UInt8(ascii: ">"):
      guard bytes[upper] == UInt8(ascii: "<"), SecretNames.contain(bytes[name.range]) else {
        return nil
      }
      return takeNextElement(name, bytes)
    case UInt8(ascii: "<"): break
    case UInt8(ascii: ":"):
      // Of a namespace.
      let space = bytes[max(content, lower - 33)..<(lower - 1)].lastIndex {
        !Redactor.isWordByte($0)
      }
      guard let space, bytes[space] == UInt8(ascii: "<") else { return nil }
    default: return nil
    }
    guard SecretNames.contain(bytes[name.range]) else { return nil }
    if bytes[upper] != UInt8(ascii: ">") { keepEntry(name) }
    takeText(ofTagWith: upper, bytes)
    return upper
  }

  /// What the element holds whose tag goes on here.
  mutating func takeText(ofTagWith rest: Int, _ bytes: [UInt8]) {
    // Looked for once only, and not by each name before it.
    if nextAngle < rest {
      nextAngle = bytes[rest..<end].firstIndex { $0 == 0x3C || $0 == 0x3E } ?? end
    }
    let close = nextAngle
    guard close < end, bytes[close] == UInt8(ascii: ">"), bytes[close - 1] != UInt8(ascii: "/"),
      close >= endOfElement
    else { return }
    if nextOpening < close {
      nextOpening = bytes[close..<end].firstIndex(of: UInt8(ascii: "<")) ?? end
    }
    let next = bytes[nextOpening..<end]
    // Such a word stands in the help of a program, too.
    guard
      bytes[content] == UInt8(ascii: "<") || next.starts(with: "</".utf8)
        || next.starts(with: "<!".utf8)
    else { return }
    endOfElement = takeElement(bytes, from: close + 1, isOpen: true) ?? end
  }

  private mutating func takeNextElement(_ name: Name, _ bytes: [UInt8]) -> Int? {
    let rest = bytes[name.range.upperBound..<end]
    guard rest.starts(with: "</".utf8), let close = rest.firstIndex(of: UInt8(ascii: ">")) else {
      return nil
    }
    let tag = rest[(rest.startIndex + 2)..<close]
    let next = bytes[(close + 1)..<end].drop(while: Redactor.isSpace)
    let isKey =
      SecretNames.lowercased(tag.suffix(4)).elementsEqual("name".utf8)
      || SecretNames.lowercased(tag.suffix(3)).elementsEqual("key".utf8)
    // One of many alike.
    guard isKey || !next.isEmpty && !next.dropFirst().starts(with: tag) else { return close }
    guard close >= endOfElement else { return close }
    endOfElement = takeElement(bytes, from: close + 1, isOpen: false) ?? end
    return endOfElement
  }

  /// Where to go on; `nil` if it is not over with this line.
  mutating func takeElement(
    _ bytes: [UInt8], from first: Int, isOpen: Bool, left: Int = Redactor.longestKey
  ) -> Int? {
    var isOpen = isOpen
    var tags = 0
    var index = first
    while index < end {
      if Redactor.isSpace(bytes[index]) {
        index += 1
      } else if bytes[index..<end].starts(with: "<![CDATA[".utf8) {
        let last = bytes[index..<end].firstRange(of: "]]>".utf8)
        spans.append(min(index + 9, end)..<(last?.lowerBound ?? end))
        if let last { return last.upperBound }
        isOpen = true
        break
      } else if bytes[index..<end].starts(with: "<!--".utf8) {
        let last = bytes[index..<end].firstRange(of: "-->".utf8)
        index = last?.upperBound ?? end
      } else if bytes[index] == UInt8(ascii: "<") {
        tags += 1
        guard tags < 3, bytes[index..<end].dropFirst().first != UInt8(ascii: "/"),
          let close = bytes[index..<end].firstIndex(of: UInt8(ascii: ">"))
        else { return index }
        if bytes[close - 1] == UInt8(ascii: "/") { return close + 1 }
        isOpen = true
        index = close + 1
      } else if isOpen {
        let last = bytes[index..<end].firstIndex(of: UInt8(ascii: "<")) ?? end
        spans.append(index..<last)
        if last < end { return last }
        break
      } else {
        return index
      }
    }
    if left > 0, bytes[content] == UInt8(ascii: "<") || left < Redactor.longestKey {
      awaited = .element(isOpen: isOpen, left: left)
    }
    return nil
  }
}
