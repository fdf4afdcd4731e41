import TerminalText
import Wizard

/// On plain lines a name is picked from numbered lines, and a text that is refused asked for again.
extension PlainWizard {
  /// The names from one on, and how to see the others.
  mutating func names(from first: Int = 0) -> [String] {
    guard let picker = ui.picker else { return [] }
    let end = min(picker.found.count, first + PlainPage.length)
    nextName = end
    guard first < end else {
      return [picker.found.isEmpty ? "None is called that." : "These were all."]
    }
    let lines = (first..<end).compactMap { place -> String? in
      guard case .choice(let number) = picker.found[place] else { return nil }
      let choice = picker.choices[number]
      return "\(place + 1). \(choice.name)\(choice.detail.isEmpty ? "" : ", \(choice.detail)")"
    }
    let rest = picker.found.count - end
    return rest == 0
      ? lines
      : lines + ["\(rest) more; the word more shows them, and /TEXT those with its letters."]
  }

  /// Takes a number of the list, or a name; what is refused is asked for again.
  mutating func finishPicking(_ text: String, _ state: WizardState) -> Reply {
    guard let picker = ui.picker else { return Reply() }
    if text.isEmpty {
      ui.takeOff(.picker)
      return Reply(lines: ["Left as it was."])
    }
    if text.hasPrefix("/") {
      ui.changePicker { $0 = TextField(String(text.dropFirst())) }
      ui.dropNewName()
      return Reply(lines: names())
    }
    if text == "more", !picker.has(text) { return Reply(lines: names(from: nextName)) }
    if !picker.has(text), let number = Int(text) {
      guard let name = picker.name(at: number - 1) else {
        return Reply(lines: ["There is no \(number): the list has \(picker.found.count)."])
      }
      return takeName(name, state)
    }
    return takeName(text, state)
  }

  mutating func takeName(_ name: String, _ state: WizardState) -> Reply {
    var press = KeyPress(state: state, layout: ui.unseenLayout(state), ui: ui)
    let intent = press.take(name)
    ui = press.ui
    return Reply(intents: intent == .nothing ? [] : [intent])
  }

  /// What is done with all that is marked is done with these rows: it is one choice.
  mutating func perform(
    _ action: Action?, together rows: [Int], _ text: String?, _ visible: VisiblePage,
    _ state: WizardState
  ) -> Reply {
    if let first = rows.first { ui.put(cursor: first, in: visible) }
    let ids = rows.map { visible.rows[$0].id }
    guard ids.allSatisfy(\.canBeMarked) else {
      return Reply(lines: ["Only units are merged, labelled and left out."])
    }
    if ids.count > 1 { ui.marks.set(ids, true, on: visible.screen) }
    defer { ui.marks.clear(on: visible.screen) }
    let reply = press(action, state)
    guard let text, ui.textEntry != nil || ui.picker != nil else { return reply }
    return finish(text, visible, state)
  }

  /// Takes the text that was typed with the word; what is refused has to be typed anew with it.
  mutating func finish(
    _ text: String, _ visible: VisiblePage, _ state: WizardState
  ) -> Reply {
    let reply: Reply
    if let picker = ui.picker {
      // A number is that of a row that was shown.
      let row =
        picker.has(text)
        ? nil
        : Int(text).flatMap { number in
          visible.rows.indices.contains(number - 1) ? visible.rows[number - 1] : nil
        }
      let name = row?.id.unit == nil ? text : row?.cells.first ?? text
      reply = takeName(name, state)
    } else {
      reply = finishEntry(text, state)
    }
    ui.textEntry = nil
    ui.takeOff(.picker)
    return reply
  }

  /// What is refused is asked for again.
  mutating func finishEntry(_ text: String, _ state: WizardState) -> Reply {
    guard let before = ui.textEntry else { return Reply() }
    guard !text.isEmpty else {
      ui.textEntry = nil
      return Reply(lines: ["Left as it was."])
    }
    ui.textEntry?.field = TextField(text)
    var press = KeyPress(state: state, layout: ui.unseenLayout(state), ui: ui)
    let intent = press.takeText()
    ui = press.ui
    guard let entry = ui.textEntry else { return Reply(intents: [intent]) }
    let reason = entry.refusal ?? entry.problem(in: state)
    ui.textEntry = before
    return Reply(lines: reason.map { [$0.asSentence] } ?? [])
  }
}

extension String {
  fileprivate var asSentence: String {
    "\(prefix(1).uppercased())\(dropFirst())\(hasSuffix(".") ? "" : ".")"
  }
}
