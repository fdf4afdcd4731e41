import Glibc

/// What names a process beyond its number, which is given out again: see proc(5).
package enum ProcessIdentity {
  package static let host: String? = {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()

  package static let bootID = contents("/proc/sys/kernel/random/boot_id").map {
    $0.filter { $0.isHexDigit || $0 == "-" }
  }

  /// In clock ticks since the machine started; `nil` if there is no such process, or it has ended.
  package static func startTime(of pid: Int) -> String? {
    // The program's name, which may hold anything, ends with the last parenthesis.
    let fields = contents("/proc/\(pid)/stat")?.split(separator: ")").last?.split(separator: " ")
    guard let fields, fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return String(fields[19])
  }

  private static func contents(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let file = OpenFile(descriptor: descriptor, path: path)
    return (try? file.read(limit: 4096)).map { String(decoding: $0, as: UTF8.self) }
  }
}
