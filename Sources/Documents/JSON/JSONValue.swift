/// Any JSON document, for what is read and passed on without knowing its schema.
///
/// Strings, and with them the keys of an object, are equal if they are canonically equivalent
/// Unicode, as everywhere in Swift.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number without a fraction that fits.
  case integer(Int64)
  /// Any other number; JSON has no infinity and no NaN.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

extension JSONValue {
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  public var integer: Int64? { if case .integer(let value) = self { value } else { nil } }

  public var string: String? { if case .string(let value) = self { value } else { nil } }

  public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

  public var object: [String: JSONValue]? {
    if case .object(let value) = self { value } else { nil }
  }

  /// Whether this is `null`, as opposed to absent.
  public var isNull: Bool { self == .null }

  /// An object's member; `nil` where there is none, or where this is no object.
  ///
  /// Assigning `nil` removes the member; assigning a value to what is no object makes it one.
  public subscript(key: String) -> JSONValue? {
    get { if case .object(let members) = self { members[key] } else { nil } }
    set {
      if case .object(var members) = self {
        self = .null  // so that the members are not copied
        members[key] = newValue
        self = .object(members)
      } else if let newValue {
        self = .object([key: newValue])
      }
    }
  }

  /// The member at the end of a path of keys, as in `pod["spec", "nodeName"]`.
  ///
  /// Assigning a value makes the objects that are missing on the way; assigning `nil` makes none.
  public subscript(first: String, second: String, rest: String...) -> JSONValue? {
    get { rest.reduce(self[first]?[second]) { $0?[$1] } }
    set { set(newValue, at: ([first, second] + rest)[...]) }
  }

  private mutating func set(_ value: JSONValue?, at path: ArraySlice<String>) {
    guard let key = path.first else { return }
    if path.count == 1 {
      self[key] = value
    } else if value != nil || self[key] != nil {
      var member = self[key] ?? .object([:])
      member.set(value, at: path.dropFirst())
      self[key] = member
    }
  }
}

extension JSONValue: ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringInterpolation,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// The last of several members of one name stays.
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(Dictionary(members) { $1 })
  }
}
