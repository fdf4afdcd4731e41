/// Which parts of a session are files of their own, by the digests of these.
package struct PartDigests: Hashable {
  package var scan: String?
  package var units: String?
  /// For each full row of operations in a part; `nil` where it stands in the session's file.
  package var operations: [String?] = []
  /// For each edit.
  package var undo: [String?] = []
  var redo: [String?] = []

  /// Each once.
  package var all: Set<String> {
    var all = besidesOperations
    all.reserveCapacity(all.count + operations.count)
    for case let digest? in operations { all.insert(digest) }
    return all
  }

  /// Each once, but for those of operations, of which there may be hundreds.
  var besidesOperations: Set<String> {
    Set(([scan, units] + undo + redo).compactMap(\.self))
  }
}

/// A part that has to be on the disk before the file that names it.
package struct NamedPart {
  package let digest: String
  /// `nil` if it was written, or read, through this cache before.
  package let bytes: [UInt8]?
  package let content: SessionPart
}
