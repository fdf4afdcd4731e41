import Documents
import ForeignText
import Subprocess
import Wizard

extension ClusterClient {
  /// A unit as it would be written now, and the live objects with what is left out marked.
  public func preview(
    of unit: UnitPlan, context: String, cancellation: Cancellation? = nil
  ) throws(ClusterFailure) -> UnitPreview {
    let objects = try liveObjects(unit.members, context: context, cancellation: cancellation)
    let cleaned = Self.cleaned(
      objects, of: unit.members, withoutReplicas: unit.withoutReplicas)
    let written = cleaned.map { $0.yaml() }.joined(separator: "---\n")
    var live: [UnitPreview.LiveLine] = []
    for (index, object) in objects.enumerated() {
      if index > 0 { live.append(.init("---", isLeftOut: false)) }
      live += LiveText(object, kept: cleaned[index]).lines
    }
    // It is for a person to look at: what is a secret is written, and not shown.
    var (ofWritten, ofLive) = (Redactor(), Redactor())
    return UnitPreview(
      slug: unit.slug, written: ofWritten.redacted(lines: written.yamlLines),
      live: zip(ofLive.redacted(lines: live.map(\.text)), live)
        .map { .init($0, isLeftOut: $1.isLeftOut) })
  }
}

/// The YAML of an object, line by line, with the parts marked that are not in another one.
struct LiveText {
  private(set) var lines: [UnitPreview.LiveLine] = []

  init(_ object: JSONValue, kept: JSONValue) { write(object, kept: kept, indent: "") }

  private mutating func write(_ value: JSONValue, kept: JSONValue?, indent: String) {
    guard case .object(let members) = value, case .object(let keptMembers)? = kept else {
      return add(value, isLeftOut: kept == nil, indent: indent)
    }
    for key in members.keys.sorted() {
      guard let member = members[key] else { continue }
      let keptMember = keptMembers[key]
      // What is the same, gone as a whole, or no map of keys stands as it is.
      if keptMember == member || member.object == nil || keptMember?.object == nil {
        add(.object([key: member]), isLeftOut: keptMember == nil, indent: indent)
      } else {
        let head = JSONValue.object([key: .object([:])]).yaml()
        lines.append(.init(indent + head.prefix { $0 != ":" } + ":", isLeftOut: false))
        write(member, kept: keptMember, indent: indent + "  ")
      }
    }
  }

  private mutating func add(_ value: JSONValue, isLeftOut: Bool, indent: String) {
    lines += value.yaml().yamlLines.map { .init(indent + $0, isLeftOut: isLeftOut) }
  }
}

extension String {
  /// Without the empty one after the last newline.
  fileprivate var yamlLines: [String] {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
