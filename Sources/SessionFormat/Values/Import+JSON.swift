import Wizard

// What is to be made of the cluster and what was done for it, each value's writing beside its
// reading.

extension Session.SelectedWorkload {
  package var draft: Draft { .object(key.fields.merging(["owner": .text(owner)]) { $1 }) }

  package init(_ field: Field) throws(InvalidSession) {
    self.init(key: try WorkloadKey(field), owner: try field["owner"].optionalText() ?? "")
  }
}

extension Session {
  /// What was chosen, and what is to become of it.
  func selectionsDraft(_ parts: PartDigests) -> Draft {
    let isShort = parts.scan == nil || selectedCount <= SessionPart.longest
    let listed = isShort ? selected : selection.others
    return .object([
      "app_space": .text(proposal?.appSpace), "hub": .text(proposal?.hub),
      "layout": proposal?.layoutDraft, "unit_contents": proposal?.unitContentsDraft,
      "replicas": proposal?.replicasDraft,
      "unclaimed": proposal?.unclaimedDraft,
      "selected_workloads": .list(listed, identifiedBy: WorkloadKey.jsonKeys, \.draft),
      "selected_places": isShort ? nil : .text(Places(areChosen).text),
      "units": parts.units == nil
        ? proposal.map { .list($0.units, identifiedBy: WorkloadKey.jsonKeys, \.draft) } : nil,
      "units_file": .text(parts.units),
      "outside_scan": pastChoices.draft, "decisions": decisionsDraft,
    ])
  }

  /// Those that a later run can tell to hold still; `nil` if there are none.
  private var decisionsDraft: Draft? {
    let decisions = decisions.filter { $0.value.digest != nil }.sorted { $0.key < $1.key }
    if decisions.isEmpty { return nil }
    return .list(decisions, identifiedBy: ["key"]) { key, decision in
      .object([
        "key": .text(key.text), "decision": .text(decision.sort.rawValue),
        "digest": .text(decision.digest),
      ])
    }
  }

  static func decisions(_ field: Field) throws(InvalidSession) -> [OperationKey: Decision] {
    var decisions: [OperationKey: Decision] = [:]
    for item in try field.list() {
      guard let sort: Decision.Sort = try item["decision"].choice() else {
        throw item["decision"].missing
      }
      let digest = try item["digest"].text()
      decisions[OperationKey(text: try item["key"].text())] = Decision(sort: sort, digest: digest)
    }
    return decisions
  }
}

extension UnitPlan {
  package var fields: [String: Draft?] {
    id.fields.merging([
      "slug": .text(slug), "space": .text(space), "instead_of": insteadOf.map { .text($0) },
      "labels": .map(labels), "members": members.draft,
    ]) { $1 }
  }

  package var draft: Draft { .object(fields) }

  package init(_ field: Field) throws(InvalidSession) {
    self.init(
      id: try WorkloadKey(field), slug: try field["slug"].text(),
      space: try field["space"].optionalText(), labels: try field["labels"].map(),
      members: try ObjectReference.list(field["members"]))
    insteadOf = try field["instead_of"].optionalText()
  }

  package static func list(_ field: Field) throws(InvalidSession) -> [UnitPlan] {
    var units: [UnitPlan] = []
    for item in try field.list() { units.append(try UnitPlan(item)) }
    return units
  }
}

extension Operation.Source {
  package var draft: Draft {
    .object(
      object.fields.merging([
        "uid": .text(uid), "resource_version": .text(resourceVersion),
      ]) { $1 })
  }

  package init(_ field: Field) throws(InvalidSession) {
    self.init(
      object: try ObjectReference(field), uid: try field["uid"].optionalText(),
      resourceVersion: try field["resource_version"].optionalText())
  }
}

extension Operation {
  package var draft: Draft {
    .object([
      "op": .text(id), "kind": .text(kind.rawValue), "key": .text(key.text),
      "source": .list(source, identifiedBy: ObjectReference.jsonKeys, \.draft),
      "digest": .text(digest), "state": .text(state.rawValue), "result": .text(result?.rawValue),
      "attempt": .integer(attempt), "remote_id": .text(remoteID),
      "remote_version": .integer(remoteVersion), "reason": .text(reason), "detail": .text(detail),
      "epoch": epoch.map { .integer($0) },
    ])
  }

  package init(_ field: Field) throws(InvalidSession) {
    guard let kind: Kind = try field["kind"].choice() else { throw field["kind"].missing }
    guard let state: State = try field["state"].choice() else { throw field["state"].missing }
    var source: [Source] = []
    for item in try field["source"].list() { source.append(try Source(item)) }
    self.init(
      id: try field["op"].text(), kind: kind, key: OperationKey(text: try field["key"].text()),
      source: source,
      digest: try field["digest"].optionalText(), state: state,
      result: try field["result"].choice(), attempt: try field["attempt"].integer() ?? 1,
      remoteID: try field["remote_id"].optionalText(),
      remoteVersion: try field["remote_version"].integer(),
      reason: try field["reason"].optionalText(), detail: try field["detail"].optionalText(),
      epoch: try field["epoch"].epoch())
  }

  /// A unit that a file without operations says was created.
  package init(unit slug: String, in space: String?, number: Int) {
    self.init(
      id: Operation.id(number, lineage: ""), kind: .createUnit,
      key: space.map { OperationKey(space: $0, name: slug) } ?? OperationKey(text: slug),
      state: .done,
      result: .created)
  }
}

extension Report {
  package var draft: Draft {
    .object([
      "checks": .list(checks, identifiedBy: ["subject"]) { check in
        .object([
          "subject": .text(check.subject), "verdict": .text(check.verdict.rawValue),
          "detail": .text(check.detail),
        ])
      },
      "at": .text(at?.rfc3339),
    ])
  }

  package init(_ field: Field) throws(InvalidSession) {
    var checks: [Check] = []
    for item in try field["checks"].list() {
      let verdict: Verdict? = try item["verdict"].choice()
      checks.append(
        Check(
          subject: try item["subject"].text(), verdict: verdict ?? .notVerified,
          detail: try item["detail"].optionalText() ?? ""))
    }
    self.init(checks: checks, at: try field["at"].time())
  }
}

extension Session.Visit {
  package var draft: Draft {
    .object([
      "step": .text(position.text), "at": .text(at.rfc3339), "left_at": .text(leftAt?.rfc3339),
    ])
  }

  package init(_ field: Field) throws(InvalidSession) {
    guard let at = try field["at"].time() else { throw field["at"].missing }
    self.init(
      position: try Position(field["step"]), at: at, leftAt: try field["left_at"].time())
  }
}

extension Position {
  package init(_ field: Field) throws(InvalidSession) {
    let text = try field.text()
    guard let position = Position(text: text) else {
      throw InvalidSession(reason: "\(text) is not one of the steps")
    }
    self = position
  }
}
