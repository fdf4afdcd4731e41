import Files
import Glibc
import SessionFormat
import SessionStore
import Wizard

extension Driver {
  /// The bad example that the tests must find out: the file is cut off and written anew in its
  /// place, nothing is made durable, and nobody looks whether it worked.
  func saveBadly(_ count: Int) throws -> Int32 {
    let files = try preparedFiles(count)
    let sessions = "\(store.root.home)/.confighub/sessions"
    say("BEGIN")
    say("OPEN \(id ?? "")")
    for file in files {
      let descriptor = open("\(sessions)/\(file.name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      _ = write(descriptor, file.bytes, file.bytes.count)
      close(descriptor)
      say("ACK \(file.generation) \(file.content)")
    }
    return 0
  }

  private struct File {
    var generation: Int
    var content: String
    var name: String
    var bytes: [UInt8]
  }

  /// The right bytes, made by right saves in another home.
  private func preparedFiles(_ count: Int) throws -> [File] {
    let home = store.root.home + ".other"
    mkdir(home, 0o700)
    guard let id, let root = StateRoot(environment: ["HOME": home]),
      var document = try store.read(id).found?.document
    else { return [] }
    let other = FileStore(root: root, program: "SaveDriver")
    guard case .acquired(let lock) = try other.acquire(id, at: Self.now) else { return [] }
    return (0..<count).compactMap { _ in
      let content = "saved after \(document.session.generation)"
      document.session.workerStatus = content
      guard case .saved(let generation, _) = lock.save(document),
        let bytes = bytes(of: "\(home)/.confighub/sessions/\(id).json")
      else { return nil }
      document.session.generation = generation
      return File(generation: generation, content: content, name: "\(id).json", bytes: bytes)
    }
  }

  private func bytes(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: SessionCodec.sizeLimit)
    let count = read(descriptor, &bytes, bytes.count)
    return count < 0 ? nil : Array(bytes[..<count])
  }
}
