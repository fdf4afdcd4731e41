import Documents

/// Reads the block style by the rules of YAML, knowing nothing of how it is written here.
///
/// Plain scalars are resolved by the tables of YAML 1.1 (yaml.org/type) and of the core schema of
/// YAML 1.2 (§10.3.2): what the two have as different values is refused.
struct YAMLReader {
  struct Unreadable: Error { var line: Int, why: String }

  private var lines: [[Unicode.Scalar]]
  private var index = 0

  static func read(_ text: String) throws -> JSONValue {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    var reader = YAMLReader(lines: lines.map(Array.init))
    let value = try reader.node(at: 0, parent: -1)
    guard reader.lines[reader.index...].allSatisfy(\.isEmpty) else {
      throw reader.unreadable("something follows")
    }
    return value
  }

  private init(lines: [[Unicode.Scalar]]) { self.lines = lines }

  private func unreadable(_ why: String) -> Unreadable { Unreadable(line: index + 1, why: why) }

  // MARK: Collections

  /// The node whose text begins in this column of the current line.
  private mutating func node(at column: Int, parent: Int) throws -> JSONValue {
    if isDash(at: column) { return try sequence(at: column) }
    let isExplicit = lines[index][column...].starts(with: "? ".unicodeScalars)
    let isMapping = try isExplicit || keyEnd(from: column) != nil
    return try isMapping ? mapping(at: column) : scalar(at: column, parent: parent)
  }

  private mutating func sequence(at column: Int) throws -> JSONValue {
    var elements: [JSONValue] = []
    while index < lines.count, indentation == column, isDash(at: column) {
      lines[index][column] = " "
      guard let start = lines[index].firstIndex(where: { $0 != " " }) else {
        throw unreadable("an empty element")
      }
      elements.append(try node(at: start, parent: column))
    }
    return .array(elements)
  }

  private mutating func mapping(at column: Int) throws -> JSONValue {
    var members: [String: JSONValue] = [:]
    while index < lines.count, indentation == column, !isDash(at: column) {
      let key: JSONValue
      if lines[index][column] == "?" {
        key = try scalar(at: column + 2, parent: column)
      } else if let end = try keyEnd(from: column) {
        guard end - column <= 1024 else { throw unreadable("a key of \(end - column)") }
        key = try inline(lines[index][column..<end])
        lines[index].replaceSubrange(column..<end, with: repeatElement(" ", count: end - column))
      } else {
        throw unreadable("no key")
      }
      guard case .string(let name) = key, members[name] == nil else {
        throw unreadable("the key \(key)")
      }
      members[name] = try value(column: column)
    }
    return .object(members)
  }

  /// What follows the colon that is the first on the current line.
  private mutating func value(column: Int) throws -> JSONValue {
    guard let colon = lines[index].firstIndex(where: { $0 != " " }), lines[index][colon] == ":"
    else { throw unreadable("no colon") }
    lines[index][colon] = " "
    if let start = lines[index].firstIndex(where: { $0 != " " }) {
      return try scalar(at: start, parent: column)
    }
    index += 1
    guard index < lines.count, let start = indentation,
      start > column || start == column && isDash(at: column)
    else { throw unreadable("no value") }
    return try node(at: start, parent: column)
  }

  private var indentation: Int? { lines[index].firstIndex { $0 != " " } }

  private func isDash(at column: Int) -> Bool {
    let rest = lines[index][column...]
    return rest.first == "-" && (rest.count == 1 || rest[column + 1] == " ")
  }

  /// Where the colon is that makes a key of what stands before it.
  private func keyEnd(from column: Int) throws -> Int? {
    let line = lines[index]
    var start = column
    if line[column] == "\"" {
      start = try quotedEnd(line[column...])
      return line[start...].first == ":" ? start : nil
    }
    while let colon = line[start...].firstIndex(of: ":") {
      if colon + 1 == line.count || line[colon + 1] == " " { return colon }
      start = colon + 1
    }
    return nil
  }

  // MARK: Scalars

  private mutating func scalar(at column: Int, parent: Int) throws -> JSONValue {
    let text = lines[index][column...]
    index += 1
    return text.first == "|" ? try block(text.dropFirst(), parent: parent) : try inline(text)
  }

