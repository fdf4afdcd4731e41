/// Answers of the command line that step scan does not ask for. The session keeps them, as a run that
/// goes on with it may begin before the steps that they answer, and is not given them again.
public struct GivenAnswers: Hashable, Sendable {
  public var appSpace: String?
  public var hub: String?
  public var layout: Layout?
  public var unitContents: UnitContents?
  public var replicas: Replicas?
  public var unclaimed: Unclaimed?
  public var workerMode: WorkerMode?
  public var worker: String?
  public var onConflict: ConflictPolicy?
  /// The file of the plan, whose content is not kept.
  public var plan: String?

  public init() {}

  /// These, and where there is none the earlier one.
  init(_ answers: Answers, before: GivenAnswers = .init()) {
    appSpace = answers.appSpace ?? before.appSpace
    hub = answers.hub ?? before.hub
    layout = answers.layout ?? before.layout
    unitContents = answers.unitContents ?? before.unitContents
    replicas = answers.replicas ?? before.replicas
    unclaimed = answers.unclaimed ?? before.unclaimed
    workerMode = answers.workerMode ?? before.workerMode
    worker = answers.worker ?? before.worker
    onConflict = answers.onConflict == .ask ? before.onConflict : answers.onConflict
    plan = answers.plan?.file ?? before.plan
  }
}

extension Answers {
  /// Takes those that an earlier run of the session was given, as far as this one was given none.
  mutating func take(_ given: GivenAnswers) {
    appSpace = appSpace ?? given.appSpace
    hub = hub ?? given.hub
    layout = layout ?? given.layout
    unitContents = unitContents ?? given.unitContents
    replicas = replicas ?? given.replicas
    unclaimed = unclaimed ?? given.unclaimed
    if workerMode == nil, worker == nil { (workerMode, worker) = (given.workerMode, given.worker) }
    if onConflict == .ask { onConflict = given.onConflict ?? .ask }
  }
}

extension Reducer {
  /// After those of this run were taken: what the steps before have taken of them is in the proposal.
  mutating func takeGivenAnswers() {
    let given = state.session.given
    state.session.given = GivenAnswers(state.answers, before: given)
    var open = given
    if state.session.proposal != nil {
      (open.appSpace, open.hub, open.layout, open.unitContents) = (nil, nil, nil, nil)
      (open.replicas, open.unclaimed) = (nil, nil)
    }
    if state.session.workerMode != nil || state.step > .worker {
      (open.workerMode, open.worker) = (nil, nil)
    }
    state.answers.take(open)
    takeWorker()
  }

  /// Why a session whose plan nobody has taken cannot go on without it; `nil` if it can.
  func missingPlan(of session: Session) -> String? {
    guard let file = session.given.plan, session.proposal == nil, state.answers.plan == nil else {
      return nil
    }
    return
      "Session \(session.id) was begun with --plan \(CommandLineText.quoted(file)), and has not "
      + "come to taking it: give it once more."
  }
}
