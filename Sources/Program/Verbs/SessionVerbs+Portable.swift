import Documents
import Files
import Glibc
import SessionFormat
import Wizard

extension SessionVerbs {
  /// Writes to standard output for no file and for `-`. A file that is there is never overwritten.
  func export(_ id: String, to file: String?) throws {
    let encryption =
      try command.isEncrypting ? Encryption(nil, environment: environment) : nil
    var warnings: [String] = []
    let exported: [UInt8]?
    do throws(StoreError) {
      exported = try store.export(id, at: now) { warnings.append($0) }
    } catch {
      warnings.forEach(complain)
      throw error
    }
    guard let plain = exported else { throw missing(id, warnings) }
    warnings.forEach(complain)
    // Before a passphrase is asked for that would be of no use.
    if let file, file != "-", access(file, F_OK) == 0 {
      throw Refusal(1, "\(file) cannot be written: \(String(cString: strerror(EEXIST))).")
    }
    let bytes = try encryption?.encrypted(plain) ?? plain
    let how = encryption.map { ", encrypted with \($0.tool.rawValue)" } ?? ""
    guard let file, file != "-" else {
      if MapImport.out(String(decoding: bytes, as: UTF8.self)) {
        audit(.export, id, "done, to the standard output\(how)")
      }
      return
    }
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure("written", file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    guard rest.isEmpty, fsync(descriptor) == 0 else {
      let failure = Self.failure("written", file)
      close(descriptor)
      unlink(file)
      throw failure
    }
    close(descriptor)
    audit(.export, id, "done, to \(file)\(how)")
    print(
      .object([
        "session_id": .string(id), "file": .string(file),
        "encrypted_with": JSONValue(encryption?.tool.rawValue),
      ]),
      ["Session \(id) is exported to \(file), without secrets\(how)."])
  }

  func importSession(from file: String) throws {
    var bytes = try read(file, atMost: PortableSession.sizeLimit)
    if let tool = Encryption.Tool(of: bytes) {
      bytes = try Encryption(tool, environment: environment).decrypted(bytes)
    }
    let imported = try store.importSession(bytes, at: now)
    audit(.import, imported.id, "done, from \(file), where it is \(imported.exportedID)")
    var lines = ["Session \(imported.id) is imported; it is the latest now."]
    if imported.id != imported.exportedID {
      lines.append("There is a session \(imported.exportedID) already; it was left as it is.")
    }
    lines += imported.warnings
    print(
      .object([
        "session_id": .string(imported.id), "exported_id": .string(imported.exportedID),
        "warnings": .array(imported.warnings.map(JSONValue.string)),
        "path": .string(store.root.absolutePath(imported.path)),
      ]), lines)
  }

  /// A file that a person named, or the standard input for `-`.
  func read(_ file: String, atMost limit: Int) throws -> [UInt8] {
    let descriptor =
      file == "-" ? dup(STDIN_FILENO) : open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.failure("read", file) }
    defer { close(descriptor) }
    if file != "-" {
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw Refusal(1, "\(file) is not a regular file.")
      }
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure("read", file) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
    throw Refusal(1, "\(file) is larger than \(limit) bytes.")
  }

  private static func failure(_ done: String, _ file: String) -> Refusal {
    Refusal(1, "\(file) cannot be \(done): \(String(cString: strerror(errno))).")
  }
}
