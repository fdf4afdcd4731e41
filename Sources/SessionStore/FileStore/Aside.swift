import Files
import Glibc

// Where what is put aside goes: `ID.1.json`, `ID.2.json`, … in `conflicts` or `corrupt`.

extension Directory {
  /// Gives a file a second name where nothing has that name yet: `ID.1.json`, `ID.2.json`, …; or
  /// copies it, or moves it, where that is not possible. Answers where that is, for a person.
  func keepAside(_ name: String, of id: String, in other: Directory) throws -> String {
    let status = try status(of: name)
    var number = 1
    while true {
      let free = SessionName.file(id, number)
      if let there = try other.status(of: free) {
        // From a save that was interrupted.
        if let status, there.isSameFile(as: status) { return other.path(of: free) }
      } else {
        do throws(CallError) {
          try link(name, to: other, as: free)
          try other.sync()
          return other.path(of: free)
        } catch {
          guard error.code != EEXIST else { continue }
          guard error.meansNoLinks else { throw error }
        }
        if try !copy(name, to: other, as: free) { try move(name, to: other, as: free) }
        try other.sync()
        return other.path(of: free)
      }
      number += 1
    }
  }

  /// Moves a file to where nothing has its name yet. Answers where that is, for a person.
  @discardableResult
  func setAside(_ name: String, of id: String, in other: Directory) throws -> String {
    let ending = name.hasSuffix(SessionName.compressed) ? SessionName.compressed : ""
    var number = 1
    while true {
      let free = SessionName.file(id, number) + ending
      do {
        try move(name, to: other, as: free)
        return other.path(of: free)
      } catch let error as CallError where error.code == EEXIST {
        number += 1
      }
    }
  }
}
