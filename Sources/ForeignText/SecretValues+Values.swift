/// Values on the line of their name.
extension SecretValues {
  mutating func takeValue(
    of name: Name, _ bytes: [UInt8], at first: Int, isLoose: Bool
  ) -> Int {
    guard first < end else {
      guard name.reach == .named else {
        let column = name.range.lowerBound - (name.isQuoted(bytes) ? 1 : 0)
        awaited = .value(column - start, name.reach)
        prefix = Array(bytes[start..<min(column, start + 64)])
        return end
      }
      awaited = .value(indent(of: name, bytes), name.reach)
      return end
    }
    if isMark(bytes, at: first) { return first + Redactor.mark.utf8.count }
    if isPluralOfOthers(name, bytes, valueAt: first) { return first }
    let isQuoted = name.isQuoted(bytes) || bytes[name.range.upperBound] == UInt8(ascii: "\\")
    let isInText = name.isInString && !isQuoted
    if isInText, bytes[first] == UInt8(ascii: "\"") { return first }
    if let begin = afterLength(bytes, at: first) {
      return takeValue(of: name, bytes, at: begin, isLoose: isLoose)
    }
    if let begin = afterTags(bytes, at: first) {
      if begin == end {
        awaited = .rest(indent(of: name, bytes))
        spans.append(first..<end)
        return end
      }
      if quote(bytes, at: begin) != nil || isBlockSign(bytes, at: begin) {
        return takeValue(of: name, bytes, at: begin, isLoose: isLoose)
      }
    }
    if let quote = quote(bytes, at: first) {
      guard let after = closeQuote(bytes, quote, from: first + quote.count) else { return end }
      // Nothing is in the quotes, and something behind them: `''value''`.
      if quote.sign == 0x27, after == first + 2, after < end, bytes[after] != UInt8(ascii: "."),
        Redactor.isWordByte(bytes[after])
      {
        return takeValue(of: name, bytes, at: after, isLoose: isLoose)
      }
      return takeChange(bytes, from: after)
    }
    let opening = afterStringPrefix(bytes, at: first)
    if opening > first, let quote = quote(bytes, at: opening),
      let after = closeQuoteHere(bytes, quote, from: opening + quote.count)
    {
      return after
    }
    if let next = takePlaceholder(bytes, at: first) { return next }
    if let close = takeDump(bytes, from: first) { return close }
    if let word = hereWord(bytes, at: first) {
      awaited = .here(word, left: Redactor.longestKey)
      return end
    }
    if bytes[first] == UInt8(ascii: "\\"), first + 1 == end {
      awaited = .argument
      return end
    }
    if isBlockSign(bytes, at: first) {
      awaited = .block(indent(of: name, bytes), isBegun: false)
      return end
    }
    if isContainer(bytes, at: first, isQuoted: isQuoted) {
      if SecretNames.isShort(bytes[name.range]) { return first }
      return takeContainer(bytes, Container(depth: 1), from: first + 1) ?? end
    }
    // Only a password has spaces in it. In a sentence, a key after a key is no value at all.
    let isSentence =
      isLoose && isInSentence(name, bytes) && !SecretNames.mayHaveSpaces(bytes[name.range])
    if isSentence, isKey(bytes, at: first) { return first }
    let isFlow = isQuoted || name.depth > 0 && isLoose && !isSentence
    var index = first
    while index < end {
      let byte = bytes[index]
      guard depth(at: index) <= name.signDepth else {
        index += 1
        continue
      }
      if isInText, byte == UInt8(ascii: "\"") { break }
      if isInText, byte == UInt8(ascii: "\\"), index + 1 < end {
        index += 2
        continue
      }
      if isFlow, byte.isOne(of: ",}]") { break }
      if !isLoose || isSentence {
        if Redactor.isSpace(byte) || byte == UInt8(ascii: "&") { break }
        // What a function makes of it, as in SQL.
        if byte == UInt8(ascii: "("), let quote = quote(bytes, at: index + 1),
          let after = closeQuoteHere(bytes, quote, from: index + 1 + quote.count)
        {
          return after
        }
        if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";"),
          index + 1 == end || Redactor.isSpace(bytes[index + 1])
        {
          break
        }
      }
      // What was taken out before ends there.
      if isMark(bytes, at: index) {
        index += Redactor.mark.utf8.count
        spans.append(first..<index)
        return index
      }
      index += 1
    }
    if index == end, isLoose, !isSentence, !isInText, name.depth == 0,
      !isInSentence(name, bytes)
    {
      awaited = .rest(indent(of: name, bytes))
    }
    var last = index
    while last > first, Redactor.isSpace(bytes[last - 1]) || bytes[last - 1].isOne(of: "}])\"'") {
      last -= 1
    }
    if last > first, !isPlain(bytes[first..<last]) { spans.append(first..<last) }
    return takeChange(bytes, from: max(last, first))
  }

  /// Behind `string(12) `, as PHP tells what comes.
  private func afterLength(_ bytes: [UInt8], at first: Int) -> Int? {
    guard bytes[first..<end].starts(with: "string(".utf8) else { return nil }
    let number = bytes[(first + 7)..<end].prefix(while: SecretNames.isDigit)
    let value = number.endIndex + 2
    return bytes[number.endIndex..<end].starts(with: ") ".utf8) && value < end
      && quote(bytes, at: value) != nil ? value : nil
  }

  /// The word that ends a text of several lines, which begins after `<<WORD`.
  private func hereWord(_ bytes: [UInt8], at first: Int) -> [UInt8]? {
    guard bytes[first..<end].starts(with: "<<".utf8) else { return nil }
    let word = bytes[(first + 2)..<end].drop { $0.isOne(of: "-~ ") || isQuote($0) }
      .prefix(while: Redactor.isWordByte)
    return word.isEmpty || word.count > 64 ? nil : Array(word)
  }

  /// What comes in the place of a value: `"old" -> "new"`.
  private mutating func takeChange(_ bytes: [UInt8], from first: Int) -> Int {
    let rest = bytes[first..<end].drop { isBlank($0) || $0 == UInt8(ascii: ")") }
    guard rest.starts(with: "->".utf8) || rest.starts(with: "=>".utf8) else { return first }
    let value = rest.dropFirst(2).firstIndex { !isBlank($0) } ?? end
    guard value < end, !isMark(bytes, at: value) else { return value }
    if let quote = quote(bytes, at: value) {
      return closeQuote(bytes, quote, from: value + quote.count) ?? end
    }
    let last = bytes[value..<end].firstIndex(where: isBlank) ?? end
    if !isPlain(bytes[value..<last]) { spans.append(value..<last) }
    return last
  }

  /// A name and its value in one pair of quotes: `"--password=two words"`. Where the quote that ends
  /// both is, if there is one.
  mutating func takeQuotedWhole(_ name: Name, _ bytes: [UInt8], valueAt first: Int) -> Int? {
    var begin = name.range.lowerBound
    while begin > content, isQuote(bytes[begin - 1]) { begin -= 1 }
    guard begin < name.range.lowerBound, !isQuote(bytes[name.range.upperBound]), first < end,
      !isQuote(bytes[first]), let quote = quote(bytes, at: begin)
    else { return nil }
    return closeQuoteHere(bytes, quote, from: first).map { $0 - 1 }
  }

  /// The same, but for a quote that ends on this line alone.
  mutating func closeQuoteHere(_ bytes: [UInt8], _ quote: Quote, from first: Int) -> Int? {
    let before = (spans.count, awaited)
    if let after = closeQuote(bytes, quote, from: first) { return after }
    spans.removeLast(spans.count - before.0)
    awaited = before.1
    return nil
  }

  /// `--token VALUE`, `"--token", "VALUE"`, and the value on the next line.
  mutating func takeArgument(_ name: Name, _ bytes: [UInt8], at first: Int) -> Int {
    var index = first
    let isInList = index < end && bytes[index] == UInt8(ascii: ",")
    while index < end, isBlank(bytes[index]) || isInList && bytes[index] == UInt8(ascii: ",") {
      index += 1
    }
    let isContinued = index + 1 == end && bytes[index] == UInt8(ascii: "\\")
    guard index < end, !isContinued else {
      let isItem = item(bytes).map { bytes[$0..<name.range.lowerBound].allSatisfy(isQuote) } == true
      if isInList || isItem || isContinued { awaited = .argument }
      return end
    }
    let value = bytes[index..<end].firstIndex { !isQuote($0) } ?? end
    // After a name in quotes, as in `for "--token" flag`.
    let isQuotation = name.isQuoted(bytes) && !isInList && value == index
    guard value < end, bytes[value] != UInt8(ascii: "-"), bytes[index] != UInt8(ascii: "]"),
      !isQuotation
    else {
      return name.range.upperBound
    }
    var name = name
    if isInList { name.isInString = false }
    return takeValue(of: name, bytes, at: index, isLoose: false)
  }

  /// The value that began in quotes; `nil` if it is not over with this line.
  mutating func closeQuote(_ bytes: [UInt8], _ quote: Quote, from first: Int) -> Int? {
    var index = first
    var escapes = 0
    while index < end {
      let byte = bytes[index]
      if byte == quote.sign, depth(at: index) <= quote.depth, quote.isClosed(after: escapes) {
        // A doubled quote is one inside the value, as in YAML and SQL.
        let isDoubled = quote.escapes == 0 && index + 1 < end && bytes[index + 1] == quote.sign
        guard isDoubled else { break }
        index += 1
        escapes = 0
      } else {
        escapes = byte == UInt8(ascii: "\\") ? escapes + 1 : 0
      }
      index += 1
    }
    let last = index < end ? max(first, index - min(escapes, quote.escapes)) : end
    if first < last, !isMark(bytes, at: first) { spans.append(first..<last) }
    guard index < end else {
      let left = quote.left - (end - first)
      if left > 0 {
        var quote = quote
        quote.left = left
        awaited = .endOfQuote(quote)
      }
      return nil
    }
    return index + 1
  }

  /// What is further in belongs to the name.
  func indent(of name: Name, _ bytes: [UInt8]) -> Int {
    (isFirst(name, bytes) ? name.range.lowerBound : content) - start
  }
}
