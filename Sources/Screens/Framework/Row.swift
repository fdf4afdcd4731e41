import TerminalText
import Wizard

/// A row that the cursor can stand on.
struct Row: Hashable {
  enum ID: Hashable, Sendable {
    case context(String)
    /// A session that ConfigHub keeps.
    case arrival(String)
    case namespace(String)
    case workload(WorkloadKey)
    /// The head of a group of workloads.
    case group(String)
    case appSpace, hub, layout, unitContents, replicas, unclaimed
    case unit(WorkloadKey)
    case member(ObjectReference)
    case worker(String)
    case localWorker, clusterWorker, serverWorker, skipWorker
    case goBack, create
    /// All units that differ and are not decided.
    case conflicts
    /// The head of rows that belong together.
    case section(String)
    case session(String, StoredSession.Place)
    case generation(Int)
    case log(String)
    case text(Int)
    /// What the row before has no room for.
    case rest(Int)
    /// A line of the command that the row before is about.
    case command(Int)
  }

  enum Mark: Hashable {
    case chosen, unchosen, partlyChosen, fixed, done, current, todo, failed, warning
  }

  var id: ID
  var mark: Mark?
  /// A person has marked it: see ``Marks``.
  var isMarked = false
  var cells: [String]
  var style = Style.plain
  /// For the head of a group.
  var fold: Fold?
  /// Of rows that are of use only together: what all of them say, so that a filter parts none.
  var whole: [String] = []
  /// What is copied of it: commands, or an address.
  var copied: String?
  /// It is a button; this key does the same wherever the cursor is.
  var button: Key?

  enum Fold: Hashable { case folded, unfolded }

  /// What the filter looks at; the text is in lower case.
  func contains(_ lowercased: [UInt8]) -> Bool {
    (whole.isEmpty ? cells : whole).contains { $0.holds(lowercased) }
  }

  /// `[ Back ]`
  static func button(_ id: ID, _ word: String, _ key: Key? = nil) -> Row {
    var row = Row(id: id, cells: ["[ \(word) ]"], style: Style(bold: true))
    row.button = key
    return row
  }

  static func section(_ title: String) -> Row {
    Row(id: .section(title), cells: [title], style: Style(bold: true))
  }

  var isCommand: Bool { if case .command = id { true } else { false } }

  /// Part of what the row before says.
  var isContinued: Bool { if case .rest = id { true } else { isCommand } }
}

extension String {
  /// Whether it has the text, which is in lower case, in any case of its own.
  func holds(_ text: [UInt8]) -> Bool {
    var whole = self
    let found = whole.withUTF8 { bytes -> Bool? in
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      guard let head = text.first else { return true }
      func lower(_ index: Int) -> UInt8 {
        (0x41...0x5A).contains(bytes[index]) ? bytes[index] | 0x20 : bytes[index]
      }
      for start in 0..<max(0, bytes.count - text.count + 1) where lower(start) == head {
        if text.indices.allSatisfy({ lower(start + $0) == text[$0] }) { return true }
      }
      return false
    }
    return found ?? lowercased().contains(String(decoding: text, as: UTF8.self))
  }
}

/// Rows that are made when they are looked at.
struct Rows: RandomAccessCollection {
  let count: Int
  private let make: (Int) -> Row

  init(count: Int, make: @escaping (Int) -> Row) {
    self.count = count
    self.make = make
  }

  init(_ rows: [Row]) { self.init(count: rows.count) { rows[$0] } }

  var startIndex: Int { 0 }
  var endIndex: Int { count }
  subscript(index: Int) -> Row { make(index) }
}
