@preconcurrency import Glibc

/// What glibc has and the Glibc module, built without `_GNU_SOURCE`, does not show.
enum GNU {
  // <bits/fcntl-linux.h>: part of the ABI.
  static let setPipeSize: Int32 = 1031

  private typealias FileActions = UnsafeMutablePointer<posix_spawn_file_actions_t>
  private typealias AddAction = @convention(c) (FileActions, Int32) -> Int32
  private typealias Pipe2 = @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32

  private typealias MemfdCreate = @convention(c) (UnsafePointer<CChar>, UInt32) -> Int32

  private static let foundPipe2 = find("pipe2", as: Pipe2.self)
  private static let foundMemfdCreate = find("memfd_create", as: MemfdCreate.self)
  private static let addCloseFromAction = find(
    "posix_spawn_file_actions_addclosefrom_np", as: AddAction.self)
  private static let addSetForegroundAction = find(
    "posix_spawn_file_actions_addtcsetpgrp_np", as: AddAction.self)

  /// pipe2(2).
  static func pipe2(_ ends: UnsafeMutablePointer<Int32>, _ flags: Int32) -> Int32 {
    guard let foundPipe2 else {
      errno = ENOSYS
      return -1
    }
    return foundPipe2(ends, flags)
  }

  /// memfd_create(2), closed on exec.
  static func memfdCreate(_ name: String) -> Int32 {
    // <bits/mman-shared.h>: part of the ABI.
    let closeOnExec: UInt32 = 1
    guard let foundMemfdCreate else {
      errno = ENOSYS
      return -1
    }
    return foundMemfdCreate(name, closeOnExec)
  }

  /// Has the child close all descriptors from `first` on; nothing before glibc 2.34, where what
  /// is opened without `O_CLOEXEC` reaches the child.
  static func addCloseFrom(
    _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32
  ) {
    _ = addCloseFromAction?(actions, first)
  }

  /// Has the child put its process group into the foreground; nothing before glibc 2.35, where
  /// the parent alone does so, a moment later.
  static func addSetForeground(
    _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ terminal: Int32
  ) {
    _ = addSetForegroundAction?(actions, terminal)
  }

  private static func find<Function>(_ name: String, as type: Function.Type) -> Function? {
    dlsym(nil, name).map { unsafeBitCast($0, to: type) }
  }
}
