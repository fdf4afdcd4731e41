import TerminalText
import Wizard

extension PlainWizard {
  /// Takes one line that was typed.
  package mutating func answer(_ text: String, _ state: WizardState) -> Reply {
    said.isAnswered = true
    ui.notice = nil
    let text = text.split(separator: " ").joined(separator: " ")
    var reply = take(text, state)
    if let notice = ui.notice { reply.lines.append(notice) }
    ui.notice = nil
    reply.lines = reply.lines.map(plain)
    return reply
  }

  private mutating func take(_ text: String, _ state: WizardState) -> Reply {
    if ui.textEntry != nil { return finishEntry(text, state) }
    if ui.picker != nil { return finishPicking(text, state) }
    if ui.has(.sync) { return answerSync(text) }
    let visible = ui.update(for: state)
    let focus = focus(on: visible, state)
    if text.isEmpty { return takeEmptyLine(focus, visible, state) }
    if text.hasPrefix("/") { return filter(String(text.dropFirst()), visible, state) }
    let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    if text.first?.isNumber == true { return pick(text, focus, visible, state) }
    guard let command = PlainCommand.find(String(words[0]), in: focus), command.works(in: focus)
    else { return Reply(lines: ["\(words[0]) does nothing here; ? lists what does."]) }
    guard command.needsRows else {
      guard words.count == 1 else {
        return Reply(lines: ["\"\(text)\" is not understood; write \(words[0]) alone."])
      }
      return perform(command, focus, visible, state)
    }
    guard words.count > 1 else {
      return Reply(lines: ["Which row? \(command.words[0]) \(command.arguments)"])
    }
    var (numbers, rest) = (words[1], nil as String?)
    if command.takesText { (numbers, rest) = PlainNumbers.split(words[1]) }
    switch PlainNumbers.parse(numbers, count: visible.rows.count) {
    case .failure(let complaint): return Reply(lines: [complaint.sentence])
    case .success(let rows): return perform(command, on: rows, rest, visible, state)
    }
  }

  // MARK: Lines without a word

  private mutating func takeEmptyLine(
    _ focus: Focus, _ visible: VisiblePage, _ state: WizardState
  ) -> Reply {
    guard let plain = focus.plain else { return Reply(lines: ["Answer yes or no."]) }
    switch plain.emptyLine {
    case .goOn:
      guard focus.binding(of: .goOn) != nil else {
        return Reply(lines: ["There is nothing to go on with; ? lists what can be done."])
      }
      return Reply(intents: [.event(.goOn)])
    case .press(let action): return press(action, state)
    case .takeFirst(let isReady):
      let first = visible.page.firstCursor
      guard first < visible.rows.count, !isReady || visible.rows[first].mark == .done else {
        return Reply(lines: ["Answer with the number of one."])
      }
      return pick("\(first + 1)", focus, visible, state)
    case .waitOn:
      let waited = state.waitingSince.map { state.now.seconds(since: $0) } ?? 0
      askAfter = waited + PlainWizard.patience
      return Reply()
    case .refuse(let sentence): return Reply(lines: [sentence])
    }
  }

  private mutating func filter(
    _ text: String, _ visible: VisiblePage, _ state: WizardState
  ) -> Reply {
    guard Focus.screen(visible.screen).binding(of: .filter) != nil else {
      return Reply(lines: ["There is nothing to filter here."])
    }
    ui.filters[visible.screen] = text.isEmpty ? nil : TextField(text)
    let filtered = ui.update(for: state)
    let rows = PlainPage(filtered).rows(from: 0)
    _ = page(filtered, state)
    let count = "\(filtered.rows.count) of \(plural(filtered.page.count, "row")) shown."
    return Reply(lines: [count] + rows.lines + (rows.lines.isEmpty ? none(filtered) : []))
  }

  private func none(_ visible: VisiblePage) -> [String] {
    (visible.page.filterProblem ?? visible.page.empty).map { [$0] } ?? []
  }

  /// Takes the numbers of rows without a word: the screen says what they mean.
  private mutating func pick(
    _ numbers: some StringProtocol, _ focus: Focus, _ visible: VisiblePage, _ state: WizardState
  ) -> Reply {
    let rows: [Int]
    switch PlainNumbers.parse(numbers, count: visible.rows.count) {
    case .failure(let complaint): return Reply(lines: [complaint.sentence])
    case .success(let parsed): rows = parsed
    }
    switch focus.plain?.numbers {
    case .choose: return choose(rows, true, visible)
    case .take:
      guard rows.count == 1 else { return Reply(lines: ["Answer with one number."]) }
      ui.put(cursor: rows[0], in: visible)
      return press(.goOn, state)
    case .takeSeveral:
      ui.marks.set(rows.map { visible.rows[$0].id }, true, on: visible.screen)
      defer { ui.marks.clear(on: visible.screen) }
      return press(.goOn, state)
    case .show: return show(rows, visible)
    case .nothing, nil:
      return Reply(lines: ["There is nothing to choose here; ? lists what can be done."])
    }
  }

  // MARK: Words

