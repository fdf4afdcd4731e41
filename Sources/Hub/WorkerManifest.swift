/// The YAML documents that put a worker into a cluster, to be compared with those of another export:
/// cub writes a container's environment in another order each time.
public struct WorkerManifest {
  private let documents: [Document]

  public init(_ text: String) {
    documents = text.split(separator: "\n", omittingEmptySubsequences: false)
      .split { $0.hasPrefix("---") }
      .map { $0.filter { !$0.allSatisfy(\.isWhitespace) } }
      .filter { !$0.isEmpty }
      .map(Document.init)
  }

  /// True if every document of the other is here, and nothing else but Secrets.
  public func addsOnlySecrets(to other: WorkerManifest) -> Bool {
    let more = documents.filter { !other.documents.contains($0) }
    return other.documents.allSatisfy(documents.contains) && more.allSatisfy(\.isSecret)
  }

  /// What one document says; its text where that cannot be read.
  private enum Document: Equatable {
    case value(PlainYAML)
    case text([Substring])

    init(_ lines: [Substring]) {
      self = (try? PlainYAML(lines)).map { .value($0.withoutOrderOfEnvironment) } ?? .text(lines)
    }

    var isSecret: Bool {
      switch self {
      case .value(let value): value["kind"] == .scalar("Secret")
      case .text(let lines): lines.contains("kind: Secret")
      }
    }
  }
}

/// The part of YAML that cub's exports are written in: block mappings and sequences with scalars on
/// one line, which are kept as they are written. All else is refused, never guessed.
enum PlainYAML: Equatable {
  case scalar(Substring)
  case mapping([Substring: PlainYAML])
  case sequence([PlainYAML])

  struct Unreadable: Error {}

  init(_ lines: [Substring]) throws(Unreadable) {
    var reader = PlainYAMLReader(lines: lines)
    self = try reader.node()
    guard reader.isAtEnd else { throw Unreadable() }
  }

  subscript(key: Substring) -> PlainYAML? {
    if case .mapping(let members) = self { members[key] } else { nil }
  }

  /// The same with each `env` by the names of its variables, which Kubernetes keeps apart by them.
  var withoutOrderOfEnvironment: PlainYAML {
    switch self {
    case .scalar: return self
    case .sequence(let elements): return .sequence(elements.map(\.withoutOrderOfEnvironment))
    case .mapping(var members):
      members = members.mapValues(\.withoutOrderOfEnvironment)
      if case .sequence(let variables)? = members["env"] {
        var named: [Substring: PlainYAML] = [:]
        for variable in variables {
          guard case .scalar(let name)? = variable["name"],
            named.updateValue(variable, forKey: name) == nil
          else { return .mapping(members) }
        }
        members["env"] = .mapping(named)
      }
      return .mapping(members)
    }
  }
}

private struct PlainYAMLReader {
  /// Without empty ones.
  var lines: [Substring]
  private var index = 0

  init(lines: [Substring]) { self.lines = lines }

  var isAtEnd: Bool { index == lines.count }

  /// The node that begins in the current line, however deep.
  mutating func node() throws(PlainYAML.Unreadable) -> PlainYAML {
    guard let indent = indentation else { throw PlainYAML.Unreadable() }
    return isElement(at: indent) ? try sequence(indent) : try mapping(indent)
  }

  private mutating func sequence(_ indent: Int) throws(PlainYAML.Unreadable) -> PlainYAML {
    var elements: [PlainYAML] = []
    while indentation == indent, isElement(at: indent) {
      // The dash is indentation of what follows it.
      let rest = lines[index].dropFirst(indent + 1)
      if key(in: rest.drop { $0 == " " }) == nil {
        elements.append(try scalar(rest))
        index += 1
      } else {
        lines[index] = String(repeating: " ", count: indent + 1)[...] + rest
        elements.append(try node())
      }
    }
    return .sequence(elements)
  }

  private mutating func mapping(_ indent: Int) throws(PlainYAML.Unreadable) -> PlainYAML {
    var members: [Substring: PlainYAML] = [:]
    while indentation == indent, !isElement(at: indent) {
      let line = lines[index].dropFirst(indent)
      guard let key = key(in: line), members[key] == nil else { throw PlainYAML.Unreadable() }
      let rest = line.dropFirst(key.count + 1)
      index += 1
      if !rest.allSatisfy({ $0 == " " }) {
        members[key] = try scalar(rest)
      } else if let below = indentation, below > indent || (below == indent && isElement(at: below))
      {
        members[key] = try node()
      } else {
        members[key] = .scalar("")
      }
    }
    return .mapping(members)
  }

  private func scalar(_ text: Substring) throws(PlainYAML.Unreadable) -> PlainYAML {
    let text = text.drop { $0 == " " }
    // Anchors, aliases, tags and blocks; comments, which a plain scalar ends before.
    guard let first = text.first, !"&*!|>#%@`".contains(first), !text.contains(" #") else {
      throw PlainYAML.Unreadable()
    }
    return .scalar(text)
  }

  /// A plain key that a colon ends.
  private func key(in line: Substring) -> Substring? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let after = line.index(after: colon)
    let key = line[..<colon]
    let isPlain = key.allSatisfy { $0.isLetter || $0.isNumber || "-_./".contains($0) }
    guard !key.isEmpty, isPlain, after == line.endIndex || line[after] == " " else { return nil }
    return key
  }

  private var indentation: Int? {
    index < lines.count ? lines[index].prefix { $0 == " " }.count : nil
  }

  private func isElement(at indent: Int) -> Bool {
    let rest = lines[index].dropFirst(indent)
    return rest == "-" || rest.hasPrefix("- ")
  }
}
