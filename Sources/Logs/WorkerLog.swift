import Files
import ForeignText
import Glibc
import Wizard

/// The log of a local worker, `worker-SLUG-YYYY-MM-DD-HHMMSS.log`, beside the logs of the runs: what
/// it says, as it says it, without secrets and without control characters.
///
/// Nothing here fails towards the worker: what cannot be written is left out, and that is told.
package struct WorkerLog {
  /// Bytes. A log that reaches them becomes `….old.log`, in the place of an older one, and begins
  /// anew.
  package static let sizeLimit = 10 << 20

  private let root: StateRoot
  private let name: String
  private let oldName: String
  private let slug: String
  private let sizeLimit: Int
  private var lines = ForeignLines()
  private var file: OpenFile?
  private var size = 0
  /// Bytes that could not be written since the last that could, and why.
  private var lost: (count: Int, why: String)?

  /// - Parameter started: when the worker was; the log is named after it.
  package init(_ slug: String, in root: StateRoot, started: Timestamp, sizeLimit: Int = sizeLimit) {
    self.slug = slug
    self.root = root
    self.sizeLimit = sizeLimit
    name = "worker-\(slug)-\(started.stamp).log"
    oldName = Self.old(name)
  }

  /// Writes what the worker said, as far as it is whole lines.
  ///
  /// - Returns: a sentence, the first time that something could not be written.
  package mutating func write(_ bytes: ArraySlice<UInt8>) -> String? { keep(lines.take(bytes)) }

  /// Writes what is left without an end.
  package mutating func finish() -> String? { keep(lines.finish()) }

  private mutating func keep(_ text: [UInt8]) -> String? {
    guard !text.isEmpty else { return nil }
    do throws(StoreError) {
      if let lost {
        let notice = "[map-import: \(lost.count) bytes are missing here: \(lost.why)]\n"
        try append(Array("\n\(notice)".utf8))
        self.lost = nil
      }
      try append(text)
      return nil
    } catch {
      let isNews = lost == nil
      lost = ((lost?.count ?? 0) + text.count, error.sentence)
      return isNews
        ? "Not everything that worker \(slug) says is kept: \(error.sentence)" : nil
    }
  }

  private mutating func append(_ text: [UInt8]) throws(StoreError) {
    do {
      let logs = try root.open(.logs, .writing)
      if try !isThere(in: logs) || size >= sizeLimit { try begin(in: logs) }
      try file?.write(text)
      size += text.count
    } catch {
      // Opened anew the next time, whatever was wrong with it.
      file = nil
      throw StoreError("The log of worker \(slug) cannot be written", error)
    }
  }

  /// Whether the open file is still the one of that name: old logs are tidied up.
  private func isThere(in logs: Directory) throws -> Bool {
    guard let status = try file?.status() else { return false }
    return try logs.status(of: name).map(status.isSameFile) ?? false
  }

  private mutating func begin(in logs: Directory) throws {
    let isFull = try (logs.status(of: name)?.size ?? 0) >= sizeLimit
    if isFull { try logs.replace(oldName, by: name) }
    let opened = try logs.open(name, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
    try opened.setMode(0o600)
    size = try opened.status().size
    file = opened
  }

  /// The end of what the latest worker of this name has said, and the name of the file it is in;
  /// `nil` if there is none.
  package static func contents(
    of slug: String, in root: StateRoot, limit: Int = 1024 * 1024
  ) throws(StoreError) -> (name: String, bytes: [UInt8])? {
    do {
      let logs = try root.open(.logs, .readOnly)
      let names = try logs.names().filter {
        RunLog.isWorkerLog($0, of: slug) && latest($0) == $0
      }
      guard let name = names.max(), let present = try logs.tail(of: name, limit: limit) else {
        return nil
      }
      // One that has just begun anew has its past in the other.
      let past = try logs.tail(of: old(name), limit: limit - present.count) ?? []
      return (name, past + present)
    } catch let error as CallError where [ENOENT, ELOOP, ENXIO].contains(error.code) {
      return nil
    } catch {
      throw StoreError("The log of worker \(slug) cannot be read", error)
    }
  }

  private static func old(_ name: String) -> String { name.dropLast(".log".count) + ".old.log" }

  /// The name of the log that an older one belongs to; any other name stays.
  package static func latest(_ name: String) -> String {
    name.hasSuffix(".old.log") ? name.dropLast(".old.log".count) + ".log" : name
  }
}

extension Directory {
  /// The last `limit` bytes of a file of our own; `nil` if it is no such file.
  func tail(of name: String, limit: Int) throws -> [UInt8]? {
    guard try status(of: name) != nil else { return nil }
    let file = try open(name, O_RDONLY)
    let status = try file.status()
    guard status.kind == .regular, status.owner == geteuid() else { return nil }
    try file.seek(to: max(0, status.size - limit))
    return try Array(file.read(limit: limit).prefix(limit))
  }
}
