import Documents
import Wizard

/// The digests of parts that are on the disk, as far as they were written or read: most saves
/// record one more operation, and what has not changed since is not even looked at for that.
///
/// It follows from what is on the disk, so that two documents never differ by it.
package struct PartNames: Hashable, Sendable {
  private var scan: (scan: ScanResult, digest: String)?
  private var units: (units: [UnitPlan], digest: String)?
  private var edits: [(edit: Edit, digest: String)] = []
  private var rows: [Row] = []
  /// How many workloads each unit holds.
  private var weights: (units: [UnitPlan], bySlug: [String: Int])?

  /// So many operations as fit into one part.
  private struct Row {
    package var operations: [Wizard.Operation]
    package var digest: String?
    package var counts: SessionHeader.Counts
    /// Tells of a unit that was removed again.
    var hasRemoval = false
    /// Each operation as it stands in the session's file, as far as it stood there as it is now.
    package var lines: [[UInt8]?] = []

    package var isFull: Bool { operations.count == SessionPart.rowLength }

    mutating func writeLines() {
      if lines.count != operations.count { lines = operations.map { _ in nil } }
      for (index, operation) in operations.enumerated() where lines[index] == nil {
        var writer = JSONWriter(pretty: false)
        operation.draft.write(over: nil, to: &writer)
        lines[index] = writer.bytes
      }
    }

    /// Those of the operations that are in this row already.
    package func lines(for operations: [Wizard.Operation]) -> [[UInt8]?] {
      operations.indices.map { index in
        lines.indices.contains(index) && self.operations[index] == operations[index]
          ? lines[index] : nil
      }
    }
  }
  /// The ids of the operations in the rows that were counted.
  private var ids: Set<String> = []
  /// True if the operations that ``parts(of:)`` saw break no rule of ``Session/validate()``.
  private(set) var areOperationsValid = true

  package init() {}

  package static func == (a: PartNames, b: PartNames) -> Bool { true }
  package func hash(into hasher: inout Hasher) {}

  // MARK: What is on the disk

  package mutating func note(_ content: SessionPart, is digest: String) {
    switch content {
    case .scan(let scan): self.scan = (scan, digest)
    case .units(let units): self.units = (units, digest)
    case .edit(let edit): edits.append((edit, digest))
    case .operations(let operations): noteRow(operations, is: digest)
    }
  }

  /// One full row of operations after the other; without a digest where it has no part.
  mutating func noteRow(_ operations: [Wizard.Operation], is digest: String?) {
    rows.append(Row(operations: operations, digest: digest, counts: .init()))
  }

  /// What is not on the disk any more.
  package mutating func forget(_ digests: Set<String>) {
    if let scan, digests.contains(scan.digest) { self.scan = nil }
    if let units, digests.contains(units.digest) { self.units = nil }
    edits.removeAll { digests.contains($0.digest) }
    for index in rows.indices where rows[index].digest.map(digests.contains) == true {
      rows[index].digest = nil
    }
  }

  /// Nothing was written or read so far.
  package var isEmpty: Bool { scan == nil && units == nil && edits.isEmpty && rows.isEmpty }

  // MARK: What is to be there

  /// The digests of all parts of a session, and its parts, but for the rows of operations that are
  /// known. Throws if one is larger than a file may be.
  package mutating func parts(
    of document: SessionDocument
  ) throws(InvalidSession) -> (digests: PartDigests, parts: [NamedPart]) {
    let session = document.session
    var digests = PartDigests()
    var parts: [NamedPart] = []
    func name(_ content: SessionPart, known: String?) throws(InvalidSession) -> String {
      if let known {
        parts.append(NamedPart(digest: known, bytes: nil, content: content))
        return known
      }
      guard let bytes = content.encoded(over: document.unknown) else { throw Self.tooLarge }
      let digest = SHA256.hex(of: bytes)
      parts.append(NamedPart(digest: digest, bytes: bytes, content: content))
      return digest
    }

    if let scan = session.scan, !scan.workloads.isEmpty {
      let known = self.scan.flatMap { $0.scan.hasLists(of: scan) ? $0.digest : nil }
      digests.scan = try name(.scan(scan), known: known)
    }
    if let units = session.proposal?.units, units.count > SessionPart.longest {
      let known = self.units.flatMap { $0.units == units ? $0.digest : nil }
      digests.units = try name(.units(units), known: known)
    }
    let workloads = digests.scan == nil ? [] : session.scan?.workloads ?? []
    func digest(of edit: Edit) throws(InvalidSession) -> String? {
      guard edit.isPart(in: workloads) else { return nil }
      return try name(.edit(edit), known: edits.first { $0.edit == edit }?.digest)
    }
    for edit in session.undo { digests.undo.append(try digest(of: edit)) }
    for edit in session.redo { digests.redo.append(try digest(of: edit)) }
    follow(session)
    for row in rows where row.isFull {
      let isSettled = row.counts.unsettled == 0
      // Of those there may be hundreds.
      if isSettled, let known = row.digest {
        digests.operations.append(known)
      } else {
        digests.operations.append(
          isSettled ? try name(.operations(row.operations), known: nil) : nil)
      }
    }
    return (digests, parts)
  }

  /// To be called when all of the parts are on the disk: these, and no others, are known then.
  package mutating func keep(_ parts: [NamedPart]) {
    scan = nil
    units = nil
    edits = []
    for part in parts {
      guard case .operations(let operations) = part.content else {
        note(part.content, is: part.digest)
        continue
      }
      if let index = rows.firstIndex(where: { $0.digest == nil && $0.operations == operations }) {
        rows[index].digest = part.digest
      }
    }
  }

  private static let tooLarge = InvalidSession(
    reason: "a part of it would be more than the \(SessionCodec.sizeLimit) bytes that a session "
      + "may have. Import fewer workloads at a time")

  // MARK: Operations and what they come to

  /// Looks anew only at rows of which an operation changed. Those that did not are mostly the very
  /// ones that the session has.
  private mutating func follow(_ session: Session) {
    let units = session.proposal?.units ?? []
    let areUnitsOther = weights?.units != units
    if areUnitsOther { weights = (units, Self.weights(of: units)) }
    let bySlug = weights?.bySlug ?? [:]
    let all = session.operations.rows
    while rows.count > all.count { forgetIDs(of: rows.removeLast().operations) }
    for (index, operations) in all.enumerated() {
      let isKnown = index < rows.count && rows[index].operations == operations
      if isKnown, !areUnitsOther {
        rows[index].operations = operations
        continue
      }
      let row = Row(
        operations: operations, digest: isKnown ? rows[index].digest : nil,
        counts: SessionHeader.Counts(operations, weights: bySlug),
        hasRemoval: operations.contains(where: \.isRemoval))
      if index < rows.count {
        forgetIDs(of: rows[index].operations)
        let lines = rows[index].lines(for: operations)
        rows[index] = row
        rows[index].lines = lines
      } else {
        rows.append(row)
      }
      for operation in operations {
        if !ids.insert(operation.id).inserted || !operation.isAttemptInRange {
          areOperationsValid = false
        }
      }
    }
  }

  /// After ``parts(of:)``: the operations that have no part, each as it stands in the session's
  /// file.
  package mutating func lines(besides digests: PartDigests) -> [[UInt8]] {
    var all: [[UInt8]] = []
    for index in rows.indices {
      if index < digests.operations.count, digests.operations[index] != nil {
        rows[index].lines = []
        continue
      }
      rows[index].writeLines()
      all += rows[index].lines.compactMap(\.self)
    }
    return all
  }

  private mutating func forgetIDs(of operations: [Wizard.Operation]) {
    for operation in operations { ids.remove(operation.id) }
  }

  private static func weights(of units: [UnitPlan]) -> [String: Int] {
    Dictionary(
      units.map { ($0.slug, max(1, $0.workloads.count)) }
    ) { $0 + $1 }
  }

  /// After ``parts(of:)``: what `SessionHeader.Counts` counts, without counting all anew.
  package func counts(of session: Session) -> SessionHeader.Counts {
    var counts = rows.reduce(into: SessionHeader.Counts()) { $0.add($1.counts) }
    if counts.imported == 0 { counts.imported = counts.created }
    counts.detected = session.scan?.detected
    counts.selected = session.selectedCount
    // What was removed may have been made in any row.
    counts.facts =
      rows.contains(where: \.hasRemoval)
      ? SessionFacts(session) : SessionFacts(session, operations: counts.facts)
    return counts
  }
}

extension ScanResult {
  /// The same workloads, owners' objects and gaps: then the same part holds them.
  fileprivate func hasLists(of other: ScanResult) -> Bool {
    workloads == other.workloads && ownerObjects == other.ownerObjects && leftOut == other.leftOut
      && objects == other.objects
  }
}
