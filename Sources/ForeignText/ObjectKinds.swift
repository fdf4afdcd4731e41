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
    var hasVersion = false
    var hasKind = false
  }

  private static let mostMaps = 64

  private var maps: [Map] = []
  /// Lines with a `data`, by where they begin.
  private var open: [Int] = []
  /// The same, of a Secret.
  private(set) var secret: Set<Int> = []
  /// The same, of what has not told what it is.
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
    unknown = Set(open)
    open = []
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    if line.starts(with: "---".utf8) { return close { _ in true } }
    // What is before a key: a dash, a sign of a difference, a sign of a quotation, a brace.
    var first = line.startIndex
    var isItem = false
    while first < line.endIndex, Self.mayPrecede(line[first]) {
      isItem = isItem || line[first] == UInt8(ascii: "-") && line[(first + 1)...].first == 0x20
      first += 1
    }
    guard first < line.endIndex else { return }
    let column = first - line.startIndex
    close { $0.column > column || isItem && $0.column == column }
    while first < line.endIndex, isQuote(line[first]) { first += 1 }
    let key = line[first...].prefix { Redactor.isWordByte($0) || $0 == UInt8(ascii: "/") }
    let rest = line[key.endIndex...].drop { isQuote($0) || isBlank($0) }
    guard !key.isEmpty, rest.first == UInt8(ascii: ":") else { return }

    let isKind = key.elementsEqual("kind".utf8)
    let isVersion = key.elementsEqual("apiVersion".utf8)
    if let last = maps.last, last.column == column, isKind && last.hasKind || isVersion && last.hasVersion
    {
      // The next object, without a sign between them.
      close { $0.column == column }
    }
    if maps.last?.column != column, maps.count < Self.mostMaps {
      maps.append(Map(column: column, firstOpen: open.count))
    }
    let isFull = maps.last?.column != column
    if !isFull {
      let last = maps.count - 1
      maps[last].hasKind = maps[last].hasKind || isKind
      maps[last].hasVersion = maps[last].hasVersion || isVersion
      if isKind {
        let kind = rest.dropFirst().drop { isBlank($0) || isQuote($0) }
          .prefix(while: Redactor.isWordByte)
        if !kind.elementsEqual("List".utf8) { maps[last].isSecret = Self.isSecret(kind) }
      } else if maps[last].isSecret == nil, Self.tellsSecret(rest) {
        maps[last].isSecret = true
      }
    }
    if key.elementsEqual("data".utf8) || key.elementsEqual("Data".utf8) {
      open.append(line.startIndex)
    }
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
    if isSecret { secret.formUnion(open[map.firstOpen...]) }
    open.removeLast(open.count - map.firstOpen)
  }

  private static func mayPrecede(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ">"), UInt8(ascii: "|"),
      UInt8(ascii: "#"), UInt8(ascii: "{"), UInt8(ascii: "["):
      true
    default: false
    }
  }

  private static func isSecret(_ kind: ArraySlice<UInt8>) -> Bool {
    kind.elementsEqual("Secret".utf8) || kind.elementsEqual("SecretList".utf8)
  }

  /// `kind: Secret` in any spelling is in it, or a Secret as Go prints its fields.
  static func tellsSecret(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    while let sign = rest.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "k") || $0 == UInt8(ascii: "S") })
    {
      rest = text[(sign + 1)...]
      if text[sign] == UInt8(ascii: "S") {
        if rest.starts(with: "ecret{".utf8) { return true }
        continue
      }
      guard rest.starts(with: "ind".utf8) else { continue }
      let kind = rest.dropFirst(3).drop {
        isQuote($0) || isBlank($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=")
      }
      if kind.startIndex > rest.startIndex + 3, isSecret(kind.prefix(while: Redactor.isWordByte)) {
        return true
      }
    }
    return false
  }
}
