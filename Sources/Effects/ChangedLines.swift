/// What has changed between two YAML texts of this program's making, for a person.
struct ChangedLines {
  /// More changes than this are counted, not told.
  private static let told = 3

  /// `spec.replicas: 3 is now 5, …`; empty if nothing did.
  let words: String

  /// - Parameter scaled: the documents, counted from 0, whose number of replicas nobody wants told.
  init(from old: String, to new: String, besidesReplicasOf scaled: [Int] = []) {
    let (before, after) = (Self.leaves(of: old), Self.leaves(of: new))
    let hidden = Set(scaled.map { Self.path("spec.replicas", in: $0) })
    let paths = Set(before.keys).union(after.keys)
      .filter { before[$0] != after[$0] && !hidden.contains($0) }.sorted()
    var told = paths.prefix(Self.told).map { path in
      switch (before[path], after[path]) {
      // What a program is given may be a secret, whatever its name is.
      case _ where Self.isPrivate(path): "\(path) is not what it was"
      case (let old?, let new?): "\(path): \(Self.cut(old)) is now \(Self.cut(new))"
      case (nil, let new?): "\(path): \(Self.cut(new)) is new"
      case (let old?, nil): "\(path): \(Self.cut(old)) is gone"
      case (nil, nil): path
      }
    }
    if paths.count > Self.told { told.append("\(paths.count - Self.told) more") }
    words = told.joined(separator: "; ")
  }

  private static func isPrivate(_ path: String) -> Bool {
    let keys = path.split(separator: ".")
    return keys.contains {
      ["env", "data", "binaryData", "annotations", "args", "command"].contains($0)
    }
  }

  private static func path(_ name: String, in document: Int) -> String {
    document == 0 ? name : "document \(document + 1) \(name)"
  }

  private static func cut(_ text: String) -> String {
    text.count > 60 ? text.prefix(60) + "…" : text
  }

  /// The lines with a value, under the keys above them. Only good for telling two texts of the
  /// same writer apart: it knows indentation, not YAML.
  private static func leaves(of text: String) -> [String: String] {
    var leaves: [String: String] = [:]
    var path: [(indent: Int, key: String)] = []
    var document = 0
    var items: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      if line == "---" {
        document += 1
        path = []
        continue
      }
      var indent = line.prefix { $0 == " " }.count
      var rest = line.dropFirst(indent)
      while rest.hasPrefix("- ") {
        path.removeAll { $0.indent > indent || ($0.indent == indent && $0.key.hasPrefix("[")) }
        let place = path.map(\.key).joined(separator: ".") + "#\(document)"
        items[place, default: -1] += 1
        path.append((indent: indent, key: "[\(items[place] ?? 0)]"))
        rest = rest.dropFirst(2)
        indent += 2
      }
      path.removeAll { $0.indent >= indent }
      let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let key = String(parts[0])
      let value = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
      let name = (path.map(\.key) + [key]).joined(separator: ".")
      let whole = Self.path(name, in: document)
      if parts.count == 1 {
        leaves[whole] = String(rest)
      } else if value.isEmpty {
        path.append((indent: indent, key: key))
      } else {
        leaves[whole] = String(value)
      }
    }
    return leaves
  }
}
