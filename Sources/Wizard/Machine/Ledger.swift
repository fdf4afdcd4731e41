/// What is to happen outside and has happened, as the session has it.
extension Turn {
  /// Adds an operation in state `intent`; it counts only once it is saved.
  mutating func record(_ kind: Operation.Kind, key: String, detail: String? = nil) -> String {
    state.operationIndex.follow(state.session)
    let number = String(state.operationIndex.highest + 1)
    let id = "op-" + String(repeating: "0", count: max(0, 4 - number.count)) + number
    state.session.operations.append(Operation(id: id, kind: kind, key: key, detail: detail))
    state.operationIndex.follow(state.session)
    return id
  }

  mutating func update(_ id: String, _ change: (inout Operation) -> Void) {
    guard let index = state.operationIndex.place(of: id, in: state.session) else { return }
    change(&state.session.operations[index])
  }
}

extension Operation {
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
