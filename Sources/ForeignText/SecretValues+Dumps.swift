/// Values as Go prints them, and as the API server and kubectl quote what they refuse.
extension SecretValues {
  /// Whether all of what is under `data` goes, whatever its names are; `nil` if it is none of a
  /// Secret.
  mutating func reachOfData(_ name: Name, _ bytes: [UInt8], valueAt first: Int) -> Reach? {
    let word = bytes[name.range]
    if let reach = reachOfAttribute(name, bytes, valueAt: first) { return reach }
    if word.count == 10, SecretNames.lowercased(word).elementsEqual("stringdata".utf8) {
      return .all
    }
    guard word.count == 4, SecretNames.lowercased(word).elementsEqual("data".utf8) else {
      return nil
    }
    if isInSecret(bytes) || bytes[first..<end].starts(with: "map[string][]".utf8) { return .all }
    let isObject = bytes[first..<end].first { !isBlank($0) } == UInt8(ascii: "{")
    if kinds.secret.contains(start) || isObject && isSaidSecret(bytes) { return .all }
    if let resource, !resource.isSecret { return nil }
    return kinds.unknown.contains(start) || isObject && tellsNoKind && isBody(bytes)
      ? .encoded : nil
  }

  /// A Secret whose lines were joined by blanks.
  mutating func takeJoined(_ bytes: [UInt8], from first: Int) -> Int {
    var index = first
    while let blank = bytes[index..<end].firstIndex(of: 0x20) {
      let key = bytes[(blank + 1)..<end].prefix(while: Redactor.isWordByte)
      if key.endIndex < end, bytes[key.endIndex] == UInt8(ascii: ":"),
        Self.keysOfObject.contains(Array(key))
      {
        spans.append(first..<blank)
        return blank
      }
      index = max(blank + 1, key.endIndex)
    }
    spans.append(first..<end)
    return end
  }

  private static let keysOfObject = Set(
    ["apiVersion", "kind", "metadata", "type", "immutable", "data", "stringData"]
      .map { Array($0.utf8) })

  /// `map[a:b]`, `map[string]string{a: b}`: the signs around it stay. `nil` if it is none.
  mutating func takeDump(_ bytes: [UInt8], from first: Int) -> Int? {
    guard bytes[first..<end].starts(with: "map[".utf8) else { return nil }
    var opening = first + 3
    // The type of the values is before their brace.
    var type = bytes[opening..<min(end, opening + 64)].prefix {
      Redactor.isWordByte($0) || $0.isOne(of: "[]*")
    }.endIndex
    if bytes[type..<end].starts(with: " {}{".utf8) || bytes[type..<end].starts(with: "{}{".utf8) {
      type += bytes[type] == 0x20 ? 3 : 2
    }
    if type < end, bytes[type] == UInt8(ascii: "{") { opening = type }
    var depth = 0
    var index = opening
    while index < end {
      if bytes[index].isOne(of: "[{(") { depth += 1 }
      if bytes[index].isOne(of: "]})") {
        depth -= 1
        if depth == 0 { break }
      }
      index += 1
    }
    if opening + 1 < index { spans.append((opening + 1)..<index) }
    return index
  }

  /// `[115 101 99]` in a map, where Go prints bytes as numbers. Where to go on.
  mutating func takeNumbers(_ bytes: [UInt8], from opening: Int) -> Int {
    var index = opening + 1
    var count = 0
    while index < end {
      let number = bytes[index..<end].prefix(while: SecretNames.isDigit).prefix(4)
      guard (1...3).contains(number.count), number.reduce(0, { $0 * 10 + Int($1 & 0x0F) }) < 256
      else { return opening + 1 }
      count += 1
      index = number.endIndex
      guard index < end, bytes[index] == 0x20 else { break }
      index += 1
    }
    guard count > 2, index == end || bytes[index] == UInt8(ascii: "]") else { return opening + 1 }
    spans.append((opening + 1)..<index)
    return index
  }

  /// `[]byte{0x73, 0x65}`. Where to go on; `nil` if it is none.
  mutating func takeBytes(_ name: Name, _ bytes: [UInt8]) -> Int? {
    let word = bytes[name.range]
    let opening = name.range.upperBound
    if lastByte == UInt8(ascii: "{"), word.elementsEqual("uint8".utf8),
      bytes[opening..<end].starts(with: ") (len=".utf8)
    {
      awaited = .hexDump
    }
    guard opening < end, bytes[opening] == UInt8(ascii: "{"),
      word.elementsEqual("byte".utf8) || word.elementsEqual("uint8".utf8)
    else { return nil }
    let close = bytes[opening..<end].firstIndex(of: UInt8(ascii: "}")) ?? end
    if opening + 1 < close { spans.append((opening + 1)..<close) }
    return close
  }

  /// Where the bytes begin in `00000000  63 6f 72  |cor|`; `nil` if it is no such row.
  func hexRow(_ bytes: [UInt8]) -> Int? {
    let offset = bytes[content..<end].prefix { SecretNames.isHexadecimal($0) }
    let row = bytes[offset.endIndex..<end].drop(while: isBlank)
    return offset.count == 8 && row.startIndex > offset.endIndex && !row.isEmpty
      ? row.startIndex : nil
  }

  /// What the API server quotes of a JSON that it cannot read: it is cut anywhere, so that no name
  /// tells what is in it. Where to go on; `nil` if it is no such quotation.
  mutating func takeContext(_ name: Name, _ bytes: [UInt8]) -> Int? {
    guard bytes[name.range].elementsEqual("byte".utf8),
      bytes[name.range.upperBound..<end].starts(with: " of ...|".utf8)
    else { return nil }
    let first = name.range.upperBound + 8
    spans.append(first..<end)
    if !bytes[first..<end].reversed().drop(while: Redactor.isSpace).starts(with: "...|".utf8) {
      awaited = .context(left: Redactor.longestKey)
    }
    return end
  }

  /// `data[a]: Invalid value: "b"` of a Secret.
  mutating func takeInvalid(_ bytes: [UInt8], at first: Int) -> Int {
    isDataPath = false
    if let close = takeDump(bytes, from: first) { return close }
    if let quote = quote(bytes, at: first) {
      return closeQuote(bytes, quote, from: first + quote.count) ?? end
    }
    spans.append(first..<end)
    return end
  }

  /// Keeps what a complaint of the API server is of.
  mutating func readComplaint(_ name: Name, _ bytes: [UInt8]) {
    let word = bytes[name.range]
    let next = name.range.upperBound
    if word.starts(with: "Secret.".utf8),
      word.dropFirst(7).starts(with: "data".utf8)
        || word.dropFirst(7).starts(with: "stringData".utf8)
    {
      // What kubectl found by the schema.
      (complainsOfSecret, isDataPath) = (true, true)
    } else if word.elementsEqual("Secret".utf8),
      bytes[next..<end].dropFirst().first.map(isQuote) == true
    {
      complainsOfSecret = true
    } else if next < end,
      word.elementsEqual("data".utf8) || word.elementsEqual("stringData".utf8)
        || word.starts(with: "data.".utf8) || word.starts(with: "stringData.".utf8)
    {
      isDataPath = true
    }
  }
}
