import Files
import SessionFormat
import Wizard

/// A session that was found.
package struct LoadedSession: Sendable {
  package enum Origin: Hashable, Sendable {
    /// The one that was saved last, or the one that was asked for.
    case latest, named
    /// The latest one could not be used: this is the next by age.
    case otherSession
    case backup(generation: Int)
    /// In `archive/`, under that day.
    case archive(day: String)
  }

  package internal(set) var document: SessionDocument
  package let trust: Trust
  package let origin: Origin
  /// The same whether or not the whole of it was read.
  package var header: SessionHeader { document.header }
  /// The file it was read from, with the home directory as `~`.
  package let path: String
  /// For a session edited by hand, its newest backup that was not.
  package let backup: SessionDocument?
  /// Of the session's own file, from before it was read.
  var status: FileStatus?
}

/// What a search for a session came to.
package struct LoadResult: Sendable {
  /// `nil`: there is nothing to resume.
  package var found: LoadedSession?
  /// What was not as it should be, as sentences; not escaped for the screen.
  package var warnings: [String] = []
  /// What should be repaired. Reading never does that.
  package var repairs: [Repair] = []
  /// The day under which it was archived until it was opened.
  package var archivedOn: String?
}
