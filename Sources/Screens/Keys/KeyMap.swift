import Synchronization
import TerminalText

/// The keys that a person wants for some actions, by the actions' names.
///
/// It is taken once, before the first key line is made: the table of keys is made with it.
package struct KeyMap: Sendable {
  /// Why it cannot be taken: about which name, and a sentence without it.
  package struct Problem: Error, Equatable {
    package var name: String
    package var sentence: String
  }

  let keys: [Action: [Key]]

  private static let used = Mutex(KeyMap())

  private init() { keys = [:] }

  /// - Parameter wishes: for each name of an action, the names of its keys.
  package init(_ wishes: [String: [String]]) throws(Problem) {
    var keys: [Action: [Key]] = [:]
    for (name, wanted) in wishes.sorted(by: { $0.key < $1.key }) {
      guard let action = Action.named[name] else {
        throw Problem(
          name: name,
          sentence:
            "is no action; those there are: \(Action.named.keys.sorted().joined(separator: ", "))")
      }
      guard !wanted.isEmpty else { throw Problem(name: name, sentence: "needs a key") }
      keys[action] = try wanted.map { (text) throws(Problem) in
        guard let key = Key(named: text) else {
          throw Problem(
            name: name,
            sentence: "\"\(text)\" is no key: it is one character, ctrl- and a letter, or one of "
              + Key.names.joined(separator: ", "))
        }
        return key
      }
    }
    self.keys = keys
    for name in wishes.keys.sorted() { try check(name) }
  }

  /// That no key means two things in one place.
  private func check(_ name: String) throws(Problem) {
    guard let action = Action.named[name], let own = keys[action] else { return }
    for focus in Focus.allCases where focus.handler(of: action) != nil {
      if focus.isText, action != .help, let key = own.first(where: \.isText) {
        throw Problem(name: name, sentence: "\(key.name) is text there, and cannot be its key")
      }
      for other in Binding.Section.allCases.flatMap(\.usual)
      where other.action != action && focus.handler(of: other.action) != nil {
        guard let key = own.first(where: (keys[other.action] ?? other.keys).contains) else {
          continue
        }
        throw Problem(
          name: name,
          sentence: "\(key.name) is the key of \(other.action.name ?? "typing") in the same place")
      }
    }
  }

  /// Has the table made with it.
  package func use() { Self.used.withLock { $0 = self } }

  static func keys(of action: Action) -> [Key]? { used.withLock { $0.keys[action] } }

  /// Every action that can have other keys, with the keys it has.
  package static var table: [(name: String, keys: [String], help: String)] {
    Binding.table.compactMap { binding in
      binding.action.name.map { ($0, binding.keys.map(\.name), binding.help) }
    }
  }
}

extension Action {
  /// `leave-out`; `nil` for what a text does with its keys.
  var name: String? {
    switch self {
    case .text: return nil
    case .tab(let tab): return "tab-\(tab.rawValue.lowercased())"
    default: break
    }
    return "\(self)".reduce(into: "") { name, character in
      name += character.isUppercase ? "-\(character.lowercased())" : "\(character)"
    }
  }

  fileprivate static let named: [String: Action] = Dictionary(
    Binding.Section.allCases.flatMap(\.usual).compactMap { binding in
      binding.action.name.map { ($0, binding.action) }
    }
  ) { first, _ in first }
}

extension Key {
  fileprivate static let special: [Key] = [
    .character(" "), .enter, .escape, .tab, .backtab, .backspace, .delete, .up, .down, .left,
    .right, .pageUp, .pageDown, .home, .end, .wordLeft, .wordRight,
  ]

  fileprivate static var names: [String] { special.map(\.name) }

  fileprivate init?(named text: String) {
    if let key = Self.special.first(where: { $0.name == text }) {
      self = key
    } else if text.count == 1, let character = text.first, !character.isWhitespace {
      self = .character(character)
    } else if text.count == 6, text.hasPrefix("ctrl-"), let letter = text.last,
      ("a"..."z").contains(letter), !"mijh".contains(letter)
    {
      self = .control(letter)
    } else {
      return nil
    }
  }

  fileprivate var isText: Bool { if case .character = self { true } else { false } }
}
