import FoundationEssentials

/// For test files that do not import Foundation, whose `Operation` would hide ours.
enum Files {
  static func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

  static func list(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}
