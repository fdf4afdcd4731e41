/// Which `data` belongs to a Secret of Kubernetes, in YAML and in JSON that is laid out in lines: the
/// `kind` beside it tells, before or after it, as does the one of a list around it.
///
/// It remembers what maps are open, for programs print one line at a time.
struct ObjectKinds: Sendable {
  private struct Map {
    /// Where its keys begin.
    var column: Int
    /// `nil` until it is told, and of a list of anything.
    var isSecret: Bool?
    /// The first `data` in it that nothing is known of.
    var firstOpen: Int
    /// Its objects do not tell what they are.
    var isList = false
    var hasVersion = false
    var hasKind = false
    var hasData = false
  }

  private struct Data {
    var line: Int
    var column: Int
  }

  private static let mostMaps = 64

  private var maps: [Map] = []
  /// Of which nothing is known.
  private var open: [Data] = []
  /// Where the lines with the `data` of a Secret begin.
  private(set) var secret: Set<Int> = []
  /// The same of what has not told what it is.
  private(set) var unknown: Set<Int> = []

  mutating func read(_ bytes: [UInt8]) {
    secret = []
    unknown = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      read(bytes[start..<end])
      start = end + 1
    }
    // No more is known of them; the maps may go on.
    for index in maps.indices.reversed() {
      decide(maps[index])
      maps[index].firstOpen = 0
    }
    unknown = Set(open.map(\.line))
    // Its kind is at its end, behind a brace.
    unknown.subtract(secret)
    open = []
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    if line.starts(with: "---".utf8) { return close { _ in true } }
    if line.first == UInt8(ascii: "}"), let data = open.last, Self.tellsSecret(line) == true {
      secret.insert(data.line)
    }
    // What is before a key: a dash, a sign of a difference, a sign of a quotation, a brace.
    var first = Self.afterPrefix(line)
    var isItem = false
    while first < line.endIndex, Self.mayPrecede(line[first]) {
      isItem = isItem || line[first] == UInt8(ascii: "-") && line[(first + 1)...].first == 0x20
      first += 1
    }
    guard first < line.endIndex else { return }
    let column = first - line.startIndex
    close { $0.column > column || isItem && $0.column == column }
    guard let (key, rest) = Self.key(of: line[first...]) else { return }

    let isKind = key.elementsEqual("kind".utf8)
    let isVersion = key.elementsEqual("apiVersion".utf8)
    let isData = key.elementsEqual("data".utf8) || key.elementsEqual("Data".utf8)
    if let last = maps.last, last.column == column,
      isKind && last.hasKind || isVersion && last.hasVersion || isData && last.hasData
    {
      // The next object, without a sign between them.
      close { $0.column == column }
    }
    if maps.last?.column != column, maps.count < Self.mostMaps {
      maps.append(Map(column: column, firstOpen: open.count))
    }
    if maps.last?.column == column {
      let last = maps.count - 1
      maps[last].hasKind = maps[last].hasKind || isKind
      maps[last].hasVersion = maps[last].hasVersion || isVersion
      maps[last].hasData = maps[last].hasData || isData
      if isKind {
        let kind = Self.kind(after: rest)
        if !kind.elementsEqual("List".utf8) { maps[last].isSecret = Self.isSecret(kind) }
        maps[last].isList = kind.elementsEqual("SecretList".utf8)
      } else if maps[last].isSecret == nil {
        // All of it is on this line, perhaps.
        let isObject = line.first { !Redactor.isSpace($0) } == UInt8(ascii: "{")
        if let isSecret = Self.tellsSecret(rest), isSecret || isObject {
          maps[last].isSecret = isSecret
        }
      }
    }
    if isData { open.append(Data(line: line.startIndex, column: column)) }
  }

  /// The innermost first.
  private mutating func close(_ isOver: (Map) -> Bool) {
    while let last = maps.last, isOver(last) {
      maps.removeLast()
      decide(last)
    }
  }

  private mutating func decide(_ map: Map) {
    guard let isSecret = map.isSecret, map.firstOpen < open.count else { return }
    if isSecret {
      for data in open[map.firstOpen...] where map.isList || data.column == map.column {
        secret.insert(data.line)
      }
    }
    open.removeLast(open.count - map.firstOpen)
  }

  private static func key(
    of text: ArraySlice<UInt8>
  ) -> (key: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
    let key = text.drop(while: isQuote).prefix {
      Redactor.isWordByte($0) || $0 == UInt8(ascii: "/")
    }
    let rest = text[key.endIndex...].drop { isQuote($0) || isBlank($0) }
    return !key.isEmpty && rest.first.map { $0.isOne(of: ":=") } == true ? (key, rest) : nil
  }

  /// Without a tag.
  private static func kind(after colon: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var value = colon.dropFirst().drop { isBlank($0) || isQuote($0) }
    if value.first == UInt8(ascii: "!") {
      value = value.drop { !isBlank($0) }.drop { isBlank($0) || isQuote($0) }
    }
    return value.prefix(while: Redactor.isWordByte)
  }

  /// After a time, the name of a container or a number, as what shows lines of others puts before
  /// each: after the first word that is no key, if a key follows.
  private static func afterPrefix(_ line: ArraySlice<UInt8>) -> Int {
    let word = line.drop(while: isBlank).prefix(64).prefix { !isBlank($0) }
    let gap = line[word.endIndex...].prefix(while: isBlank)
    guard !word.isEmpty, !gap.isEmpty, word.last != UInt8(ascii: ":"),
      word.last != UInt8(ascii: ","),
      word.contains(where: { SecretNames.isDigit($0) || $0 == UInt8(ascii: "[") }),
      let found = key(of: line[gap.endIndex...]), !isQuote(line[gap.endIndex]),
      found.rest.count == 1 || isBlank(found.rest[found.rest.startIndex + 1])
    else { return line.startIndex }
    return gap.startIndex
  }

  private static func mayPrecede(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "~"), UInt8(ascii: ">"),
      UInt8(ascii: "|"), UInt8(ascii: "#"), UInt8(ascii: "{"), UInt8(ascii: "["):
      true
    default: false
    }
  }

  private static func isSecret(_ kind: ArraySlice<UInt8>) -> Bool {
    kind.elementsEqual("Secret".utf8) || kind.elementsEqual("SecretList".utf8)
  }

  /// Whether `kind: Secret` in any spelling is in it, or a Secret as Go prints its fields; `nil` if
  /// no kind is.
  static func tellsSecret(_ text: ArraySlice<UInt8>) -> Bool? {
    var rest = text
    var tellsOther: Bool?
    while let sign = rest.firstIndex(where: {
      $0 | 0x20 == UInt8(ascii: "k") || $0 == UInt8(ascii: "S")
    }) {
      rest = text[(sign + 1)...]
      if text[sign] == UInt8(ascii: "S") {
        if rest.starts(with: "ecret{".utf8) { return true }
        continue
      }
      guard rest.starts(with: "ind".utf8) else { continue }
      let kind = rest.dropFirst(3).drop {
        isQuote($0) || isBlank($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=")
      }
      guard kind.startIndex > rest.startIndex + 3 else { continue }
      if isSecret(kind.prefix(while: Redactor.isWordByte)) { return true }
      tellsOther = false
    }
    return tellsOther
  }
}
