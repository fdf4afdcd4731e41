/// An answer of the command line that is another one than the resumed session was given before.
struct ContraryAnswer: Hashable, Sendable {
  enum Question: Hashable, Sendable {
    case context, scope, appSpace, hub, layout, units, replicas, unclaimed, plan, worker
  }

  var question: Question
  /// As it was given, e.g. `-n order-prod`.
  var flag: String

  /// Nothing was built on the answer before, so that this one can take its place.
  func canBeTaken(by session: Session) -> Bool {
    guard question == .worker else { return !session.hasWritten }
    let isBound = session.operations.contains {
      switch $0.kind {
      case .createTarget, .setTarget, .setReleaseTarget, .publishRelease:
        $0.state == .done || $0.state == .intent
      case .createSpace, .createUnit, .createWorker, .installWorker, .deleteUnit: false
      }
    }
    return !session.isComplete && !isBound
  }
}

extension Answers {
  /// Those to which the session has another answer; what it was not asked yet is none.
  ///
  /// - Parameter isSameCluster: the context given leads to the session's cluster, whatever it is
  ///   called there.
  func contrary(to session: Session, isSameCluster: Bool) -> [ContraryAnswer] {
    var found: [ContraryAnswer] = []
    func add(_ question: ContraryAnswer.Question, _ flag: String) {
      found.append(ContraryAnswer(question: question, flag: flag))
    }
    let before = session.cluster.context
    if let context, !isSameCluster, !before.isEmpty, context != before {
      add(.context, "--context \(context)")
    }
    for flag in contraryScope(to: session.scope) { add(.scope, flag) }
    if let proposal = session.proposal {
      if let appSpace, appSpace != proposal.appSpace { add(.appSpace, "--app-space \(appSpace)") }
      if let hub, hub != proposal.hub { add(.hub, "--hub \(hub)") }
      if let layout, layout != proposal.layout { add(.layout, "--layout \(layout.rawValue)") }
      if let unitContents, unitContents != proposal.unitContents {
        add(.units, "--units \(unitContents.rawValue)")
      }
      if let replicas, replicas != proposal.replicas {
        add(.replicas, "--replicas \(replicas.rawValue)")
      }
      if let unclaimed, unclaimed != proposal.unclaimed {
        add(.unclaimed, "--unclaimed \(unclaimed.rawValue)")
      }
      if let plan, !isSame(plan.proposal, proposal) { add(.plan, "--plan \(plan.file)") }
    }
    if session.position.step >= .worker {
      for flag in contraryWorker(to: session) { add(.worker, flag) }
    }
    return found
  }

  private func contraryScope(to before: ScanScope) -> [String] {
    // Nothing was chosen in it yet.
    if before.namespaces.isEmpty, !before.allNamespaces { return [] }
    var wanted = before
    wanted.take(self)
    var flags: [String] = []
    if wanted.allNamespaces != before.allNamespaces
      || Set(wanted.namespaces) != Set(before.namespaces)
      || Set(wanted.excluded) != Set(before.excluded)
      || wanted.includesSystem != before.includesSystem
    {
      flags += allNamespaces ? ["-A"] : namespaces.map { "-n \($0)" }
      flags += excluded.map { "--exclude \($0)" }
      if includesSystem { flags.append("--include-system") }
    }
    if wanted.selector != before.selector {
      flags.append(
        wanted.selector.isEmpty
          ? "all that -l \(before.selector) left out" : "-l \(wanted.selector)")
    }
    if wanted.kinds != before.kinds {
      flags += kinds.isEmpty ? ["all kinds"] : kinds.map { "--kind \($0.rawValue)" }
    }
    return flags
  }

  private func contraryWorker(to session: Session) -> [String] {
    var flags: [String] = []
    let before = session.stepsSkipped.contains(.worker) ? .skip : session.workerMode
    if let workerMode, let before, workerMode != before {
      flags.append("--worker-mode \(workerMode.rawValue)")
    }
    if let worker, before == .skip || session.workerSlug.map({ $0 != worker }) == true,
      workerMode != .skip
    {
      flags.append("--worker \(worker)")
    }
    return flags
  }

  /// But for the names that units were given because those of the plan were taken.
  private func isSame(_ plan: Proposal, _ proposal: Proposal) -> Bool {
    var proposal = proposal
    if onConflict == .rename, plan.units.count == proposal.units.count {
      for index in plan.units.indices {
        proposal.units[index].slug = plan.units[index].slug
        proposal.units[index].insteadOf = nil
      }
    }
    return plan == proposal
  }

  /// As if these were not given.
  mutating func forget(_ contrary: [ContraryAnswer]) {
    for question in Set(contrary.map(\.question)) {
      switch question {
      case .context: context = nil
      case .scope:
        (namespaces, allNamespaces, excluded, includesSystem) = ([], false, [], false)
        (selector, kinds) = (nil, [])
      case .appSpace: appSpace = nil
      case .hub: hub = nil
      case .layout: layout = nil
      case .units: unitContents = nil
      case .replicas: replicas = nil
      case .unclaimed: unclaimed = nil
      case .plan: plan = nil
      case .worker: (workerMode, worker) = (nil, nil)
      }
    }
  }
}

extension ScanScope {
  /// What is to be scanned, as given in advance.
  mutating func take(_ answers: Answers) {
    guard answers.hasScope else {
      selector = answers.selector ?? selector
      if !answers.kinds.isEmpty { kinds = answers.kinds }
      if answers.includesSystem { includesSystem = true }
      return
    }
    // Whoever names namespaces says all of it: what was left out before is not left out again unasked.
    self = ScanScope(
      context: context, namespaces: answers.namespaces.sorted(),
      allNamespaces: answers.allNamespaces, excluded: answers.excluded,
      selector: answers.selector ?? "", kinds: answers.kinds,
      includesSystem: answers.includesSystem)
  }
}

extension Session {
  /// True once something was, or may have been, written to ConfigHub.
  var hasWritten: Bool { operations.contains { $0.state == .done || $0.state == .intent } }

  /// What it is for, and why an answer comes too late for it; a sentence.
  func refusal(of contrary: [ContraryAnswer]) -> String {
    let names = scope.namespaces
    let rest = names.count > 3 ? " and \(names.count - 3) more namespaces" : ""
    let what =
      scope.allNamespaces ? "all namespaces" : names.prefix(3).joined(separator: ", ") + rest
    let place = proposal.map { " into \($0.appSpace)" } ?? ""
    let why = hasWritten ? " and has written to ConfigHub" : ""
    let flags = contrary.map(\.flag).joined(separator: " ")
    return
      "Session \(id) imports \(what) of context \(cluster.context)\(place)\(why), so it cannot "
      + "take \(flags) any more."
  }
}
