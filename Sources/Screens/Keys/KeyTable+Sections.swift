import TerminalText
import Wizard

extension Binding {
  static let onAndBack: [Binding] = [
    Binding(
      [.enter], .goOn, "go on", "go on, or take the row; the key line says which it is"),
    Binding([.enter], .close, "back", "close what is open"),
    Binding([.enter], .confirmLeaving, nil, "asked whether to leave: do it"),
    Binding(
      [.escape, .character("q")], .closeView, "close",
      "close what lies over the screen: help, a log, details, a preview, a list"),
    Binding(
      [.character("q")], .leave, "leave", "leave, saved; asks only while something is written"),
    Binding(
      [.escape], .escape, "stop/back",
      "show all rows again, take all marks off, stop what runs; else one level back"),
    Binding([.escape], .explain, nil, "say what can be answered"),
    Binding([.escape], .stay, "stay", "asked whether to leave: stay"),
    Binding([.backspace], .back, "back", "previous step"),
    Binding([.character("s")], .skip, "skip", "leave this step out"),
    Binding([.character("r")], .retry, "retry", "refresh, or try again what failed"),
    Binding([.character("t")], .retryOne, "retry this", "try the failed unit of this row again"),
    Binding(
      [.character("F")], .retryFailed, "try failed",
      "in a later step: try again the units that could not be created or bound"),
  ]

  static let choices: [Binding] = [
    Binding(
      [.character("c")], .create, "create",
      "where all is shown that is about to be written: create it, as the button does"),
    Binding(
      [.character("b")], .backButton, nil,
      "where it is asked whether to write or to remove: back, as the button does"),
    Binding([.character(" ")], .choose, "choose", "choose or leave out the row, or its group"),
    Binding(
      [.character(" ")], .mark, "mark",
      "in step 3: mark the unit or object, or take its mark off; on Layout to Other objects take the "
        + "other one"),
    Binding(
      [.character("a")], .chooseShown, "all shown", "choose all rows that are shown; again: none"),
    Binding(
      [.character("a")], .markShown, "mark all",
      "in step 3: mark all rows that are shown; again: none of them"),
    Binding([.control("a")], .chooseAll, "all", "choose all rows, hidden ones too"),
    Binding([.character("e")], .edit, "edit", "edit the name"),
    Binding(
      [.character("e")], .editNamespace, "name one", "name a namespace that is not in the list"),
    Binding(
      [.character("e")], .renameOurs, "rename",
      "of a unit that differs: give ours another name; once more: its own"),
    Binding(
      [.character("d")], .leaveOut, "leave out", "leave the unit out, or all that are marked"),
    Binding(
      [.character("D")], .viewLeftOut, "left out",
      "in step 3: what is in no unit, one or all of it to be taken back"),
    Binding(
      [.character("m")], .merge, "merge",
      "merge the unit, or all that are marked, with one of a list"),
    Binding(
      [.character("m")], .move, "move",
      "move the object, or all that are marked, to a unit of a list, or a new one"),
    Binding([.character("s")], .split, "split", "split the unit, one for each workload"),
    Binding(
      [.character("L")], .editLabels, "labels",
      "edit the unit's labels; of all that are marked: name=value sets one, name=- takes it away"),
    Binding(
      [.character("E")], .editProposal, "edit all",
      "edit the whole proposal in $VISUAL or $EDITOR, as a plan file"),
    Binding(
      [.character("U")], .update, "replace",
      "of a unit that differs: replace what ConfigHub has; once more: not decided"),
    Binding(
      [.character("K")], .leaveAsIs, "keep",
      "of a unit that differs: keep what ConfigHub has; once more: not decided"),
    Binding([.character("u")], .undo, "undo", "take back the last choice of this step"),
    Binding([.control("r")], .redo, "redo", "make the choice again that was taken back"),
  ]

