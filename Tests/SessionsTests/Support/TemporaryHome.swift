import FoundationEssentials
import Glibc
import Testing
import Wizard

@testable import Files
@testable import SessionFormat
@testable import SessionStore

/// A home directory for one test, gone when the value goes.
final class TemporaryHome: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/sessions-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw CallError("mkdtemp", "/tmp", errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var sessions: String { "\(path)/.confighub/sessions" }
  var logs: String { "\(path)/.confighub/logs" }

  func root(isDemo: Bool = false) throws -> StateRoot {
    try #require(
      StateRoot(environment: ["HOME": path, "TMPDIR": "\(path)/tmp"], isDemo: isDemo))
  }

  func store(_ retention: Retention = Retention()) throws -> FileStore {
    FileStore(root: try root(), retention: retention, program: "map-import test")
  }

  /// `~/.confighub/sessions`, as a person would make it.
  func makeSessions() throws {
    try make(directory: sessions)
    chmod(sessions, 0o700)
  }

  func make(directory path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// Writes a file into `sessions/`.
  func put(_ bytes: [UInt8], as name: String) throws {
    try write(bytes, to: "\(sessions)/\(name)")
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
  }

  func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

  /// What is in a directory below `sessions/`, sorted; empty if it is missing.
  func names(in directory: String = "") -> [String] {
    let path = directory.isEmpty ? sessions : "\(sessions)/\(directory)"
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func exists(_ path: String) -> Bool { status(path) != nil }

  /// `drwx…` as a number: the permissions without the kind; `nil` if there is nothing.
  func mode(_ path: String) -> mode_t? { status(path).map { $0.st_mode & 0o7777 } }

  func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  func link(_ name: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "\(sessions)/\(name)")
  }

  /// Every file below the home directory with its mode, size and contents: to see that nothing
  /// was changed.
  func snapshot() throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    return names.map { name in
      let status = status("\(path)/\(name)")
      let isFile = status.map { $0.st_mode & S_IFMT == S_IFREG } ?? false
      let contents = isFile ? (try? bytes("\(path)/\(name)")) ?? [] : []
      return "\(name) \(status?.st_mode ?? 0) \(status?.st_ino ?? 0) \(contents.hashValue)"
    }
  }
}

/// Runs the body on a thread of its own, with a umask of its own.
func withUmask<Answer: Sendable>(
  _ mask: mode_t, _ body: @escaping @Sendable () throws -> Answer
) async throws -> Answer {
  try await withCheckedThrowingContinuation { continuation in
    let thread = UmaskThread {
      guard stopSharingUmask() else {
        return continuation.resume(throwing: CallError("unshare", "", errno))
      }
      umask(mask)
      continuation.resume(with: Result { try body() })
    }
    thread.start()
  }
}

/// unshare(CLONE_FS) for the calling thread; Glibc's module does not have its declaration.
private func stopSharingUmask() -> Bool {
  typealias Unshare = @convention(c) (CInt) -> CInt
  let cloneFS: CInt = 0x200
  return dlsym(nil, "unshare").map { unsafeBitCast($0, to: Unshare.self)(cloneFS) } == 0
}

private final class UmaskThread: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        if let context {
          Unmanaged<UmaskThread>.fromOpaque(context).takeRetainedValue().body()
        }
        return nil
      }, context)
    pthread_detach(thread)
  }
}
