import TerminalText
import Wizard

/// A part of a row of the screen, and what a click there means.
struct Region: Hashable, Sendable {
  enum Target: Hashable, Sendable {
    case key(Key)
    /// That row of the list, counted from its first one.
    case row(Int)
  }

  var row: Int
  var columns: Range<Int>
  var target: Target
}

extension Canvas {
  mutating func canClick(_ target: Region.Target, _ row: Int, _ columns: Range<Int>) {
    if let last = regions.last, last.target == target, last.row == row,
      last.columns.upperBound == columns.lowerBound
    {
      regions[regions.count - 1].columns = last.columns.lowerBound..<columns.upperBound
      return
    }
    regions.append(Region(row: row, columns: columns, target: target))
  }
}

/// A click does nothing that a key would not do, so it is made into one wherever it can be.
func click(_ place: Place, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  let region = ui.regions.last { $0.row == place.row && $0.columns.contains(place.column) }
  switch region?.target {
  case .key(let key): return press(key, state, &ui)
  case .row(let number): return click(row: number, state, &ui)
  case nil:
    ui.isDeleteArmed = false
    ui.armed = []
    ui.notice = "Rows, tabs and the keys that are named can be clicked."
    return .nothing
  }
}

private func click(row number: Int, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  let scope = Scope(state, ui)
  guard scope != .editing, Binding.find(.down, in: scope) != nil else {
    ui.notice = "This has to be answered first; its keys are in the last line."
    return .nothing
  }
  let sight = ui.look(at: state)
  guard sight.cursor == number else {
    ui.notice = nil
    ui.put(cursor: number, in: sight)
    return .nothing
  }
  // Enter goes on with the whole step on most rows; a click does it only where it is about the row.
  let chooses = Binding.find(.character(" "), in: scope)?.action == .choose
  let key: Key = chooses ? .character(" ") : .enter
  guard Binding.find(key, in: scope) != nil, key != .enter || sight.row?.takesEnter == true else {
    ui.notice = "The cursor is here; click on a key of the last line to press it."
    return .nothing
  }
  return press(key, state, &ui)
}

extension Row {
  /// Whether enter is about this very row.
  fileprivate var takesEnter: Bool {
    switch id {
    case .context, .appSpace, .hub, .layout, .unitContents, .goBack, .create: true
    case .session, .generation, .log: true
    case .worker, .localWorker, .clusterWorker, .serverWorker, .skipWorker: true
    case .namespace, .workload, .group, .unit, .member, .conflicts, .text: false
    }
  }
}

/// A notch of the wheel is three times an arrow key.
func turnWheel(_ key: Key, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  var intent = Intent.nothing
  for _ in 0..<3 { intent = press(key, state, &ui) }
  return intent
}

func toggleMouse(_ ui: inout ViewState) {
  if let hindrance = ui.mouseHindrance {
    ui.notice = hindrance
    return
  }
  ui.isMouseOn.toggle()
  ui.notice =
    ui.isMouseOn
    ? "The mouse moves, chooses and presses keys. Most terminals mark text with shift held."
    : "The mouse is left to the terminal."
}
