import Documents
import Screens
import Wizard

extension Preferences {
  /// What is damaged or unknown in it is as if it were not there.
  init(_ file: PreferencesFile) {
    self.init()
    guard let bytes = file.read(), let value = try? JSONValue(parsing: bytes) else { return }
    if let tab = value["tab"]?.string.flatMap(ViewState.Tab.init), tab != .sessions {
      self.tab = tab
    }
    if let grouping = value["grouping"]?.string.flatMap(Arrangement.Grouping.init) {
      arrangement.grouping = grouping
    }
    if let column = value["sorting"]?.string.flatMap(Arrangement.Column.init) {
      arrangement.column = column
    }
    if let columns = value["columns"]?.string.flatMap(Arrangement.Columns.init) {
      arrangement.columns = columns
    }
    if let pane = value["pane"]?.string.flatMap(PaneContent.init) { self.pane = pane }
    arrangement.isReversed = value["reversed"]?.bool ?? false
    usesMouse = value["mouse"]?.bool ?? false
    layout = value["layout"]?.string.flatMap(Layout.init)
    unitContents = value["units"]?.string.flatMap(UnitContents.init)
    for (organization, answer) in value["sync"]?.object ?? [:] {
      guard let isOn = answer["on"]?.bool else { continue }
      let space = answer["space"]?.string.flatMap { Naming.isValidSlug($0) ? $0 : nil }
      sync[organization] = SyncAnswers.Answer(isOn: isOn, space: space)
    }
    guard let seen = value["connection"], seen.object != nil else { return }
    connection = HubIdentity(
      server: seen["server"]?.string, organization: seen["organization"]?.string,
      user: seen["user"]?.string)
  }

  func write(to file: PreferencesFile) {
    var value: JSONValue = [
      "tab": .string(tab.rawValue), "grouping": .string(arrangement.grouping.rawValue),
      "sorting": .string(arrangement.column.rawValue), "reversed": .bool(arrangement.isReversed),
      "columns": .string(arrangement.columns.rawValue), "mouse": .bool(usesMouse),
      "pane": .string(pane.rawValue),
    ]
    if let layout { value["layout"] = .string(layout.rawValue) }
    if let unitContents { value["units"] = .string(unitContents.rawValue) }
    if let connection {
      let members = [
        "server": connection.server, "organization": connection.organization,
        "user": connection.user,
      ]
      value["connection"] = .object(
        members.compactMapValues { $0.map { JSONValue.string($0) } })
    }
    if !sync.isEmpty {
      value["sync"] = .object(
        sync.mapValues { answer in
          .object(
            ["on": .bool(answer.isOn), "space": answer.space.map(JSONValue.string)]
              .compactMapValues(\.self))
        })
    }
    file.write(value.serialized(pretty: true))
  }
}
