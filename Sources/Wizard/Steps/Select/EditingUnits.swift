/// Step 3: the proposal is divided otherwise, labelled, previewed, or comes from a file.
extension Reducer {
  mutating func merge(_ ids: [WorkloadKey], into name: String) {
    regroup { units throws(Regrouping.Refusal) in try units.merge(ids, into: name) }
  }

  mutating func split(_ id: WorkloadKey) {
    let workloads = state.session.scan?.workloads ?? []
    regroup { units throws(Regrouping.Refusal) in try units.split(id, among: workloads) }
  }

  mutating func move(_ members: [ObjectReference], of id: WorkloadKey, to name: String) {
    regroup { units throws(Regrouping.Refusal) in try units.move(members, of: id, to: name) }
  }

  private mutating func regroup(_ edit: (Regrouping) throws(Regrouping.Refusal) -> Edit) {
    guard let proposal = editableProposal() else { return }
    do throws(Regrouping.Refusal) {
      make(try edit(Regrouping(units: proposal.units)))
    } catch {
      state.reply = Notice(.refused, error.sentence, error.ways)
    }
  }

  mutating func setLabels(_ ids: [WorkloadKey], _ text: String) {
    guard let proposal = editableProposal() else { return }
    let placed = proposal.placed(ids)
    guard let unit = placed.first?.unit else { return refuse("There is no such unit.") }
    do throws(LabelText.Problem) {
      guard ids.count > 1 else {
        return make(.labels(unit: unit.id, from: unit.labels, to: try LabelText(text).labels))
      }
      let change = try LabelText(changes: text)
      let changed = placed.map { old in
        var new = old
        new.unit.labels = change.changed(old.unit.labels)
        return new
      }
      guard changed != placed else { return refuse("They have these labels already.") }
      let title = "labels of \(placed.count) units"
      make(.units(title: title, removed: placed, added: changed))
      confirmDone("The \(title) are changed.", Way(.undo, "takes that back"))
    } catch {
      refuse(error.sentence)
    }
  }

  // MARK: The preview

  mutating func preview(_ id: WorkloadKey) {
    guard let unit = state.session.proposal?.units.first(where: { $0.id == id }) else {
      return refuse("There is no such unit.")
    }
    state.preview = nil
    abandonPreviews()
    begin(.preview(state.session.reading(unit), context: state.session.cluster.context))
  }

  /// Beside it, what ConfigHub has under its name.
  mutating func compare(_ id: WorkloadKey) {
    guard let unit = state.session.proposal?.units.first(where: { $0.id == id }) else {
      return refuse("There is no such unit.")
    }
    guard state.step == .connect, state.listed(unit) != nil || state.conflicts[id] != nil
    else { return refuse("ConfigHub has no unit \(unit.slug) to compare it with.") }
    abandonPreviews()
    begin(
      .compare(
        state.session.reading(unit), space: state.session.proposal?.space(of: unit) ?? "",
        context: state.session.cluster.context))
  }

  private mutating func abandonPreviews() {
    state.preview = nil
    abandon {
      switch $0 {
      case .cluster(.preview), .read(.compare): true
      case .session, .cluster, .read, .change, .sync, .pause, .cancel: false
      }
    }
  }

  mutating func previewFailed(_ unit: UnitPlan, _ failure: Failure) {
    if failure.kind == .cancelled { return }
    refuse("\(unit.slug) cannot be shown: \(failure.message)")
  }

  // MARK: A plan from a file

  /// The choices of a plan, in place of what was chosen; `false` if it does not fit the cluster.
  mutating func takePlan(_ plan: Plan) -> Bool {
    if let misfit = misfit(of: plan) {
      fail(Failure(.wrongUsage, misfit))
      return false
    }
    take(plan.proposal)
    return true
  }

  /// The same for a proposal that a person has just edited, who can take it back.
  mutating func replaceProposal(_ plan: Plan) {
    guard let proposal = editableProposal() else { return }
    if let misfit = misfit(of: plan) { return refuse(misfit) }
    guard plan.proposal != proposal else { return refuse("Nothing was changed.") }
    make(.proposal(from: proposal, to: plan.proposal))
    confirmDone("The proposal is as you edited it.", Way(.undo, "takes that back"))
  }

  mutating func take(_ proposal: Proposal) {
    let members = Set(proposal.units.flatMap(\.members))
    state.session.selected = state.choosable.filter { members.contains($0.reference) }.map {
      .init(key: $0.key, owner: $0.owner.tool.rawValue)
    }
    state.session.proposal = proposal
  }

  /// Which member of a plan the scan did not find, or found not to be importable: a sentence.
  private func misfit(of plan: Plan) -> String? {
    let unclaimed = (state.session.scan?.objects ?? []).filter {
      if case .unclaimed = $0.place { true } else { false }
    }
    let known = Set(
      state.choosable.flatMap { [$0.reference] + $0.belongings } + unclaimed.map(\.reference))
    guard
      let stranger = plan.proposal.units.flatMap(\.members).first(where: { !known.contains($0) })
    else { return nil }
    return plan.sentence(
      about: stranger,
      "\(stranger.kind) \(stranger.namespace.map { "\($0)/" } ?? "")\(stranger.name) is not among "
        + "what the scan found and may import")
  }
}
