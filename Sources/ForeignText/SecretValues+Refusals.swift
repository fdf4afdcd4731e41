/// What a database says of a row that it refuses, and of what was given for it.
extension SecretValues {
  /// Bytes that are looked at.
  private static let longestKeyOfRow = 1024

  /// Where to go on; `nil` if it says nothing of one.
  mutating func takeRowSaid(_ name: Name, _ bytes: [UInt8]) -> Int? {
    let word = bytes[name.range]
    let upper = name.range.upperBound
    switch word.count {
    case 3 where word.elementsEqual("Key".utf8): return takeKeyOfRow(bytes, from: upper)
    // In the place of a value of another type.
    case 3 where isDataPath && complainsOfSecret && word.elementsEqual("got".utf8) && upper < end:
      return isTypeNamed(bytes, at: upper + 1) ? nil : takeInvalid(bytes, at: upper + 1)
    case 5 where word.elementsEqual("entry".utf8): return takeDuplicate(bytes, from: upper)
    case 8 where word.elementsEqual("contains".utf8):
      // All of the row, whose columns are not told.
      guard bytes[upper..<end].starts(with: " (".utf8),
        bytes[content..<name.range.lowerBound].suffix(12).elementsEqual("Failing row ".utf8)
      else { return nil }
      let close = bytes[upper..<end].lastIndex(of: UInt8(ascii: ")")) ?? end
      if upper + 2 < close { spans.append((upper + 2)..<close) }
      return close
    case 10 where word.elementsEqual("parameters".utf8):
      guard bytes[upper..<end].starts(with: ": $1 = ".utf8) else { return nil }
      return takeStrings(bytes, from: upper) ?? upper
    default: return nil
    }
  }

  /// `Key (tenant, api_token)=(1, value) already exists.`
  private mutating func takeKeyOfRow(_ bytes: [UInt8], from first: Int) -> Int? {
    let limit = min(end, first + Self.longestKeyOfRow)
    guard bytes[first..<end].starts(with: " (".utf8),
      let sign = bytes[first..<limit].position(of: ")=(")
    else { return nil }
    let columns = bytes[(first + 2)..<sign].split(separator: UInt8(ascii: ","))
    let isSecret = columns.map { column in
      column.split { !Redactor.isWordByte($0) }.contains { SecretNames.contain($0) }
    }
    guard isSecret.contains(true) else { return nil }
    let row = sign + 3
    let rest = bytes[row..<end]
    let close =
      rest.position(of: ") already") ?? rest.position(of: ") is ")
      ?? rest.position(of: ") conflicts") ?? rest.lastIndex(of: UInt8(ascii: ")")) ?? end
    let values = bytes[row..<close].split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    if values.count == columns.count {
      for (value, isSecret) in zip(values, isSecret) where isSecret {
        let value = value.drop(while: isBlank)
        if !value.isEmpty { spans.append(value.startIndex..<value.endIndex) }
      }
    } else if row < close {
      spans.append(row..<close)
    }
    return close
  }

  /// `Duplicate entry 'value' for key 'users.api_token'`.
  private mutating func takeDuplicate(_ bytes: [UInt8], from first: Int) -> Int? {
    let limit = min(end, first + Self.longestKeyOfRow)
    guard bytes[first..<end].starts(with: " '".utf8),
      let sign = bytes[first..<limit].position(of: "' for key ")
    else { return nil }
    let key = bytes[(sign + 10)..<end].drop(while: isQuote).prefix(while: Redactor.isWordByte)
    let words = key.split { $0.isOne(of: "._") }
    // Of an index that is called by its column, and by what it is.
    let isNamed = words.indices.contains { first in
      words.indices.contains { last in
        first <= last
          && SecretNames.contain(key[words[first].startIndex..<words[last].endIndex])
      }
    }
    guard words.count <= 8, isNamed, first + 2 < sign else { return nil }
    spans.append((first + 2)..<sign)
    return sign
  }
}
