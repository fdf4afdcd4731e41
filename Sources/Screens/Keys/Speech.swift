import Wizard

/// How a front says what a person can do.
enum Speech {
  /// With the keys of the table.
  case keys
  /// With the words that are typed.
  case words

  /// The sentence, and after it what can be done about it as far as this front can do it:
  /// `No unit was created yet; r tries again.`
  func told(_ sentence: String, _ ways: [Way]) -> String {
    let told = ways.compactMap { way in name(of: way.action).map { "\($0) \(way.does)" } }
    if told.isEmpty { return sentence }
    let isEnded = sentence.hasSuffix(".")
    return (isEnded ? "\(sentence.dropLast()); " : "\(sentence) - ")
      + told.joined(separator: ", ") + "."
  }

  /// That an action has to be asked for twice in a row.
  func twice(_ action: Way.Action, _ does: String) -> String {
    let name = name(of: action) ?? ""
    // Another key than in lower case.
    if self == .keys { return "\(name) again \(does); any other key changes nothing." }
    return
      "\(name.prefix(1).uppercased())\(name.dropFirst()) again \(does); anything else changes nothing."
  }

  func told(_ notice: Notice) -> String { told(notice.sentence, notice.ways) }

  func told(_ failure: Failure) -> String { told(failure.message, failure.ways) }

  /// What asks for an action: `r`, or `the word retry`. `nil` if nothing does.
  func name(of action: Way.Action) -> String? {
    switch self {
    case .keys: action.keyNames
    case .words: action.words
    }
  }
}

extension Way.Action {
  fileprivate var keyNames: String? {
    let names = actions.compactMap { action in
      Binding.table.first { $0.action == action }?.keys.last?.name
    }
    return names.isEmpty ? nil : names.joined(separator: " or ")
  }

  fileprivate var words: String? {
    switch self {
    case .goOn: "an empty line"
    case .choose: PlainCommand.word(for: .choose)
    case .chooseShown: PlainCommand.word(for: .all)
    default:
      PlainCommand.table.first { command in
        guard case .keys(let meant) = command.meaning else { return false }
        return meant.contains(where: actions.contains)
      }.map(\.called)
    }
  }

  private var actions: [Action] {
    switch self {
    case .goOn: [.goOn]
    case .goBack: [.back]
    case .stop: [.escape]
    case .leave: [.leave]
    case .retry: [.retry]
    case .retryOne: [.retryOne]
    case .retryFailed: [.retryFailed]
    case .skip: [.skip]
    case .undo: [.undo]
    case .choose: [.choose]
    case .chooseShown: [.chooseShown]
    case .open: [.open]
    case .viewLeftOut: [.viewLeftOut]
    case .editProposal: [.editProposal]
    case .nameNamespace: [.editNamespace]
    case .viewOmissions: [.omissions]
    case .sync: [.sync]
    case .leaveAsIs: [.leaveAsIs]
    case .update: [.update]
    case .rename: [.renameOurs]
    case .takeOver: [.takeOver]
    case .resume: [.resume]
    case .beginNew: [.new]
    case .delete: [.delete]
    case .look: [.tab(.cluster), .tab(.configHub)]
    case .viewWorkerLog: [.viewWorkerLog]
    case .viewCommands: [.viewCommands]
    case .writeReport: [.writeReport]
    }
  }
}

extension PlainCommand {
  fileprivate static func word(for meaning: Meaning) -> String? {
    table.first { $0.meaning == meaning }.map(\.called)
  }

  fileprivate var called: String { "the word \(words[0])" }
}
