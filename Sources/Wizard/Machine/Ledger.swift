/// The exactly-once rule, once for all that is changed outside. What is to happen is recorded as an
/// intent and saved before it begins; how it ended is recorded; what ended unclearly stays an intent and
/// is settled by reading; and it is tried only so often before a person has to say so.
enum Ledger {
  /// How often in a row something with unclear outcomes is tried. A try whose run ended before it knew
  /// the outcome is none: what it did is settled by reading, too, and nothing speaks against the next.
  static let maximumAttempts = 3

  /// How a change ended, once that was recorded.
  enum Ending {
    case done
    case failed(String)
    /// It may have been done, or something of its name is there: to be settled by reading.
    case unclear(String)
    /// Recorded as failed, and the sign-in is asked for.
    case signedOut
  }
}

extension Reducer {
  /// Records that something is about to be done; the caller saves it with `saveThen`.
  ///
  /// - Parameters:
  ///   - isCapped: false for what only a person repeats, or what does no harm however often it is done.
  ///   - describe: what the operation says beside that.
  /// - Returns: the operation, or `nil` if it was tried out: nobody knows the outcome of so many tries.
  mutating func intend(
    _ subject: Operation.Subject, isCapped: Bool = true,
    _ describe: (inout Operation) -> Void = { _ in }
  ) -> Operation? {
    let earlier = state.operation(subject)
    if isCapped, let earlier, earlier.isTriedOut { return nil }
    let id = earlier?.id ?? record(subject)
    let epoch = state.session.sync?.epoch
    update(id) {
      let wasUnclear = earlier?.isUnclear == true
      $0.attempt = earlier?.state == .intent ? $0.attempt + (wasUnclear ? 1 : 0) : 1
      $0.state = .intent
      $0.reason = nil
      $0.epoch = epoch
      describe(&$0)
    }
    return state.operation(subject)
  }

  /// Records how a change ended, in all operations that it carries out.
  mutating func settle(
    _ change: HubChange, _ made: Change, as result: Operation.Result = .created
  ) -> Ledger.Ending {
    for subject in change.subjects {
      guard let id = state.operation(subject)?.id else { continue }
      update(id) { $0.settle(made, as: result) }
    }
    switch made {
    case .done: return .done
    case .refused(let reason): return .failed(reason)
    case .exists(let reason), .unclear(let reason): return .unclear(reason)
    case .signInNeeded(let reason):
      lostSignIn(reason)
      return .signedOut
    }
  }

  /// Records that something is as it is to be, as reading told.
  mutating func recordFound(
    _ subject: Operation.Subject, as result: Operation.Result, id remote: String? = nil,
    version: Int? = nil, _ describe: (inout Operation) -> Void = { _ in }
  ) {
    update(state.operation(subject)?.id ?? record(subject)) {
      describe(&$0)
      $0.finish(result, id: remote, version: version)
    }
  }

  /// What ended unclearly was done after all, as reading told; nothing is recorded of anything else.
  mutating func settleIntent(_ subject: Operation.Subject, id remote: String?) {
    guard let operation = state.operation(subject), operation.state == .intent else { return }
    update(operation.id) { $0.finish(.created, id: remote, version: nil) }
    save()
  }

  /// Records that something is not done and is not tried again by itself.
  mutating func giveUp(_ subject: Operation.Subject, _ reason: String) {
    guard let operation = state.operation(subject), operation.state != .done else { return }
    update(operation.id) { $0.fail(reason) }
  }

  /// Adds an operation in state `intent`; it counts only once it is saved.
  mutating func record(_ subject: Operation.Subject) -> String {
    state.operationIndex.follow(state.session)
    let epoch = state.session.sync?.epoch
    let id = Operation.id(
      state.operationIndex.highest + 1, lineage: state.session.lineage, epoch: epoch)
    state.session.operations.append(
      Operation(id: id, kind: subject.kind, key: subject.key, epoch: epoch))
    state.operationIndex.follow(state.session)
    return id
  }

  mutating func update(_ id: String, _ change: (inout Operation) -> Void) {
    guard let index = state.operationIndex.place(of: id, in: state.session) else { return }
    change(&state.session.operations[index])
  }
}

extension Operation {
  /// So many tries ended unclearly that only a person begins another one.
  var isTriedOut: Bool { isUnclear && attempt >= Ledger.maximumAttempts }

  /// The last try ended, and unclearly; else it is under way, or its run ended first.
  fileprivate var isUnclear: Bool { state == .intent && reason != nil }

  /// Why it was given up after the last try.
  var reasonOfGivingUp: String { reason ?? "ConfigHub gave no clear answer." }

  fileprivate mutating func settle(_ made: Change, as result: Result) {
    switch made {
    case .done(let id, let version, _): finish(result, id: id, version: version)
    case .refused(let reason), .signInNeeded(let reason): fail(reason)
    case .exists(let reason), .unclear(let reason): self.reason = reason
    }
  }

  mutating func finish(_ result: Result, id: String?, version: Int?) {
    state = .done
    self.result = result
    remoteID = id
    remoteVersion = version
    reason = nil
  }

  mutating func fail(_ why: String) {
    state = .failed
    reason = why
  }
}
