import Foundation

/// Another process that holds a flock(2), as flock(1) takes it.
final class OtherProcess: Sendable {
  private let process: Process
  private let input: Pipe

  /// Returns once the lock is held.
  init(holding path: String, shared: Bool = false) throws {
    process = Process()
    input = Pipe()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/flock")
    process.arguments = ["-o", shared ? "-s" : "-x", path, "/bin/sh", "-c", "echo held; cat"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    _ = try output.fileHandleForReading.read(upToCount: 5)
  }

  deinit { leave() }

  /// Ends it as it would end by itself.
  func leave() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Ends it without giving it a chance to let go.
  func kill() {
    Glibc.kill(process.processIdentifier, SIGKILL)
    // Foundation notices the end only when the grandchild has gone as well.
    leave()
  }

  /// Whether another process could take the lock right now.
  static func canLock(_ path: String) throws -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/flock")
    process.arguments = ["-n", path, "/bin/true"]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// The open descriptors of this process that lead to the file.
  static func descriptors(of path: String) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap(Int32.init)
      .filter {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
      }
  }
}
