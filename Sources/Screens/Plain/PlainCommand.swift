/// A word that answers the wizard on plain lines. Most words stand for a key, and work where the
/// key works.
struct PlainCommand {
  enum Meaning: Equatable {
    /// Presses the key of the first of these actions that works here.
    case keys([Action])
    /// Choose rows; choose these rows alone; leave rows out.
    case choose, only, without
    case all, none
    case yes, no
    case list, more, show, help
    /// Take the other one of two ways.
    case switched
  }

  var words: [String]
  var meaning: Meaning
  /// What follows the word, for the help: `N`, `N NAME`; empty for nothing.
  var arguments = ""
  /// `nil` means the help of the key.
  var help: String?

  var needsRows: Bool { arguments.hasPrefix("N") }
  /// A text follows the numbers of the rows.
  var takesText: Bool { arguments.hasPrefix("N ") }

  static let table: [PlainCommand] = [
    PlainCommand(
      words: ["yes", "y"], meaning: .yes,
      help: "begin to write, or to remove; or wait and leave, if asked"),
    PlainCommand(
      words: ["no"], meaning: .no, help: "do not write or remove, go back; or stay, if asked"),
    PlainCommand(words: ["resume"], meaning: .keys([.resume])),
    PlainCommand(words: ["backup"], meaning: .keys([.resumeBackup])),
    PlainCommand(words: ["new"], meaning: .keys([.new])),
    PlainCommand(words: ["delete"], meaning: .keys([.delete])),
    PlainCommand(words: ["choose"], meaning: .choose, arguments: "N", help: "choose rows: 1-3,7"),
    PlainCommand(words: ["not"], meaning: .without, arguments: "N", help: "leave rows out: 2,5-6"),
    PlainCommand(
      words: ["only"], meaning: .only, arguments: "N", help: "choose these rows, and no others"),
    PlainCommand(words: ["all"], meaning: .all, help: "choose all rows that the filter shows"),
    PlainCommand(words: ["none"], meaning: .none, help: "choose none of them"),
    PlainCommand(
      words: ["edit", "rename"], meaning: .keys([.edit, .renameOurs]), arguments: "N NAME"),
    PlainCommand(words: ["name"], meaning: .keys([.editNamespace])),
    PlainCommand(
      words: ["switch"], meaning: .switched, arguments: "N",
      help: "of Layout to Other objects, take the other one"),
    PlainCommand(
      words: ["out"], meaning: .keys([.leaveOut]), arguments: "N",
      help: "leave units out, all of these at once: 5-8"),
    PlainCommand(words: ["leftout"], meaning: .keys([.viewLeftOut])),
    PlainCommand(words: ["open"], meaning: .keys([.open]), arguments: "N"),
    PlainCommand(
      words: ["merge", "move"], meaning: .keys([.merge, .move]), arguments: "N NAME",
      help: "put units, or objects of a unit, into a unit; without NAME, one of a list"),
    PlainCommand(words: ["split"], meaning: .keys([.split]), arguments: "N"),
    PlainCommand(
      words: ["labels"], meaning: .keys([.editLabels]), arguments: "N LABELS",
      help: "of one unit all its labels; of several: name=value sets one, name=- takes it away"),
    PlainCommand(words: ["editor"], meaning: .keys([.editProposal])),
    PlainCommand(words: ["preview"], meaning: .keys([.preview, .compare]), arguments: "N"),
    PlainCommand(words: ["keep"], meaning: .keys([.leaveAsIs]), arguments: "N"),
    PlainCommand(words: ["replace"], meaning: .keys([.update]), arguments: "N"),
    PlainCommand(words: ["again"], meaning: .keys([.retryOne]), arguments: "N"),
    PlainCommand(words: ["failed"], meaning: .keys([.retryFailed])),
    PlainCommand(words: ["retry"], meaning: .keys([.retry])),
    PlainCommand(words: ["skip"], meaning: .keys([.skip])),
    PlainCommand(words: ["undo"], meaning: .keys([.undo])),
    PlainCommand(words: ["redo"], meaning: .keys([.redo])),
    PlainCommand(words: ["group"], meaning: .keys([.group])),
    PlainCommand(words: ["column"], meaning: .keys([.columnRight])),
    PlainCommand(words: ["sort"], meaning: .keys([.sort])),
    PlainCommand(words: ["reverse"], meaning: .keys([.reverse])),
    PlainCommand(words: ["list"], meaning: .list, help: "everything here once more"),
    PlainCommand(words: ["more"], meaning: .more, help: "the rows that come next"),
    PlainCommand(words: ["show"], meaning: .show, arguments: "N", help: "all about a row"),
    PlainCommand(words: ["missing"], meaning: .keys([.omissions])),
    PlainCommand(words: ["keepworker"], meaning: .keys([.keepWorker])),
    PlainCommand(words: ["output"], meaning: .keys([.viewWorkerLog])),
    PlainCommand(words: ["report"], meaning: .keys([.writeReport])),
    PlainCommand(words: ["remove"], meaning: .keys([.undoImport])),
    PlainCommand(words: ["sync"], meaning: .keys([.sync])),
    PlainCommand(words: ["elsewhere"], meaning: .keys([.showArrivals])),
    PlainCommand(words: ["takeover"], meaning: .keys([.takeOver])),
    PlainCommand(words: ["commands"], meaning: .keys([.viewCommands])),
    PlainCommand(words: ["log"], meaning: .keys([.viewLog])),
    PlainCommand(words: ["stop"], meaning: .keys([.escape, .explain, .stay, .closeView])),
    PlainCommand(words: ["back"], meaning: .keys([.back])),
    PlainCommand(words: ["quit", "q", "leave"], meaning: .keys([.leave, .closeView])),
    PlainCommand(words: ["?", "help"], meaning: .help, help: "this list"),
  ]

