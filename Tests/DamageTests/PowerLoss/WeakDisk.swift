/// A disk that keeps no more than fsync(2) promises.
///
/// What was written to a file and not synced is there wholly, in part, as zeros or not at all.
/// What was changed in a directory and not synced is there or not, each name by itself: even a
/// rename within a directory may have lost its new name, its old one, both or neither.
struct WeakDisk {
  typealias Node = Int
  static let root: Node = 0

  enum Content {
    /// What each name may lead to after a power loss; the last is what it leads to now.
    case directory([String: [Node?]])
    /// What may be in it after a power loss; the last is what is in it now.
    case file([Version])
    /// As durable as its name.
    case link(String)
  }

  struct Version {
    let whole: Blob
    /// What may be left of it if it was not synced.
    let remains: Set<Blob>
  }

  private(set) var nodes: [Content] = [.directory([:])]
  private(set) var blobs = Blobs()

  // MARK: What a program sees

  func lookUp(_ name: String, in directory: Node) -> Node? {
    names(directory)[name]?.last ?? nil
  }

  func bytes(_ file: Node) -> [UInt8] {
    guard case .file(let versions) = nodes[file], let last = versions.last else { return [] }
    return blobs[last.whole]
  }

  private func names(_ directory: Node) -> [String: [Node?]] {
    if case .directory(let names) = nodes[directory] { names } else { [:] }
  }

  // MARK: What a program does

  mutating func makeDirectory() -> Node { make(.directory([:])) }

  mutating func makeLink(to target: String) -> Node { make(.link(target)) }

  mutating func makeFile() -> Node { make(.file([version([])])) }

  private mutating func make(_ content: Content) -> Node {
    nodes.append(content)
    return nodes.count - 1
  }

  /// Gives a name to a node, or takes it away.
  mutating func set(_ name: String, in directory: Node, to node: Node?) {
    var names = names(directory)
    names[name, default: [nil]].append(node)
    nodes[directory] = .directory(names)
  }

  mutating func write(_ bytes: [UInt8], to file: Node) {
    guard case .file(let versions) = nodes[file] else { return }
    nodes[file] = .file(versions + [version(bytes)])
  }

  private mutating func version(_ bytes: [UInt8]) -> Version {
    let remains = [
      bytes, Array(bytes.prefix(bytes.count / 2)), Array(bytes.dropLast()),
      Array(repeating: 0, count: bytes.count),
    ]
    return Version(whole: blobs.id(of: bytes), remains: Set(remains.map { blobs.id(of: $0) }))
  }

  /// fsync(2): what is there now is what stays.
  mutating func sync(_ node: Node) {
    switch nodes[node] {
    case .directory(let names): nodes[node] = .directory(names.mapValues { $0.suffix(1) })
    case .file(let versions): nodes[node] = .file(versions.suffix(1))
    case .link: break
    }
  }
}

/// Bytes, each sequence of them known by a number.
struct Blobs {
  private var all: [[UInt8]] = []
  private var ids: [[UInt8]: Blob] = [:]

  subscript(blob: Blob) -> [UInt8] { all[blob] }

  mutating func id(of bytes: [UInt8]) -> Blob {
    if let id = ids[bytes] { return id }
    all.append(bytes)
    ids[bytes] = all.count - 1
    return all.count - 1
  }
}

typealias Blob = Int

/// What is on a disk: the directories, links and files by their paths.
struct Tree: Hashable, Sendable {
  enum Entry: Hashable, Sendable {
    case directory
    case link(String)
    /// `node` tells hard links from copies.
    case file(Blob, node: WeakDisk.Node)
  }

  struct Item: Hashable, Sendable {
    let path: String
    let entry: Entry
  }

  /// Each directory before what is in it.
  var items: [Item] = []

  /// What there is, by path, for comparing with a real directory.
  func listing(_ blobs: Blobs) -> [String: String] {
    items.reduce(into: [:]) { listing, item in
      switch item.entry {
      case .directory: listing[item.path] = "directory"
      case .link(let target): listing[item.path] = "link to \(target)"
      case .file(let blob, _):
        listing[item.path] = "file " + String(decoding: blobs[blob], as: UTF8.self)
      }
    }
  }
}

extension WeakDisk {
  /// What is on the disk now, for whoever looks.
  var now: Tree {
    var disk = self
    for node in nodes.indices { disk.sync(node) }
    var tree = Tree()
    disk.afterPowerLoss { tree = $0 }
    return tree
  }

  /// Calls the body with everything that can be on the disk after a power loss.
  func afterPowerLoss(_ body: (Tree) -> Void) {
    var decision = Decision(disk: self)
    decision.decide(Self.root, at: "", then: [], body)
  }
}

/// Goes through all that could have been kept: one name after the other, what is below it once it
/// is there, and what is in a file when its first name comes up.
private struct Decision {
  let disk: WeakDisk
  var tree = Tree()
  var contents: [WeakDisk.Node: Blob] = [:]

  typealias Place = (directory: WeakDisk.Node, path: String)

  init(disk: WeakDisk) { self.disk = disk }

  mutating func decide(
    _ directory: WeakDisk.Node, at path: String, then others: [Place], _ body: (Tree) -> Void
  ) {
    guard case .directory(let names) = disk.nodes[directory] else { return }
    let sorted = names.map { ($0.key, Set($0.value)) }.sorted { $0.0 < $1.0 }
    decide(sorted[...], at: path, then: others, body)
  }

  private mutating func decide(
    _ names: ArraySlice<(String, Set<WeakDisk.Node?>)>, at path: String, then others: [Place],
    _ body: (Tree) -> Void
  ) {
    guard let (name, nodes) = names.first else {
      guard let next = others.first else { return body(tree) }
      return decide(next.directory, at: next.path, then: Array(others.dropFirst()), body)
    }
    let rest = names.dropFirst()
    let full = path + name
    for node in nodes {
      guard let node else {
        decide(rest, at: path, then: others, body)
        continue
      }
      switch disk.nodes[node] {
      case .directory:
        with(full, .directory) { decision in
          decision.decide(rest, at: path, then: others + [(node, "\(full)/")], body)
        }
      case .link(let target):
        with(full, .link(target)) { $0.decide(rest, at: path, then: others, body) }
      case .file(let versions):
        let decided = contents[node]
        for blob in decided.map({ [$0] }) ?? remains(of: versions) {
          contents[node] = blob
          with(full, .file(blob, node: node)) { $0.decide(rest, at: path, then: others, body) }
        }
        contents[node] = decided
      }
    }
  }

  /// The first version is durable, and so a later one may be there instead of it.
  private func remains(of versions: [WeakDisk.Version]) -> Set<Blob> {
    versions.dropFirst().reduce(into: Set(versions.prefix(1).map(\.whole))) {
      $0.formUnion($1.remains)
    }
  }

  private mutating func with(_ path: String, _ entry: Tree.Entry, _ body: (inout Self) -> Void) {
    tree.items.append(Tree.Item(path: path, entry: entry))
    body(&self)
    tree.items.removeLast()
  }
}
