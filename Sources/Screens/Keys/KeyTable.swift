import TerminalText
import Wizard

/// What a key asks for: each is one line of the table of keys.
enum Action: Hashable, Sendable {
  case up, down, pageUp, pageDown, first, last
  case nextTab, previousTab
  case tab(ViewState.Tab)
  case choose, chooseShown, chooseAll, mark, markShown, filter
  case group, sort, reverse, columns, fold, unfold, foldAll
  case columnLeft, columnRight, pane
  case details, omissions, search, nextMatch, previousMatch
  case goOn, close, closeView, escape, explain, back, retry, skip
  case viewWorkerLog, keepWorker, writeReport, undoImport
  case retryOne, retryFailed, create, backButton, copy, open, merge, move, split, editLabels,
    editProposal, viewLeftOut, preview, compare
  case edit, editNamespace, renameOurs, leaveOut, update, leaveAsIs, undo, redo
  case resume, resumeBackup, new, delete, start, viewInConfigHub
  case sync, syncOn, syncOff, takeOver, showArrivals
  case viewCommands, viewLog, olderLog, newerLog, sessions, takeSession
  case shiftLeft, shiftRight, openPager, toggleMouse
  case takeText, dropText
  case text(TextEdit)
  case keepFilter, dropFilter, upWhileFiltering, downWhileFiltering
  case keepSearch, dropSearch
  case takeAction, dropActions, previousAction, nextAction
  case takeName, dropNames, previousName, nextName, completeName
  case help, actions, leave, confirmLeaving, stay, leaveNow, suspend, redraw
}

/// One line of the table of keys: the key line, the help, the man page and README are made from it,
/// or held to it. What a key does, and where, is said by the screens and the layers.
struct Binding: Sendable {
  var keys: [Key]
  let action: Action
  /// For the key line, one to three words; `nil` if it is not shown there.
  let label: String?
  let help: String

  init(_ keys: [Key], _ action: Action, _ label: String?, _ help: String) {
    self.keys = keys
    self.action = action
    self.label = label
    self.help = help
  }

  /// Where it works.
  var focuses: Set<Focus> {
    Set(Focus.allCases.filter { $0.handler(of: action) != nil })
  }
}

extension Binding {
  /// A part of the help, by what its keys are for.
  enum Section: String, CaseIterable, Sendable {
    case onAndBack = "On, back and out"
    case choices = "Choices"
    case looking = "Looking"
    case moving = "Moving"
    case session = "Sessions"
    case program = "The program"
    case typing = "In a text that is typed"

    /// With the keys that the person wants for them.
    var bindings: [Binding] {
      usual.map { binding in
        var binding = binding
        binding.keys = KeyMap.keys(of: binding.action) ?? binding.keys
        return binding
      }
    }

    /// With their usual keys.
    var usual: [Binding] {
      switch self {
      case .onAndBack: Binding.onAndBack
      case .choices: Binding.choices
      case .looking: Binding.looking
      case .moving: Binding.moving
      case .session: Binding.session
      case .program: Binding.program
      case .typing: Binding.typing
      }
    }
  }

  /// Every key of the wizard, in the order of the help.
  static let table: [Binding] = Section.allCases.flatMap(\.bindings)

  /// The binding that a key has where it goes.
  static func find(_ key: Key, in focus: Focus) -> Binding? {
    focus.bindings.first { $0.keys.contains(key) }
  }
}
