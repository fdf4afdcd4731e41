import Documents
import Wizard

/// The workloads of a list, read one by one: all of them at once, as JSON, would take ten times the
/// room of what is made of them.
package struct ScannedWorkloads {
  private(set) var workloads: [Workload] = []
  /// As `Draft.unknown` has it.
  private(set) var unknown: [JSONValue] = []

  init(_ reader: inout JSONReader, _ place: Field) throws {
    try reader.elements { reader in
      let json = try reader.value()
      let workload = try Workload(place.element(json, at: workloads.count))
      workloads.append(workload)
      let keys = WorkloadKey.jsonKeys
      if let unknown = workload.draft.unknown(in: json, identifiedBy: keys) {
        self.unknown.append(unknown)
      }
    }
  }
}

/// The parts of a session that its file names, and what its file says in terms of them.
package struct PartReferences: Hashable, Sendable {
  package let digests: PartDigests
  /// What the file says of all of it.
  package let counts: SessionHeader.Counts?
  package let isScanPartial: Bool
  /// Of the workloads in the scan's file.
  fileprivate let places: String?
  fileprivate let undo: [JSONValue]
  fileprivate let redo: [JSONValue]

  /// `nil` if everything is in the one file.
  package init?(_ field: Field) throws(InvalidSession) {
    var digests = PartDigests()
    digests.scan = try Self.digest(field["scan_result"]["scan_file"])
    digests.units = try Self.digest(field["selections"]["units_file"])
    for item in try field["operations_files"].list() {
      digests.operations.append(try Self.digest(item))
    }
    func edits(_ field: Field) throws(InvalidSession) -> (edits: [JSONValue], digests: [String?]) {
      let items = try field.list()
      var found: [String?] = []
      for item in items { found.append(try Self.digest(item["edit_file"])) }
      return (items.compactMap(\.value), found)
    }
    (undo, digests.undo) = try edits(field["undo"])
    (redo, digests.redo) = try edits(field["redo"])
    counts = try field["counts"].object().map(SessionHeader.Counts.init)
    isScanPartial = try field["scan_result"]["partial"].bool() ?? false
    places = try field["selections"]["selected_places"].optionalText()
    self.digests = digests
    if digests.all.isEmpty && places == nil { return nil }
  }

  private static func digest(_ field: Field) throws(InvalidSession) -> String? {
    guard let text = try field.optionalText() else { return nil }
    guard SessionID.isDigest(text) else {
      throw InvalidSession(reason: "\(text.prefix(80)) is not a SHA-256 digest")
    }
    return text
  }
}

extension SessionDocument {
  /// - Parameter workloads: what is unknown in those of the scan.
  mutating func keepUnknown(of value: JSONValue, _ workloads: [JSONValue]?) {
    // Of operations and edits, only those that are in the file are here so far.
    var parts = PartDigests()
    parts.scan = references?.digests.scan
    parts.units = references?.digests.units
    let draft = Draft.object(
      session.fields(parts, SessionHeader.Counts())
        .merging(["version": nil, "integrity": .object(["sha256": nil])]) { $1 })
    unknown = draft.unknown(in: value)
    if let workloads, !workloads.isEmpty { keep(.array(workloads), "scan_result", "workloads") }
  }

  private mutating func keep(_ value: JSONValue, _ keys: String...) {
    unknown = (unknown ?? .object([:])).setting(value, at: keys[...])
  }

