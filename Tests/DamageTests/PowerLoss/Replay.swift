@testable import SessionFormat
@testable import SessionStore

/// Does to a weak disk what a trace did to a home directory.
struct Replay {
  private(set) var disk = WeakDisk() { didSet { changes += 1 } }
  /// Grows whenever something was done to the disk.
  private(set) var changes = 0
  private(set) var acknowledged = Acknowledged()
  private var home: String
  private var descriptors: [Int: Open] = [:]

  /// What the program said on its stdout.
  struct Acknowledged: Hashable, Sendable {
    /// By session, the last generation that was said to be saved.
    var generations: [String: Int] = [:]
    /// The session that was said to be saved last.
    var latest: String?
    /// What a generation of a session may hold instead of its own number.
    var contents: [String: [Int: String]] = [:]
    /// Sessions that are gone, and must not come back.
    var deleted: Set<String> = []
    /// Sessions that somebody edits by hand.
    var edited: Set<String> = []
    /// What has to be in some file.
    var kept: Set<String> = []
    fileprivate var current = ""
  }

  private enum Open {
    /// On the disk, at that offset if it is a file.
    case node(WeakDisk.Node, offset: Int)
    /// A directory above the home directory, or somewhere else.
    case elsewhere
  }

  /// The directory of a name on the disk.
  private struct Place {
    let directory: WeakDisk.Node
    let name: String
  }

  /// Where the home directory was when it was traced.
  init(home: String) { self.home = home }

  /// The program is killed, and another one begins with what is on the disk, at another place.
  mutating func restart(home: String) {
    self.home = home
    descriptors = [:]
  }

  /// Which part of the promises the disk does not keep.
  enum Fault: String, CaseIterable, Sendable {
    case noDirectorySync = "without fsync of directories"
    case noFileSync = "without fsync of files"
    /// Of the directory of the files that a session file names.
    case noPartsSync = "without fsync of the directory of parts"
    /// A file that goes to another directory is renamed, without a moment at which it has two names.
    case nakedRename = "with a rename for a move"
  }

  /// What can be done to a file that matters here and is not known to this model.
  private static let unknown: Set = [
    "creat", "openat2", "truncate", "writev", "pwritev", "pwritev2", "pwrite64", "sendfile",
    "copy_file_range", "splice", "fallocate", "dup", "dup2", "dup3", "rename", "link", "symlink",
    "unlink", "rmdir", "mknod", "mknodat", "sync_file_range", "syncfs", "fdatasync",
  ]

  /// Throws for a call that the model does not know, so that none is overlooked.
  mutating func perform(_ call: SystemCall, _ fault: Fault? = nil) throws {
    if call.result < 0 { return }
    switch call.name {
    case "open", "openat": try open(call)
    case "close": descriptors[try call.number(0)] = nil
    case "write": try write(call)
    case "ftruncate": try truncate(call)
    case "lseek": try seek(call)
    case "fsync": try sync(call, fault)
    case "mkdirat": make(try place(call, 0, 1))
    case "mkdir": make(try place(SystemCall.workingDirectory, call.text(0)))
    case "symlinkat":
      if let place = try place(call, 1, 2) {
        let link = disk.makeLink(to: try call.text(0))
        disk.set(place.name, in: place.directory, to: link)
      }
    case "linkat":
      if let old = try place(call, 0, 1), let new = try place(call, 2, 3) {
        disk.set(new.name, in: new.directory, to: try node(old))
      }
    case "renameat", "renameat2":
      if let old = try place(call, 0, 1), let new = try place(call, 2, 3) {
        disk.set(new.name, in: new.directory, to: try node(old))
        disk.set(old.name, in: old.directory, to: nil)
      }
    case "unlinkat":
      if let place = try place(call, 0, 1) { disk.set(place.name, in: place.directory, to: nil) }
    case "fcntl":
      if try call.argument(1).hasPrefix("F_DUPFD") {
        descriptors[call.result] = descriptors[try call.number(0)]
      }
    case let name where Self.unknown.contains(name):
      throw TraceFailure("\(name) is not in the model")
    default: break
    }
  }

  private mutating func make(_ place: Place?) {
    guard let place else { return }
    let directory = disk.makeDirectory()
    disk.set(place.name, in: place.directory, to: directory)
  }

  // MARK: Descriptors

