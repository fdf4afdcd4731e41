/// Finds secrets in rows that SQL writes, whose columns are named before: `INSERT INTO t (a, password)
/// VALUES (1, 'x'), (2, 'y')`.
///
/// It takes one sign after the other, and remembers what a text leaves open.
struct SecretRows: Sendable {
  private enum State {
    case nothing
    /// After `INTO`.
    case table
    case columns(Int, secrets: [Int])
    /// Before `VALUES`.
    case values(secrets: [Int])
    /// Before a row.
    case rows(secrets: [Int])
    case row(Int, depth: Int, secrets: [Int])
  }

  private static let mostSecrets = 64

  private var state = State.nothing
  /// The sign that ends the string that is open.
  private var openQuote: UInt8?

  mutating func spans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      if let sign = openQuote {
        let end = Self.endOfString(bytes, from: index, sign)
        if isSecret, index < end { spans.append(index..<end) }
        if case .columns = state { name(bytes[index..<end]) }
        openQuote = end < bytes.count ? nil : openQuote
        index = end + 1
        continue
      }
      if case .nothing = state {
        guard let word = bytes[index...].firstIndex(where: { $0 | 0x20 == UInt8(ascii: "i") })
        else {
          break
        }
        index = word
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
      } else {
        take(byte)
        if isSecret, !Redactor.isSpace(byte), !byte.isOne(of: "'\",()`") {
          take(index..<(index + 1), &spans)
        }
        index += 1
      }
    }
    return spans
  }

  private var isSecret: Bool {
    if case .row(let column, _, let secrets) = state { secrets.contains(column) } else { false }
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
      if Self.isWord(word, "into") || Self.isWord(word, "insert") { state = .table }
    case .table: if Self.isWord(word, "select") || Self.isWord(word, "values") { state = .nothing }
    case .columns(let column, let secrets):
      if secrets.last != column, secrets.count < Self.mostSecrets, SecretNames.contain(word) {
        state = .columns(column, secrets: secrets + [column])
      }
    case .values(let secrets):
      if Self.isWord(word, "values") || Self.isWord(word, "value") {
        state = .rows(secrets: secrets)
      }
      if Self.isWord(word, "select") { state = .nothing }
    case .rows: state = .nothing
    case .row: break
    }
  }

  private mutating func take(_ sign: UInt8) {
    if Redactor.isSpace(sign) { return }
    switch (state, sign) {
    case (.nothing, _): return
    case (_, UInt8(ascii: "'")), (_, UInt8(ascii: "\"")), (_, UInt8(ascii: "`")): openQuote = sign
    case (.table, UInt8(ascii: "(")): state = .columns(0, secrets: [])
    case (.table, UInt8(ascii: "[")), (.table, UInt8(ascii: "]")): return
    case (.columns(let column, let secrets), UInt8(ascii: ",")):
      state = .columns(column + 1, secrets: secrets)
    case (.columns, UInt8(ascii: "[")), (.columns, UInt8(ascii: "]")): return
    case (.columns(_, let secrets), UInt8(ascii: ")")):
      state = secrets.isEmpty ? .nothing : .values(secrets: secrets)
    case (.rows(let secrets), UInt8(ascii: "(")): state = .row(0, depth: 1, secrets: secrets)
    case (.rows, UInt8(ascii: ",")): return
    case (.row(let column, let depth, let secrets), UInt8(ascii: "(")):
      state = .row(column, depth: depth + 1, secrets: secrets)
    case (.row(let column, let depth, let secrets), UInt8(ascii: ")")):
      state =
        depth > 1
        ? .row(column, depth: depth - 1, secrets: secrets) : .rows(secrets: secrets)
    case (.row(let column, 1, let secrets), UInt8(ascii: ",")):
      state = .row(column + 1, depth: 1, secrets: secrets)
    case (.row, _): return
    default: state = .nothing
    }
  }

  /// A doubled quote and one after a backslash are in the string.
  private static func endOfString(_ bytes: [UInt8], from first: Int, _ sign: UInt8) -> Int {
    var index = first
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 1
      } else if bytes[index] == sign {
        guard index + 1 < bytes.count, bytes[index + 1] == sign else { return index }
        index += 1
      }
      index += 1
    }
    return bytes.count
  }

  private static func isWord(_ word: ArraySlice<UInt8>, _ other: String) -> Bool {
    word.count == other.utf8.count && SecretNames.lowercased(word).elementsEqual(other.utf8)
  }
}
