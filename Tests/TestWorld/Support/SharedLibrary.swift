import Glibc

/// A library of the system, opened while the test runs: for functions that Swift's `Glibc` module
/// does not show, and for OpenSSL, which building this package must not need.
struct SharedLibrary: @unchecked Sendable {
  // Unchecked because a handle is a pointer; dlsym(3) may be called from any thread.
  private let handle: UnsafeMutableRawPointer?
  private let name: String

  /// What this process has loaded already, the C library among it.
  static let loaded = SharedLibrary(handle: nil, name: "the C library")

  private init(handle: UnsafeMutableRawPointer?, name: String) {
    self.handle = handle
    self.name = name
  }

  /// Opens the first library of these names that the system has.
  init(anyOf names: [String]) throws {
    for name in names {
      if let handle = dlopen(name, RTLD_NOW) {
        self.init(handle: handle, name: name)
        return
      }
    }
    throw WorldFailure("none of the libraries \(names.joined(separator: ", ")) can be opened")
  }

  /// The function of that name; the type the caller expects must be the one in the library's
  /// manual.
  func function<Function>(_ symbol: String) throws -> Function {
    guard let address = dlsym(handle, symbol) else {
      throw WorldFailure("\(name) has no function \(symbol)")
    }
    return unsafeBitCast(address, to: Function.self)
  }
}
