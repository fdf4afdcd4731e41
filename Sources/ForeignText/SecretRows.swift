/// Finds secrets in rows that SQL writes, whose columns are named before: `INSERT INTO t (a, password)
/// VALUES (1, 'x'), (2, 'y')`, the same with `SELECT`, and what `COPY` reads.
///
/// It takes one sign after the other, and remembers what a text leaves open.
struct SecretRows: Sendable {
  enum State {
    case nothing
    /// After `INTO` or `COPY`.
    case table(isCopy: Bool)
    case columns(Int, secrets: [Int], isCopy: Bool)
    /// Before `VALUES`.
    case values(secrets: [Int])
    /// Before a row.
    case rows(secrets: [Int])
    case row(Int, depth: Int, secrets: [Int])
    case selected(Int, depth: Int, secrets: [Int])
    /// In brackets behind the rows, what stands for their `$1`.
    case parameters(depth: Int)
    /// After the columns of `COPY`.
    case source(Copy)
    case copy(Copy)
  }

  /// Lines with one row each.
  struct Copy {
    var count: Int
    var secrets: [Int]
    var sign: UInt8 = 0x09
  }

  private static let mostSecrets = 64

  var state = State.nothing
  /// What ends the string that is open.
  private var openQuote: SecretValues.Quote?

