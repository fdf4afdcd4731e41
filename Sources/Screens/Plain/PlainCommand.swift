/// A word that can be answered where the wizard asks on plain lines. Most stand for a key, and
/// work where it does.
struct PlainCommand {
  enum Meaning: Equatable {
    case key(Action)
    /// Choose rows; choose those and no others; leave rows out.
    case choose, only, without
    case all, none
    case yes, no
    case list, more, show, help
  }

  var words: [String]
  var meaning: Meaning
  /// What follows the word, for the help: `N`, `N NAME`; empty for nothing.
  var arguments = ""
  /// `nil` takes the key's.
  var help: String?

  var needsRows: Bool { arguments.hasPrefix("N") }

  static let table: [PlainCommand] = [
    PlainCommand(
      words: ["yes", "y"], meaning: .yes, help: "begin to write; or wait and leave, if asked"),
    PlainCommand(words: ["no"], meaning: .no, help: "do not write, go back; or stay, if asked"),
    PlainCommand(words: ["resume"], meaning: .key(.resume)),
    PlainCommand(words: ["backup"], meaning: .key(.resumeBackup)),
    PlainCommand(words: ["new"], meaning: .key(.new)),
    PlainCommand(words: ["delete"], meaning: .key(.delete)),
    PlainCommand(words: ["choose"], meaning: .choose, arguments: "N", help: "choose rows: 1-3,7"),
    PlainCommand(words: ["not"], meaning: .without, arguments: "N", help: "leave rows out: 2,5-6"),
    PlainCommand(
      words: ["only"], meaning: .only, arguments: "N", help: "choose these rows, and no others"),
    PlainCommand(words: ["all"], meaning: .all, help: "choose all rows that the filter shows"),
    PlainCommand(words: ["none"], meaning: .none, help: "choose none of them"),
    PlainCommand(words: ["edit", "rename"], meaning: .key(.edit), arguments: "N NAME"),
    PlainCommand(words: ["switch"], meaning: .key(.takeOther), arguments: "N"),
    PlainCommand(words: ["out"], meaning: .key(.leaveOut), arguments: "N"),
    PlainCommand(words: ["open"], meaning: .key(.open), arguments: "N"),
    PlainCommand(words: ["merge", "move"], meaning: .key(.moveOrMerge), arguments: "N NAME"),
    PlainCommand(words: ["split"], meaning: .key(.split), arguments: "N"),
    PlainCommand(words: ["labels"], meaning: .key(.editLabels), arguments: "N LABELS"),
    PlainCommand(words: ["editor"], meaning: .key(.editProposal)),
    PlainCommand(words: ["preview"], meaning: .key(.preview), arguments: "N"),
    PlainCommand(words: ["keep"], meaning: .key(.leaveAsIs), arguments: "N"),
    PlainCommand(words: ["replace"], meaning: .key(.update), arguments: "N"),
    PlainCommand(words: ["again"], meaning: .key(.retryOne), arguments: "N"),
    PlainCommand(words: ["retry"], meaning: .key(.retry)),
    PlainCommand(words: ["skip"], meaning: .key(.skip)),
    PlainCommand(words: ["undo"], meaning: .key(.undo)),
    PlainCommand(words: ["redo"], meaning: .key(.redo)),
    PlainCommand(words: ["group"], meaning: .key(.group)),
    PlainCommand(words: ["sort"], meaning: .key(.sort)),
    PlainCommand(words: ["reverse"], meaning: .key(.reverse)),
    PlainCommand(words: ["list"], meaning: .list, help: "everything here once more"),
    PlainCommand(words: ["more"], meaning: .more, help: "the rows that come next"),
    PlainCommand(words: ["show"], meaning: .show, arguments: "N", help: "all about a row"),
    PlainCommand(words: ["missing"], meaning: .key(.leftOut)),
    PlainCommand(words: ["keepworker"], meaning: .key(.keepWorker)),
    PlainCommand(words: ["output"], meaning: .key(.viewWorkerLog)),
    PlainCommand(words: ["report"], meaning: .key(.writeReport)),
    PlainCommand(words: ["commands"], meaning: .key(.viewCommands)),
    PlainCommand(words: ["log"], meaning: .key(.viewLog)),
    PlainCommand(words: ["stop"], meaning: .key(.escape)),
    PlainCommand(words: ["back"], meaning: .key(.back)),
    PlainCommand(words: ["quit", "q", "leave"], meaning: .key(.leave)),
    PlainCommand(words: ["?", "help"], meaning: .help, help: "this list"),
  ]

  private static let choosing: Set<Scope> = [.namespaces, .review]

  func works(in scope: Scope) -> Bool {
    switch meaning {
    case .key(let action): binding(of: action, in: scope) != nil
    case .choose, .only, .without, .all, .none: Self.choosing.contains(scope)
    case .yes, .no: scope == .confirming || scope == .leaving
    case .show: [.namespaces, .review, .select, .members, .contexts].contains(scope)
    case .list, .more, .help: true
    }
  }

  func binding(of action: Action, in scope: Scope) -> Binding? {
    Binding.table.first { $0.action == action && $0.scopes.contains(scope) }
  }

  func line(in scope: Scope) -> String {
    var text = help ?? ""
    if case .key(let action) = meaning, help == nil {
      text = binding(of: action, in: scope)?.help ?? ""
    }
    let usage = words[0] + (arguments.isEmpty ? "" : " \(arguments)")
    return "\(usage): \(text)"
  }

  /// The command of a word, or of a single key that stands for one.
  static func find(_ word: String, in scope: Scope) -> PlainCommand? {
    if let command = table.first(where: { $0.words.contains(word.lowercased()) }) { return command }
    guard word.count == 1, let character = word.first,
      let action = Binding.find(.character(character), in: scope)?.action
    else { return nil }
    return table.first { $0.meaning == .key(action) && !$0.needsRows }
  }
}