  static let looking: [Binding] = [
    Binding(
      [.character("p")], .details, "details",
      "all about the workload, with the object as the cluster has it; again: back"),
    Binding(
      [.character("p")], .preview, "preview", "the unit's YAML, and the live objects"),
    Binding(
      [.character("p")], .compare, "preview",
      "of a unit that differs: what would change; of others: the YAML"),
    Binding(
      [.character("o")], .open, "open", "what the unit holds, object by object"),
    Binding(
      [.character("/")], .filter, "filter",
      "show only rows with a text: !x without it, a|b either, -f x its letters in their order, "
        + "state:failed in a column; for workloads owner: ns: kind: label:KEY=VALUE image: ready: "
        + "chosen: new:"),
    Binding([.character("/")], .search, "search", "in a text: look for words"),
    Binding([.character("n")], .nextMatch, "next", "in a text: the next place with the words"),
    Binding(
      [.character("N")], .previousMatch, "previous", "in a text: the place before with the words"),
    Binding([.character("b")], .group, "group", "group by namespace, owner, application, or not"),
    Binding(
      [.character("o")], .sort, "sort",
      "sort by the column that is marked; once more: the other way round"),
    Binding([.character("<")], .columnLeft, nil, "mark the column to the left"),
    Binding([.character(">")], .columnRight, "column", "mark the column to the right"),
    Binding([.character("O")], .reverse, nil, "sort the other way round"),
    Binding(
      [.character("c")], .columns, "columns", "show the images, too; fewer columns; as usual"),
    Binding(
      [.character("P")], .pane, "pane",
      "in a window of 120 columns and more: what the pane beside the list shows of the row, which is "
        + "kept: details, YAML, what differs, the log of this run, or nothing"),
    Binding(
      [.left], .fold, nil,
      "fold the group away; in a list without groups: back to the left"),
    Binding(
      [.right], .unfold, nil, "show the group's rows; in a list without groups: more to the right"),
    Binding([.character("z")], .foldAll, "fold", "fold all groups, or show all"),
    Binding(
      [.character("l")], .omissions, "not read",
      "what the scan could not read, left out, and saw change"),
    Binding([.left], .shiftLeft, nil, "show the beginnings of long lines again"),
    Binding([.right], .shiftRight, "longer lines", "show more of long lines"),
    Binding([.character("|")], .openPager, "pager", "the same text in $PAGER"),
    Binding([.character("v"), .character("V")], .viewLog, "log", "view the session's log"),
    Binding([.character("[")], .olderLog, "older", "the log of the run before"),
    Binding([.character("]")], .newerLog, "newer", "the log of the run after"),
    Binding(
      [.character("x")], .viewCommands, "commands",
      "the command line that does the same without questions, and what was run"),
    Binding(
      [.character("w")], .viewWorkerLog, "worker's log",
      "view what the worker started here has written"),
    Binding(
      [.character("h"), .character("H")], .viewInConfigHub, "hub",
      "where to see it in ConfigHub; the address is copied, if the terminal has a clipboard"),
  ]

  static let moving: [Binding] = [
    Binding([.up, .character("k")], .up, nil, "one row up"),
    Binding([.down, .character("j")], .down, nil, "one row down"),
    Binding([.pageUp], .pageUp, nil, "one page up"),
    Binding([.pageDown], .pageDown, nil, "one page down"),
    Binding([.home, .character("g")], .first, nil, "first row"),
    Binding([.end, .character("G")], .last, nil, "last row"),
    Binding([.tab], .nextTab, nil, "next tab"),
    Binding([.backtab], .previousTab, nil, "previous tab"),
    Binding([.character("1")], .tab(.cluster), nil, "tab Cluster"),
    Binding([.character("2")], .tab(.configHub), nil, "tab ConfigHub"),
    Binding([.character("3")], .tab(.importing), nil, "tab Import"),
  ]

  static let session: [Binding] = [
    Binding([.character("r"), .character("R")], .resume, "resume", "resume the session"),
    Binding(
      [.character("r"), .character("R")], .takeSession, "resume",
      "resume the session here; restore what is archived, or an earlier generation"),
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
      [.character("S")], .sessions, "sessions",
      "all sessions: look at them, go to one, restore one"),
    Binding(
      [.character("y")], .copy, "copy",
      "copy the row's commands or address, if the terminal has a clipboard"),
    Binding(
      [.character("e"), .character("E")], .showArrivals, "elsewhere",
      "sessions of yours that ConfigHub keeps, from other machines"),
    Binding(
      [.character("Y")], .sync, "keep in ConfigHub",
      "whether sessions of this organisation are kept in ConfigHub, too: shows what goes up, and asks"
    ),
    Binding(
      [.character("y")], .syncOn, "keep there, too", "asked about ConfigHub: keep them there"),
    Binding([.character("n")], .syncOff, "only here", "asked about ConfigHub: keep them only here"),
    Binding(
      [.character("T")], .takeOver, "take over",
      "drive the session here that somebody drives elsewhere; once more: do it"),
    Binding([.character("m")], .writeReport, "report", "write the report as a Markdown file"),
    Binding(
      [.character("W")], .keepWorker, "keep worker",
      "leave the worker started here running when the wizard ends, or not"),
    Binding(
      [.character("X")], .undoImport, "take back",
      "take the import back: remove what it created and nobody changed, after asking"),
  ]

  static let program: [Binding] = [
    Binding([.character("?")], .help, "help", "this help"),
    Binding(
      [.character(":")], .actions, "actions",
      "all that can be done, found by a few letters, and why something cannot be done now"),
    Binding([.control("c")], .leaveNow, nil, "leave now, saved"),
    Binding([.control("z")], .suspend, nil, "suspend"),
    Binding(
      [.character("M")], .toggleMouse, nil,
      "use the mouse for rows, keys and tabs, or leave it to the terminal; remembered"),
    Binding([.control("l")], .redraw, nil, "draw the screen anew"),
  ]
}
