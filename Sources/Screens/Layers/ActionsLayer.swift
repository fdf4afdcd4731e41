import TerminalText
import Wizard

/// All that can be done, found by a few letters; what cannot be done now says why.
enum ActionsLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .typing,
    [
      KeyHandler(.takeAction) { $0.takeAction() },
      KeyHandler(.dropActions) { $0.takeOff(.actions) },
      KeyHandler(.previousAction) { $0.moveInActions(by: -1) },
      KeyHandler(.nextAction) { $0.moveInActions(by: 1) },
    ])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    guard let list = context.ui.actionList else { return }
    let found = list.found
    canvas.finder(
      list.field, after: ":", count: "\(found.count)/\(list.entries.count)", found: found.count,
      none: "Nothing that can be done is called that.", context, rows: rows
    ) { list.entries[found[$0]].line }
  }
}

/// What the layer lists, and what is typed in it.
struct ActionList: Sendable {
  struct Entry: Sendable {
    let action: Action
    let keys: String
    /// What it is called, and what it does; both can be looked for.
    let label: String?
    let help: String
    /// Why it cannot be done now; `nil` where it can.
    let obstacle: String?
  }

  let entries: [Entry]
  var field = TextField("")

  init(_ entries: [Entry]) { self.entries = entries }

  /// The entries that have the letters of each word in their order, the best first.
  var found: [Int] {
    let words = field.text.lowercased().split(separator: " ").map { Array($0.utf8) }
    guard !words.isEmpty else { return Array(entries.indices) }
    let scored = entries.indices.compactMap { number -> (number: Int, score: Int)? in
      let entry = entries[number]
      let text = Array("\(entry.label ?? "") \(entry.help)".lowercased().utf8)
      var sum = entry.obstacle == nil ? 2 : 0
      for word in words {
        // Letters that are strewn over a sentence are no find.
        guard let score = Fuzzy.score(word, in: text), score > -2 * word.count else { return nil }
        sum += score
      }
      return (number, sum)
    }
    return scored.sorted { ($1.score, $0.number) < ($0.score, $1.number) }.map(\.number)
  }
}

extension ActionList.Entry {
  fileprivate var line: Line {
    let keys = padded(keys, to: Metrics.actionKeys)
    // Why not matters more than what it would do.
    let told = [label, obstacle ?? help].compactMap { $0 }
    return Line(keys + told.joined(separator: ": "), obstacle == nil ? .plain : Style(.muted))
  }
}

extension KeyPress {
  /// Lists what can be done here, then what can be done here but not now, then the rest.
  mutating func showActions() -> Intent {
    let focus = layout.focus
    var seen: Set<Action> = []
    var (now, later, elsewhere) = ([ActionList.Entry](), [ActionList.Entry](), [ActionList.Entry]())
    let left = Binding.Section.moving.bindings + Binding.Section.typing.bindings
    let excluded = Set(left.map(\.action)).union([.actions])
    for binding in Binding.table
    where !excluded.contains(binding.action) && seen.insert(binding.action).inserted {
      let handler = focus.handler(of: binding.action)
      let label =
        handler == nil ? nil : focus.label(of: binding.action, binding.label, at: row, state, ui)
      let isOffered =
        handler != nil && (label != nil || binding.label == nil && isUsable(binding.action))
      func entry(_ obstacle: String?) -> ActionList.Entry {
        .init(
          action: binding.action, keys: binding.keys.map(\.name).joined(separator: " "),
          label: label ?? binding.label, help: binding.help, obstacle: obstacle)
      }
      if isOffered {
        now.append(entry(nil))
      } else if handler != nil {
        later.append(entry(obstacle(to: binding.action)))
      } else {
        elsewhere.append(entry("not here; \(binding.places)"))
      }
    }
    ui.push(.actions(ActionList(now + later + elsewhere)))
    return .nothing
  }

  private func isUsable(_ action: Action) -> Bool {
    layout.focus.isUsable(action, at: row, state, ui)
  }

  /// What the key would be answered with: it is pressed on a copy, and nothing comes of it.
  private func obstacle(to action: Action) -> String {
    var copy = self
    copy.ui.notice = nil
    let intent = layout.focus.handler(of: action)?.perform(&copy) ?? .nothing
    if case .event(let event) = intent, let answer = reply(to: event) {
      return ui.speech.told(answer)
    }
    return copy.ui.notice ?? "not now"
  }

  fileprivate mutating func moveInActions(by step: Int) -> Intent {
    move(by: step, among: ui.actionList?.found.count ?? 0)
  }

  /// Does what the cursor is on, as its key would on the screen below.
  fileprivate mutating func takeAction() -> Intent {
    guard let list = ui.actionList else { return .nothing }
    let found = list.found
    let cursor = ui.position(in: .layer(.actions)).cursor
    guard found.indices.contains(cursor) else { return say("Nothing is called that.") }
    let entry = list.entries[found[cursor]]
    if let obstacle = entry.obstacle { return say("That cannot be done: \(obstacle)") }
    ui.takeOff(.actions)
    var below = KeyPress(state: state, layout: ui.unseenLayout(state), ui: ui)
    guard let handler = below.layout.focus.handler(of: entry.action) else { return .nothing }
    let intent = handler.perform(&below)
    ui = below.ui
    return intent
  }
}

extension Binding {
  /// Where its key works, in words.
  fileprivate var places: String {
    let names = Focus.allCases.filter { focuses.contains($0) }.map(\.name)
    var seen: Set<String> = []
    let distinct = names.filter { seen.insert($0).inserted }
    let shown = distinct.prefix(3).joined(separator: ", ")
    return "it is a key of \(shown)" + (distinct.count > 3 ? " and others" : "")
  }
}

extension Focus {
  /// What it is called where its keys are told about.
  fileprivate var name: String {
    switch self {
    case .screen(let screen): screen.name
    case .layer(let layer): layer.name
    }
  }
}

extension ScreenID {
  fileprivate var name: String {
    switch self {
    case .starting: "the start"
    case .prompt: "the question at the start"
    case .arrivals: "the sessions of other machines"
    case .contexts, .namespaces, .scanning: "step 1"
    case .review: "step 2"
    case .select, .members, .leftOutUnits: "step 3"
    case .preview: "a preview"
    case .signingIn: "the sign-in"
    case .confirming, .creating: "step 4"
    case .workers, .connecting, .installing: "step 5"
    case .waiting, .binding: "step 6"
    case .verifying: "step 7"
    case .complete: "the end"
    case .removal: "taking back"
    case .cluster: "tab Cluster"
    case .configHub: "tab ConfigHub"
    case .teamSession: "a session in ConfigHub"
    case .sessions: "the sessions"
    }
  }
}

extension LayerID {
  fileprivate var name: String {
    switch self {
    case .details: "details"
    case .omissions: "what was left out"
    case .log: "a log"
    case .help: "the help"
    case .sync: "the question about ConfigHub"
    case .actions: "this list"
    case .picker: "a list of names"
    case .search, .filter, .textEntry: "what is typed"
    case .leaving: "the question whether to leave"
    }
  }
}
