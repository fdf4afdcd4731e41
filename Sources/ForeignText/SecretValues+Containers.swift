/// Maps and lists as the value of a secret: all that is in them is one, but for the keys and what
/// tells where a secret is.
extension SecretValues {
  struct Container {
    /// Signs that are open.
    var depth: Int
    /// The value to come is of such a key.
    var isHarmless = false
    /// Bytes that may still come before its end.
    var left = Redactor.longestKey
  }

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
      } else if "{[".utf8.contains(byte) && !isMark(bytes, at: index) {
        container.depth += 1
        index += 1
      } else if "}]".utf8.contains(byte) {
        container.depth -= 1
        index += 1
        if container.depth == 0 { return index }
      } else if Redactor.isSpace(byte) || ",:".utf8.contains(byte) {
        index += 1
      } else if isMark(bytes, at: index) {
        index += Redactor.mark.utf8.count
      } else {
        index = takeScalar(bytes, at: index, &container)
      }
    }
    container.left -= end - first
    if container.left > 0, case .nothing = awaited { awaited = .container(container) }
    return nil
  }

  private mutating func takeString(
    _ bytes: [UInt8], _ quote: Quote, at first: Int, _ container: inout Container
  ) -> Int {
    let before = spans.count
    guard let after = closeQuote(bytes, quote, from: first + quote.count) else { return end }
    let value = (first + quote.count)..<max(after - quote.count, first + quote.count)
    let next = bytes[after..<end].firstIndex { !isBlank($0) }
    if let next, bytes[next] == UInt8(ascii: ":") {
      spans.removeLast(spans.count - before)
      container.isHarmless = Self.harmless.contains(SecretNames.lowercased(bytes[value]))
    } else if container.isHarmless {
      spans.removeLast(spans.count - before)
      container.isHarmless = false
    }
    return after
  }

  private mutating func takeScalar(
    _ bytes: [UInt8], at first: Int, _ container: inout Container
  ) -> Int {
    var last = first
    while last < end, !",}]".utf8.contains(bytes[last]) {
      if bytes[last] == UInt8(ascii: ":"), last + 1 == end || isBlank(bytes[last + 1]) {
        container.isHarmless = Self.harmless.contains(SecretNames.lowercased(bytes[first..<last]))
        return last
      }
      last += 1
    }
    if !container.isHarmless, !isPlain(bytes[first..<last]), last > first {
      spans.append(first..<last)
    }
    container.isHarmless = false
    return last
  }

  /// `"kind":"Secret"` is on the line, which is all of an object then.
  mutating func isInSecret(_ bytes: [UInt8]) -> Bool {
    if let holdsSecret { return holdsSecret }
    let line = bytes[start..<end]
    let found = line.ranges(of: "kind".utf8).contains { range in
      line[range.upperBound...].drop { isQuote($0) || isBlank($0) || $0 == UInt8(ascii: ":") }
        .starts(with: "Secret".utf8)
    }
    holdsSecret = found
    return found
  }

  /// A line below the name of a secret: a key, and its value, or what goes on.
  mutating func takeMap(_ bytes: [UInt8], _ indent: Int) -> Int? {
    guard content - start > indent else { return content }
    awaited = .map(indent)
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
}