  mutating func spans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      if let quote = openQuote {
        let (end, next) = Self.endOfString(bytes, from: index, quote)
        if takesStrings, index < end { spans.append(index..<end) }
        if case .columns = state { name(bytes[index..<end]) }
        openQuote = next == nil ? openQuote : nil
        index = next ?? bytes.count
        continue
      }
      switch state {
      case .nothing:
        // A letter of `insert` and `into`, and the last of `copy`.
        let next = bytes[index...].firstIndex {
          $0 | 0x20 == UInt8(ascii: "i") || $0 | 0x20 == UInt8(ascii: "y")
        }
        guard let next else { return spans }
        index = next
        if bytes[next] | 0x20 == UInt8(ascii: "y") {
          readCopy(bytes, at: next)
          index += 1
          continue
        }
      case .copy(let copy):
        index = takeLine(bytes, from: index, of: copy, &spans)
        continue
      default: break
      }
      let byte = bytes[index]
      if Redactor.isWordByte(byte) {
        let word = bytes[index...].prefix(while: Redactor.isWordByte)
        let isWhole = index == 0 || !Redactor.isWordByte(bytes[index - 1])
        if isSecret {
          take(index..<word.endIndex, &spans)
        } else if isWhole {
          name(word)
        }
        index = word.endIndex
      } else if isSecret, byte == UInt8(ascii: "["),
        bytes[index...].starts(with: Redactor.mark.utf8)
      {
        let next = index + Redactor.mark.utf8.count
        take(index..<next, &spans)
        index = next
      } else {
        if byte == 0x0A { endLine(bytes[..<index]) }
        if byte == UInt8(ascii: "[") { readBracket(bytes, at: index) }
        take(byte, after: byte == UInt8(ascii: "\\") ? 0 : Self.escapes(bytes, before: index))
        if isSecret, !Redactor.isSpace(byte), !byte.isOne(of: "'\",()`[]\\") {
          take(index..<(index + 1), &spans)
        }
        index += 1
      }
    }
    endLine(bytes[...])
    return spans
  }

  private var isSecret: Bool {
    switch state {
    case .row(let column, _, let secrets): secrets.contains(column)
    case .parameters: true
    default: false
    }
  }

  private var takesStrings: Bool {
    if case .selected(let column, _, let secrets) = state { return secrets.contains(column) }
    return isSecret
  }

  private func take(_ span: Range<Int>, _ spans: inout [Range<Int>]) {
    if let last = spans.last, last.upperBound == span.lowerBound {
      spans[spans.count - 1] = last.lowerBound..<span.upperBound
    } else {
      spans.append(span)
    }
  }

  /// A word, or what is in quotes.
  private mutating func name(_ word: ArraySlice<UInt8>) {
    switch state {
    case .nothing:
      if Self.isWord(word, "into") || Self.isWord(word, "insert") {
        state = .table(isCopy: false)
      }
    case .table: if Self.isWord(word, "select") || Self.isWord(word, "values") { state = .nothing }
    case .columns(let column, let secrets, let isCopy):
      if secrets.last != column, secrets.count < Self.mostSecrets, SecretNames.contain(word) {
        state = .columns(column, secrets: secrets + [column], isCopy: isCopy)
      }
    case .values(let secrets):
      if Self.isWord(word, "values") || Self.isWord(word, "value") {
        state = .rows(secrets: secrets)
      }
      if Self.isWord(word, "select") { state = .selected(0, depth: 0, secrets: secrets) }
    case .selected(_, 0, let secrets):
      if ["from", "where", "on"].contains(where: { Self.isWord(word, $0) }) { state = .nothing }
      if Self.isWord(word, "select") { state = .selected(0, depth: 0, secrets: secrets) }
    case .source(var copy):
      if Self.isWord(word, "csv") { copy.sign = UInt8(ascii: ",") }
      state = .source(copy)
    case .rows: state = .nothing
    case .row, .selected, .parameters, .copy: break
    }
  }

  /// - Parameter escapes: Backslashes before it.
  private mutating func take(_ sign: UInt8, after escapes: Int) {
    if Redactor.isSpace(sign) { return }
    switch (state, sign) {
    case (.nothing, _), (.source, _): return
    case (_, UInt8(ascii: "'")), (_, UInt8(ascii: "\"")), (_, UInt8(ascii: "`")):
      openQuote = SecretValues.Quote(sign: sign, escapes: escapes)
    case (_, UInt8(ascii: "\\")): return
    case (.table(let isCopy), UInt8(ascii: "(")):
      state = .columns(0, secrets: [], isCopy: isCopy)
    case (.table, UInt8(ascii: "[")), (.table, UInt8(ascii: "]")): return
    case (.columns(let column, let secrets, let isCopy), UInt8(ascii: ",")):
      state = .columns(column + 1, secrets: secrets, isCopy: isCopy)
    case (.columns, UInt8(ascii: "[")), (.columns, UInt8(ascii: "]")): return
    case (.columns(let column, let secrets, let isCopy), UInt8(ascii: ")")):
      state =
        secrets.isEmpty
        ? .nothing
        : isCopy ? .source(Copy(count: column + 1, secrets: secrets)) : .values(secrets: secrets)
    case (.rows(let secrets), UInt8(ascii: "(")): state = .row(0, depth: 1, secrets: secrets)
    case (.rows, UInt8(ascii: "[")): state = .parameters(depth: 1)
    case (.rows, UInt8(ascii: ",")), (.rows, UInt8(ascii: "]")): return
    case (.parameters(let depth), UInt8(ascii: "[")): state = .parameters(depth: depth + 1)
    case (.parameters(let depth), UInt8(ascii: "]")):
      state = depth > 1 ? .parameters(depth: depth - 1) : .nothing
    case (.row(let column, let depth, let secrets), UInt8(ascii: "(")):
      state = .row(column, depth: depth + 1, secrets: secrets)
    case (.row(let column, let depth, let secrets), UInt8(ascii: ")")):
      state =
        depth > 1
        ? .row(column, depth: depth - 1, secrets: secrets) : .rows(secrets: secrets)
    case (.row(let column, 1, let secrets), UInt8(ascii: ",")):
      state = .row(column + 1, depth: 1, secrets: secrets)
    case (.selected(let column, let depth, let secrets), UInt8(ascii: "(")):
      state = .selected(column, depth: depth + 1, secrets: secrets)
    case (.selected(let column, let depth, let secrets), UInt8(ascii: ")")):
      state = depth > 0 ? .selected(column, depth: depth - 1, secrets: secrets) : .nothing
    case (.selected(let column, 0, let secrets), UInt8(ascii: ",")):
      state = .selected(column + 1, depth: 0, secrets: secrets)
    case (.selected, UInt8(ascii: ";")): state = .nothing
    case (.row, _), (.selected, _), (.parameters, _): return
    default: state = .nothing
    }
  }
}
