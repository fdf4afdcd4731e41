/// Maps and lists as the value of a secret: all that is in them is one, but for the keys and what
/// tells where a secret is.
extension SecretValues {
  struct Container {
    /// Signs that are open.
    var depth: Int
    var reach = Reach.named
    /// The value to come is of such a key.
    var isHarmless = false
    /// Bytes that have come of it.
    var count = 0

    /// A Secret may hold more than a key.
    var mayGoOn: Bool {
      count < (reach == .named ? Redactor.longestKey : SecretValues.largestSecret)
    }
  }

  /// Bytes; the API server takes no more than half of it.
  static let largestSecret = 4 << 20

  /// What is no secret below the name of one, as in a volume or a reference.
  static let harmless: Set<[UInt8]> = Set(
    [
      "name", "namespace", "secretname", "kind", "apiversion", "type", "optional", "defaultmode",
      "items", "key", "path", "mode", "user", "username", "email", "createdat", "updatedat",
      "expiresat", "expires",
    ].map { Array($0.utf8) })

  /// Where the line goes on after its end; `nil` if it is not over with this line.
  mutating func takeContainer(
    _ bytes: [UInt8], _ container: Container, from first: Int
  ) -> Int? {
    var container = container
    var index = first
    while index < end {
      let byte = bytes[index]
      if let quote = quote(bytes, at: index) {
        index = takeString(bytes, quote, at: index, &container)
      } else if byte.isOne(of: "{[") && !isMark(bytes, at: index) {
        container.depth += 1
        index += 1
      } else if byte.isOne(of: "}]") {
        container.depth -= 1
        index += 1
        if container.depth == 0 { return index }
      } else if Redactor.isSpace(byte) || byte.isOne(of: ",:") {
        index += 1
      } else if isMark(bytes, at: index) {
        index += Redactor.mark.utf8.count
      } else if let next = afterSign(bytes, at: index) {
        index = next
      } else {
        index = takeScalar(bytes, at: index, &container)
      }
    }
    container.count += end - first
    if container.mayGoOn, case .nothing = awaited { awaited = .container(container) }
    return nil
  }

  /// Behind what parts keys from values in Terraform, and tells what it changes or leaves out.
  private func afterSign(_ bytes: [UInt8], at index: Int) -> Int? {
    let rest = bytes[index..<end]
    switch bytes[index] {
    case UInt8(ascii: "="): return index + 1
    case UInt8(ascii: "+"), UInt8(ascii: "~"), UInt8(ascii: "-"):
      if rest.starts(with: "-> ".utf8) { return index + 2 }
      return index == content && rest.dropFirst().first.map(isBlank) == true ? index + 1 : nil
    case UInt8(ascii: "#"):
      return index == content && rest.starts(with: "# (".utf8) ? end : nil
    case UInt8(ascii: "("):
      let isLeftOut =
        rest.starts(with: "(sensitive value)".utf8) || rest.starts(with: "(known after".utf8)
      return isLeftOut ? rest.firstIndex(of: UInt8(ascii: ")")).map { $0 + 1 } : nil
    default: return nil
    }
  }

  private mutating func takeString(
    _ bytes: [UInt8], _ quote: Quote, at first: Int, _ container: inout Container
  ) -> Int {
    let before = spans.count
    guard let after = closeQuote(bytes, quote, from: first + quote.count) else { return end }
    let value = (first + quote.count)..<max(after - quote.count, first + quote.count)
    let next = bytes[after..<end].firstIndex { !isBlank($0) }
    if let next, bytes[next].isOne(of: ":=") {
      spans.removeLast(spans.count - before)
      container.isHarmless = isHarmless(bytes[value], container.reach)
    } else if container.isHarmless || !isReached(bytes[value], container.reach) {
      spans.removeLast(spans.count - before)
      container.isHarmless = false
    }
    return after
  }

  private mutating func takeScalar(
    _ bytes: [UInt8], at first: Int, _ container: inout Container
  ) -> Int {
    var last = first
    while last < end, !bytes[last].isOne(of: ",}]") {
      if bytes[last] == UInt8(ascii: ":"), last + 1 == end || isBlank(bytes[last + 1]) {
        container.isHarmless = isHarmless(bytes[first..<last], container.reach)
        return last
      }
      if bytes[last] == 0x20 {
        let rest = bytes[last..<end].drop { $0 == 0x20 }
        if rest.starts(with: "= ".utf8) {
          container.isHarmless = isHarmless(bytes[first..<last], container.reach)
          return last
        }
        if rest.starts(with: "-> ".utf8) { break }
        last = rest.startIndex
        continue
      }
      last += 1
    }
    let value = bytes[first..<last]
    if !container.isHarmless, last > first, isReached(value, container.reach),
      container.reach == .all || !isPlain(value)
    {
      spans.append(first..<last)
    }
    container.isHarmless = false
    return last
  }

