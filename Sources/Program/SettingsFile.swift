import Documents
import Files
import Glibc

/// A file that a person writes, in the directory of the preferences.
enum SettingsFile {
  /// `~/.confighub/map-import/NAME`, as sentences call it.
  static func shownPath(_ name: String) -> String { "~/.confighub/map-import/\(name)" }

  /// - Parameter sentence: what is wrong in that line, with or without a full stop.
  static func problem(in name: String, _ line: Int, _ sentence: String) -> UsageError {
    let end = sentence.hasSuffix(".") ? "" : "."
    return UsageError(sentence: "\(shownPath(name)), line \(line): \(sentence)\(end)")
  }

  /// What a text says of each name, in the order of the names.
  static func members(
    _ bytes: [UInt8], of name: String
  ) throws(UsageError) -> [(key: String, value: LocatedJSON)] {
    let root: LocatedJSON
    do {
      root = try LocatedJSON(parsing: bytes)
    } catch {
      throw problem(in: name, error.line, error.sentence)
    }
    guard let members = root.members else {
      throw problem(in: name, root.line, "{…} is expected here")
    }
    return members.sorted { $0.key < $1.key }
  }

  /// What it holds; `nil` if there is none.
  ///
  /// - Parameter limit: bytes that it may have at most.
  static func read(
    _ name: String, atMost limit: Int, _ environment: [String: String]
  ) throws(UsageError) -> [UInt8]? {
    do {
      guard let root = StateRoot(environment: environment),
        let directory = try root.existing(.preferences)
      else { return nil }
      return try directory.open(name, O_RDONLY).read(limit: limit)
    } catch let error as CallError where error.code == ENOENT {
      return nil
    } catch {
      throw UsageError(sentence: "\(shownPath(name)) cannot be read: \(error)", exit: 1)
    }
  }
}
