/// Why a text is not read as JSON.
public struct JSONError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// What is wrong, as a sentence without an end.
    case malformed(String)
    case tooDeep
    /// An object has this member twice.
    case twice(String)
  }

  public let reason: Reason
  /// Of the byte where it was found.
  public let offset: Int
  /// From 1; known when the whole of the reading has come to its end.
  public internal(set) var line = 1

  @usableFromInline
  init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// Without an end.
  public var sentence: String {
    switch reason {
    case .malformed(let sentence): sentence
    case .tooDeep: "it is nested too deeply"
    case .twice(let name): "\"\(name)\" is there twice"
    }
  }
}
