import Documents
import Wizard

/// A part of a session that may be large, as a file of its own beside it: `scans/<session
/// id>.<SHA-256 of its bytes>.json`. It never changes, and the generations of a session share it.
package enum SessionPart {
  case scan(ScanResult)
  case units([UnitPlan])
  /// So many in a row, all of them settled.
  case operations([Wizard.Operation])
  case edit(Edit)

  /// What is not longer stays in the session's file, which is written anew with every save.
  package static let longest = 20
  /// In rows, of an edit. Of these there may be a hundred.
  static let longestEdit = 100
  /// Operations in one part.
  static let rowLength = OperationList.rowLength

  private static let version = "1.0"

  /// - Parameter unknown: what stood in the session's file that is unknown to us.
  func encoded(over unknown: JSONValue?) -> [UInt8]? {
    let fields: [String: Draft?]
    let original: JSONValue?
    switch self {
    case .scan(let scan):
      fields = scan.lists
      original = unknown?["scan_result"]
    case .units(let units):
      fields = ["units": .list(units, identifiedBy: WorkloadKey.jsonKeys, \.draft)]
      original = unknown?["selections"]
    case .operations(let operations):
      fields = ["operations": .list(operations, identifiedBy: ["op"], \.draft)]
      original = unknown
    case .edit(let edit):
      fields = ["edit": edit.draft]
      original = nil
    }
    var writer = JSONWriter(pretty: false, limit: SessionCodec.sizeLimit)
    let known = original?.object?.filter { fields.keys.contains($0.key) }
    Draft.object(fields.merging(["type": .text(type), "version": .text(Self.version)]) { $1 })
      .write(over: known.map(JSONValue.object), to: &writer)
    return writer.isFull ? nil : writer.bytes + [UInt8(ascii: "\n")]
  }

  private var type: String {
    switch self {
    case .scan: "scan"
    case .units: "units"
    case .operations: "operations"
    case .edit: "edit"
    }
  }
}

/// What was read from such a file.
struct PartReading {
  private(set) var workloads: [Workload] = []
  private(set) var units: [UnitPlan] = []
  private(set) var operations: [Wizard.Operation] = []
  /// Everything else in it.
  private(set) var rest: Field
  /// What is unknown to us in its lists, as `Draft.unknown` has it.
  private(set) var unknown: [String: JSONValue] = [:]
  private var members: [String: JSONValue] = [:]

  /// The elements of the long lists are read one by one: all of them at once, as JSON, would take
  /// ten times the room of what is made of them.
  package init(_ bytes: [UInt8]) throws(InvalidSession) {
    rest = Field(.null)
    try StrictJSON.read(bytes) { reader in
      try reader.members { key, reader in try member(key.text(), &reader) }
    }
    rest = Field(.object(members))
  }

  private mutating func member(
    _ key: String, _ reader: inout JSONReader
  ) throws {
    let place = Field(.null)[key]
    switch key {
    case "workloads":
      let keys = WorkloadKey.jsonKeys
      try list(key, keys, &reader) { (reading, json, index) throws(InvalidSession) in
        let workload = try Workload(place.element(json, at: index))
        reading.workloads.append(workload)
        return workload.draft
      }
    case "units":
      let keys = WorkloadKey.jsonKeys
      try list(key, keys, &reader) { (reading, json, index) throws(InvalidSession) in
        let unit = try UnitPlan(place.element(json, at: index))
        reading.units.append(unit)
        return unit.draft
      }
    case "operations":
      try list(key, ["op"], &reader) { (reading, json, index) throws(InvalidSession) in
        let operation = try Wizard.Operation(place.element(json, at: index))
        reading.operations.append(operation)
        return operation.draft
      }
    default: members[key] = try reader.value()
    }
  }

  /// - Parameter take: keeps an element and answers with what would be written of it.
  private mutating func list(
    _ key: String, _ keys: [String], _ reader: inout JSONReader,
    _ take: (inout PartReading, JSONValue, Int) throws(InvalidSession) -> Draft
  ) throws {
    // What this version wrote, which it says before its lists, has nothing unknown in it.
    let mayHaveUnknown = members["version"] != .string("1.0")
    var index = 0
    var kept: [JSONValue] = []
    try reader.elements { reader in
      let json = try reader.value()
      let draft = try take(&self, json, index)
      if mayHaveUnknown, let unknown = draft.unknown(in: json, identifiedBy: keys) {
        kept.append(unknown)
      }
      index += 1
    }
    if !kept.isEmpty { unknown[key] = .array(kept) }
  }
}
