import TerminalText
import Wizard

/// One of many names is picked by a few letters of it, or another one is typed.
struct Picker: Sendable {
  enum Subject: Hashable, Sendable {
    case appSpace
    case merge([WorkloadKey])
    case move([ObjectReference], of: WorkloadKey)
  }

  struct Choice: Sendable {
    let name: String
    /// What is to be known of it.
    let detail: String
    fileprivate let letters: [UInt8]

    init(_ name: String, _ detail: String = "") {
      self.name = name
      self.detail = detail
      letters = Array(name.lowercased().utf8)
    }
  }

  /// A row of the list.
  enum Found: Hashable, Sendable {
    case choice(Int)
    /// What is typed, which no choice is called.
    case new
  }

  let subject: Subject
  /// What is asked, before what is typed.
  let question: String
  /// What a name is that none of them has; `nil` where it has to be one of them.
  let newWords: String?
  let choices: [Choice]
  private(set) var field = TextField("")
  private(set) var found: [Found]

  init(_ subject: Subject, _ question: String, orNew newWords: String?, _ choices: [Choice]) {
    self.subject = subject
    self.question = question
    self.newWords = newWords
    self.choices = choices
    found = choices.indices.map(Found.choice)
  }

  /// Changes what is typed. There may be very many names, so they are looked through only here.
  mutating func change(_ change: (inout TextField) -> Void) {
    let before = field.text
    change(&field)
    if field.text != before { found = find() }
  }

  private func find() -> [Found] {
    let text = field.text.lowercased()
    let words = text.split(separator: " ").map { Array($0.utf8) }
    let whole = Array(text.utf8)
    let scored = choices.indices.compactMap { number -> (number: Int, score: Int)? in
      let letters = choices[number].letters
      var sum = letters == whole ? Int.max / 2 : 0
      for word in words {
        guard let score = Fuzzy.score(word, in: letters) else { return nil }
        sum += score
      }
      return (number, sum)
    }
    let known = scored.sorted { ($1.score, $0.number) < ($0.score, $1.number) }.map {
      Found.choice($0.number)
    }
    let isNew = !words.isEmpty && newWords != nil && !scored.contains { $0.score > Int.max / 4 }
    return (isNew ? [.new] : []) + known
  }

  /// The cursor stands on the best one at first, and on a new name only where there is none.
  var firstCursor: Int { found.first == .new && found.count > 1 ? 1 : 0 }

  func name(at place: Int) -> String? {
    guard found.indices.contains(place) else { return nil }
    return switch found[place] {
    case .choice(let number): choices[number].name
    case .new: field.text
    }
  }

  func has(_ name: String) -> Bool { choices.contains { $0.name == name } }

  /// Leaves out the row of a name that is new.
  mutating func dropNew() { found.removeAll { $0 == .new } }

  func event(_ name: String) -> Event {
    switch subject {
    case .appSpace: .setAppSpace(name)
    case .merge(let units): .merge(units: units, into: name)
    case .move(let members, let unit): .move(members, of: unit, to: name)
    }
  }

  /// Why a new name cannot be taken: the wizard would take that of an App Space as it is.
  func problem(_ name: String) -> String? {
    switch subject {
    case .appSpace: TextEntry.slugProblem(name)
    case .merge, .move: nil
    }
  }
}
