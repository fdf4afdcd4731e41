import FoundationEssentials
import Wizard

@testable import SessionFormat
@testable import SessionStore

/// For test files that do not import Foundation, whose `Operation` would hide ours.
enum Files {
  static func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

  static func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  static func list(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

extension FileStore {
  /// At a moment that does not matter: it is only written into the lock.
  func readAndRepair(_ id: String? = nil) throws -> LoadResult {
    try readAndRepair(id, at: Timestamp(seconds: 1_800_000_000))
  }
}