  private func isHarmless(_ key: ArraySlice<UInt8>, _ reach: Reach) -> Bool {
    reach == .named && Self.harmless.contains(SecretNames.lowercased(key))
  }

  private func isReached(_ value: ArraySlice<UInt8>, _ reach: Reach) -> Bool {
    reach != .encoded || Self.looksEncoded(value)
  }

  /// In base64, and no word.
  static func looksEncoded(_ value: ArraySlice<UInt8>) -> Bool {
    let text = value.drop { isQuote($0) || Redactor.isSpace($0) }
    let count =
      (text.lastIndex { !isQuote($0) && !Redactor.isSpace($0) } ?? text.startIndex - 1) + 1
    let letters = text[..<count]
    return letters.count >= 8 && letters.count % 4 == 0 && !letters.allSatisfy(SecretNames.isSmall)
      && letters.allSatisfy { Redactor.isTokenByte($0) && !$0.isOne(of: "_-.~") }
  }

  /// `"kind":"Secret"` is on the line, which is all of an object then.
  mutating func isInSecret(_ bytes: [UInt8]) -> Bool {
    if let holdsSecret { return holdsSecret }
    let told = ObjectKinds.tellsSecret(bytes[start..<end])
    tellsNoKind = told == nil
    holdsSecret = told == true
    return told == true
  }

  /// A line below the name of a secret: a key, and its value, or what goes on.
  mutating func takeMap(_ bytes: [UInt8], _ map: Map) -> Int? {
    if map.reach != .named { return takeData(bytes, map) }
    guard content - start > map.indent else { return content }
    awaited = .map(map)
    let item = item(bytes) ?? content
    guard isKey(bytes, at: item) else {
      if bytes[item] != UInt8(ascii: "}"), bytes[item] != UInt8(ascii: "]") {
        spans.append(item..<end)
      }
      return nil
    }
    let first = bytes[item..<end].firstIndex { !isQuote($0) } ?? end
    let last = bytes[first..<end].firstIndex { isQuote($0) || $0 == UInt8(ascii: ":") } ?? end
    let colon = bytes[last..<end].firstIndex(of: UInt8(ascii: ":")) ?? end
    guard let value = bytes[colon..<end].dropFirst().firstIndex(where: { !isBlank($0) }),
      !Self.harmless.contains(SecretNames.lowercased(bytes[first..<last]))
    else { return nil }
    if isBlockSign(bytes, at: value) || isPlain(bytes[value..<end]) || isMark(bytes, at: value) {
      return nil
    }
    spans.append(value..<end)
    return nil
  }
  /// A line below the `data` of a Secret. It may have the sign of a difference or of a quotation
  /// before it.
  private mutating func takeData(_ bytes: [UInt8], _ map: Map) -> Int? {
    let indent = start + prefix.count
    guard indent < end, isBelow(bytes),
      let first = bytes[indent..<end].firstIndex(where: { !isBlank($0) })
    else { return content }
    let column = first - start
    guard column > map.indent, column >= map.column ?? 0 else { return content }
    let isMember = isKey(bytes, at: first) && column == map.column ?? column
    var map = map
    map.column = map.column ?? column
    awaited = .map(map)
    var value = first
    if isMember {
      let colon = bytes[first..<end].firstIndex(of: UInt8(ascii: ":")) ?? end
      value = bytes[colon..<end].dropFirst().firstIndex { !isBlank($0) } ?? end
      if value < end, isBlockSign(bytes, at: value) || isMark(bytes, at: value) { return nil }
    }
    if value < end, isReached(bytes[value..<end], map.reach) { spans.append(value..<end) }
    return nil
  }

  /// Whether the line begins as the one with the `data` above, but for digits and the signs of a
  /// difference.
  private func isBelow(_ bytes: [UInt8]) -> Bool {
    zip(prefix, bytes[start..<end]).allSatisfy { before, now in
      before == now || SecretNames.isDigit(before) && SecretNames.isDigit(now)
        || before.isOne(of: "+- ") && now.isOne(of: "+- ")
    }
  }
}
