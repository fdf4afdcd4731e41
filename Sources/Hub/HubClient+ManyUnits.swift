import Documents
import ForeignText
import Subprocess
import Wizard

/// Calls that name many units; where cub knows no such call, one for each.
extension HubClient {
  /// Binds units to a target of the same space; `done` only if cub names each of them as bound.
  public func setTargets(
    _ units: [String], target: String, space: String, cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    if units.count == 1 {
      return setTarget(unit: units[0], target: target, space: space, cancellation: cancellation)
    }
    let outcome = many(cancellation) { () throws(HubFailure) in
      var call = try Call(
        ["unit", "set-target"],
        "bind \(units.count) units in space \(space) to target \(target)", space: space,
        slugs: Self.slugs(ofTarget: target) + units)
      call.operands = [target]
      call.add("--unit=\(units.joined(separator: ","))")
      call.optionalFlags = [Self.doesNotWait]
      call.patience = Self.patience(with: units)
      return call
    } missing: { completion in
      let named = Self.named(in: completion)
      return units.count { !named.contains($0) }
    }
    return outcome
      ?? oneByOne(units) {
        setTarget(unit: $0, target: target, space: space, cancellation: cancellation)
      }
  }

  /// Removes units with everything they hold; `done` only if cub said so of each of them.
  public func deleteUnits(
    _ units: [String], space: String, cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    if units.count == 1 {
      return deleteUnit(units[0], space: space, cancellation: cancellation)
    }
    let outcome = many(cancellation) { () throws(HubFailure) in
      var call = try Call(
        ["unit", "delete"], "remove \(units.count) units from space \(space)", space: space,
        slugs: units)
      call.operands = []
      call.add("--unit=\(units.joined(separator: ","))")
      call.wantsJSON = false
      call.patience = Self.patience(with: units)
      return call
    } missing: { completion in
      let lines = completion.output.split { $0 == 0x0A || $0 == 0x0D }
      return units.count - lines.count { $0.starts(with: "Successfully deleted unit ".utf8) }
    }
    return outcome
      ?? oneByOne(units) { deleteUnit($0, space: space, cancellation: cancellation) }
  }

  /// Makes a change that ConfigHub may refuse while its triggers run, and where it did for that
  /// reason, once more after them. Nothing is done by a refusal, so that the second is no repetition.
  ///
  /// - Parameter patience: seconds to wait for the triggers, between lists a second apart.
  public func afterTriggers(
    of space: String, patience: Int = 120, cancellation: Cancellation? = nil,
    _ change: () -> ChangeOutcome
  ) -> ChangeOutcome {
    var outcome = change()
    for _ in 0..<patience {
      guard case .refused(let failure) = outcome, failure.message.contains("awaiting/triggers"),
        !Cancellation.wait(seconds: 1, for: cancellation)
      else { break }
      let units = try? units(space: space, cancellation: cancellation)
      if units?.contains(where: \.awaitsTriggers) == false { outcome = change() }
    }
    return outcome
  }

  // MARK: How it ended

  /// `nil` if this cub takes one unit at a time.
  private func many(
    _ cancellation: Cancellation?, _ makeCall: () throws(HubFailure) -> Call,
    missing: (Completion) -> Int
  ) -> ChangeOutcome? {
    do {
      let call = try makeCall()
      let completion = try send(call, cancellation)
      if let failure = failure(of: completion, call) {
        if failure.kind == .unsupported { return nil }
        return outcome(of: failure, completion, creates: false)
      }
      if CubText.isHelp(completion.outputText) { return nil }
      let count = missing(completion)
      guard count > 0 else { return .done(RemoteEntity()) }
      return .unclear("Could not \(call.purpose): cub does not say so of \(count) of them.")
    } catch {
      return .refused(error)
    }
  }

  /// The slugs of the units in an answer that names no error beside them.
  private static func named(in completion: Completion) -> Set<String> {
    guard let value = try? JSONValue(parsing: completion.output), let all = value.array else {
      return []
    }
    return Set(
      all.compactMap { element in
        let isBad = element["Error"].map { !$0.isNull } ?? false
        return isBad ? nil : Entity.unit.fields(in: element)?.slug
      })
  }

  /// The first one that is not done tells for all.
  private func oneByOne(
    _ units: [String], _ change: (String) -> ChangeOutcome
  ) -> ChangeOutcome {
    for (index, unit) in units.enumerated() {
      switch change(unit) {
      case .done: continue
      case .refused(let failure) where index > 0: return .unclear(failure.message)
      case let other: return other
      }
    }
    return .done(RemoteEntity())
  }

  private static func patience(with units: [String]) -> Double { 1 + Double(units.count) / 50 }
}
