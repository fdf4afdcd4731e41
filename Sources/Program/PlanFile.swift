import Documents
import ForeignText
import Glibc
import Wizard

/// The whole proposal as a file: written, perhaps edited by hand, and read back.
struct PlanFile {
  /// What is wrong with a plan, and on which line of it.
  struct Refusal: Error {
    var line: Int?
    var sentence: String
  }

  /// More than this is no plan, in bytes.
  private static let limit = 16 << 20

  // MARK: Writing

  static func json(_ proposal: Proposal) -> JSONValue {
    var plan: [String: JSONValue] = [
      "hub": .string(proposal.hub), "app_space": .string(proposal.appSpace),
      "units": .array(
        proposal.units.map { unit in
          var object: [String: JSONValue] = [
            "slug": .string(unit.slug), "labels": .object(unit.labels.mapValues { .string($0) }),
            "members": .array(unit.members.map(member)),
          ]
          object["space"] = unit.space.map { .string($0) }
          return .object(object)
        }),
    ]
    // What is as usual is left out, as in plans before there was a choice.
    if proposal.layout != .appSpace { plan["layout"] = .string(proposal.layout.rawValue) }
    if proposal.unitContents != .app {
      plan["unit_contents"] = .string(proposal.unitContents.rawValue)
    }
    if proposal.replicas != .autoscaler { plan["replicas"] = .string(proposal.replicas.rawValue) }
    if proposal.unclaimed != .leftOut { plan["unclaimed"] = .string(proposal.unclaimed.rawValue) }
    return .object(plan)
  }

  private static func member(_ object: ObjectReference) -> JSONValue {
    .object([
      "api_version": .string(object.apiVersion), "kind": .string(object.kind),
      "namespace": .init(object.namespace), "name": .string(object.name),
    ])
  }

  static func text(_ proposal: Proposal) -> String {
    String(decoding: json(proposal).serialized(pretty: true), as: UTF8.self)
  }

  // MARK: Reading

  /// The plan in a file, or a sentence that names the file, the line and the reason.
  static func read(_ path: String) throws(UsageError) -> Plan {
    guard let file = fopen(path, "r") else {
      throw UsageError(
        sentence: "The plan \(path) cannot be read: \(String(cString: strerror(errno))).")
    }
    defer { fclose(file) }
    var status = stat()
    if fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw UsageError(sentence: "The plan \(path) is a directory; name the file in it.")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= limit {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    guard ferror(file) == 0 else {
      throw UsageError(
        sentence: "The plan \(path) cannot be read: \(String(cString: strerror(errno))).")
    }
    guard bytes.count <= limit else {
      throw UsageError(sentence: "The plan \(path) is larger than \(limit >> 20) MiB.")
    }
    do {
      return try plan(bytes, file: path)
    } catch {
      let line = error.line.map { ", line \($0)" } ?? ""
      // It quotes what an editor, or a program, has written there.
      throw UsageError(sentence: "The plan \(path)\(line): \(ForeignText(error.sentence)).")
    }
  }

  static func plan(_ bytes: [UInt8], file: String) throws(Refusal) -> Plan {
    let root: LocatedJSON
    do {
      root = try LocatedJSON(parsing: bytes)
    } catch {
      throw Refusal(line: error.line, sentence: error.sentence)
    }
    try root.expect(keys: [
      "hub", "app_space", "layout", "unit_contents", "replicas", "unclaimed", "units",
    ])
    let proposal = Proposal(
      hub: try root.slug("hub"), appSpace: try root.slug("app_space"),
      layout: try root.choice("layout") ?? .appSpace,
      unitContents: try root.choice("unit_contents") ?? .app,
      replicas: try root.choice("replicas") ?? .autoscaler,
      unclaimed: try root.choice("unclaimed") ?? .leftOut, units: [])
    var reading = Reading(plan: Plan(proposal: proposal, file: file, lines: [:]))
    for unit in try root.list("units") { try reading.add(unit) }
    guard !reading.plan.proposal.units.isEmpty else {
      throw Refusal(line: root.line(of: "units"), sentence: "there is no unit in it")
    }
    return reading.plan
  }

  private struct Reading {
    var plan: Plan
    private var names: [String: Int] = [:]

    init(plan: Plan) { self.plan = plan }

    mutating func add(_ field: LocatedJSON) throws(Refusal) {
      try field.expect(keys: ["slug", "space", "labels", "members"])
      var unit = UnitPlan(
        id: WorkloadKey(kind: nil, namespace: "", name: ""), slug: try field.slug("slug"),
        space: try space(field), labels: try field.labels("labels"), members: [])
      if let line = names.updateValue(field.line, forKey: unit.name.lowercased()) {
        throw Refusal(
          line: field.line(of: "slug"),
          sentence: "the unit \(unit.name) is there already, from line \(line) on")
      }
      for member in try field.list("members") {
        let object = try member.object()
        if let line = plan.lines.updateValue(member.line, forKey: object) {
          throw Refusal(
            line: member.line,
            sentence: "\(object.kind) \(object.name) is in a unit already, on line \(line)")
        }
        unit.members.append(object)
      }
      guard let key = unit.workloads.first ?? unit.members.first?.unitKey else {
        throw Refusal(
          line: field.line(of: "members"), sentence: "the unit \(unit.name) holds nothing")
      }
      unit.id = key
      plan.proposal.units.append(unit)
    }

    /// Each unit says its own where each has one, and none elsewhere.
    private func space(_ field: LocatedJSON) throws(Refusal) -> String? {
      if plan.proposal.layout == .component { return try field.slug("space") }
      guard field.members?["space"] == nil else {
        throw Refusal(
          line: field.line(of: "space"),
          sentence: "\"space\" goes with \"layout\": \"component\" alone")
      }
      return nil
    }
  }
}

extension LocatedJSON {
  fileprivate func expect(keys: Set<String>) throws(PlanFile.Refusal) {
    guard let members else {
      throw PlanFile.Refusal(line: line, sentence: "{…} is expected here")
    }
    if let stranger = members.keys.filter({ !keys.contains($0) }).min() {
      let known = keys.sorted().joined(separator: ", ")
      throw PlanFile.Refusal(
        line: self.line(of: stranger), sentence: "\"\(stranger)\" is not known here, only \(known)")
    }
  }

