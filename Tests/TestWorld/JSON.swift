/// JSON as a test looks at it: what is not there reads as nil, what is null as `.null`.
public enum JSON: Decodable, Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  public subscript(key: String) -> JSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  public subscript(index: Int) -> JSON? {
    array.indices.contains(index) ? array[index] : nil
  }

  public var array: [JSON] { if case .array(let elements) = self { elements } else { [] } }

  public var string: String? { if case .string(let text) = self { text } else { nil } }

  public var int: Int? { if case .number(let number) = self { Int(number) } else { nil } }

  public var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
}
