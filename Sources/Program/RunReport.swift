import Documents
import Wizard

/// What a run without a terminal prints: one JSON object, or lines for a person.
struct RunReport {
  let state: WizardState
  /// How often this run has run cub.
  let calls: Int

  var session: Session { state.session }
  let selected: Set<WorkloadKey>
  let accounting: Accounting

  init(state: WizardState, calls: Int) {
    self.state = state
    self.calls = calls
    accounting = Accounting(state.session)
    selected = Set(state.session.selected.map(\.key))
  }

  var isDryRun: Bool { state.answers.run.dryRun }

  // MARK: JSON

  var json: StreamedJSON {
    let workloads = session.scan?.workloads ?? []
    var object: [String: JSONValue] = [
      "session_id": session.id.isEmpty ? .null : .string(session.id),
      "name": .init(session.name),
      "cluster": .object([
        "context": .string(session.cluster.context), "server": .init(session.cluster.server),
        "uid": .init(session.cluster.uid), "not_pinned": .init(session.cluster.whyNotPinned),
      ]),
      "namespaces": .strings(session.scan?.namespaces ?? []),
      "owner_objects": .array((session.scan?.ownerObjects ?? []).map(ownerObject)),
      "partial": .bool(session.scan?.isPartial ?? false),
      "dry_run": .bool(isDryRun), "calls": .integer(Int64(calls)),
    ]
    if isDryRun { addPlan(to: &object) } else { addResults(to: &object) }
    var streamed = object.mapValues { StreamedJSON.value($0) }
    let leftOut = (session.scan?.leftOut ?? []) + (session.scan?.needed { _ in true } ?? [])
    let objects = accounting.leftOut
    streamed["left_out"] = .list(leftOut.count + objects.count) { number in
      let object = number < leftOut.count ? nil : objects[number - leftOut.count]
      let one = object?.omission ?? leftOut[number]
      var words: [String: JSONValue] = [
        "what": .string(one.what), "why": .string(one.why), "gap": .bool(one.isGap),
      ]
      words["object"] = object.map { member($0.reference) }
      return .object(words)
    }
    streamed["shared"] = .value(
      .array(
        accounting.shared.map {
          .object(["object": member($0.reference), "why": .string($0.why)])
        }))
    streamed["workloads"] = .list(workloads.count) { workload(workloads[$0]) }
    streamed["proposal"] = session.proposal.map(proposal) ?? .value(.null)
    return .object(streamed)
  }

  private func addPlan(to object: inout [String: JSONValue]) {
    object["plan"] =
      isPlanned
      ? .object(
        Dictionary(
          uniqueKeysWithValues: state.plan.parts.map {
            ($0.word.replacing(" ", with: "_"), .integer(Int64($0.count)))
          })) : .null
    object["plan_problem"] = .init(planProblem)
  }

  /// ConfigHub has told what is there.
  var isPlanned: Bool { planProblem == nil && state.isListed }

  var planProblem: String? {
    if let problem = state.problem { return problem.message }
    if case .signedOut(let reason) = state.signIn { return reason }
    return nil
  }

  /// How a unit of a dry run compares with what ConfigHub has; `nil` where that is not known.
  func planWord(of unit: UnitPlan) -> String? {
    isDryRun && isPlanned ? state.outlook(of: unit).planWord : nil
  }

  private func addResults(to object: inout [String: JSONValue]) {
    object["time_per_step"] = StepTimes(session).json
    object["interactions"] = Interactions(session).json
    object["begun_by"] = .init(session.begunBy)
    object["user"] = .init(session.hub?.user)
    object["results"] = .array(results.map(result))
    object["worker"] =
      session.workerSlug.map {
        .object(["slug": .string($0), "status": .init(session.workerStatus)])
      } ?? .null
    object["targets"] = .strings([session.targetSlug].compactMap { $0 })
    object["steps_skipped"] = .strings(session.stepsSkipped.map(\.rawValue))
    object["verified"] = .bool(session.report?.isVerified ?? false)
    object["checks"] = .array(
      (session.report?.checks ?? []).map {
        .object([
          "subject": .string($0.subject), "verdict": .string($0.verdict.rawValue),
          "detail": .string($0.detail),
        ])
      })
    object["next_steps"] = .array(
      state.deliverySteps.map { step in
        .object(["do": .string(step.words), "command": .string(commands(of: step))])
      })
    object["handover"] = .array(
      session.handovers.map { handover in
        .object([
          "owner": .string(handover.owner),
          "workloads": .strings(handover.workloads.map { "\($0.namespace)/\($0.name)" }),
          "steps": .array(
            handover.steps.map {
              .object(["do": .string($0.words), "command": .init($0.command)])
            }),
        ])
      })
  }

