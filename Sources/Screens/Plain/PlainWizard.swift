import TerminalText
import Wizard

/// The wizard on plain lines: what is new as lines without a single escape sequence, one for each
/// fact, and questions that are answered with words and the numbers of rows.
public struct PlainWizard: Sendable {
  /// What came of an answer.
  public struct Reply: Sendable {
    public var lines: [String] = []
    public var intents: [Intent] = []
  }

  /// Seconds of a wait after which it is asked what to do.
  static let patience: Int64 = 30
  /// Seconds without a line after which what runs is named again.
  private static let lifeSign: Int64 = 10

  let look: Look
  var ui = ViewState()
  /// What has been said so far about the screen.
  var said = Said()
  /// The wait is asked about when it has lasted for so many seconds.
  var askAfter = PlainWizard.patience
  private var lastLine: Timestamp?
  /// The waits for the cluster that were told of and are not over.
  private var saidWaits: Set<WizardState.Waiting> = []

  struct Said {
    var scope: Scope?
    var title = ""
    var intro: Set<String> = []
    var rows: [Row.ID: String] = [:]
    var outro: [String] = []
    /// The first row that was not listed yet.
    var nextRow = 0
    var notice: String?
    var problem: String?
    var saving: String?
    /// An answer was given since.
    var isAnswered = false
  }

  public init(look: Look) { self.look = look }

  // MARK: What is new

  /// The lines about everything that has changed since the last call.
  public mutating func news(_ state: WizardState) -> [String] {
    let sight = ui.look(at: state)
    let scope: Scope = state.isAskedToLeave ? .leaving : sight.scope
    var lines: [String] = []
    if scope != said.scope {
      lines = whole(scope, sight, state)
    } else if scope != .leaving {
      lines = changes(sight)
    }
    lines += conditions(state) + waits(state)
    said.isAnswered = false
    if lines.isEmpty {
      lines = lifeSign(state)
    }
    if !lines.isEmpty || lastLine == nil { lastLine = state.now }
    return lines.map(plain)
  }

  private mutating func whole(_ scope: Scope, _ sight: Sight, _ state: WizardState) -> [String] {
    let before = said
    said = Said()
    said.scope = scope
    (said.notice, said.problem, said.saving) = (before.notice, before.problem, before.saving)
    said.isAnswered = before.isAnswered
    if scope == .leaving {
      return ["", "\(plural(state.changesUnderWay, "change")) under way. Leave?"]
    }
    if case .prompt(let found) = state.stage, scope == .prompt { return prompt(found, state) }
    let last = lastOutcomes(before, state)
    if scope == .starting { return last + [state.startingWords] }
    askAfter = PlainWizard.patience
    return last + [""] + page(sight, state)
  }

  /// How the last units ended, after which the wizard went on at once.
  private func lastOutcomes(_ before: Said, _ state: WizardState) -> [String] {
    let scope: Scope
    let rows: Rows
    switch before.scope {
    case .creating: (scope, rows) = (.creating, Page.creating(state).all)
    case .binding: (scope, rows) = (.binding, Page.binding(state).all)
    default: return []
    }
    return rows.enumerated().compactMap { index, row in
      let words = PlainPage.words(of: row, in: scope)
      guard before.rows[row.id] != words, isTold(row, scope) else { return nil }
      return "\(index + 1). \(words)"
    }
  }

  /// The whole page, from its heading to the first rows.
  mutating func page(_ sight: Sight, _ state: WizardState) -> [String] {
    let page = PlainPage(sight)
    said.title = page.title
    said.intro = Set(page.intro)
    said.outro = page.outro
    remember(sight)
    let rows = page.rows(from: 0)
    said.nextRow = rows.next
    let step = state.step
    let heading =
      step == .complete ? "" : "Step \(step.number) of \(Step.seven.count), \(step.rawValue): "
    var lines = [heading + page.title] + page.intro
    if !sight.page.heads.isEmpty, !rows.lines.isEmpty {
      lines.append("Columns: \(sight.page.heads.joined(separator: ", ").lowercased())")
    }
    lines += rows.lines
    if sight.rows.isEmpty, state.problem == nil, let empty = sight.page.empty {
      lines.append(empty)
    }
    return lines + page.outro
  }

  /// What of a page that was shown is otherwise now.
  private mutating func changes(_ sight: Sight) -> [String] {
    let page = PlainPage(sight)
    var lines: [String] = []
    // Titles of lists tell the time, too.
    let isCounted = sight.scope == .creating
    if page.title != said.title, !isCounted, sight.page.list == nil || said.isAnswered {
      lines.append(page.title)
    }
    said.title = page.title
    let isTimed = sight.page.list != nil && !said.isAnswered
    if !isTimed { lines += page.intro.filter { !said.intro.contains($0) } }
    said.intro = Set(page.intro)
    lines += changedRows(sight, page)
    if page.outro != said.outro { lines += page.outro }
    said.outro = page.outro
    return lines
  }

  private mutating func changedRows(_ sight: Sight, _ page: PlainPage) -> [String] {
    guard sight.rows.count <= 10 * PlainPage.length, sight.scope != .scanning else { return [] }
    let before = said.rows
    remember(sight)
    let changed = sight.rows.indices.filter {
      let id = sight.rows[$0].id
      return said.rows[id] != before[id]
    }
    if before.isEmpty || changed.count > PlainPage.length {
      guard !changed.isEmpty else { return [] }
      let rows = page.rows(from: 0)
      said.nextRow = rows.next
      return rows.lines
    }
    return changed.filter { isTold(sight.rows[$0], sight.scope) }.compactMap(page.row)
  }

