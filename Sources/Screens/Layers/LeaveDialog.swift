import TerminalText
import Wizard

extension Canvas {
  mutating func box(_ title: String, _ lines: [Line], rows: Range<Int>, columns: Range<Int>) {
    let lines = fitting(lines, rows.count - 2)
    let height = lines.count + 2
    frame.drawBox(
      row: rows.lowerBound, column: columns.lowerBound,
      size: Size(columns: columns.count, rows: height), glyphs: look.glyphs)
    frame.put(
      " \(title) ", row: rows.lowerBound, column: columns.lowerBound + 2, style: Style(bold: true),
      width: columns.count - 4)
    for (index, line) in lines.enumerated() {
      put(
        line, row: rows.lowerBound + 1 + index, column: columns.lowerBound + 3,
        width: columns.count - 5)
    }
  }

  /// Where there is little room the empty lines go; the last line, with the keys, never does.
  func fitting(_ lines: [Line], _ height: Int) -> [Line] {
    var lines = lines
    let isLastEmpty = lines.last?.pieces.isEmpty == true
    if lines.count > height, lines.first?.pieces.isEmpty == true { lines.removeFirst() }
    if lines.count > height, isLastEmpty { lines.removeLast() }
    while lines.count > height, let empty = lines.firstIndex(where: \.pieces.isEmpty) {
      lines.remove(at: empty)
    }
    return lines.count > height ? lines.prefix(height - 1) + lines.suffix(1) : lines
  }

  mutating func prompt(_ state: WizardState, rows: Range<Int>) {
    guard case .prompt(let found) = state.stage else { return }
    let width = min(size.columns - 2, 78)
    let summary = SessionSummary(found.header, age: found.age)
    var lines = [Line(), Line(summary.promptHeading), Line()]
    lines += summary.promptLines.map { Line($0) }
    lines.append(Line())
    if summary.isStale {
      lines.append(.warning("\(look.glyphs.warning) Session may be stale"))
      lines.append(Line())
    }
    if let sentence = state.otherCluster { lines += wrapped(.warning(sentence), to: width - 6) }
    if let hindrance = found.hindrance {
      lines += wrapped(.warning(hindrance.sentence), to: width - 6)
    } else if found.isEditedByHand {
      lines.append(.warning("It was edited by hand."))
      lines.append(
        Line(
          .init(.resume, " takes it", ", "), .init(.resumeBackup, " takes its backup", "."),
          in: .prompt))
    }
    lines += state.warnings.flatMap { wrapped(.warning($0), to: width - 6) }
    lines += state.tidied.flatMap { wrapped(Line($0), to: width - 6) }
    if lines.last?.pieces.isEmpty == false { lines.append(Line()) }
    lines += [answers(to: found, isRoomy: width > 60), Line()]
    let top = rows.lowerBound + max(0, (rows.count - lines.count - 2) / 2)
    let left = (size.columns - width) / 2
    box(summary.promptTitle, lines, rows: top..<rows.upperBound, columns: left..<left + width)
  }

  /// What is held by another is left alone, but can be looked at.
  private func answers(to found: FoundSession, isRoomy: Bool) -> Line {
    let gap = isRoomy ? "    " : "  "
    switch (found.hindrance == nil, found.session.isComplete) {
    case (true, false):
      return Line(
        .init(.resume, " Resume", gap), .init(.new, " New session", gap),
        .init(.delete, " Delete & start new"), in: .prompt)
    case (true, true):
      return Line(
        .init(.resume, isRoomy ? " Look at it again" : " Look again", gap),
        .init(.new, " New import", gap),
        .init(.delete, isRoomy ? " Delete & start new" : " Delete & new"), in: .prompt)
    case (false, _):
      return Line(
        .init(.new, " New session beside it", gap), .init(.tab(.cluster), " "),
        .init(.tab(.configHub), " Look at it"), in: .prompt)
    }
  }

  mutating func askToLeave(_ state: WizardState) {
    let count = state.changesUnderWay
    let lines = [
      Line(), Line("\(plural(count, "change")) under way: leaving waits for that."), Line(),
      Line(.init(.leave, " Leave", "    "), .init(.escape, " Stay"), in: .leaving), Line(),
    ]
    // What it covers cannot be clicked.
    let body = 3..<size.rows - 2
    regions.removeAll {
      guard case .key = $0.target else { return false }
      return body.contains($0.row)
    }
    let left = (size.columns - 58) / 2
    let top = (size.rows - 7) / 2
    box("LEAVE?", lines, rows: top..<top + 7, columns: left..<left + 58)
  }

  mutating func help(_ ui: inout ViewState, _ scope: Scope, rows: Range<Int>) {
    // What works on this screen comes first, then the rest.
    let bound = Binding.table.filter { $0.scopes.contains(scope) }
    let isAboutText = { (binding: Binding) in binding.scopes.isSubset(of: Scope.fields) }
    let here = bound.filter(isAboutText) + bound.filter { !isAboutText($0) }
    let lines =
      [Line("Keys on this screen", Style(bold: true))]
      + here.flatMap { binding in
        let keys = binding.keys.map(\.name).joined(separator: " ")
        let help = wrapped(Line(binding.help), to: size.columns - 2 - 14)
        return help.enumerated().map { number, line in
          let keys = (padded(number == 0 ? keys : "", to: 14), Style(.accent))
          return Line([keys, (line.pieces.first?.text ?? "", .plain)])
        }
      }
    scroll(lines, .help, &ui, rows: rows)
  }

