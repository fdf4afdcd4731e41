import Glibc

/// Functions of the C library that Swift's `Glibc` module does not show, because it is built
/// without `_GNU_SOURCE`; each is described in the manual page of its name.
enum System {
  static let accept4: @convention(c) (Int32, OpaquePointer?, OpaquePointer?, Int32) -> Int32 =
    function("accept4")
  static let changeDirectoryAction:
    @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>)
      -> Int32 = function("posix_spawn_file_actions_addchdir_np")
  static let pipe2: @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32 =
    function("pipe2")
  static let ptsname: @convention(c) (Int32, UnsafeMutablePointer<CChar>, Int) -> Int32 =
    function("ptsname_r")
  static let syscall: @convention(c) (Int, Int, Int) -> Int = function("syscall")
  static let unlockpt: @convention(c) (Int32) -> Int32 = function("unlockpt")
  static let wcwidth: @convention(c) (UInt32) -> Int32 = function("wcwidth")

  private static func function<Function>(_ name: String) -> Function {
    do {
      return try SharedLibrary.loaded.function(name)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
