/// An object of the cluster that somebody looks at.
public struct ViewedObject: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case reading
    /// As YAML, cleaned of what the cluster put in.
    case read(String)
    /// Why not; a sentence.
    case failed(String)
  }

  public var reference: ObjectReference
  public var content: Content

  public init(_ reference: ObjectReference, _ content: Content) {
    self.reference = reference
    self.content = content
  }
}

extension Turn {
  /// Only the latest one that was asked for is of interest.
  mutating func readObject(_ reference: ObjectReference) {
    let context = state.session.scope.context
    guard !context.isEmpty else { return refuse("Choose a context first.") }
    abandon { if case .readObject = $0 { true } else { false } }
    state.viewed = ViewedObject(reference, .reading)
    begin(.readObject(reference, context: context))
  }

  mutating func objectResult(_ work: Work, _ outcome: Outcome) {
    guard case .readObject(let reference, _) = work, state.viewed?.reference == reference else {
      return
    }
    switch outcome {
    case .object(let yaml): state.viewed?.content = .read(yaml)
    case .failed(let failure): state.viewed?.content = .failed(failure.message)
    default: state.viewed?.content = .failed("The answer was of another kind.")
    }
  }
}
