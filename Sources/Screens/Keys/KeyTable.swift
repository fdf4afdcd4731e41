import TerminalText

/// What a key asks for.
public enum Action: Hashable, Sendable {
  case up, down, pageUp, pageDown, first, last
  case nextTab, previousTab, tab(ViewState.Tab)
  case choose, chooseShown, chooseAll, takeOther, filter
  case group, sort, reverse, columns, fold, unfold, foldAll
  case details, leftOut
  case goOn, escape, back, retry, skip
  case viewWorkerLog, keepWorker, writeReport, undoImport
  case retryOne, open, moveOrMerge, split, editLabels, editProposal, preview
  case edit, leaveOut, update, leaveAsIs, undo, redo
  case resume, resumeBackup, new, delete, start, viewInConfigHub
  case viewCommands, viewLog, olderLog, newerLog, sessions, takeSession
  case shiftLeft, shiftRight, openPager, toggleMouse
  case take, drop, text(TextEdit)
  case help, leave, leaveNow, suspend, redraw
}

/// One line of the table that makes the dispatch, the key line and the help.
public struct Binding: Sendable {
  public var keys: [Key]
  public var action: Action
  /// For the key line, one or two words; `nil` if it is not shown there.
  public var label: String?
  public var help: String
  /// Where it works.
  public var scopes: Set<Scope>

  init(_ keys: [Key], _ action: Action, _ label: String?, _ help: String, in scopes: Set<Scope>) {
    self.keys = keys
    self.action = action
    self.label = label
    self.help = help
    self.scopes = scopes
  }
}

extension Binding {
  static let everywhere = Set(Scope.allCases).subtracting([.editing, .filtering])
  /// Where no question has to be answered first.
  static let uncovered = everywhere.subtracting([.leaving])
  static let lists: Set<Scope> = [
    .contexts, .namespaces, .scanning, .review, .select, .members, .preview, .confirming,
    .creating, .workers, .installing, .binding, .verifying, .complete, .cluster, .sessions, .log,
    .help, .details, .leftOut,
  ]
  static let steps: Set<Scope> = [
    .contexts, .namespaces, .scanning, .review, .select, .members, .preview, .signingIn,
    .confirming, .creating,
    .workers, .connecting, .installing, .waiting, .binding, .verifying, .complete,
  ]
  /// Where workloads are looked at, and where they can be arranged.
  static let workloads = Scope.workloads.union([.scanning])
  static let arranged = Scope.workloads
  static let panel: Set<Scope> = [.prompt, .configHub]

  /// Every key of the wizard, in the order of the help.
  public static let table: [Binding] = screens + typing

