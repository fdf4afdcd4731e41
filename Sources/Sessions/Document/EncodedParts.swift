import Documents
import Wizard

/// What the latest save wrote of the parts of a session that can be large. Most saves record one
/// more operation, and what has not changed since is not written out again for that.
struct EncodedParts {
  private struct Part {
    let source: any Equatable
    let original: JSONValue?
    /// `nil` if it is longer than this layout allows.
    let text: [UInt8]?
  }

  private struct Layout: Hashable {
    let key: String
    let pretty: Bool
  }

  private var parts: [Layout: Part] = [:]
  private var operations: [(operation: Wizard.Operation, text: [UInt8])] = []
  /// What was read from the file that each operation stood in.
  private var originalOperations: [String: JSONValue] = [:]
  private var operationsLayout: (original: JSONValue?, pretty: Bool)?

  static let keys: Set = ["scan_result", "selections", "operations"]

  /// The members that are there, by key; `nil` if one is longer than `limit` bytes.
  mutating func members(
    of document: SessionDocument, pretty: Bool, atMost limit: Int
  ) -> [String: [UInt8]]? {
    let session = document.session
    var members: [String: [UInt8]] = [:]
    if let scan = session.scan {
      let layout = Layout(key: "scan_result", pretty: pretty)
      guard let text = text(layout, of: scan, document, limit, \.draft) else { return nil }
      members[layout.key] = text
    }
    let layout = Layout(key: "selections", pretty: pretty)
    let selections = Selections(
      proposal: session.proposal, selected: session.selected, past: session.pastChoices)
    guard let text = text(layout, of: selections, document, limit, \.draft) else { return nil }
    members[layout.key] = text
    members["operations"] = operations(of: document, pretty: pretty)
    return members
  }

  private mutating func text<Source: Equatable>(
    _ layout: Layout, of source: Source, _ document: SessionDocument, _ limit: Int,
    _ draft: (Source) -> Draft
  ) -> [UInt8]? {
    let original = document.original?[layout.key]
    if let part = parts[layout], part.source as? Source == source, part.original == original {
      return part.text
    }
    let text = draft(source).merged(over: original)
      .serializedPart(pretty: layout.pretty, depth: 1, atMost: limit)
    parts[layout] = Part(source: source, original: original, text: text)
    return text
  }

  private mutating func operations(of document: SessionDocument, pretty: Bool) -> [UInt8] {
    let original = document.original?["operations"]
    if operationsLayout?.pretty != pretty || operationsLayout?.original != original {
      operationsLayout = (original, pretty)
      operations = []
      let known = (original?.array ?? []).map { ($0["op"]?.string ?? "", $0) }
      originalOperations = Dictionary(known) { first, _ in first }
    }
    for (index, operation) in document.session.operations.enumerated() {
      if index < operations.count, operations[index].operation == operation { continue }
      let value = operation.draft.merged(over: originalOperations[operation.id])
      let text = value.serializedPart(pretty: pretty, depth: 2, atMost: .max) ?? []
      if index < operations.count {
        operations[index] = (operation, text)
      } else {
        operations.append((operation, text))
      }
    }
    operations.removeLast(operations.count - document.session.operations.count)
    return JSONValue.array(ofParts: operations.map(\.text), pretty: pretty, depth: 1)
  }
}
