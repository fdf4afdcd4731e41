/// What another program said: on its stdout or stderr, or in a field of its answer that is words and
/// not a name.
///
/// It becomes a `String` in one way, `"\(text)"`, and that has no secrets in it: whoever builds a
/// sentence of it, logs it, prints it or keeps it cannot forget to take them out.
public struct ForeignText: Hashable, Sendable {
  /// As it came. For what is decided by it, and for data that is handed on as it is; never to be
  /// shown, logged or kept.
  public let unredacted: String

  public init(_ text: String) { unredacted = text }

  /// U+FFFD stands in the place of what is not UTF-8.
  public init(_ bytes: [UInt8]) { unredacted = String(decoding: bytes, as: UTF8.self) }

  /// The longest quotation of another program in a sentence of ours, in characters.
  public static let longestQuote = 600

  /// For a sentence: on one line, and not longer than a person reads.
  public var quote: String {
    // Joined only now that the secrets are out, which are told by their lines.
    let words = description.split(whereSeparator: \.isNewline)
      .map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: " ")
    return words.count > Self.longestQuote ? words.prefix(Self.longestQuote) + "…" : words
  }
}

/// Whatever way a value is made into text, it is this one.
extension ForeignText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Without secrets and without the escape sequences of a terminal, behind which one could hide.
  /// Control characters are still in it: they are escaped where text is put on a screen.
  public var description: String {
    if Redactor.isInnocent(unredacted) { return unredacted }
    var redactor = Redactor()
    let bytes = redactor.redacted(withoutSequences(Array(unredacted.utf8)))
    return String(decoding: bytes, as: UTF8.self)
  }

  public var debugDescription: String { description.debugDescription }

  public var customMirror: Mirror { Mirror(self, children: []) }
}
