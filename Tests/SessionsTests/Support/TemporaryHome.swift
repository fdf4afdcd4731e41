import Glibc
import TestWorld
import Testing

@testable import Files
@testable import SessionFormat
@testable import SessionStore

typealias TemporaryHome = TestWorld.TemporaryHome

extension TemporaryHome {
  func root(isDemo: Bool = false) throws -> StateRoot {
    try #require(StateRoot(environment: environment, isDemo: isDemo))
  }

  func store(_ retention: Retention = Retention()) throws -> FileStore {
    FileStore(root: try root(), retention: retention, program: "map-import test")
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
