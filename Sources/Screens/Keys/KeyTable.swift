import TerminalText

/// What a key asks for: each is one line of the table of keys.
enum Action: Hashable, Sendable {
  case up, down, pageUp, pageDown, first, last
  case nextTab, previousTab, tab(ViewState.Tab)
  case choose, chooseShown, chooseAll, takeOther, filter
  case group, sort, reverse, columns, fold, unfold, foldAll
  case details, omissions
  case goOn, close, escape, explain, back, retry, skip
  case viewWorkerLog, keepWorker, writeReport, undoImport
  case retryOne, open, merge, move, split, editLabels, editProposal, preview, compare
  case edit, editNamespace, renameOurs, leaveOut, update, leaveAsIs, undo, redo
  case resume, resumeBackup, new, delete, start, viewInConfigHub
  case sync, syncOn, syncOff, takeOver, showArrivals
  case viewCommands, viewLog, olderLog, newerLog, sessions, takeSession
  case shiftLeft, shiftRight, openPager, toggleMouse
  case takeText, dropText, previousSpace, nextSpace, text(TextEdit)
  case keepFilter, dropFilter, upWhileFiltering, downWhileFiltering
  case help, leave, confirmLeaving, stay, leaveNow, suspend, redraw
}

/// One line of the table of keys: the key line, the help, the man page and README are made from it,
/// or held to it. What a key does, and where, is said by the screens and the layers.
struct Binding: Sendable {
  let keys: [Key]
  let action: Action
  /// For the key line, one or two words; `nil` if it is not shown there.
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
  /// Every key of the wizard, in the order of the help.
  static let table: [Binding] = screens + typing

  /// The binding that a key has where it goes.
  static func find(_ key: Key, in focus: Focus) -> Binding? {
    focus.bindings.first { $0.keys.contains(key) }
  }

