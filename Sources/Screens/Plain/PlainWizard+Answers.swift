import TerminalText
import Wizard

extension PlainWizard {
  /// Takes one line that was typed.
  public mutating func answer(_ text: String, _ state: WizardState) -> Reply {
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
    if ui.editing != nil { return finishEditing(text) }
    let sight = ui.look(at: state)
    let scope: Scope = state.isAskedToLeave ? .leaving : sight.scope
    if text.isEmpty { return goOn(scope, sight, state) }
    if text.hasPrefix("/") { return filter(String(text.dropFirst()), sight, state) }
    let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
    if text.first?.isNumber == true { return pick(words[0], scope, sight, state) }
    guard let command = PlainCommand.find(String(words[0]), in: scope), command.works(in: scope)
    else { return Reply(lines: ["\(words[0]) does nothing here; ? lists what does."]) }
    guard command.needsRows else { return perform(command, scope, sight, state) }
    guard words.count > 1 else {
      return Reply(lines: ["Which row? \(command.words[0]) \(command.arguments)"])
    }
    switch PlainNumbers.parse(words[1], count: sight.rows.count) {
    case .failure(let complaint): return Reply(lines: [complaint.sentence])
    case .success(let rows):
      return perform(command, on: rows, words.count > 2 ? String(words[2]) : nil, sight, state)
    }
  }

  // MARK: Lines without a word

  private mutating func goOn(_ scope: Scope, _ sight: Sight, _ state: WizardState) -> Reply {
    switch scope {
    case .leaving: return Reply(lines: ["Answer yes or no."])
    case .confirming: return Reply(lines: ["Answer yes or no; nothing was written yet."])
    case .prompt: return Reply(lines: ["Answer resume, new or delete."])
    case .connecting, .waiting:
      let waited = state.waitingSince.map { state.now.seconds(since: $0) } ?? 0
      askAfter = waited + PlainWizard.patience
      return Reply()
    case .contexts, .workers:
      let first = sight.page.firstCursor
      guard first < sight.rows.count, scope == .contexts || sight.rows[first].mark == .done else {
        return Reply(lines: ["Answer with the number of one."])
      }
      return pick("\(first + 1)", scope, sight, state)
    case .members, .preview, .installing: return press(.goOn, scope, state)
    default:
      guard Binding.table.contains(where: { $0.action == .goOn && $0.scopes.contains(scope) })
      else { return Reply(lines: ["There is nothing to go on with; ? lists what can be done."]) }
      return Reply(intents: [.event(.goOn)])
    }
  }

  private mutating func filter(_ text: String, _ sight: Sight, _ state: WizardState) -> Reply {
    guard Binding.table.contains(where: { $0.action == .filter && $0.scopes.contains(sight.scope) })
    else { return Reply(lines: ["There is nothing to filter here."]) }
    ui.filters[sight.scope] = text.isEmpty ? nil : TextField(text)
    let filtered = ui.look(at: state)
    let rows = PlainPage(filtered).rows(from: 0)
    _ = page(filtered, state)
    let count = "\(filtered.rows.count) of \(plural(filtered.page.count, "row")) shown."
    return Reply(lines: [count] + rows.lines + (rows.lines.isEmpty ? none(filtered) : []))
  }

  private func none(_ sight: Sight) -> [String] { sight.page.empty.map { [$0] } ?? [] }

  /// Numbers alone choose where there is something to choose, and else show the row.
  private mutating func pick(
    _ numbers: some StringProtocol, _ scope: Scope, _ sight: Sight, _ state: WizardState
  ) -> Reply {
    let rows: [Int]
    switch PlainNumbers.parse(numbers, count: sight.rows.count) {
    case .failure(let complaint): return Reply(lines: [complaint.sentence])
    case .success(let parsed): rows = parsed
    }
    switch scope {
    case .namespaces, .review: return choose(rows, true, sight)
    case .contexts, .workers:
      guard rows.count == 1 else { return Reply(lines: ["Answer with one number."]) }
      ui.put(cursor: rows[0], in: sight)
      return press(.goOn, scope, state)
    case .select, .members: return show(rows, sight)
    default: return Reply(lines: ["There is nothing to choose here; ? lists what can be done."])
    }
  }

  // MARK: Words

