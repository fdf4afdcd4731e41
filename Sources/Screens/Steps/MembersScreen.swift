import TerminalText
import Wizard

extension Page {
  /// What one unit holds.
  static func members(_ state: WizardState, _ ui: ViewState) -> Page {
    let unit = state.session.proposal?.units.first { $0.id == ui.openUnit }
    guard let unit else { return Page(empty: "There is no such unit.") }
    var page = Page(title: "Unit \(unit.name) holds \(plural(unit.members.count, "object"))")
    page.intro = [Line("m moves one to another unit, or a new one; esc goes back.")]
    page.heads = ["KIND", "NAME", "NAMESPACE"]
    page.rows = unit.members.map {
      Row(id: .member($0), cells: [$0.kind, $0.name, $0.namespace ?? ""])
    }
    return page
  }

  /// What would be written, and below it what the cluster has.
  static func preview(_ state: WizardState) -> Page {
    guard let preview = state.preview else { return Page(empty: "Nothing is previewed.") }
    if let differences = preview.differences { return comparison(preview.slug, differences) }
    var page = Page(title: "Unit \(preview.slug)")
    page.intro = [Line("Lines with - are the cluster's own and left out. esc goes back.")]
    var rows = [("As it will be written", Style(bold: true))]
    rows += preview.written.map { ("  \($0)", .plain) }
    rows.append(("Live in \(state.session.cluster.context)", Style(bold: true)))
    rows += preview.live.map {
      $0.isLeftOut ? ("- \($0.text)", Style(.bad)) : ("  \($0.text)", .plain)
    }
    page.rows = rows.enumerated().map { index, row in
      Row(id: .text(index), cells: [row.0], style: row.1)
    }
    page.margin = 2
    return page
  }
}

/// The keys that put units together otherwise, or look into them.
func regroup(
  _ action: Action, _ sight: Sight, _ state: WizardState, _ ui: inout ViewState
) -> Intent {
  switch (action, sight.row?.id) {
  case (.open, .unit(let id)): ui.openUnit = id
  case (.preview, .unit(let id)):
    ui.places[.preview] = nil
    return .event(state.differs(id) ? .compare(unit: id) : .preview(unit: id))
  case (.preview, .member):
    ui.places[.preview] = nil
    return ui.openUnit.map { .event(.preview(unit: $0)) } ?? .nothing
  case (.split, .unit(let id)): return .event(.split(unit: id))
  case (.moveOrMerge, .unit(let id)):
    ui.editing = .init(subject: .merge(id), field: TextField(""))
  case (.moveOrMerge, .member(let member)):
    guard let unit = ui.openUnit else { return .nothing }
    ui.editing = .init(subject: .move(member, of: unit), field: TextField(""))
  case (.editLabels, .unit(let id)):
    let labels = state.session.proposal?.units.first { $0.id == id }?.labels ?? [:]
    ui.editing = .init(subject: .labels(id), field: TextField(LabelText.text(of: labels)))
  default: ui.notice = "Move to a unit first."
  }
  return .nothing
}