  fileprivate func line(of key: String) -> Int { members?[key]?.line ?? line }

  fileprivate func text(_ key: String) throws(PlanFile.Refusal) -> String {
    guard let value = members?[key] else {
      throw PlanFile.Refusal(line: line, sentence: "\"\(key)\" is missing")
    }
    guard let text = value.text else {
      throw PlanFile.Refusal(line: value.line, sentence: "\"\(key)\" is not a text")
    }
    return text
  }

  fileprivate func slug(_ key: String) throws(PlanFile.Refusal) -> String {
    let text = try text(key)
    guard Naming.isValidSlug(text) else {
      throw PlanFile.Refusal(
        line: line(of: key),
        sentence: "\"\(key)\" \"\(text)\" is no name: \(Naming.slugRule)")
    }
    return text
  }

  fileprivate func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String
  ) throws(PlanFile.Refusal) -> Choice? {
    guard members?[key] != nil else { return nil }
    let text = try text(key)
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: " or ")
      throw PlanFile.Refusal(
        line: line(of: key), sentence: "\"\(key)\" is \(known), not \"\(text)\"")
    }
    return choice
  }

  fileprivate func list(_ key: String) throws(PlanFile.Refusal) -> [LocatedJSON] {
    guard let value = members?[key] else {
      throw PlanFile.Refusal(line: line, sentence: "\"\(key)\" is missing")
    }
    guard let elements = value.elements else {
      throw PlanFile.Refusal(line: value.line, sentence: "\"\(key)\" is not a list")
    }
    return elements
  }

  fileprivate func labels(_ key: String) throws(PlanFile.Refusal) -> [String: String] {
    guard let value = members?[key] else { return [:] }
    guard let members = value.members else {
      throw PlanFile.Refusal(line: value.line, sentence: "\"\(key)\" is not {name: value}")
    }
    var labels: [String: String] = [:]
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let text = value.text else {
        throw PlanFile.Refusal(line: value.line, sentence: "the label \(name) is not a text")
      }
      if let problem = LabelText.problem(key: name, value: text) {
        throw PlanFile.Refusal(line: value.line, sentence: problem.sentence)
      }
      labels[name] = text
    }
    return labels
  }

  fileprivate func object() throws(PlanFile.Refusal) -> ObjectReference {
    try expect(keys: ["api_version", "kind", "namespace", "name"])
    let kind = try text("kind")
    guard kind != "Secret" else {
      throw PlanFile.Refusal(line: line(of: "kind"), sentence: "Secrets are never imported")
    }
    let namespace = members?["namespace"]
    return ObjectReference(
      apiVersion: try text("api_version"), kind: kind,
      namespace: namespace == nil || namespace?.isNull == true ? nil : try text("namespace"),
      name: try text("name"))
  }
}
