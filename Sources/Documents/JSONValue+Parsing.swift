import FoundationEssentials

extension JSONValue {
  /// Text that is no JSON, or nested deeper than 512 levels.
  public struct ParseError: Error, CustomStringConvertible {
    /// A sentence that says what was found.
    public var description: String
  }

  public init(parsing bytes: some Sequence<UInt8>) throws(ParseError) {
    do {
      self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      throw ParseError(description: "This is not JSON: \(error)")
    }
  }
}
