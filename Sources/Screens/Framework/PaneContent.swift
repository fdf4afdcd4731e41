import Wizard

/// What the pane beside a list shows about the row under the cursor; one key goes round, and what was
/// chosen is remembered.
package enum PaneContent: String, CaseIterable, Sendable {
  case details, yaml, difference, log
  /// The list has the whole width.
  case none

  /// In the head of the pane.
  var word: String {
    switch self {
    case .details: "details"
    case .yaml: "YAML"
    case .difference: "diff"
    case .log: "log"
    case .none: ""
    }
  }
}

extension [PaneContent] {
  /// Of these, what comes closest to what was chosen, perhaps on a screen that can show something else.
  func nearest(to wanted: PaneContent) -> PaneContent {
    if contains(wanted) { return wanted }
    switch wanted {
    case .difference where contains(.yaml): return .yaml
    case .details, .yaml, .difference, .log, .none: return .none
    }
  }

  /// The one after it; after the last one the pane is closed.
  func next(after content: PaneContent) -> PaneContent {
    let all = self + [.none]
    return all[((all.firstIndex(of: content) ?? 0) + 1) % all.count]
  }
}

private func hasRoomForPane(_ state: WizardState, _ ui: ViewState) -> Bool {
  ui.columns >= Metrics.widthWithPane
}

extension [KeyHandler] {
  /// On screens with a list that a pane can stand beside.
  static let pane = [
    KeyHandler(.pane, isOffered: hasRoomForPane) { $0.showNextInPane() }
  ]
}

extension KeyPress {
  fileprivate mutating func showNextInPane() -> Intent {
    guard ui.columns >= Metrics.widthWithPane else {
      return say("There is room for a pane from \(Metrics.widthWithPane) columns on.")
    }
    let contents = page.paneContents
    ui.pane = contents.next(after: contents.nearest(to: ui.pane))
    return ui.pane == .none ? say("The pane is closed.") : .nothing
  }
}