  /// Reads the parts that are in other files. What cannot be had is left out, with a sentence.
  ///
  /// - Parameter read: a part's bytes by their digest, which is checked already; throws why not.
  package mutating func fill(
    _ read: (String) throws(InvalidSession) -> [UInt8]
  ) throws(InvalidSession) -> [String] {
    guard let references else { return [] }
    self.references = nil
    var warnings: [String] = []
    func part(_ digest: String, _ isLost: (String) -> Void) -> PartReading? {
      do {
        return try PartReading(try read(digest))
      } catch {
        isLost(error.reason)
        return nil
      }
    }
    var lostUnits: String?
    var lostScan: String?
    if let digest = references.digests.units {
      let found = part(digest) { lostUnits = $0 }
      session.proposal?.units = found?.units ?? []
      if let found { names.note(.units(found.units), is: digest) }
      for unknown in found?.unknown ?? [:] { keep(unknown.value, "selections", unknown.key) }
    }
    if let digest = references.digests.scan {
      try takeScan(part(digest) { lostScan = $0 }, references.places, digest)
    }
    takeOperations(references.digests.operations) {
      part($0) {
        warnings.append("Operations cannot be read; what ConfigHub has is read again: \($0).")
      }
    }
    session.undo = takeEdits("undo", references.undo, references.digests.undo) {
      part($0) { warnings.append(Self.lostEdits($0)) }
    }
    session.redo = takeEdits("redo", references.redo, references.digests.redo) {
      part($0) { warnings.append(Self.lostEdits($0)) }
    }
    try session.validate()
    // What becomes of the session without them depends on what else is known of it.
    return [
      lostUnits.map { session.sentence(ofLostUnits: $0) },
      lostScan.map { session.sentence(ofLostScan: $0) },
    ].compactMap(\.self) + warnings
  }

  private static func lostEdits(_ why: String) -> String {
    "Earlier choices cannot be undone any more: \(why)."
  }

  private mutating func takeScan(
    _ found: PartReading?, _ places: String?, _ digest: String
  ) throws(InvalidSession) {
    guard let found else {
      // What is chosen is known by the units that it became.
      if places != nil { session.selected += session.proposedWorkloads }
      return
    }
    let others = session.selected
    let counts = session.scan
    var scan = try ScanResult(found.rest, workloads: found.workloads)
    scan.namespaces = counts?.namespaces ?? []
    scan.scannedAt = counts?.scannedAt
    scan.owners = counts?.owners ?? scan.owners
    scan.detected = counts?.detected ?? scan.detected
    session.scan = scan
    if let places {
      let ranges = try Places(places, below: scan.workloads.count).ranges
      session.select(at: ranges, and: others)
    }
    names.note(.scan(scan), is: digest)
    for unknown in found.unknown { keep(unknown.value, "scan_result", unknown.key) }
  }

  private mutating func takeOperations(
    _ digests: [String?], _ part: (String) -> PartReading?
  ) {
    var inline = session.operations[...]
    var all: [Wizard.Operation] = []
    for digest in digests {
      guard let digest else {
        let row = Array(inline.prefix(SessionPart.rowLength))
        inline = inline.dropFirst(SessionPart.rowLength)
        names.noteRow(row, is: nil)
        all += row
        continue
      }
      guard let found = part(digest) else {
        lacksOperations = true
        continue
      }
      names.noteRow(found.operations, is: digest)
      all += found.operations
    }
    session.operations = OperationList(all + inline)
  }

  /// The latest ones up to the first that cannot be read: an earlier one makes no sense without it.
  private mutating func takeEdits(
    _ key: String, _ items: [JSONValue], _ digests: [String?], _ part: (String) -> PartReading?
  ) -> [Edit] {
    var edits: [Edit] = []
    var unknown: [JSONValue] = []
    let workloads = session.scan?.workloads ?? []
    for (item, digest) in zip(items, digests).reversed() {
      let field = digest.map { part($0)?.rest["edit"] } ?? Field(item)
      guard let field, let edit = try? Edit(field, in: workloads) else { break }
      if let digest { names.note(.edit(edit), is: digest) }
      let draft = digest.map(Edit.draft(inPart:)) ?? edit.draft(in: workloads)
      if let kept = draft.unknown(in: item, identifiedBy: Edit.jsonKeys) { unknown.append(kept) }
      edits.append(edit)
    }
    if !unknown.isEmpty { keep(.array(unknown.reversed()), key) }
    return edits.reversed()
  }
}

extension Session {
  /// The workloads that the proposal's units hold.
  fileprivate var proposedWorkloads: [SelectedWorkload] {
    (proposal?.units ?? []).flatMap(\.workloads).map { SelectedWorkload(key: $0, owner: "") }
  }
}

extension JSONValue {
  fileprivate func setting(_ value: JSONValue, at keys: ArraySlice<String>) -> JSONValue {
    guard let key = keys.first else { return value }
    var members = object ?? [:]
    members[key] = (members[key] ?? .object([:])).setting(value, at: keys.dropFirst())
    return .object(members)
  }
}