  private mutating func perform(
    _ command: PlainCommand, _ focus: Focus, _ visible: VisiblePage, _ state: WizardState
  ) -> Reply {
    let shown = Array(visible.rows.indices)
    let isLeaving = focus == .layer(.leaving)
    switch command.meaning {
    case .keys: return press(command.binding(in: focus)?.action, state)
    case .all:
      return choose(shown.filter { !visible.rows[$0].id.isSystemNamespace }, true, visible)
    case .none: return choose(shown, false, visible)
    case .yes: return Reply(intents: [.event(isLeaving ? .leave : .confirm)])
    case .no: return Reply(intents: [.event(isLeaving ? .stay : .goBack)])
    case .list: return Reply(lines: page(visible, state))
    case .more:
      let rows = PlainPage(visible).rows(from: said.nextRow)
      said.nextRow = rows.next
      return Reply(lines: rows.lines.isEmpty ? ["These were all."] : rows.lines)
    case .help:
      var lines = PlainCommand.table.filter { $0.works(in: focus) }.map { $0.line(in: focus) }
      if visible.page.count > 0 { lines.append("/TEXT: show only rows with a text; / alone: all") }
      return Reply(lines: lines)
    case .choose, .only, .without, .show, .switched: return Reply()
    }
  }

  private mutating func perform(
    _ command: PlainCommand, on rows: [Int], _ text: String?, _ visible: VisiblePage,
    _ state: WizardState
  ) -> Reply {
    switch command.meaning {
    case .choose: return choose(rows, true, visible)
    case .without: return choose(rows, false, visible)
    case .only:
      let others = choose(Array(visible.rows.indices), false, visible)
      return Reply(intents: others.intents + choose(rows, true, visible).intents)
    case .show: return show(rows, visible)
    case .keys:
      let action = command.binding(in: .screen(visible.screen))?.action
      if action?.isForMarked == true {
        return perform(action, together: rows, text, visible, state)
      }
      var reply = Reply()
      for row in rows {
        ui.put(cursor: row, in: visible)
        let pressed = press(action, state)
        guard let text, ui.textEntry != nil || ui.picker != nil else {
          reply.lines += pressed.lines
          reply.intents += pressed.intents
          continue
        }
        let finished = finish(text, visible, state)
        reply.lines += finished.lines
        reply.intents += finished.intents
      }
      return reply
    case .switched:
      guard rows.allSatisfy({ visible.rows[$0].id.isSwitched }) else {
        return Reply(lines: ["Only Layout, Units, Replicas and Other objects are switched."])
      }
      var reply = Reply()
      for row in rows {
        ui.put(cursor: row, in: visible)
        reply.intents += press(.mark, state).intents
      }
      return reply
    case .all, .none, .yes, .no, .list, .more, .help: return Reply()
    }
  }

  /// Presses the key of an action.
  mutating func press(_ action: Action?, _ state: WizardState) -> Reply {
    let layout = ui.unseenLayout(state)
    guard let action, let key = layout.focus.binding(of: action)?.keys.first else {
      return Reply(lines: ["That does nothing here; ? lists what does."])
    }
    let intent = Screens.press(key, layout, state, &ui)
    if ui.has(.omissions) {
      ui.takeOff(.omissions)
      return Reply(lines: omissions(state))
    }
    if ui.has(.sync) {
      return Reply(lines: SyncLayer.words(state).dropLast().map(\.text).filter { !$0.isEmpty })
    }
    if ui.picker != nil { return Reply(lines: names()) }
    return Reply(intents: intent == .nothing ? [] : [intent])
  }

  private mutating func answerSync(_ text: String) -> Reply {
    ui.takeOff(.sync)
    switch text.lowercased() {
    case "yes", "y": return Reply(intents: [.event(.setSync(true))])
    case "no": return Reply(intents: [.event(.setSync(false))])
    default: return Reply(lines: ["Left as it was."])
    }
  }

  // MARK: Rows

  private func choose(_ rows: [Int], _ isChosen: Bool, _ visible: VisiblePage) -> Reply {
    let event: Event
    if visible.page.isWorkloadList {
      let asked = rows.flatMap { row in
        switch ui.list.items[row] {
        case .workload(let workload): [workload]
        case .group(let group): ui.list.workloads(of: ui.list.groups[group])
        }
      }
      let keys = ui.list.choosable(asked).keys
      if keys.isEmpty { return Reply(lines: ["There is nothing to choose there."]) }
      event = .setWorkloads(keys, chosen: isChosen)
    } else {
      let names = rows.compactMap {
        if case .namespace(let name) = visible.rows[$0].id { name } else { nil as String? }
      }
      if names.isEmpty { return Reply(lines: ["There is nothing to choose there."]) }
      event = .setNamespaces(names, chosen: isChosen)
    }
    return Reply(intents: [.event(event)])
  }

  private func show(_ rows: [Int], _ visible: VisiblePage) -> Reply {
    Reply(
      lines: rows.flatMap { row in
        let about = visible.page.detail(of: visible.rows[row].id).map(\.text)
        return about.isEmpty ? [PlainPage(visible).row(row) ?? ""] : about
      })
  }

  private func omissions(_ state: WizardState) -> [String] {
    let accounting = Accounting(state.shownSession)
    let things = state.shownSession.omissions(accounting) { _ in true }
    let shared = accounting.shared.grouped.map { "Shared: \($0.what): \($0.why)" }
    guard !things.isEmpty || !shared.isEmpty else { return ["Nothing was left out."] }
    let sorted = things.filter(\.isGap) + things.filter { !$0.isGap }
    return sorted.map { "\($0.isGap ? "Not read" : "Left out"): \($0.what): \($0.why)" } + shared
  }
}
