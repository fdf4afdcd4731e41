extension JSONValue: Codable {
  /// Tries one type after another, the frequent ones first: a failed try costs a microsecond.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if container.decodeNil() {
      self = .null
    } else if let value = try container.members() {
      self = .object(value)
    } else if let value = try container.elements() {
      self = .array(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a number out of range, or broken text")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}

// An object that holds something broken is an object all the same: only the wrong type means
// that the next one is to be tried. Otherwise each level would be tried again by the one above.
extension SingleValueDecodingContainer {
  fileprivate func members() throws -> [String: JSONValue]? {
    do {
      return try decode([String: JSONValue].self)
    } catch DecodingError.typeMismatch {
      return nil
    }
  }

  fileprivate func elements() throws -> [JSONValue]? {
    do {
      return try decode([JSONValue].self)
    } catch DecodingError.typeMismatch {
      return nil
    }
  }
}
