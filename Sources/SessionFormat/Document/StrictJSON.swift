import Documents

/// JSON for files that only this program writes. A member given twice, which other readers let pass,
/// would let two readers see two sessions in one file.
package enum StrictJSON {
  /// A session has seven levels; what is unknown in it may have more.
  static let rules = JSONReader.Rules(depth: 64, allowsTwins: false)

  /// Throws for whatever is not one JSON text in UTF-8.
  package static func value(_ bytes: [UInt8]) throws(InvalidSession) -> JSONValue {
    try read(bytes) { try $0.value() }
  }

  /// Reads the bytes as one value.
  ///
  /// - Parameter body: throws `InvalidSession` where that value is none of ours.
  static func read<Value>(
    _ bytes: [UInt8], _ body: (inout JSONReader) throws -> Value
  ) throws(InvalidSession) -> Value {
    do {
      return try JSONReader.read(bytes, rules, body)
    } catch let error as InvalidSession {
      throw error
    } catch let error as JSONError {
      throw InvalidSession(reason: reason(error))
    } catch {
      throw InvalidSession(reason: "it is not JSON: \(error)")
    }
  }

  private static func reason(_ error: JSONError) -> String {
    switch error.reason {
    case .malformed: "it is not JSON"
    case .tooDeep: "it is nested too deeply"
    case .twice(let name): "it has \(name.prefix(80)) twice in one object"
    }
  }
}
