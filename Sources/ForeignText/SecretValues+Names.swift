/// Names of secrets in a line, and how each is parted from its value.
extension SecretValues {
  mutating func scan(_ bytes: [UInt8], from first: Int) {
    let isHeading = readHeading(bytes)
    let isRow = table != nil
    if !isRow { readTitles(bytes) }
    var index = first
    var isInString = false
    var isIdentified = false
    var depth = 0
    var previous = 0..<0
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        if index == start || bytes[index - 1] != UInt8(ascii: "\\"), self.depth(at: index) == 0 {
          isInString.toggle()
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
      default: break
      }
      guard Redactor.isWordByte(bytes[index]) else {
        index = takeSign(bytes, at: index)
        continue
      }
      let upper = bytes[index..<end].firstIndex { !Redactor.isWordByte($0) } ?? end
      var name = Name(range: index..<upper, depth: depth)
      let word = bytes[index..<upper]
      name.isDouble =
        previous.upperBound == index - 1 && bytes[index - 1] == 0x20 && !previous.isEmpty
        && SecretNames.contain(word, after: bytes[previous])
      if name.isDouble { name.range = index..<afterNumber(bytes, at: upper) }
      name.isInString = isInString
      name.isInRow = isRow
      name.isIdentified =
        isIdentified && Self.afterIdentified.contains(SecretNames.lowercased(word))
      if word.count == 10, SecretNames.lowercased(word).elementsEqual("identified".utf8) {
        isIdentified = true
      }
      previous = index..<upper
      index = max(upper, look(at: name, bytes, isHeading: isHeading))
      // The quote that closes the name is passed by the loop, unless its value is.
      if index > upper, name.isInString, bytes[upper] == UInt8(ascii: "\""), name.isQuoted(bytes) {
        isInString = false
      }
    }
  }

  /// Of several: `Unseal Key 1: …`.
  private func afterNumber(_ bytes: [UInt8], at upper: Int) -> Int {
    guard upper < end, bytes[upper] == 0x20 else { return upper }
    let number = bytes[(upper + 1)..<end].prefix(4).prefix(while: SecretNames.isDigit)
    let isNumbered = !number.isEmpty && bytes[number.endIndex..<end].first == UInt8(ascii: ":")
    return isNumbered ? number.endIndex : upper
  }

  /// Where to go on after what is no word.
  private mutating func takeSign(_ bytes: [UInt8], at index: Int) -> Int {
    switch bytes[index] {
    // Another program follows.
    case UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "&"): program = nil
    case UInt8(ascii: "[") where followsMap && bytes[index - 1] == UInt8(ascii: ":"):
      return takeNumbers(bytes, from: index)
    case UInt8(ascii: "[") where lineOfPlaceholder.map { lineNumber - $0 < 2 } == true:
      return takeParameters(bytes, from: index)
    default: break
    }
    return index + 1
  }

  /// Where to go on.
  mutating func look(at name: Name, _ bytes: [UInt8], isHeading: Bool) -> Int {
    let word = bytes[name.range]
    var index = name.range.upperBound
    readContext(name, bytes)
    // What the API server calls a type.
    if complainsOfSecret, word.starts(with: "io.k8s.".utf8) { return name.range.upperBound }
    if let next = takeBytes(name, bytes) ?? takeContext(name, bytes) ?? takeFlag(name, bytes)
      ?? takeOperand(name, bytes) ?? takeRowSaid(name, bytes)
    {
      return next
    }
    while index < end, isQuote(bytes[index]) { index += 1 }
    index = afterBrackets(name, bytes, at: index)
    let afterQuotes = index
    while index < end, isBlank(bytes[index]) { index += 1 }
    let gap = index - afterQuotes
    let isTab = gap > 0 && bytes[afterQuotes..<index].contains(0x09)
    let separator = index
    while index < end, bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":") {
      index += 1
    }
    var name = name
    name.signDepth = depth(at: separator)
    if index > separator {
      if index < end, bytes[index] == UInt8(ascii: ">") { index += 1 }
      return lookAtAssigned(name, bytes, valueAt: index)
    }
    if word.starts(with: "-".utf8), word.count > 2 {
      guard SecretNames.contain(word) || SecretNames.isShort(word) else {
        return name.range.upperBound
      }
      return takeArgument(name, bytes, at: index)
    }
    if let next = takeTagged(name, bytes) { return next }
    if index < end, bytes[index] == UInt8(ascii: "{"), name.isQuoted(bytes),
      SecretNames.contain(word)
    {
      named = Entry(column: content - start, line: lineNumber, isBlock: true)
      return index
    }
    if index < end, bytes[index].isOne(of: Self.cellSigns),
      let next = takeCell(after: name, bytes, signAt: index)
    {
      return next
    }
    if let value = valueInSQL(name, bytes, at: index) {
      return takeValue(of: name, bytes, at: value, isLoose: false)
    }
    if let next = takeCall(name, bytes, at: index) ?? takeCompared(name, bytes, at: index)
      ?? takeSetting(name, bytes, at: index)
    {
      return next
    }
    // A row of two columns.
    if !isHeading, gap >= 2 || isTab, index < end, isRowHead(name, bytes),
      name.isDouble || SecretNames.contain(word), !isMark(bytes, at: index)
    {
      spans.append(index..<end)
      return end
    }
    if !isHeading { takeNearby(name, bytes) }
    return name.range.upperBound
  }

  private mutating func lookAtAssigned(
    _ name: Name, _ bytes: [UInt8], valueAt first: Int
  ) -> Int {
    let word = bytes[name.range]
    var name = name
    var isSecret = name.isDouble || SecretNames.contain(word)
    if let reach = reachOfData(name, bytes, valueAt: first) {
      name.reach = reach
      isSecret = true
    }
    if !isSecret, isFirst(name, bytes) || name.isQuoted(bytes) {
      isSecret = SecretNames.isFileOfKey(word)
    }
    if !isSecret, SecretNames.isShort(word) {
      isSecret =
        isFirst(name, bytes) || name.isQuoted(bytes) || bytes[first - 1] == UInt8(ascii: "=")
    }
    if !isSecret {
      isSecret =
        isGrant(name, bytes, valueAt: first) || isKeyOfSetting(name, bytes, valueAt: first)
        || program?.takesPairs == true && bytes[first - 1] == UInt8(ascii: "=")
          && word.first != UInt8(ascii: "-")
    }
    if isSecret, isNamedObject(name, bytes, valueAt: first) { return name.range.upperBound }
    if !isSecret { isSecret = isValueOfEntry(name, bytes, valueAt: first) }
    if !isSecret { readEntry(name, bytes, valueAt: first) }
    if !isSecret, isDataPath, complainsOfSecret, word.elementsEqual("value".utf8), first < end,
      isBlank(bytes[first])
    {
      return takeInvalid(bytes, at: first + 1)
    }
    guard isSecret else { return name.range.upperBound }

    var index = first
    while index < end, isBlank(bytes[index]) { index += 1 }
    if index < end, index > first, bytes[first - 1] == UInt8(ascii: ":"), name.reach == .named,
      let next = takeState(of: name, bytes, at: index)
    {
      return next
    }
    let isCall = name.reach != .named && afterCall(bytes, at: index) > index
    if isCall { index = afterCall(bytes, at: index) }
    if index < end, name.reach != .named {
      if let close = takeDump(bytes, from: index) { return close }
      if bytes[index] == UInt8(ascii: "#") || afterTags(bytes, at: index) == end {
        return takeValue(of: name, bytes, at: end, isLoose: true)
      }
      if bytes[index] == UInt8(ascii: "{") {
        let container = Container(depth: 1, reach: name.reach)
        let close = takeContainer(bytes, container, from: index + 1) ?? end
        return isCall ? takeMore(bytes, from: close) : close
      }
      if name.reach == .all, quote(bytes, at: index) == nil, isInSecret(bytes) {
        return takeJoined(bytes, from: index)
      }
      if name.reach == .encoded { return name.range.upperBound }
    }
    let isHeader = SecretNames.lowercased(word.suffix(13)).elementsEqual("authorization".utf8)
    let isLoose = isHeader || bytes[first - 1] == UInt8(ascii: ":") && index > first
    if let close = takeQuotedWhole(name, bytes, valueAt: index) { return close }
    return takeValue(of: name, bytes, at: index, isLoose: isLoose)
  }
}