  /// A literal block (§8.1): its content is what is indented deeper than its parent.
  private mutating func block(
    _ header: ArraySlice<Unicode.Scalar>, parent: Int
  ) throws -> JSONValue {
    var header = header
    let strips = header.last == "-"
    if strips { header.removeLast() }
    let given = header.isEmpty ? nil : Int(string(header))
    guard header.isEmpty || given != nil else { throw unreadable("a block's header") }
    let first = lines[index...].first { !$0.isEmpty }?.firstIndex { $0 != " " }
    guard let column = given.map({ parent + $0 }) ?? first, column > parent else {
      throw unreadable("a block without an indentation")
    }
    var content: [String] = []
    while index < lines.count, lines[index].prefix(column).allSatisfy({ $0 == " " }) {
      content.append(string(lines[index].dropFirst(column)))
      index += 1
    }
    while content.last == "" { content.removeLast() }
    return .string(content.joined(separator: "\n") + (strips ? "" : "\n"))
  }

  private func inline(_ text: ArraySlice<Unicode.Scalar>) throws -> JSONValue {
    if text.first == "\"" {
      guard try quotedEnd(text) == text.endIndex else { throw unreadable("text after a quote") }
      return .string(try unescaped(text.dropFirst().dropLast()))
    }
    return try plain(string(text))
  }

  private func plain(_ text: String) throws -> JSONValue {
    if text == "{}" { return .object([:]) }
    if text == "[]" { return .array([]) }
    if text == "null" { return .null }
    if text == "true" || text == "false" { return .bool(text == "true") }
    if text.wholeMatch(of: /0|-?[1-9][0-9]*/) != nil, let value = Int64(text) {
      return .integer(value)
    }
    if text.wholeMatch(of: /-?[0-9]+\.[0-9]+(?:[eE][-+][0-9]+)?/) != nil, let value = Double(text) {
      return .number(value)
    }
    guard isText(text) else { throw unreadable("\(text) is not surely text") }
    return .string(text)
  }

  private func isText(_ text: String) -> Bool {
    // A dash may begin what no space follows (§7.3.3).
    let beginsWithIndicator = "-?:,[]{}#&*!|>'\"%@` ".contains(text.first ?? " ")
    let isDashed = text.wholeMatch(of: /-[^ -].*|--[^-].*/) != nil
    return (!beginsWithIndicator || isDashed)
      && !text.contains(": ") && !text.contains(" #") && !text.hasSuffix(":")
      && !text.hasSuffix(" ") && text.unicodeScalars.allSatisfy { (" "..."~").contains($0) }
      && !Self.somethingElse.contains { text.wholeMatch(of: $0) != nil }
  }

  /// The other spellings of `null`, booleans, numbers, times, `=` and `<<`.
  private static var somethingElse: [Regex<Substring>] {
    [
      /(?i)y|yes|n|no|true|false|on|off|~|null|=|<</,
      /[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)/,
      /[-+]?(?:[0-9][0-9_]*)?\.[0-9.]*(?:[eE][-+][0-9]+)?/,
      /[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*/,
      /(?i)[-+]?\.(?:inf|nan)/,
      /[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?/,
      // YAML 1.2
      /0o[0-7]+|[-+]?[0-9]+/,
      /[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?/,
    ]
  }

  /// The index after the closing quote.
  private func quotedEnd(_ text: ArraySlice<Unicode.Scalar>) throws -> Int {
    var position = text.startIndex + 1
    while position < text.endIndex, text[position] != "\"" {
      position += text[position] == "\\" ? 2 : 1
    }
    guard position < text.endIndex else { throw unreadable("an open quote") }
    return position + 1
  }

  /// Escapes of a double-quoted scalar (§5.7).
  private func unescaped(_ text: ArraySlice<Unicode.Scalar>) throws -> String {
    let names: [Unicode.Scalar: Unicode.Scalar] = [
      "n": "\n", "r": "\r", "t": "\t", "\"": "\"", "\\": "\\",
    ]
    let lengths: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
    var result = String.UnicodeScalarView()
    var rest = text
    while let scalar = rest.popFirst() {
      if scalar != "\\" {
        guard (" "..."\u{ffff}").contains(scalar) else { throw unreadable("\(scalar) in quotes") }
        result.append(scalar)
        continue
      }
      guard let letter = rest.popFirst() else { throw unreadable("an open escape") }
      if let named = names[letter] {
        result.append(named)
      } else if let length = lengths[letter],
        let value = UInt32(string(rest.prefix(length)), radix: 16),
        let named = Unicode.Scalar(value)
      {
        rest = rest.dropFirst(length)
        result.append(named)
      } else {
        throw unreadable("the escape \(letter)")
      }
    }
    return String(result)
  }

  private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
