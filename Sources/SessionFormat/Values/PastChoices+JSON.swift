import Documents
import Wizard

extension PastChoices {
  /// Names by context, namespace and kind, as there may be thousands; `nil` if there are none.
  package var draft: Draft? {
    let rows = contexts.flatMap { context in
      Dictionary(grouping: self[context]) { Group(context, $0.key) }.map { ($0, $1) }
    }
    guard !rows.isEmpty else { return nil }
    return .list(
      rows.sorted { $0.0 < $1.0 }, identifiedBy: ["context", "namespace", "kind"]
    ) { group, choices in
      func names(_ isChosen: Bool) -> Draft? {
        let names = choices.filter { $0.value == isChosen }.map(\.key.name).sorted()
        return names.isEmpty ? nil : .texts(names)
      }
      return .object([
        "context": .text(group.context), "namespace": .text(group.namespace),
        "kind": .text(group.kind?.rawValue), "chosen": names(true), "left_out": names(false),
      ])
    }
  }

  package init(_ field: Field) throws(InvalidSession) {
    self.init()
    for row in try field.list() {
      let context = try row["context"].text()
      let namespace = try row["namespace"].text()
      let kind: WorkloadKind? = try row["kind"].choice()
      for (list, isChosen) in [("chosen", true), ("left_out", false)] {
        for name in try row[list].texts() {
          remember(
            WorkloadKey(kind: kind, namespace: namespace, name: name), asChosen: isChosen,
            in: context)
        }
      }
    }
  }

  private struct Group: Hashable, Comparable {
    package var context: String
    package var namespace: String
    package var kind: WorkloadKind?

    package init(_ context: String, _ key: WorkloadKey) {
      self.context = context
      namespace = key.namespace
      kind = key.kind
    }

    package static func < (one: Group, other: Group) -> Bool {
      (one.context, one.namespace, one.kind?.rawValue ?? "")
        < (other.context, other.namespace, other.kind?.rawValue ?? "")
    }
  }
}