  mutating func log(_ ui: inout ViewState, rows: Range<Int>) {
    guard let log = ui.log else { return }
    let number = (ui.logPaths.firstIndex(of: log.name) ?? 0) + 1
    let place = ui.logPaths.count > 1 ? "  log \(number) of \(ui.logPaths.count)" : ""
    let room = size.columns - 2 - displayWidth(of: place)
    let name = cutMiddle(escaped(log.name), to: room, ellipsis: look.glyphs.ellipsis)
    put(
      Line([(name, Style(bold: true)), (place, Style(.muted))]), row: rows.lowerBound,
      column: 1, width: size.columns - 2)
    scroll(log.lines.map { Line($0) }, .log, &ui, rows: rows.lowerBound + 1..<rows.upperBound)
  }

  /// Everything about the workload, and under it the object as the cluster has it.
  mutating func details(_ state: WizardState, _ ui: inout ViewState, rows: Range<Int>) {
    guard case .details(let key) = ui.layer else { return }
    let details = Details(key, state)
    var lines = details.lines + [Line()]
    switch (state.viewed?.content, state.viewed?.reference == details.reference) {
    case (_, false), (nil, _): lines.append(.muted("r reads the object from the cluster."))
    case (.reading, _): lines.append(.muted("Reading the object…"))
    case (.failed(let reason), _):
      lines += [.bad(reason), .muted("r tries again.")]
    case (.read(let yaml), _):
      lines.append(.muted("As the cluster has it, without what the cluster put in"))
      lines += yaml.split(separator: "\n", omittingEmptySubsequences: false).map {
        Line(String($0))
      }
    }
    scroll(lines.flatMap { wrapped($0, to: size.columns - 2) }, .details, &ui, rows: rows)
  }

  /// What the scan could not read, and what it left out on purpose, in full.
  mutating func leftOut(_ state: WizardState, _ ui: inout ViewState, rows: Range<Int>) {
    let leftOut = state.shownSession.scan?.leftOut ?? []
    // There may be thousands, so they are made once.
    let key = ViewState.LeftOutText(leftOut: leftOut, changes: state.changes, columns: size.columns)
    if ui.leftOutText?.isMade(of: key) != true {
      ui.leftOutText = key
      ui.leftOutText?.lines = leftOutLines(leftOut, state.changes ?? ScanChanges()).flatMap {
        wrapped($0, to: size.columns - 2)
      }
    }
    scroll(ui.leftOutText?.lines ?? [], .leftOut, &ui, rows: rows)
  }

  private func leftOutLines(_ leftOut: [LeftOut], _ changes: ScanChanges) -> [Line] {
    let gaps = leftOut.filter(\.isGap)
    let meant = leftOut.filter { !$0.isGap }
    var lines: [Line] = []
    if !gaps.isEmpty {
      lines.append(Line("Could not be read: the scan is partial", Style(bold: true)))
      lines += gaps.map { .warning("\(look.glyphs.failed) \($0.what): \($0.why)") } + [Line()]
    }
    if !meant.isEmpty {
      lines.append(Line("Left out on purpose", Style(bold: true)))
      lines += meant.map { Line("- \($0.what): \($0.why)") } + [Line()]
    }
    for (title, keys) in [
      ("New since the scan before", changes.new), ("Changed since then", changes.changed),
      ("Gone since then", changes.gone),
    ] where !keys.isEmpty {
      lines.append(Line(title, Style(bold: true)))
      lines += keys.map { Line("- \($0.kind?.rawValue ?? "") \($0.namespace)/\($0.name)") }
      lines.append(Line())
    }
    return lines.isEmpty ? [Line("Nothing was left out.")] : lines
  }

  private mutating func scroll(
    _ lines: [Line], _ scope: Scope, _ ui: inout ViewState, rows: Range<Int>
  ) {
    let last = max(0, lines.count - rows.count)
    var place = ui.place(in: scope)
    place.cursor = min(place.cursor, last)
    ui.places[scope] = place
    ui.listHeight = rows.count
    ui.scrollEnd = last
    if last > 0 {
      let text = " \(place.cursor + 1)-\(place.cursor + rows.count)/\(lines.count) "
      frame.put(text, row: 2, column: 2, style: Style(.muted))
    }
    let visible = lines.dropFirst(place.cursor).prefix(rows.count)
    if Scope.texts.contains(scope) {
      let longest = visible.map { displayWidth(of: $0.pieces.first?.text ?? "") }.max() ?? 0
      ui.overhang = longest - place.shift - (size.columns - 2)
      noteShift(place.shift)
    }
    for (index, line) in visible.enumerated() {
      let shown = place.shift > 0 ? shifted(line, by: place.shift) : line
      put(shown, row: rows.lowerBound + index, column: 1, width: size.columns - 2)
    }
  }
}

extension WizardState {
  /// Said where a session of another cluster than the one that is meant may be resumed.
  var otherCluster: String? {
    otherContext.map {
      "It is of another cluster: the \(answers.context == nil ? "current context" : "context given") "
        + "is \($0)."
    }
  }
}