  /// Of what is written, only how it ended: the steps to it would drown that.
  private func isTold(_ row: Row, _ scope: Scope) -> Bool {
    guard scope == .creating || scope == .binding else { return true }
    return row.mark == .done || row.mark == .failed || row.mark == .warning
  }

  private mutating func remember(_ sight: Sight) {
    guard sight.rows.count <= 10 * PlainPage.length, sight.scope != .scanning else { return }
    said.rows = [:]
    for row in sight.rows { said.rows[row.id] = PlainPage.words(of: row, in: sight.scope) }
  }

  private func prompt(_ found: FoundSession, _ state: WizardState) -> [String] {
    let summary = SessionSummary(found.header, age: found.age)
    var lines = ["", summary.promptHeading] + summary.promptLines
    if let sentence = state.otherCluster { lines.append(sentence) }
    if summary.isStale { lines.append("Session may be stale") }
    if let hindrance = found.hindrance { lines.append(hindrance.sentence) }
    if found.isEditedByHand {
      lines.append("It was edited by hand; the word backup takes its backup.")
    }
    return lines + state.warnings + state.tidied
  }

  /// Problems, answers to what was typed, and whether all is saved.
  private mutating func conditions(_ state: WizardState) -> [String] {
    var lines: [String] = []
    if let notice = state.notice, notice != said.notice || said.isAnswered { lines.append(notice) }
    said.notice = state.notice
    if let problem = state.problem?.told, problem != said.problem {
      lines.append("Problem: \(problem)")
    }
    said.problem = state.problem?.told
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

  /// One line for each wait, when it begins.
  private mutating func waits(_ state: WizardState) -> [String] {
    let waits = state.clusterWaits
    defer { saidWaits = Set(waits) }
    return waits.filter { !saidWaits.contains($0) }.map(\.wait.sentence)
  }

  private func lifeSign(_ state: WizardState) -> [String] {
    guard let lastLine, state.now.seconds(since: lastLine) >= PlainWizard.lifeSign else {
      return []
    }
    if let running = state.shownRunning, isBusy(state) {
      let seconds = max(0, state.now.seconds(since: running.since))
      return ["Still \(running.work.title), \(seconds) s."]
    }
    if let since = state.waitingSince, said.scope == .connecting || said.scope == .waiting {
      return ["Still waiting, \(max(0, state.now.seconds(since: since))) s."]
    }
    return []
  }

  /// Escaped, and in ASCII where that is wanted.
  func plain(_ text: String) -> String {
    let text = escaped(text)
    return look.glyphs.ellipsis == "…" ? text : text.replacing("…", with: look.glyphs.ellipsis)
  }

  // MARK: The question

  /// A save counts, because what is to be done next may be waiting for it.
  func isBusy(_ state: WizardState) -> Bool {
    state.running.values.contains {
      switch $0.work {
      case .pause, .cancel: false
      default: true
      }
    }
  }

  /// What is asked now; `nil` while the wizard goes on by itself.
  public func question(_ state: WizardState) -> String? {
    if case .left = state.stage { return nil }
    if let editing = ui.editing { return plain(editing.question) }
    if state.isAskedToLeave { return "yes to wait, save and leave, or no to stay? " }
    let scope = Scope(of: state, ui)
    if scope == .connecting || scope == .waiting, state.problem == nil {
      guard let since = state.waitingSince, state.now.seconds(since: since) >= askAfter else {
        return nil
      }
      return "enter to wait on, skip, stop, or ? "
    }
    if isBusy(state) { return nil }
    if state.problem != nil { return "retry, back, q to leave, or ? " }
    switch scope {
    case .starting, .scanning: return nil
    case .prompt:
      if case .prompt(let found) = state.stage, found.hindrance != nil {
        return "new to begin one beside it, or ? "
      }
      if state.shownSession.isComplete {
        return "resume to look at it again, new, delete, or ? "
      }
      return "resume, new, delete, or ? "
    case .contexts: return "Number of the context, enter for the current one, or ? "
    case .namespaces: return "Numbers to choose, enter to scan, or ? "
    case .review: return "Numbers to choose, not N to leave out, enter to go on, or ? "
    case .select: return "enter to go on, edit N NAME, or ? "
    case .confirming where state.canConfirm && state.undecidedCount > 0:
      return "keep N, replace N, rename N NAME, preview N, no to go back, or ? "
    case .confirming: return state.canConfirm ? "Create all this, yes or no? " : nil
    case .creating:
      if !state.conflicts.isEmpty { return "keep N, replace N, rename N NAME, or ? " }
      return state.isCreating ? nil : "enter to go on, retry, or ? "
    case .workers: return state.workers == nil ? nil : "Number of the worker, or ? "
    case .signingIn: return "enter to sign in here, retry if you did elsewhere, or ? "
    case .installing: return "enter to be asked for the word yes, stop, or ? "
    case .complete: return "enter or q to leave, or ? "
    default: return "enter to go on, or ? "
    }
  }
}

extension ViewState.Editing {
  /// For a line of its own; what stands there already is kept by an empty answer.
  fileprivate var question: String {
    if subject == .installation { return "Type yes to apply it: " }
    return field.text.isEmpty ? "Name: " : "Instead of \(field.text) (enter keeps it): "
  }
}