  /// Whether the word does something where a key would go to this focus.
  func works(in focus: Focus) -> Bool {
    switch meaning {
    case .keys: binding(in: focus) != nil
    case .choose, .only, .without, .all, .none: focus.plain?.numbers == .choose
    case .switched: focus == .screen(.select)
    case .yes, .no:
      focus == .screen(.confirming) || focus == .screen(.removal) || focus == .layer(.leaving)
    case .show: focus == .screen(.contexts) || focus.plain?.showsRows == true
    case .list, .more, .help: true
    }
  }

  /// The key that the word stands for.
  func binding(in focus: Focus) -> Binding? {
    guard case .keys(let actions) = meaning else { return nil }
    return actions.lazy.compactMap { focus.binding(of: $0) }.first
  }

  func line(in focus: Focus) -> String {
    let usage = words[0] + (arguments.isEmpty ? "" : " \(arguments)")
    return "\(usage): \(help ?? binding(in: focus)?.help ?? "")"
  }

  /// The command of a word; a single character that is a key finds the command of that key.
  static func find(_ word: String, in focus: Focus) -> PlainCommand? {
    if let command = table.first(where: { $0.words.contains(word.lowercased()) }) { return command }
    guard word.count == 1, let character = word.first,
      let action = Binding.find(.character(character), in: focus)?.action
    else { return nil }
    return table.first { command in
      guard case .keys(let actions) = command.meaning else { return false }
      return actions.contains(action) && !command.needsRows
    }
  }
}

extension Focus {
  /// How plain lines answer the screen; `nil` for a layer.
  var plain: PlainAnswers? {
    switch self {
    case .screen(let screen): screen.room.plain
    case .layer: nil
    }
  }
}

extension PlainAnswers {
  /// Whether the word `show` tells about a row.
  fileprivate var showsRows: Bool {
    switch numbers {
    case .choose, .show, .takeSeveral: true
    case .nothing, .take: false
    }
  }
}
