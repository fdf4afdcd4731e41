import Glibc

/// What a file is called until it is whole: `.NAME.PROCESS.tmp`.
package enum TemporaryName {
  private static let ending = ".tmp"

  /// No two processes write under one name, not even two with one process number, as in two
  /// containers with one home directory.
  private static let process = "\(getpid())-\(UInt32.random(in: 0...UInt32.max))"

  package static func make(for name: String) -> String { ".\(name).\(process)\(ending)" }

  /// The name up to its first dot that a temporary file is for; `nil` for another file. Earlier
  /// versions left the process out.
  package static func subject(of name: String) -> String? {
    guard name.hasPrefix("."), name.hasSuffix(ending) else { return nil }
    return String(name.dropFirst().prefix { $0 != "." })
  }
}
