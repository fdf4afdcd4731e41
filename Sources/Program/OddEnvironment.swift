import FoundationEssentials
import Glibc

/// What of the environment would reach kubectl and cub as other bytes: a path that is no UTF-8 is
/// another path then.
enum OddEnvironment {
  /// Name files, or programs, of ours or theirs.
  private static let matters: Set<String> = [
    "HOME", "KUBECONFIG", "PATH", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
  ]

  /// A sentence; `nil` if there is nothing wrong.
  ///
  /// - Parameter entries: as `environ` has them, `NAME=VALUE`.
  static func problem(_ entries: [[UInt8]]) -> String? {
    for entry in entries {
      let name = String(decoding: entry.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
      if matters.contains(name), String(validating: entry, as: UTF8.self) == nil {
        return
          "\(name) holds bytes that are no UTF-8, which the programs that are run here would get as "
          + "others. Give what it names a name in UTF-8, or another one in \(name)."
      }
    }
    return nil
  }

  /// Of this process.
  static var entries: [[UInt8]] {
    var entries: [[UInt8]] = []
    var next = environ
    while let entry = next.pointee {
      entries.append(
        UnsafeBufferPointer(start: entry, count: strlen(entry)).map { UInt8(bitPattern: $0) })
      next += 1
    }
    return entries
  }
}