  private mutating func open(_ call: SystemCall) throws {
    let at = call.name == "open" ? 0 : 1
    let path = try call.text(at)
    if path == home {
      descriptors[call.result] = .node(WeakDisk.root, offset: 0)
      return
    }
    let directory = try at == 0 ? SystemCall.workingDirectory : call.number(0)
    if path == ".", let open = descriptors[directory] {
      descriptors[call.result] = open
      return
    }
    guard let place = try place(directory, path) else {
      descriptors[call.result] = .elsewhere
      return
    }
    let node: WeakDisk.Node
    if let found = disk.lookUp(place.name, in: place.directory) {
      node = found
      if try call.has("O_TRUNC", at + 1) { disk.write([], to: node) }
    } else {
      guard try call.has("O_CREAT", at + 1) else {
        throw TraceFailure("\(path) was opened and is not on the disk")
      }
      node = disk.makeFile()
      disk.set(place.name, in: place.directory, to: node)
    }
    descriptors[call.result] = .node(node, offset: 0)
  }

  /// Where a path leads; `nil` if not into the home directory.
  private func place(_ directory: Int, _ path: String) throws -> Place? {
    var names: ArraySlice<Substring>
    var node: WeakDisk.Node
    if path.hasPrefix("/") {
      guard path.hasPrefix(home + "/") else { return nil }
      names = path.dropFirst(home.count + 1).split(separator: "/")[...]
      node = WeakDisk.root
    } else {
      guard case .node(let open, _) = descriptors[directory] else { return nil }
      names = path.split(separator: "/")[...]
      node = open
    }
    guard let last = names.popLast() else { throw TraceFailure("no name in \(path)") }
    for name in names {
      guard let next = disk.lookUp(String(name), in: node) else {
        throw TraceFailure("\(path) leads nowhere")
      }
      node = next
    }
    return Place(directory: node, name: String(last))
  }

  private func place(_ call: SystemCall, _ directory: Int, _ path: Int) throws -> Place? {
    try place(call.number(directory), call.text(path))
  }

  private func node(_ place: Place) throws -> WeakDisk.Node {
    guard let node = disk.lookUp(place.name, in: place.directory) else {
      throw TraceFailure("\(place.name) is not on the disk")
    }
    return node
  }

  // MARK: Files

  private mutating func write(_ call: SystemCall) throws {
    let descriptor = try call.number(0)
    let bytes = try call.bytes(1).prefix(call.result)
    if descriptor == 1 { return hear(String(decoding: bytes, as: UTF8.self)) }
    guard case .node(let node, let offset) = descriptors[descriptor] else { return }
    var content = disk.bytes(node)
    content.replaceSubrange(offset..<min(content.count, offset + bytes.count), with: bytes)
    disk.write(content, to: node)
    descriptors[descriptor] = .node(node, offset: offset + bytes.count)
  }

  private mutating func truncate(_ call: SystemCall) throws {
    guard case .node(let node, _) = descriptors[try call.number(0)] else { return }
    disk.write(Array(disk.bytes(node).prefix(try call.number(1))), to: node)
  }

  private mutating func seek(_ call: SystemCall) throws {
    let descriptor = try call.number(0)
    if case .node(let node, _) = descriptors[descriptor] {
      descriptors[descriptor] = .node(node, offset: call.result)
    }
  }

  private mutating func sync(_ call: SystemCall, _ fault: Fault?) throws {
    guard case .node(let node, _) = descriptors[try call.number(0)] else { return }
    switch (disk.nodes[node], fault) {
    case (.directory, .noDirectorySync), (.file, .noFileSync): return
    case (.directory(let names), .noPartsSync)
    where names.keys.contains { SessionName.part($0) != nil }: return
    default: disk.sync(node)
    }
  }

  /// See `Script`.
  private mutating func hear(_ line: String) {
    let words = line.split { $0.isWhitespace }.map(String.init)
    guard words.count > 1 else { return }
    let rest = words.dropFirst(2).joined(separator: " ")
    switch words[0] {
    case "began", "opened": acknowledged.current = words[1]
    case "saved":
      acknowledged.generations[acknowledged.current] = Int(words[1])
      acknowledged.latest = acknowledged.current
    case "at": acknowledged.generations[acknowledged.current] = Int(rest.drop { !$0.isNumber })
    case "content":
      if let generation = Int(words[1]) {
        acknowledged.contents[acknowledged.current, default: [:]][generation] = rest
      }
    case "deleting", "forgetting":
      acknowledged.generations[words[1]] = nil
      acknowledged.latest = nil
    case "deleted": acknowledged.deleted.insert(words[1])
    case "editing": acknowledged.edited.insert(words[1])
    case "leaving": acknowledged.latest = nil
    case "not": acknowledged.kept = []
    case "kept": acknowledged.kept.insert(words.dropFirst().joined(separator: " "))
    default: break
    }
  }
}
