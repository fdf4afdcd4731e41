/// Step 3: the proposal is divided otherwise, labelled, previewed, or comes from a file.
extension Turn {
  mutating func regroup(_ event: Event) {
    guard state.step == .select, let proposal = state.session.proposal else {
      return refuse("Units are put together in step 3.")
    }
    guard !state.hasWritten else { return refuse(state.whatStays) }
    let regrouping = Regrouping(units: proposal.units)
    do throws(Regrouping.Refusal) {
      switch event {
      case .merge(let id, let slug): make(try regrouping.merge(id, into: slug))
      case .split(let id):
        make(try regrouping.split(id, among: state.session.scan?.workloads ?? []))
      case .move(let member, let id, let slug):
        make(try regrouping.move(member, of: id, to: slug))
      default: break
      }
    } catch {
      refuse(error.sentence)
    }
  }

  mutating func setLabels(_ id: WorkloadKey, _ text: String) {
    guard state.step == .select,
      let unit = state.session.proposal?.units.first(where: { $0.id == id })
    else { return refuse("There is no such unit.") }
    guard !state.hasWritten else { return refuse(state.whatStays) }
    do throws(LabelText.Problem) {
      make(.labels(unit: id, from: unit.labels, to: try LabelText(text).labels))
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
    begin(.preview(unit, context: state.session.cluster.context))
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
        unit, space: state.session.proposal?.space(of: unit) ?? "",
        context: state.session.cluster.context))
  }

  private mutating func abandonPreviews() {
    state.preview = nil
    abandon {
      switch $0 {
      case .preview, .compare: true
      default: false
      }
    }
  }

  mutating func previewed(_ unit: UnitPlan, _ outcome: Outcome) {
    switch outcome {
    case .previewed(let preview): state.preview = preview
    case .failed(let failure) where failure.kind == .cancelled: break
    case .failed(let failure): refuse("\(unit.slug) cannot be shown: \(failure.message)")
    default: break
    }
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
    guard state.step == .select, let proposal = state.session.proposal else {
      return refuse("Units are put together in step 3.")
    }
    guard !state.hasWritten else { return refuse(state.whatStays) }
    if let misfit = misfit(of: plan) { return refuse(misfit) }
    guard plan.proposal != proposal else { return refuse("Nothing was changed.") }
    make(.proposal(from: proposal, to: plan.proposal))
    refuse("The proposal is as you edited it; u takes that back.")
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
    let known = Set(state.choosable.flatMap { [$0.reference] + $0.belongings })
    guard
      let stranger = plan.proposal.units.flatMap(\.members).first(where: { !known.contains($0) })
    else { return nil }
    return plan.sentence(
      about: stranger,
      "\(stranger.kind) \(stranger.namespace.map { "\($0)/" } ?? "")\(stranger.name) is not among "
        + "what the scan found and may import")
  }
}

/// A proposal that was written to a file and came back, perhaps edited by hand.
public struct Plan: Hashable, Sendable {
  public var proposal: Proposal
  /// As a person knows it.
  public var file: String
  /// On which line of the file each member stands, from 1.
  public var lines: [ObjectReference: Int]

  public init(proposal: Proposal, file: String, lines: [ObjectReference: Int]) {
    self.proposal = proposal
    self.file = file
    self.lines = lines
  }

  func sentence(about member: ObjectReference, _ what: String) -> String {
    let line = lines[member].map { ", line \($0)" } ?? ""
    return "The plan \(file)\(line): \(what)."
  }
}

/// Labels as a person types them: `app=api, variant=prod`.
public struct LabelText: Hashable, Sendable {
  public var labels: [String: String]

  public struct Problem: Error, Hashable, Sendable {
    public var sentence: String
  }

  public init(_ text: String) throws(Problem) {
    labels = [:]
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let trimmed = words.map { LabelText.trimmed($0) }
      guard trimmed.count == 2 else {
        throw Problem(sentence: "\"\(LabelText.trimmed(part))\" is not name=value")
      }
      if let problem = LabelText.problem(key: trimmed[0], value: trimmed[1]) { throw problem }
      guard labels.updateValue(trimmed[1], forKey: trimmed[0]) == nil else {
        throw Problem(sentence: "the label \(trimmed[0]) is there twice")
      }
    }
  }

  /// What ConfigHub, or cub on the way there, would not take as a label; `nil` if they do.
  ///
  /// A name is `[A-Za-z0-9]([-_./A-Za-z0-9]*[A-Za-z0-9])?`, at most 128; a value 1 to 128 ASCII letters,
  /// digits and `-_@/#$%&~+!?.:;(){}[]<>|`, with spaces only inside. `=` and `,` part labels in cub's
  /// command line, and the value `-` would take a label away.
  public static func problem(key: String, value: String) -> Problem? {
    if key.isEmpty { return Problem(sentence: "a label has no name") }
    if key.utf8.count > 128 { return Problem(sentence: "the name of a label is longer than 128") }
    guard Naming.isName(key, with: "-_./") else {
      return Problem(
        sentence: "\"\(key)\" is no name for a label: use letters, digits, - _ . and /, begin and "
          + "end with a letter or digit")
    }
    if value.isEmpty { return Problem(sentence: "the label \(key) has no value") }
    if value.utf8.count > 128 {
      return Problem(sentence: "the value of the label \(key) is longer than 128")
    }
    if value == "-" { return Problem(sentence: "the label \(key) cannot be -") }
    guard value.first != " ", value.last != " ",
      value.utf8.allSatisfy({
        Naming.isAlphanumeric($0) || " -_@/#$%&~+!?.:;(){}[]<>|".utf8.contains($0)
      })
    else {
      return Problem(
        sentence: "the value of \(key) has a character that ConfigHub does not take in a label")
    }
    return nil
  }

  public static func text(of labels: [String: String]) -> String {
    labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " }
    return String(start.prefix(start.count - start.reversed().prefix { $0 == " " }.count))
  }
}

/// A unit as it will be written, and the live objects it comes from.
public struct UnitPreview: Hashable, Sendable {
  public struct LiveLine: Hashable, Sendable {
    public var text: String
    /// True for what is left out of the unit: the cluster wrote it.
    public var isLeftOut: Bool

    public init(_ text: String, isLeftOut: Bool) {
      self.text = text
      self.isLeftOut = isLeftOut
    }
  }

  /// A line of two texts that are compared.
  public struct Difference: Hashable, Sendable {
    public enum Sort: Sendable { case both, onlyInConfigHub, onlyHere }

    public var sort: Sort
    public var text: String

    public init(_ sort: Sort, _ text: String) {
      self.sort = sort
      self.text = text
    }
  }

  public var slug: String
  public var written: [String]
  public var live: [LiveLine]
  /// Set where it was compared with what ConfigHub has; then nothing else is shown.
  public var differences: [Difference]?

  public init(
    slug: String, written: [String], live: [LiveLine] = [], differences: [Difference]? = nil
  ) {
    self.slug = slug
    self.written = written
    self.live = live
    self.differences = differences
  }
}