  private mutating func perform(
    _ command: PlainCommand, _ scope: Scope, _ sight: Sight, _ state: WizardState
  ) -> Reply {
    let shown = Array(sight.rows.indices)
    switch command.meaning {
    case .key(let action): return press(action, scope, state)
    case .all: return choose(shown, true, sight)
    case .none: return choose(shown, false, sight)
    case .yes: return Reply(intents: [.event(scope == .leaving ? .leave : .confirm)])
    case .no: return Reply(intents: [.event(scope == .leaving ? .stay : .goBack)])
    case .list: return Reply(lines: page(sight, state))
    case .more:
      let rows = PlainPage(sight).rows(from: said.nextRow)
      said.nextRow = rows.next
      return Reply(lines: rows.lines.isEmpty ? ["These were all."] : rows.lines)
    case .help:
      var lines = PlainCommand.table.filter { $0.works(in: scope) }.map { $0.line(in: scope) }
      if sight.page.count > 0 { lines.append("/TEXT: show only rows with a text; / alone: all") }
      return Reply(lines: lines)
    case .choose, .only, .without, .show: return Reply()
    }
  }

  private mutating func perform(
    _ command: PlainCommand, on rows: [Int], _ text: String?, _ sight: Sight, _ state: WizardState
  ) -> Reply {
    switch command.meaning {
    case .choose: return choose(rows, true, sight)
    case .without: return choose(rows, false, sight)
    case .only:
      let others = choose(Array(sight.rows.indices), false, sight)
      return Reply(intents: others.intents + choose(rows, true, sight).intents)
    case .show: return show(rows, sight)
    case .key(let action):
      var reply = Reply()
      for row in rows {
        ui.put(cursor: row, in: sight)
        reply.intents += press(action, sight.scope, state).intents
        guard let text, ui.editing != nil else { continue }
        reply.intents += finishEditing(text).intents
      }
      return reply
    default: return Reply()
    }
  }

  /// As if the key of that action were pressed.
  private mutating func press(_ action: Action, _ scope: Scope, _ state: WizardState) -> Reply {
    guard
      let key = Binding.table.first(where: { $0.action == action && $0.scopes.contains(scope) })?
        .keys.first
    else { return Reply(lines: ["That does nothing here; ? lists what does."]) }
    let intent = dispatch(key, state, &ui)
    if let notice = ui.notice, action == .delete, ui.isDeleteArmed {
      ui.notice = notice.replacing("D again", with: "The word delete again")
        .replacing("any other key", with: "anything else")
    }
    if let notice = ui.notice, action == .update, !ui.armed.isEmpty {
      ui.notice = notice.replacing("U again", with: "The word replace again")
        .replacing("any other key", with: "anything else")
    }
    if ui.layer == .leftOut {
      ui.layer = nil
      return Reply(lines: leftOut(state))
    }
    return Reply(intents: intent == .nothing ? [] : [intent])
  }

  private mutating func finishEditing(_ text: String) -> Reply {
    guard var editing = ui.editing else { return Reply() }
    ui.editing = nil
    guard !text.isEmpty else { return Reply(lines: ["Left as it was."]) }
    editing.field = TextField(text)
    return Reply(intents: [.event(editing.event)])
  }

  // MARK: Rows

  private func choose(_ rows: [Int], _ isChosen: Bool, _ sight: Sight) -> Reply {
    let event: Event
    if sight.page.list != nil {
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
        if case .namespace(let name) = sight.rows[$0].id { name } else { nil }
      }
      if names.isEmpty { return Reply(lines: ["There is nothing to choose there."]) }
      event = .setNamespaces(names, chosen: isChosen)
    }
    return Reply(intents: [.event(event)])
  }

  private func show(_ rows: [Int], _ sight: Sight) -> Reply {
    Reply(
      lines: rows.flatMap { row in
        let about = sight.page.detail(of: sight.rows[row].id).map(PlainPage.text)
        return about.isEmpty ? [PlainPage(sight).row(row) ?? ""] : about
      })
  }

  private func leftOut(_ state: WizardState) -> [String] {
    let things = state.shownSession.scan?.leftOut ?? []
    guard !things.isEmpty else { return ["Nothing was left out."] }
    let sorted = things.filter(\.isGap) + things.filter { !$0.isGap }
    return sorted.map { "\($0.isGap ? "Not read" : "Left out"): \($0.what): \($0.why)" }
  }
}