  /// A line each; a program that reads them needs none of them broken.
  private func commands(of step: DeliveryStep) -> String {
    step.lines(width: .max).joined(separator: "\n")
  }

  private func workload(_ workload: Workload) -> JSONValue {
    .object([
      "kind": .init(workload.key.kind?.rawValue), "namespace": .string(workload.key.namespace),
      "name": .string(workload.key.name), "ready": .bool(workload.isReady),
      "reason": .init(workload.reason), "selected": .bool(selected.contains(workload.key)),
      "autoscaler": .init(workload.autoscaler?.words),
      "not_by_itself": .init(workload.whyNotByItself),
      "owner": owner(workload.owner), "other_owners": .array(workload.otherOwners.map(owner)),
      "labels": .object(workload.labels.mapValues { .string($0) }),
      "images": .strings(workload.images), "belongings": .array(workload.belongings.map(member)),
    ])
  }

  private func owner(_ owner: Owner) -> JSONValue {
    .object([
      "tool": .string(owner.tool.rawValue), "kind": .init(owner.kind), "name": .init(owner.name),
      "namespace": .init(owner.namespace), "source": .init(owner.source),
      "confidence": .string(owner.confidence.rawValue),
    ])
  }

  private func ownerObject(_ object: OwnerObject) -> JSONValue {
    var why: String?
    if case .unread(let reason) = object.standing { why = reason }
    return .object([
      "kind": .string(object.kind), "namespace": .string(object.namespace),
      "name": .string(object.name), "standing": .string(object.standing.word),
      "why": .init(why), "source": .init(object.source),
      "automatic": object.isAutomatic.map { .bool($0) } ?? .null, "parent": .init(object.parent),
    ])
  }

  private func proposal(_ proposal: Proposal) -> StreamedJSON {
    let reasons = isDryRun ? session.scan?.reasons ?? [:] : [:]
    return .object([
      "hub": .value(.string(proposal.hub)), "app_space": .value(.string(proposal.appSpace)),
      "layout": .value(.string(proposal.layout.rawValue)),
      "unit_contents": .value(.string(proposal.unitContents.rawValue)),
      "replicas": .value(.string(proposal.replicas.rawValue)),
      "unclaimed": .value(.string(proposal.unclaimed.rawValue)),
      "units": .list(proposal.units.count) { number in
        let unit = proposal.units[number]
        var object: [String: JSONValue] = [
          "slug": .string(unit.slug), "space": .string(proposal.space(of: unit)),
          "labels": .object(unit.hubLabels.mapValues { .string($0) }),
          "members": .array(unit.members.map(member)),
        ]
        if isDryRun {
          object["plan"] = .init(planWord(of: unit))
          object["members"] = .array(
            unit.members.map { member($0, why: reasons[$0] ?? $0.usualReason) })
        }
        return .object(object)
      },
    ])
  }

  private func member(_ object: ObjectReference) -> JSONValue { member(object, why: nil) }

  /// - Parameter why: it is a member.
  private func member(_ object: ObjectReference, why: String?) -> JSONValue {
    var words: [String: JSONValue] = [
      "api_version": .string(object.apiVersion), "kind": .string(object.kind),
      "namespace": .init(object.namespace), "name": .string(object.name),
    ]
    if let why { words["why"] = .string(why) }
    return .object(words)
  }

  private func result(_ result: UnitResult) -> JSONValue {
    .object([
      "unit": .string(result.unit.slug), "space": .string(result.space),
      "result": .string(result.word), "reason": .init(result.reason),
      "instead_of": .init(result.unit.insteadOf),
    ])
  }

  // MARK: Units

  struct UnitResult {
    var unit: UnitPlan
    var space: String
    var word: String
    var reason: String?

    /// What is not as it was to be is told first.
    var rank: Int { word == "failed" ? 0 : word == "skipped" ? 1 : 2 }
  }

  var results: [UnitResult] {
    guard let proposal = session.proposal else { return [] }
    return proposal.units.map { unit in
      let (word, reason) = state.outcome(of: unit)
      return UnitResult(unit: unit, space: proposal.space(of: unit), word: word, reason: reason)
    }
  }
}

extension JSONValue {
  init(_ text: String?) { self = text.map { .string($0) } ?? .null }

  fileprivate static func strings(_ texts: [String]) -> JSONValue {
    .array(texts.map { .string($0) })
  }
}
