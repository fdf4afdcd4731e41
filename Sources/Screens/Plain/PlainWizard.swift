import TerminalText
import Wizard

/// The wizard on plain lines. It says what is new, one line for each fact and without any escape
/// sequence, and asks questions. Words and the numbers of rows answer them.
package struct PlainWizard: Sendable {
  /// What an answer leads to.
  package struct Reply: Sendable {
    package var lines: [String] = []
    package var intents: [Intent] = []
  }

  /// After so many seconds of a wait the wizard asks what to do.
  static let patience: Int64 = 30
  /// After so many seconds without a line the wizard says again what runs.
  private static let lifeSign: Int64 = 10

  let theme: Theme
  var ui = ViewState()
  /// What the wizard has said so far about the screen.
  var said = Said()
  /// The wizard asks about a wait that has lasted for so many seconds.
  var askAfter = PlainWizard.patience
  private var lastLine: Timestamp?
  /// The first name of a list that has not been said.
  var nextName = 0
  /// The current waits for the cluster that the wizard has told.
  private var saidWaits: Set<WizardState.Waiting> = []

  struct Said {
    var focus: Focus?
    var title = ""
    var intro: Set<String> = []
    var rows: [Row.ID: String] = [:]
    var outro: [String] = []
    /// The first row that has not been listed.
    var nextRow = 0
    var notice: Notice?
    var problem: Failure?
    var saving: String?
    /// The person has answered since.
    var isAnswered = false
  }

  /// - Parameter zone: that of the times it tells.
  package init(theme: Theme, zone: Zone = .utc) {
    self.theme = theme
    ui.speech = .words
    ui.zone = zone.marked
  }

  /// What went wrong outside of the wizard, and what can be done about it.
  package func told(_ failure: Failure) -> String { plain(ui.speech.told(failure)) }

  // MARK: What is new

  /// Tells what has changed since the last call.
  package mutating func news(_ state: WizardState) -> [String] {
    let visible = ui.update(for: state)
    let focus = focus(on: visible, state)
    var lines: [String] = []
    if focus != said.focus {
      lines = whole(focus, visible, state)
    } else if focus != .layer(.leaving) {
      lines = changes(visible)
    }
    lines += conditions(state) + waits(state)
    said.isAnswered = false
    if lines.isEmpty {
      lines = lifeSign(state)
    }
    if !lines.isEmpty || lastLine == nil { lastLine = state.now }
    return lines.map(plain)
  }

  /// The screen, or the question whether to leave: nothing else lies over a screen here.
  func focus(on visible: VisiblePage, _ state: WizardState) -> Focus {
    state.isAskedToLeave ? .layer(.leaving) : .screen(visible.screen)
  }

  private mutating func whole(
    _ focus: Focus, _ visible: VisiblePage, _ state: WizardState
  ) -> [String] {
    let before = said
    said = Said()
    said.focus = focus
    (said.notice, said.problem, said.saving) = (before.notice, before.problem, before.saving)
    said.isAnswered = before.isAnswered
    if focus == .layer(.leaving) {
      if !state.workerQuestion.isEmpty { return [""] + state.workerQuestion + ["Leave?"] }
      return ["", "\(plural(state.changesUnderWay, "change")) under way. Leave?"]
    }
    if case .prompt(let found) = state.stage, visible.screen == .prompt {
      return prompt(found, state)
    }
    let last = lastOutcomes(before, state)
    if visible.screen == .starting { return last + [state.startingWords] }
    askAfter = PlainWizard.patience
    return last + [""] + page(visible, state)
  }

  /// Tells how the last units ended: the wizard went on before that could be said.
  private func lastOutcomes(_ before: Said, _ state: WizardState) -> [String] {
    guard case .screen(let screen) = before.focus, screen.isOfOutcomes else { return [] }
    let page = screen.room.page(state, ui)
    return page.rows.enumerated().compactMap { index, row in
      let words = PlainPage.words(of: row, on: page)
      guard before.rows[row.id] != words, isTold(row, screen) else { return nil }
      return "\(index + 1). \(words)"
    }
  }

  /// The whole page, from its heading to the first rows.
  mutating func page(_ visible: VisiblePage, _ state: WizardState) -> [String] {
    let page = PlainPage(visible)
    said.title = page.title
    said.intro = Set(page.intro)
    said.outro = page.outro
    remember(visible)
    let rows = page.rows(from: 0)
    said.nextRow = rows.next
    let step = state.step
    let heading =
      step == .complete || visible.screen == .arrivals
      ? "" : "Step \(step.number) of \(Step.seven.count), \(step.rawValue): "
    var lines = [heading + page.title] + page.intro
    if visible.page.hasHeads, !rows.lines.isEmpty {
      let heads = visible.page.columns.map(\.head).joined(separator: ", ")
      lines.append("Columns: \(heads.lowercased())")
    }
    lines += rows.lines
    if visible.rows.isEmpty, state.problem == nil, let empty = visible.page.empty {
      lines.append(empty)
    }
    return lines + page.outro
  }

  /// Tells what has changed on the page.
  private mutating func changes(_ visible: VisiblePage) -> [String] {
    let page = PlainPage(visible)
    var lines: [String] = []
    // The title of a list of workloads also tells the time, which changes by itself.
    let isCounted = visible.screen == .creating
    if page.title != said.title, !isCounted, !visible.page.isWorkloadList || said.isAnswered {
      lines.append(page.title)
    }
    said.title = page.title
    let isTimed = visible.page.isWorkloadList && !said.isAnswered
    if !isTimed { lines += page.intro.filter { !said.intro.contains($0) } }
    said.intro = Set(page.intro)
    lines += changedRows(visible, page)
    if page.outro != said.outro { lines += page.outro }
    said.outro = page.outro
    return lines
  }

  private mutating func changedRows(_ visible: VisiblePage, _ page: PlainPage) -> [String] {
    guard visible.rows.count <= 10 * PlainPage.length, visible.screen != .scanning else {
      return []
    }
    let before = said.rows
    remember(visible)
    let changed = visible.rows.indices.filter {
      let id = visible.rows[$0].id
      return said.rows[id] != before[id]
    }
    if before.isEmpty || changed.count > PlainPage.length {
      guard !changed.isEmpty else { return [] }
      let rows = page.rows(from: 0)
      said.nextRow = rows.next
      return rows.lines
    }
    return changed.filter { isTold(visible.rows[$0], visible.screen) }.compactMap(page.row)
  }

  /// Whether a changed row is told: of a unit that is written, only how that ended.
  private func isTold(_ row: Row, _ screen: ScreenID) -> Bool {
    guard screen.isOfOutcomes else { return true }
    return row.mark == .done || row.mark == .failed || row.mark == .warning
  }

  private mutating func remember(_ visible: VisiblePage) {
    guard visible.rows.count <= 10 * PlainPage.length, visible.screen != .scanning else { return }
    said.rows = [:]
    for row in visible.rows {
      said.rows[row.id] = PlainPage.words(of: row, on: visible.page)
    }
  }

  private func prompt(_ found: FoundSession, _ state: WizardState) -> [String] {
    let summary = SessionSummary(found.header, age: found.age)
    var lines = ["", summary.promptHeading] + summary.promptLines
    if let sentence = state.otherCluster { lines.append(sentence) }
    if summary.isStale { lines.append("Session may be stale") }
    if let obstacle = found.obstacle { lines.append(obstacle.sentence) }
    if found.isEditedByHand {
      lines.append("It was edited by hand; the word backup takes its backup.")
    }
    return lines + state.warnings + state.tidied
  }

  /// Tells problems, answers to what was typed, and whether all is saved.
  private mutating func conditions(_ state: WizardState) -> [String] {
    var lines: [String] = []
    if let notice = state.reply, notice != said.notice || said.isAnswered {
      lines.append(ui.speech.told(notice))
    }
    said.notice = state.reply
    if let problem = state.problem, problem != said.problem {
      lines.append("Problem: \(ui.speech.told(problem))")
    }
    said.problem = state.problem
    switch state.saving {
    case .failed(let reason):
      if said.saving != reason { lines.append("NOT SAVED: \(reason)") }
      said.saving = reason
    case .saved where said.saving != nil:
      lines.append("Saved again.")
      said.saving = nil
    default: break
    }
    return lines
  }

  /// Tells each wait for the cluster once, when it begins.
  private mutating func waits(_ state: WizardState) -> [String] {
    let waits = state.clusterWaits
    defer { saidWaits = Set(waits) }
    return waits.filter { !saidWaits.contains($0) }.map(\.wait.sentence)
  }

  private func lifeSign(_ state: WizardState) -> [String] {
    guard let lastLine, state.now.seconds(since: lastLine) >= PlainWizard.lifeSign else {
      return []
    }
    if let words = progressWords(state) { return [words] }
    if let running = state.shownRunning, state.isBusy {
      let seconds = max(0, state.now.seconds(since: running.since))
      return ["Still \(running.work.title), \(seconds) s."]
    }
    if let since = state.waitingSince, said.focus?.isWait == true {
      return ["Still waiting, \(max(0, state.now.seconds(since: since))) s."]
    }
    return []
  }

  /// How far it is with many units, where they are written one by one.
  private func progressWords(_ state: WizardState) -> String? {
    let progress: Progress
    switch said.focus {
    case .screen(.creating): progress = state.creationProgress
    case .screen(.binding): progress = state.bindingProgress
    default: return nil
    }
    let pace = progress.paceWords
    return pace.isEmpty ? nil : "\(progress.counts), \(pace)."
  }

  /// The text, escaped, and in ASCII where that is asked for.
  func plain(_ text: String) -> String {
    let text = escaped(text)
    return theme.glyphs.ellipsis == "…" ? text : text.replacing("…", with: theme.glyphs.ellipsis)
  }
}

extension ScreenID {
  /// Whether only the outcomes of its units are told: every step of every unit would hide them.
  fileprivate var isOfOutcomes: Bool { self == .creating || self == .binding }
}
