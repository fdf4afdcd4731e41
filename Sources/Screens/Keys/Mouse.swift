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

// A click does only what a key can do: wherever possible it presses that key.
extension KeyPress {
  mutating func click(_ place: CellPosition) -> Intent {
    let region = layout.regions.last {
      $0.row == place.row && $0.columns.contains(place.column)
    }
    switch region?.target {
    case .key(let key): return press(key)
    case .row(let number): return click(row: number)
    case nil:
      ui.isDeleteArmed = false
      ui.isNewArmed = false
      ui.armed = []
      return say("Rows, tabs and the keys that are named can be clicked.")
    }
  }

  private mutating func click(row number: Int) -> Intent {
    let focus = layout.focus
    guard focus != .layer(.textEntry), Binding.find(.down, in: focus) != nil else {
      return say("This has to be answered first; its keys are in the last line.")
    }
    guard cursor == number else {
      ui.notice = nil
      ui.put(cursor: number, in: layout.visible)
      return .nothing
    }
    // On most rows enter goes on with the step. A click presses it only where it is about the row.
    if focus.handler(of: .choose) != nil { return press(.character(" ")) }
    guard Binding.find(.enter, in: focus) != nil, row?.id.takesEnter == true else {
      return say("The cursor is here; click on a key of the last line to press it.")
    }
    return press(.enter)
  }

  /// Presses the arrow key once for each row that a notch of the wheel moves by.
  mutating func turnWheel(_ key: Key) -> Intent {
    var intent = Intent.nothing
    for _ in 0..<Metrics.wheelStep { intent = press(key) }
    return intent
  }

  mutating func toggleMouse() -> Intent {
    if let obstacle = ui.mouseObstacle { return say(obstacle) }
    ui.isMouseOn.toggle()
    return say(
      ui.isMouseOn
        ? "The mouse moves, chooses and presses keys. Most terminals mark text with shift held."
        : "The mouse is left to the terminal.")
  }
}

extension Row.ID {
  /// Whether enter is about this very row.
  fileprivate var takesEnter: Bool {
    switch self {
    case .context, .appSpace, .hub, .layout, .unitContents, .replicas, .unclaimed, .goBack,
      .create:
      true
    case .session, .generation, .log, .arrival: true
    case .worker, .localWorker, .clusterWorker, .serverWorker, .skipWorker: true
    case .namespace, .workload, .group, .unit, .member, .conflicts, .section, .text, .rest,
      .command:
      false
    }
  }
}
