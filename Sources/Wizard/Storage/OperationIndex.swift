/// Where each operation of a session is, so that none of many thousand has to be searched for.
///
/// It follows from the session, so that two states never differ by it.
struct OperationIndex: Hashable, Sendable {
  private var places: [Operation.Subject: Int] = [:]
  private var ids: [String: Int] = [:]
  private var count = 0
  private var session = ""
  private var latest: String?
  /// The highest number that an operation is called by.
  private(set) var highest = 0

  init() {}

  static func == (a: OperationIndex, b: OperationIndex) -> Bool { true }
  func hash(into hasher: inout Hasher) {}

  /// Operations are only ever added to a session, each under an id of its own.
  private func isUpToDate(with session: Session) -> Bool {
    count == session.operations.count && self.session == session.id
      && latest == session.operations.last?.id
  }

  mutating func follow(_ session: Session) {
    if isUpToDate(with: session) { return }
    if self.session != session.id || count >= session.operations.count { self = .init() }
    self.session = session.id
    for place in count..<session.operations.count {
      let operation = session.operations[place]
      places[operation.subject] = place
      ids[operation.id] = place
      highest = max(highest, Operation.number(of: operation.id))
      latest = operation.id
    }
    count = session.operations.count
  }

  /// Where the operation of that id is; `nil` if there is none.
  func place(of id: String, in session: Session) -> Int? {
    if isUpToDate(with: session), let place = ids[id], session.operations[place].id == id {
      return place
    }
    return session.operations.lastIndex { $0.id == id }
  }

  /// The last operation of that kind on that key.
  func find(_ subject: Operation.Subject, in session: Session) -> Operation? {
    if isUpToDate(with: session) {
      guard let place = places[subject] else { return nil }
      let found = session.operations[place]
      if found.subject == subject { return found }
    }
    return session.operations.last { $0.subject == subject }
  }
}

extension WizardState {
  /// The last operation of that kind on that key.
  public func operation(_ kind: Operation.Kind, on key: OperationKey) -> Operation? {
    operation(Operation.Subject(kind, key))
  }

  /// The last operation on that subject.
  public func operation(_ subject: Operation.Subject) -> Operation? {
    operationIndex.find(subject, in: session)
  }
}
