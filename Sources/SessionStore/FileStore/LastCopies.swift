import Documents
import Files
import Glibc
import SessionFormat
import Wizard

// Where a session goes that its own directory does not take: `map-import-UID/HOME/ID.1.json` in a
// directory for temporary files, with a directory for each home, as they may share that.

extension FileStore {
  /// Leaves a last copy where anything can be written, when `save` cannot: in directories of our own,
  /// mode 0700. No copy of another run is written over.
  ///
  /// - Parameter earlier: the copy that the same run left before, which this one replaces.
  /// - Returns: the absolute path; `nil` if that is not possible either.
  package func saveElsewhere(
    _ document: SessionDocument, replacing earlier: String? = nil
  ) -> String? {
    let id = document.session.id
    guard let bytes = try? SessionCodec.encodeToFit(document).bytes else { return nil }
    let temporary = TemporaryName.make(for: id)
    for place in root.temporaryDirectories {
      do {
        let directory = try Directory.open(absolute: place, shownAs: place)
          .ownDirectory(Self.copies, .writing).ownDirectory(copiesOfHome, .writing)
        try directory.removeIfThere(temporary)
        try directory.write(bytes, to: temporary)
        if let name = earlier?.split(separator: "/").last.map(String.init),
          earlier == directory.path(of: name)
        {
          try directory.replace(name, by: temporary)
          try directory.sync()
          return earlier
        }
        return try directory.setAside(temporary, of: id, in: directory)
      } catch {
        continue
      }
    }
    return nil
  }

  /// The directories in which there are such copies.
  func lastCopies() -> [Directory] {
    var seen: Set<String> = []
    return root.temporaryDirectories.filter { seen.insert($0).inserted }.compactMap { place in
      try? Directory.open(absolute: place, shownAs: place)
        .existing(Self.copies)?.existing(copiesOfHome)
    }
  }

  private static var copies: String { "map-import-\(geteuid())" }

  /// Of this home, or of its demo, and of no other.
  private var copiesOfHome: String {
    String(SHA256.hex(of: Array(root.absolutePath(root.shownPath).utf8)).prefix(16))
  }
}
