import TerminalText
import Wizard

/// What a unit would be: with what the cluster has, or against what ConfigHub has.
///
/// It lies over steps 3 and 4, but the wizard reads it and keeps it, so it is a screen of its state.
enum PreviewScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .omissions, .rows, .shifting, .searching,
    [
      KeyHandler(.close, sends: .closePreview),
      KeyHandler(.foldAll) { press in
        press.ui.showsManagedFields.toggle()
        return .nothing
      },
      KeyHandler(.closeView, sends: .closePreview),
      KeyHandler(.openPager) { press in
        press.openPager(
          press.state.preview.map { .init(name: "\($0.slug).yaml", lines: $0.written) })
      },
    ])

  static let isView = true

  static let plain = PlainAnswers(emptyLine: .press(.close)) { _ in "enter to go on, or ? " }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    guard let preview = state.preview else { return Page(empty: "Nothing is previewed.") }
    var page =
      preview.differences.map { comparison(preview.slug, $0) } ?? self.preview(preview, state, ui)
    page.margin = 2
    page.plain.isVerbatim = true
    return page
  }

  /// What would be written, and below it what the cluster has.
  private static func preview(
    _ preview: UnitPreview, _ state: WizardState, _ ui: ViewState
  ) -> Page {
    var page = Page(title: "Unit \(preview.slug)")
    page.intro = [
      Line(
        "Lines with - are set by the cluster and left out"
          + (ui.showsManagedFields ? ". esc goes back." : "; z shows managedFields. esc goes back.")
      ).onlyOnScreen
    ]
    var rows = [("As it will be written", Style(bold: true))]
    rows += preview.written.map { ("  \($0)", .plain) }
    rows.append(("Live in \(state.session.cluster.context)", Style(bold: true)))
    rows += (ui.showsManagedFields ? preview.live : preview.live.foldingManagedFields).map {
      $0.isLeftOut ? ("- \($0.text)", Style(.muted)) : ("  \($0.text)", .plain)
    }
    page.rows = Rows(
      rows.enumerated().map { Row(id: .text($0), cells: [$1.0], style: $1.1) })
    return page
  }

  /// What a unit would become, against what ConfigHub has.
  private static func comparison(
    _ slug: String, _ differences: [UnitPreview.Difference]
  ) -> Page {
    var page = Page(title: "Unit \(slug), and what ConfigHub has under this name")
    page.intro = [Line("- only ConfigHub has, + would be written. esc goes back.").onlyOnScreen]
    page.rows = Rows(
      differences.enumerated().map { index, difference in
        let (text, style) = difference.signed
        return Row(id: .text(index), cells: [text], style: style)
      })
    page.firstCursor = differences.firstIndex { $0.sort != .both } ?? 0
    if differences.allSatisfy({ $0.sort == .both }) {
      page.outro = [.onlyUnseenDiffers]
    }
    return page
  }
}

extension UnitPreview.Difference {
  /// Behind the sign of who has it, in its colour.
  fileprivate var signed: (text: String, style: Style) {
    switch sort {
    case .both: ("  \(text)", .plain)
    case .onlyInConfigHub: ("- \(text)", Style(.bad))
    case .onlyHere: ("+ \(text)", Style(.good))
    }
  }

  var line: Line { Line(signed.text, signed.style) }
}

extension Line {
  static let onlyUnseenDiffers = Line.warning(
    "They differ only in what is not shown here, or in blanks.")
}

extension [UnitPreview.LiveLine] {
  /// Who set which field, and when, fills half of an object: one line says how much that is.
  fileprivate var foldingManagedFields: [Element] {
    var lines: [Element] = []
    var outer: Int?
    var count = 0
    func end() {
      if outer != nil, count > 0 { lines[lines.count - 1].text += " \(plural(count, "line"))" }
      (outer, count) = (nil, 0)
    }
    for line in self {
      let indent = line.text.prefix { $0 == " " }.count
      let rest = line.text.dropFirst(indent)
      if let outer, line.isLeftOut, indent > outer || indent == outer && rest.hasPrefix("- ") {
        count += 1
        continue
      }
      end()
      lines.append(line)
      if line.isLeftOut, rest.hasPrefix("managedFields:") { outer = indent }
    }
    end()
    return lines
  }
}

extension [KeyHandler] {
  /// On screens with units that nothing has to be compared for.
  static let preview = [KeyHandler(.preview) { $0.preview() }]
  /// On screens with units that may differ from those in ConfigHub.
  static let compare = [KeyHandler(.compare) { $0.preview() }]
}

extension KeyPress {
  /// Shows the unit of the row, or that is open.
  mutating func preview() -> Intent {
    let event: Event
    if case .unit(let id) = row?.id {
      event = state.differs(id) ? .compare(unit: id) : .preview(unit: id)
    } else if case .member = row?.id {
      guard let unit = ui.openUnit else { return .nothing }
      event = .preview(unit: unit)
    } else {
      return say("Move to a unit first.")
    }
    ui.positions[.screen(.preview)] = nil
    return .event(event)
  }
}