  private static let screens: [Binding] = [
    Binding([.character("?")], .help, "help", "this help", in: Set(Scope.allCases)),
    Binding(
      [.character("q")], .leave, "leave", "leave, saved; asks only while something is written",
      in: everywhere),
    Binding(
      [.enter], .goOn, "go on", "go on; on a name: edit it",
      in: steps.union([.sessions])
        .subtracting([.scanning, .connecting, .waiting, .members, .preview])),
    Binding([.enter], .goOn, "back", "close what is open", in: [.members, .preview]),
    Binding(
      [.character(" ")], .choose, "choose", "choose or leave out the row, or its group",
      in: [
        .namespaces, .review,
      ]),
    Binding(
      [.character(" ")], .takeOther, nil, "on Layout or Units, as enter does: take the other one",
      in: [.select]),
    Binding(
      [.character("a")], .chooseShown, "all shown", "choose all rows that are shown; again: none",
      in: [
        .namespaces, .review,
      ]),
    Binding(
      [.control("a")], .chooseAll, nil, "choose all rows, hidden ones too",
      in: [
        .namespaces, .review,
      ]),
    Binding(
      [.character("/")], .filter, "filter",
      "show only rows with a text; for workloads also owner: ns: kind: label:KEY=VALUE image: "
        + "ready: chosen: new:, all of which have to hold",
      in: [
        .contexts, .namespaces, .scanning, .review, .select, .members, .creating, .binding,
        .verifying, .complete, .cluster, .sessions,
      ]),
    Binding(
      [.character("p")], .details, "details",
      "all about the workload, with the object as the cluster has it; again: back",
      in: workloads.union([.details])),
    Binding(
      [.character("b")], .group, "group", "group by namespace, owner, application, or not",
      in: arranged),
    Binding(
      [.character("o")], .sort, "sort", "sort by the next column", in: arranged),
    Binding([.character("O")], .reverse, nil, "sort the other way round", in: arranged),
    Binding(
      [.character("c")], .columns, nil, "show the images, too; fewer columns; as usual",
      in: arranged),
    Binding([.left], .fold, nil, "fold the group away", in: arranged),
    Binding([.right], .unfold, nil, "show the group's rows", in: arranged),
    Binding([.character("z")], .foldAll, nil, "fold all groups, or show all", in: arranged),
    Binding(
      [.character("l")], .leftOut, nil, "what the scan could not read, left out, and saw change",
      in: steps.union([.cluster, .leftOut])),
    Binding([.character("e")], .edit, "edit", "edit the name", in: [.select, .creating, .workers]),
    Binding(
      [.character("e")], .edit, nil, "of a unit that differs: give ours another name",
      in: [.confirming]),
    Binding(
      [.character("o")], .open, nil, "what the unit holds, object by object", in: [.select]),
    Binding(
      [.character("m")], .moveOrMerge, nil, "merge the unit with another", in: [.select]),
    Binding(
      [.character("m")], .moveOrMerge, "move", "move the object to another unit", in: [.members]),
    Binding(
      [.character("s")], .split, nil, "split the unit, one for each workload", in: [.select]),
    Binding([.character("L")], .editLabels, nil, "edit the unit's labels", in: [.select]),
    Binding(
      [.character("E")], .editProposal, nil,
      "edit the whole proposal in $VISUAL or $EDITOR, as a plan file", in: [.select]),
    Binding(
      [.character("p")], .preview, "preview", "the unit's YAML, and the live objects",
      in: [.select, .members]),
    Binding(
      [.character("p")], .preview, nil,
      "of a unit that differs: what would change; of others: the YAML",
      in: [.confirming, .creating]),
    Binding([.character("d")], .leaveOut, "leave out", "leave the unit out", in: [.select]),
    Binding(
      [.character("U")], .update, nil, "of a unit that differs: replace what ConfigHub has",
      in: [.confirming, .creating]),
    Binding(
      [.character("K")], .leaveAsIs, nil, "of a unit that differs: keep what ConfigHub has",
      in: [.confirming, .creating]),
    Binding(
      [.character("u")], .undo, "undo", "take back the last choice of this step",
      in: [.namespaces, .review, .select, .members]),
    Binding(
      [.control("r")], .redo, nil, "make the choice again that was taken back",
      in: [.namespaces, .review, .select, .members]),
    Binding(
      [.character("s")], .skip, "skip", "leave this step out",
      in: [.workers, .connecting, .waiting, .binding]),
    Binding(
      [.character("r")], .retry, "retry", "refresh, or try again what failed",
      in: steps.union([.details]).subtracting([.scanning, .members, .preview])),
    Binding(
      [.character("t")], .retryOne, nil, "try the failed unit of this row again",
      in: [.creating, .binding]),
    Binding(
      [.character("r"), .character("R")], .takeSession, "resume",
      "resume the session here; restore what is archived, or an earlier generation",
      in: [.sessions]),
    Binding(
      [.escape], .escape, "stop/back", "stop what runs; else one level back",
      in: uncovered.subtracting([.prompt])),
    Binding([.escape], .escape, nil, "say what can be answered", in: [.prompt]),
    Binding([.enter], .goOn, nil, "asked whether to leave: do it", in: [.leaving]),
    Binding([.escape], .escape, "stay", "asked whether to leave: stay", in: [.leaving]),
    Binding(
      [.backspace], .back, "back", "previous step",
      in: steps.union([.sessions]).subtracting([.members, .preview])),
    Binding(
      [.character("r"), .character("R")], .resume, "resume", "resume the session", in: panel),
    Binding(
      [.character("b"), .character("B")], .resumeBackup, nil,
      "resume the backup, where the session was edited by hand", in: [.prompt]),
    Binding(
      [.character("n"), .character("N")], .new, "new",
      "begin a new session; the old one is archived",
      in: panel),
    Binding(
      [.character("d"), .character("D")], .delete, "delete", "delete the session and begin anew",
      in: [.prompt]),
    Binding(
      [.character("i"), .character("I")], .start, "import", "go to the import", in: [.configHub]),
    Binding(
      [.character("v"), .character("V")], .viewLog, "log", "view the session's log",
      in: everywhere.subtracting([.leaving, .log, .help])),
    Binding(
      [.character("x")], .viewCommands, nil,
      "the command line that does the same without questions, and what was run",
      in: everywhere.subtracting([.leaving, .log, .help])),
    Binding([.character("[")], .olderLog, "older", "the log of the run before", in: [.log]),
    Binding([.character("]")], .newerLog, "newer", "the log of the run after", in: [.log]),
    Binding(
      [.character("S")], .sessions, nil, "all sessions: look at them, go to one, restore one",
      in: everywhere.subtracting([.leaving, .log, .help, .details, .leftOut])),
    Binding(
      [.character("w")], .viewWorkerLog, nil, "view what the worker started here has written",
      in: [.workers, .connecting, .waiting, .binding, .verifying, .complete]),
    Binding(
      [.character("W")], .keepWorker, nil,
      "leave the worker started here running when the wizard ends, or not",
      in: [.workers, .connecting, .waiting, .binding, .verifying, .complete]),
    Binding(
      [.character("m")], .writeReport, "report", "write the report as a Markdown file",
      in: [.verifying, .complete]),
    Binding(
      [.character("X")], .undoImport, nil,
      "leave, and remove what the session created and nobody changed, after asking",
      in: [.verifying, .complete]),
    Binding(
      [.character("h"), .character("H")], .viewInConfigHub, "hub", "where to see it in ConfigHub",
      in: [.configHub]),
    Binding([.up, .character("k")], .up, nil, "one row up", in: lists),
    Binding([.down, .character("j")], .down, nil, "one row down", in: lists),
    Binding([.pageUp], .pageUp, nil, "one page up", in: lists.union([.filtering])),
    Binding([.pageDown], .pageDown, nil, "one page down", in: lists.union([.filtering])),
    Binding([.home, .character("g")], .first, nil, "first row", in: lists),
    Binding([.end, .character("G")], .last, nil, "last row", in: lists),
    Binding(
      [.left], .shiftLeft, nil, "move lines that are longer than the screen is wide to the right",
      in: Scope.texts),
    Binding([.right], .shiftRight, "longer lines", "show more of long lines", in: Scope.texts),
    Binding(
      [.character("|")], .openPager, nil, "the same text in $PAGER",
      in: Scope.texts.union([.details])),
    Binding([.tab], .nextTab, nil, "next tab", in: uncovered),
    Binding([.backtab], .previousTab, nil, "previous tab", in: uncovered),
    Binding([.character("1")], .tab(.cluster), nil, "tab Cluster", in: uncovered),
    Binding([.character("2")], .tab(.configHub), nil, "tab ConfigHub", in: uncovered),
    Binding([.character("3")], .tab(.importing), nil, "tab Import", in: uncovered),
    Binding([.control("c")], .leaveNow, nil, "leave now, saved", in: Set(Scope.allCases)),
    Binding([.control("z")], .suspend, nil, "suspend", in: Set(Scope.allCases)),
    Binding(
      [.character("M")], .toggleMouse, nil,
      "use the mouse for rows, keys and tabs, or leave it to the terminal; remembered",
      in: uncovered),
    Binding([.control("l")], .redraw, nil, "draw the screen anew", in: Set(Scope.allCases)),
  ]

  /// The binding that a key has in a scope.
  static func find(_ key: Key, in scope: Scope) -> Binding? {
    table.first { $0.scopes.contains(scope) && $0.keys.contains(key) }
  }
}
