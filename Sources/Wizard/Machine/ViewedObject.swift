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

extension Reducer {
  /// Only the latest one that was asked for is of interest.
  mutating func readObject(_ reference: ObjectReference) {
    let context = state.session.scope.context
    guard !context.isEmpty else { return refuse("Choose a context first.") }
    abandon { if case .cluster(.readObject) = $0 { true } else { false } }
    state.viewed = ViewedObject(reference, .reading)
    begin(.readObject(reference, context: context))
  }

  mutating func objectRead(_ reference: ObjectReference, _ content: ViewedObject.Content) {
    if state.viewed?.reference == reference { state.viewed?.content = content }
  }
}
