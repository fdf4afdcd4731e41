import Documents
import TerminalText
import Wizard

/// What a run without a terminal prints: one JSON object, or lines for a person.
struct RunReport {
  let state: WizardState

  private var session: Session { state.session }
  private var isDryRun: Bool { state.answers.dryRun }

  // MARK: JSON

  var json: JSONValue {
    var object: [String: JSONValue] = [
      "session_id": session.id.isEmpty ? .null : .string(session.id),
      "cluster": .object([
        "context": .string(session.cluster.context), "server": .init(session.cluster.server),
        "uid": .init(session.cluster.uid),
      ]),
      "namespaces": .strings(session.scan?.namespaces ?? []),
      "workloads": .array((session.scan?.workloads ?? []).map(workload)),
      "left_out": .array(leftOut),
      "proposal": session.proposal.map(PlanFile.json) ?? .null,
      "dry_run": .bool(isDryRun),
    ]
    guard !isDryRun else { return .object(object) }
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
    return .object(object)
  }

  private func workload(_ workload: Workload) -> JSONValue {
    .object([
      "kind": .init(workload.key.kind?.rawValue), "namespace": .string(workload.key.namespace),
      "name": .string(workload.key.name), "ready": .bool(workload.isReady),
      "reason": .init(workload.reason), "selected": .bool(state.isSelected(workload.key)),
      "owner": .object([
        "tool": .string(workload.owner.tool.rawValue), "name": .init(workload.owner.name),
        "source": .init(workload.owner.source),
        "confidence": .string(workload.owner.confidence.rawValue),
      ]),
    ])
  }

  private var leftOut: [JSONValue] {
    let scan = (session.scan?.leftOut ?? []).map { ($0.what, $0.why) }
    let secrets = Set(
      (session.scan?.workloads ?? []).flatMap { workload in
        workload.secrets.map { "Secret \(workload.key.namespace)/\($0)" }
      }
    ).sorted().map { ($0, "Secrets are never read") }
    return (scan + secrets).map { .object(["what": .string($0.0), "why": .string($0.1)]) }
  }

  private func result(_ result: UnitResult) -> JSONValue {
    .object([
      "unit": .string(result.slug), "result": .string(result.word), "reason": .init(result.reason),
    ])
  }

  // MARK: Text

  var text: String {
    var lines: [String] = []
    if let scan = session.scan {
      let owners = scan.owners.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      lines.append(
        "Scanned \(session.cluster.context): \(scan.detected) workloads in "
          + "\(scan.namespaces.joined(separator: ", ")) (\(owners.joined(separator: ", ")))")
      lines += scan.leftOut.filter(\.isGap).map { "Not read: \($0.what): \($0.why)" }
    }
    if let proposal = session.proposal {
      let place = session.hub.map { " in \($0.placeName)" } ?? ""
      lines.append("App Space \(proposal.appSpace), hub \(proposal.hub)\(place)")
    }
    if isDryRun {
      lines += session.proposal?.units.map { "  \($0.slug): \($0.members.count) objects" } ?? []
      lines.append("Dry run: nothing was written.")
    } else {
      lines += results.map { "  \($0.slug): \($0.word)\($0.reason.map { ": \($0)" } ?? "")" }
      lines += verification
      lines += handover
    }
    return lines.map { escaped($0) + "\n" }.joined()
  }

  private var handover: [String] {
    session.handovers.flatMap { handover in
      ["Still applied by \(handover.owner):"]
        + handover.steps.map { "  - \($0.words)\($0.command.map { ": \($0)" } ?? "")" }
    }
  }

  private var verification: [String] {
    guard let report = session.report else { return ["Not verified."] }
    if report.isVerified { return ["Verified: everything is as it was meant to be."] }
    return report.checks.filter { $0.verdict != .ok }.map {
      "\($0.verdict == .mismatch ? "Not as intended" : "Not verified"): \($0.subject): \($0.detail)"
    }
  }

  // MARK: Units

  private struct UnitResult {
    var slug: String
    var word: String
    var reason: String?
  }

  private var results: [UnitResult] {
    (session.proposal?.units ?? []).map { unit in
      let operation = state.operation(for: unit)
      return switch operation?.state {
      case .done:
        UnitResult(slug: unit.slug, word: operation?.result?.rawValue ?? "unchanged", reason: nil)
      case .skipped: UnitResult(slug: unit.slug, word: "skipped", reason: operation?.reason)
      case .failed: UnitResult(slug: unit.slug, word: "failed", reason: operation?.reason)
      case .intent:
        UnitResult(
          slug: unit.slug, word: "failed",
          reason: state.failure(of: unit) ?? "the outcome is unknown; --resume reads it")
      case nil:
        UnitResult(
          slug: unit.slug, word: "failed", reason: state.failure(of: unit) ?? "not begun")
      }
    }
  }
}

extension JSONValue {
  init(_ text: String?) { self = text.map { .string($0) } ?? .null }

  fileprivate static func strings(_ texts: [String]) -> JSONValue {
    .array(texts.map { .string($0) })
  }
}
