import TerminalText
import Wizard

/// A list of names that lies over the screen until one of them is picked.
enum PickerLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .typing,
    [
      KeyHandler(.takeName) { $0.takeName() },
      KeyHandler(.dropNames) { $0.takeOff(.picker) },
      KeyHandler(.previousName) { $0.moveInNames(by: -1) },
      KeyHandler(.nextName) { $0.moveInNames(by: 1) },
      KeyHandler(.pageUp) { $0.moveInNames(by: -$0.layout.scroll.height) },
      KeyHandler(.pageDown) { $0.moveInNames(by: $0.layout.scroll.height) },
      KeyHandler(.completeName) { $0.completeName() },
    ])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    guard let picker = context.ui.picker else { return }
    let known = picker.found.count - (picker.found.first == .new ? 1 : 0)
    let width = picker.choices.lazy.prefix(Metrics.manyRows).map { displayWidth(of: $0.name) }.max()
    canvas.finder(
      picker.field, after: "\(picker.question): ", count: "\(known)/\(picker.choices.count)",
      found: picker.found.count, none: "None is called that.", context, rows: rows
    ) { place in
      switch picker.found[place] {
      case .new: Line("\(picker.newWords ?? ""): \(picker.field.text)", Style(.accent))
      case .choice(let number):
        Line([
          (padded(picker.choices[number].name, to: min(width ?? 0, Metrics.pickedName)), .plain),
          ("  \(picker.choices[number].detail)", Style(.muted)),
        ])
      }
    }
  }
}

extension ViewState {
  /// The names that one is picked of.
  var picker: Picker? {
    get {
      for case .picker(let picker) in layers { return picker }
      return nil
    }
    set { if let newValue { replace(by: .picker(newValue)) } }
  }

  mutating func changePicker(_ change: (inout TextField) -> Void) {
    guard let before = picker?.field.text else { return }
    picker?.change(change)
    if let picker, picker.field.text != before {
      positions[.layer(.picker)] = ScrollPosition(cursor: picker.firstCursor)
    }
  }

  /// Leaves out the row of a name that is new: plain lines take what is typed as it is.
  mutating func dropNewName() { picker?.dropNew() }
}

extension KeyPress {
  /// Opens a list of names to pick from.
  mutating func pick(_ picker: Picker) -> Intent {
    ui.push(.picker(picker))
    return .nothing
  }

  fileprivate mutating func moveInNames(by step: Int) -> Intent {
    move(by: step, among: ui.picker?.found.count ?? 0)
  }

  /// Takes the name under the cursor as the text, which can be changed then.
  fileprivate mutating func completeName() -> Intent {
    let cursor = ui.position(in: .layer(.picker)).cursor
    guard let name = ui.picker?.name(at: cursor) else { return say("None is called that.") }
    ui.changePicker { $0 = TextField(name) }
    return .nothing
  }

  fileprivate mutating func takeName() -> Intent {
    let cursor = ui.position(in: .layer(.picker)).cursor
    guard let name = ui.picker?.name(at: cursor) else { return say("None is called that.") }
    return take(name)
  }

  /// What would be refused stays there to be mended.
  mutating func take(_ name: String) -> Intent {
    guard let picker = ui.picker else { return .nothing }
    let event = picker.event(name)
    if let problem = picker.problem(name) ?? refusal(of: event) { return say(problem) }
    ui.takeOff(.picker)
    if picker.subject != .appSpace { ui.marks.clear(on: screen) }
    return .event(event)
  }
}
