import FoundationEssentials
import Glibc

extension Sandbox {
  /// The directory where this build put its executables: the one of the running test bundle, for
  /// debug and release builds and any scratch path.
  public static let productsDirectory: String = {
    let running = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    let candidates = ([running].compactMap { $0 } + CommandLine.arguments).map { path in
      "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }
    return candidates.first { isExecutable("\($0)/map-import") } ?? candidates[0]
  }()

  /// The absolute path of an executable this build made, for instance `map-import`; throws if it
  /// is not there.
  public static func product(_ name: String) throws -> String {
    let path = "\(productsDirectory)/\(name)"
    if isExecutable(path) { return path }
    throw WorldFailure("\(path) is not there; has it been built?")
  }

  /// The absolute path of a program on the PATH of the test run; throws if there is none.
  public static func find(_ program: String) throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for directory in path.split(separator: ":") where directory.hasPrefix("/") {
      let candidate = "\(directory)/\(program)"
      if isExecutable(candidate) { return candidate }
    }
    throw WorldFailure("there is no \(program) on PATH (\(path))")
  }

  private static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }
}
