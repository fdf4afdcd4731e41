extension JSONValue {
  /// What could not be read as JSON.
  public struct ParseError: Error, Hashable, CustomStringConvertible {
    /// A sentence that says what was found, and on which line if there is more than one.
    public var description: String

    public init(description: String) { self.description = description }
  }

  private static let rules = JSONReader.Rules(depth: 512, allowsTwins: true)

  /// Reads one JSON document; a member given twice, of which the first stays, is let pass.
  ///
  /// A number that is whole and fits is an ``integer(_:)``, however it was written.
  ///
  /// - Throws: ``ParseError`` for anything else than JSON in UTF-8, for a document that ends early,
  ///   for more than 512 levels of nesting, and for a number beyond what a `Double` can hold.
  public init(parsing bytes: some Sequence<UInt8>) throws(ParseError) {
    let bytes = Array(bytes)
    if bytes.isEmpty { throw ParseError(description: "there is no JSON, the text is empty") }
    do {
      self = try JSONReader.read(bytes, Self.rules) { try $0.value() }
    } catch let error as JSONError {
      let line = bytes.contains(0x0a) ? " on line \(error.line)" : ""
      throw ParseError(description: "this is not valid JSON\(line): \(error.sentence)")
    } catch {
      throw ParseError(description: "\(error)")
    }
  }
}