  private static let screens: [Binding] = [
    Binding([.character("?")], .help, "help", "this help"),
    Binding(
      [.character("q")], .leave, "leave", "leave, saved; asks only while something is written"),
    Binding([.enter], .goOn, "go on", "go on; on a name: edit it"),
    Binding([.enter], .close, "back", "close what is open"),
    Binding([.character(" ")], .choose, "choose", "choose or leave out the row, or its group"),
    Binding(
      [.character(" ")], .takeOther, nil,
      "on Layout to Other objects, as enter does: take the other one"),
    Binding(
      [.character("a")], .chooseShown, "all shown", "choose all rows that are shown; again: none"),
    Binding([.control("a")], .chooseAll, nil, "choose all rows, hidden ones too"),
    Binding(
      [.character("/")], .filter, "filter",
      "show only rows with a text; for workloads also owner: ns: kind: label:KEY=VALUE image: "
        + "ready: chosen: new:, all of which have to hold"),
    Binding(
      [.character("p")], .details, "details",
      "all about the workload, with the object as the cluster has it; again: back"),
    Binding([.character("b")], .group, "group", "group by namespace, owner, application, or not"),
    Binding([.character("o")], .sort, "sort", "sort by the next column"),
    Binding([.character("O")], .reverse, nil, "sort the other way round"),
    Binding([.character("c")], .columns, nil, "show the images, too; fewer columns; as usual"),
    Binding([.left], .fold, nil, "fold the group away"),
    Binding([.right], .unfold, nil, "show the group's rows"),
    Binding([.character("z")], .foldAll, nil, "fold all groups, or show all"),
    Binding(
      [.character("l")], .omissions, nil, "what the scan could not read, left out, and saw change"),
    Binding([.character("e")], .edit, "edit", "edit the name"),
    Binding(
      [.character("e")], .editNamespace, nil, "name a namespace that is not in the list"),
    Binding(
      [.character("e")], .renameOurs, nil,
      "of a unit that differs: give ours another name; once more: its own"),
    Binding([.character("o")], .open, nil, "what the unit holds, object by object"),
    Binding([.character("m")], .merge, nil, "merge the unit with another"),
    Binding([.character("m")], .move, "move", "move the object to another unit"),
    Binding([.character("s")], .split, nil, "split the unit, one for each workload"),
    Binding([.character("L")], .editLabels, nil, "edit the unit's labels"),
    Binding(
      [.character("E")], .editProposal, nil,
      "edit the whole proposal in $VISUAL or $EDITOR, as a plan file"),
    Binding([.character("p")], .preview, "preview", "the unit's YAML, and the live objects"),
    Binding(
      [.character("p")], .compare, nil,
      "of a unit that differs: what would change; of others: the YAML"),
    Binding([.character("d")], .leaveOut, "leave out", "leave the unit out"),
    Binding(
      [.character("U")], .update, nil,
      "of a unit that differs: replace what ConfigHub has; once more: not decided"),
    Binding(
      [.character("K")], .leaveAsIs, nil,
      "of a unit that differs: keep what ConfigHub has; once more: not decided"),
    Binding([.character("u")], .undo, "undo", "take back the last choice of this step"),
    Binding([.control("r")], .redo, nil, "make the choice again that was taken back"),
    Binding([.character("s")], .skip, "skip", "leave this step out"),
    Binding([.character("r")], .retry, "retry", "refresh, or try again what failed"),
    Binding([.character("t")], .retryOne, nil, "try the failed unit of this row again"),
    Binding(
      [.character("r"), .character("R")], .takeSession, "resume",
      "resume the session here; restore what is archived, or an earlier generation"),
    Binding([.escape], .escape, "stop/back", "stop what runs; else one level back"),
    Binding([.escape], .explain, nil, "say what can be answered"),
    Binding([.enter], .confirmLeaving, nil, "asked whether to leave: do it"),
    Binding([.escape], .stay, "stay", "asked whether to leave: stay"),
    Binding([.backspace], .back, "back", "previous step"),
    Binding([.character("r"), .character("R")], .resume, "resume", "resume the session"),
    Binding(
      [.character("b"), .character("B")], .resumeBackup, nil,
      "resume the backup, where the session was edited by hand"),
    Binding(
      [.character("n"), .character("N")], .new, "new",
      "begin a new session; the old one is archived"),
    Binding(
      [.character("d"), .character("D")], .delete, "delete", "delete the session and begin anew"),
    Binding(
      [.character("i"), .character("I")], .start, "import",
      "go to the import; after one that is complete, begin a new one"),
    Binding(
      [.character("Y")], .sync, nil,
      "whether sessions of this organisation are kept in ConfigHub, too: shows what goes up, and asks"
    ),
    Binding(
      [.character("y")], .syncOn, "keep there, too", "asked about ConfigHub: keep them there"),
    Binding([.character("n")], .syncOff, "only here", "asked about ConfigHub: keep them only here"),
    Binding(
      [.character("e"), .character("E")], .showArrivals, "elsewhere",
      "sessions of yours that ConfigHub keeps, from other machines"),
    Binding(
      [.character("T")], .takeOver, nil,
      "drive the session here that somebody drives elsewhere; once more: do it"),
    Binding([.character("v"), .character("V")], .viewLog, "log", "view the session's log"),
    Binding(
      [.character("x")], .viewCommands, nil,
      "the command line that does the same without questions, and what was run"),
    Binding([.character("[")], .olderLog, "older", "the log of the run before"),
    Binding([.character("]")], .newerLog, "newer", "the log of the run after"),
    Binding(
      [.character("S")], .sessions, nil, "all sessions: look at them, go to one, restore one"),
    Binding(
      [.character("w")], .viewWorkerLog, nil, "view what the worker started here has written"),
    Binding(
      [.character("W")], .keepWorker, nil,
      "leave the worker started here running when the wizard ends, or not"),
    Binding([.character("m")], .writeReport, "report", "write the report as a Markdown file"),
    Binding(
      [.character("X")], .undoImport, nil,
      "take the import back: remove what it created and nobody changed, after asking"),
    Binding(
      [.character("h"), .character("H")], .viewInConfigHub, "hub",
      "where to see it in ConfigHub; the address is copied, if the terminal has a clipboard"),
    Binding([.up, .character("k")], .up, nil, "one row up"),
    Binding([.down, .character("j")], .down, nil, "one row down"),
    Binding([.pageUp], .pageUp, nil, "one page up"),
    Binding([.pageDown], .pageDown, nil, "one page down"),
    Binding([.home, .character("g")], .first, nil, "first row"),
    Binding([.end, .character("G")], .last, nil, "last row"),
    Binding(
      [.left], .shiftLeft, nil, "move lines that are longer than the screen is wide to the right"),
    Binding([.right], .shiftRight, "longer lines", "show more of long lines"),
    Binding([.character("|")], .openPager, nil, "the same text in $PAGER"),
    Binding([.tab], .nextTab, nil, "next tab"),
    Binding([.backtab], .previousTab, nil, "previous tab"),
    Binding([.character("1")], .tab(.cluster), nil, "tab Cluster"),
    Binding([.character("2")], .tab(.configHub), nil, "tab ConfigHub"),
    Binding([.character("3")], .tab(.importing), nil, "tab Import"),
    Binding([.control("c")], .leaveNow, nil, "leave now, saved"),
    Binding([.control("z")], .suspend, nil, "suspend"),
    Binding(
      [.character("M")], .toggleMouse, nil,
      "use the mouse for rows, keys and tabs, or leave it to the terminal; remembered"),
    Binding([.control("l")], .redraw, nil, "draw the screen anew"),
  ]
}
