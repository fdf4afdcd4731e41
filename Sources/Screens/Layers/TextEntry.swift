import TerminalText
import Wizard

/// A name, or another text, that is typed below the rows.
struct TextEntry: Hashable, Sendable {
  /// What is named.
  enum Subject: Hashable, Sendable {
    case appSpace, hub, namespace
    case unit(WorkloadKey)
    /// Another name for a unit that differs from the one of its name in ConfigHub.
    case conflict(WorkloadKey)
    case localWorker
    /// The word that applies a worker's manifests.
    case installation
    /// All the labels of a unit, or what changes of those of several.
    case labels([WorkloadKey])
    /// What the session of that id is called.
    case session(String)
  }

  var subject: Subject
  var field: TextField { didSet { if field.text != oldValue.text { refusal = nil } } }
  /// Why the wizard refused the text.
  var refusal: String?

  init(_ subject: Subject, _ text: String = "") {
    self.subject = subject
    self.field = TextField(text)
  }

  /// What the text is called where it is typed.
  var name: String {
    switch subject {
    case .appSpace: "App Space"
    case .hub: "Hub"
    case .namespace: "Namespace"
    case .unit: "Unit"
    case .conflict: "Other name"
    case .localWorker: "Worker"
    case .installation: "Type yes to apply it"
    case .labels(let units): units.count == 1 ? "Labels" : "Labels of \(units.count) units"
    case .session: "Name, or nothing"
    }
  }

  /// A text that would be refused stays to be mended; another word than yes is an answer.
  var staysToBeMended: Bool { subject != .installation }

  var event: Event {
    switch subject {
    case .appSpace: .setAppSpace(field.text)
    case .hub: .setHub(field.text)
    case .namespace: .setNamespaces([field.text], chosen: true)
    case .unit(let unit): .rename(unit: unit, slug: field.text)
    case .conflict(let unit): .resolve(unit: unit, .rename(field.text))
    case .localWorker: .chooseWorker(.local(slug: field.text))
    case .installation: .confirmInstallation(field.text)
    case .labels(let units): .setLabels(units: units, field.text)
    case .session(let id): .nameSession(id, field.text)
    }
  }
}
