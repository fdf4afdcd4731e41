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
    case merge(WorkloadKey)
    case move(ObjectReference, of: WorkloadKey)
    case labels(WorkloadKey)
    /// What the session of that id is called.
    case session(String)
  }

  var subject: Subject
  var field: TextField

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
    case .merge: "Merge with unit"
    case .move: "Move to unit"
    case .labels: "Labels"
    case .session: "Name, or nothing"
    }
  }

  /// Whether a text that has a problem cannot be taken. The names of step 3 are taken as they are,
  /// and told what is wrong with them; the word that installs is refused with a sentence of its own.
  private var hasToBeRight: Bool {
    switch subject {
    case .namespace, .conflict, .localWorker, .merge, .move, .labels, .session: true
    case .appSpace, .hub, .unit, .installation: false
    }
  }

  /// What would be refused stays there to be mended.
  func canBeTaken(in state: WizardState) -> Bool { !hasToBeRight || problem(in: state) == nil }

  var event: Event {
    switch subject {
    case .appSpace: .setAppSpace(field.text)
    case .hub: .setHub(field.text)
    case .namespace: .setNamespaces([field.text], chosen: true)
    case .unit(let unit): .rename(unit: unit, slug: field.text)
    case .conflict(let unit): .resolve(unit: unit, .rename(field.text))
    case .localWorker: .chooseWorker(.local(slug: field.text))
    case .installation: .confirmInstallation(field.text)
    case .merge(let unit): .merge(unit: unit, into: field.text)
    case .move(let member, let unit): .move(member, of: unit, to: field.text)
    case .labels(let unit): .setLabels(unit: unit, field.text)
    case .session(let id): .nameSession(id, field.text)
    }
  }
}
