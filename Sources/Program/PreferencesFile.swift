import Files
import Glibc

/// What a person prefers, apart from the sessions: losing it, or finding it damaged, costs nothing.
struct PreferencesFile: Sendable {
  private static let name = "preferences.json"
  private static let limit = 64 << 10

  private let root: StateRoot

  init(root: StateRoot) { self.root = root }

  /// `nil` if there is none, or none that can be trusted and read.
  func read() -> [UInt8]? {
    guard let directory = try? root.open(.preferences, .readOnly),
      let file = try? directory.open(Self.name, O_RDONLY),
      let bytes = try? file.read(limit: Self.limit), bytes.count <= Self.limit
    else { return nil }
    return bytes
  }

  /// Replaces what is there, or leaves it as it is if that fails.
  func write(_ bytes: [UInt8]) {
    do {
      let directory = try root.open(.preferences, .writing)
      let temporary = TemporaryName.make(for: Self.name)
      try directory.removeIfThere(temporary)
      try directory.write(bytes, to: temporary)
      try directory.replace(Self.name, by: temporary)
    } catch {
      // The next run asks for the tab and the order again; nothing else is lost.
      return
    }
  }
}
