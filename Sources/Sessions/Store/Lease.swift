import Dispatch
import Glibc

/// A lock that was taken: by flock(2), or by a lease where there is none.
struct TakenLock {
  let file: OpenFile
  var lease: Lease?
}

/// Stands in for flock(2) on file systems that have none: who made the lock file has the lock, as
/// long as that process lives.
///
/// Of a process on another machine nobody knows whether it lives. It touches the file every five
/// minutes; what was not touched for half an hour is nobody's any more.
final class Lease: Sendable {
  private static let touchedEvery = 300
  private static let staleAfter = 1800
  /// Long enough for whoever took over the same stale lease to be done with it.
  private static let doubt: useconds_t = 200_000

  /// The lock file's, open for as long as the lease.
  private let descriptor: Int32

  private init(_ file: OpenFile) {
    descriptor = file.descriptor
    touchLater()
  }

  private func touchLater() {
    let next = DispatchTime.now() + .seconds(Self.touchedEvery)
    DispatchQueue.global().asyncAfter(deadline: next) { [weak self] in
      guard let self else { return }
      _ = futimens(descriptor, nil)
      touchLater()
    }
  }

  static func acquire(
    _ id: String, in sessions: Directory, for holder: LockHolder
  ) throws -> Result<TakenLock, SessionStore.Busy> {
    let name = SessionName.lock(id)
    let temporary = unique(name)
    let bytes = holder.json.serialized(pretty: false) + [UInt8(ascii: "\n")]
    try sessions.write(bytes, to: temporary)
    defer { try? sessions.removeIfThere(temporary) }
    for _ in 0..<10 {
      if try isLinked(temporary, as: name, in: sessions) {
        let file = try sessions.open(temporary, O_RDWR)
        return .success(TakenLock(file: file, lease: Lease(file)))
      }
      if let other = try living(name, in: sessions) {
        return .failure(SessionStore.Busy(holder: other))
      }
      usleep(doubt)
    }
    throw CallError("link", sessions.path(of: name), EAGAIN)
  }

  /// Gives the file its name unless there is one of that name.
  private static func isLinked(
    _ temporary: String, as name: String, in sessions: Directory
  ) throws -> Bool {
    do {
      try sessions.link(temporary, to: sessions, as: name)
      return true
    } catch {
      if error.code == EEXIST { return false }
      throw error
    }
  }

  /// Who has the lease; a stale one is cleared away.
  private static func living(_ name: String, in sessions: Directory) throws -> LockHolder? {
    guard let status = try sessions.status(of: name) else { return nil }
    let file = try sessions.open(name, O_RDONLY)
    let holder = LockHolder(try file.read(limit: SessionStore.holderLimit))
    guard try isStale(holder, file.status()) else { return holder }
    let aside = unique(name)
    do {
      try sessions.rename(name, to: sessions, as: aside)
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    defer { try? sessions.removeIfThere(aside) }
    // Somebody else was faster, and this is theirs: it gets its name back.
    if try sessions.status(of: aside)?.isSameFile(as: status) != true {
      _ = try isLinked(aside, as: name, in: sessions)
    }
    return nil
  }

  private static func unique(_ name: String) -> String {
    ".\(name).\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
  }

  static func isStale(_ holder: LockHolder, _ status: FileStatus) -> Bool {
    let me = ProcessIdentity.host
    if let pid = holder.pid, let host = holder.host, let boot = holder.bootID, host == me {
      return boot != ProcessIdentity.bootID
        || ProcessIdentity.startTime(of: pid) != holder.startTime
    }
    // What nobody wrote into is left over from a lock of the other sort.
    return holder.pid == nil || Int(time(nil)) - status.modifiedSeconds > staleAfter
  }

  func giveBack(_ file: OpenFile, of id: String, in sessions: Directory) {
    let name = SessionName.lock(id)
    guard let named = try? sessions.status(of: name), let own = try? file.status(),
      named.isSameFile(as: own)
    else { return }
    try? sessions.removeIfThere(name)
  }
}

/// What names a process beyond its number, which is given out again: see proc(5).
enum ProcessIdentity {
  static let host: String? = {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()

  static let bootID = contents("/proc/sys/kernel/random/boot_id").map {
    $0.filter { $0.isHexDigit || $0 == "-" }
  }

  /// In clock ticks since the machine started; `nil` if there is no such process, or it has ended.
  static func startTime(of pid: Int) -> String? {
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
