import FoundationEssentials

extension JSONValue {
  /// What could not be read as JSON.
  public struct ParseError: Error, Hashable, CustomStringConvertible {
    /// A sentence that says what was found, and in which member if that is known.
    public var description: String

    public init(description: String) { self.description = description }
  }

  /// Reads one JSON document; a comma too many, and a member given twice, of which the first
  /// stays, are let pass.
  ///
  /// A number that is whole and fits is an ``integer(_:)``, however it was written.
  ///
  /// - Throws: ``ParseError`` for anything else than JSON in UTF-8, for a document that ends early,
  ///   for more than 512 levels of nesting, and for a number beyond what a `Double` can hold.
  public init(parsing bytes: some Sequence<UInt8>) throws(ParseError) {
    let data = Data(bytes)
    if data.isEmpty { throw ParseError(description: "there is no JSON, the text is empty") }
    do {
      self = try JSONDecoder().decode(JSONValue.self, from: data)
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
      let path = context.codingPath.reduce(into: "$") { path, key in
        path += key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
      }
      throw ParseError(description: "\(path) is not valid JSON: \(context.debugDescription)")
    } catch {
      throw ParseError(description: "this is not valid JSON, or nested too deeply, or cut off")
    }
  }
}
