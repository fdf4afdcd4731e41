import Documents
import Wizard

/// Why a file is no session, as a sentence without the file's name.
package struct InvalidSession: Error, Hashable, Sendable {
  package let reason: String
  /// The file is from a later major version of this program: nothing is wrong with it.
  package var isNewer: Bool

  package init(reason: String, isNewer: Bool = false) {
    self.reason = reason
    self.isNewer = isNewer
  }
}

/// A place in a JSON document, with the words to say where it is. `null` counts as absent.
package struct Field {
  /// `nil` if absent.
  package let value: JSONValue?
  private let place: Place

  /// Made into words only for a sentence: most fields are as they should be.
  private indirect enum Place {
    case document
    case member(String, of: Place)
    case element(Int, of: Place)

    package var path: String {
      switch self {
      case .document: ""
      case .member(let key, .document): key
      case .member(let key, let parent): "\(parent.path).\(key)"
      case .element(let index, let parent): "\(parent.path)[\(index)]"
      }
    }
  }

  package init(_ document: JSONValue) {
    value = document
    place = .document
  }

  private init(_ value: JSONValue?, _ place: Place) {
    if case .null? = value { self.value = nil } else { self.value = value }
    self.place = place
  }

  private var path: String { place.path }

  package subscript(_ key: String) -> Field { Field(value?[key], .member(key, of: place)) }

  /// One element of a list that was read on its own.
  package func element(_ value: JSONValue, at index: Int) -> Field {
    Field(value, .element(index, of: place))
  }

  /// True if the object has the key, be it `null`.
  package func has(_ key: String) -> Bool { value?[key] != nil }

  /// Throws if there is something and it is no object.
  package func object() throws(InvalidSession) -> Field? {
    guard let value else { return nil }
    guard case .object = value else { throw wrong("an object") }
    return self
  }

  /// Throws if absent.
  package func text() throws(InvalidSession) -> String {
    guard let text = try optionalText() else { throw missing }
    return text
  }

  package func optionalText() throws(InvalidSession) -> String? {
    guard let value else { return nil }
    guard case .string(let text) = value else { throw wrong("a text") }
    return text
  }

  package func texts() throws(InvalidSession) -> [String] {
    var texts: [String] = []
    for item in try list() { texts.append(try item.text()) }
    return texts
  }

  package func integer() throws(InvalidSession) -> Int? {
    guard let value else { return nil }
    guard case .integer(let number) = value else { throw wrong("a whole number") }
    return Int(number)
  }

  package func bool() throws(InvalidSession) -> Bool? {
    guard let value else { return nil }
    guard case .bool(let bool) = value else { throw wrong("true or false") }
    return bool
  }

  /// Empty if absent.
  package func list() throws(InvalidSession) -> [Field] {
    guard let value else { return [] }
    guard case .array(let items) = value else { throw wrong("a list") }
    return items.enumerated().map { element($1, at: $0) }
  }

  /// The members of an object that is a map and not a record; empty if absent.
  package func members() throws(InvalidSession) -> [(key: String, field: Field)] {
    guard let value else { return [] }
    guard case .object(let members) = value else { throw wrong("an object") }
    return members.map { ($0.key, self[$0.key]) }
  }

  package func map() throws(InvalidSession) -> [String: String] {
    var map: [String: String] = [:]
    for member in try members() { map[member.key] = try member.field.text() }
    return map
  }

  package func time() throws(InvalidSession) -> Timestamp? {
    guard let text = try optionalText() else { return nil }
    guard let time = Timestamp(rfc3339: text) else {
      throw InvalidSession(reason: "\(path) is not a time like 2026-01-09T14:30:22Z: \(text)")
    }
    return time
  }

  /// One of the values of a closed set.
  package func choice<Choice: RawRepresentable<String>>(
    of type: Choice.Type = Choice.self
  ) throws(InvalidSession) -> Choice? {
    guard let text = try optionalText() else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw InvalidSession(reason: "\(path) is not a known value: \(text)")
    }
    return choice
  }

  package var missing: InvalidSession { InvalidSession(reason: "\(path) is missing") }

  private func wrong(_ wanted: String) -> InvalidSession {
    let found =
      switch value {
      case nil, .null: "nothing"
      case .bool: "true or false"
      case .integer, .number: "a number"
      case .string: "a text"
      case .array: "a list"
      case .object: "an object"
      }
    return InvalidSession(reason: "\(path.isEmpty ? "it" : path) is \(found), not \(wanted)")
  }
}
