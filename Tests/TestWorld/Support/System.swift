import Glibc

/// Functions of the C library that Swift's `Glibc` module does not show, because it is built
/// without `_GNU_SOURCE`; each is described in the manual page of its name.
enum System {
  static let accept4 = function(
    "accept4", as: (@convention(c) (Int32, OpaquePointer?, OpaquePointer?, Int32) -> Int32).self)
  static let changeDirectoryAction = function(
    "posix_spawn_file_actions_addchdir_np",
    as: (@convention(c) (
      UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>
    ) -> Int32).self)
  static let pipe2 = function(
    "pipe2", as: (@convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32).self)
  static let ptsname = function(
    "ptsname_r",
    as: (@convention(c) (Int32, UnsafeMutablePointer<CChar>, Int) -> Int32).self)
  static let syscall = function("syscall", as: (@convention(c) (Int, Int, Int) -> Int).self)
  static let unlockpt = function("unlockpt", as: (@convention(c) (Int32) -> Int32).self)
  static let wcwidth = function("wcwidth", as: (@convention(c) (UInt32) -> Int32).self)

  private static func function<Function>(_ name: String, as type: Function.Type) -> Function {
    do {
      return try SharedLibrary.loaded.function(name, as: type)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
