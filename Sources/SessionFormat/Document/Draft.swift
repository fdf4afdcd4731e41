import Documents

/// A JSON value on its way to the file that knows its own keys, so that whatever else stood in
/// the file can be kept.
package indirect enum Draft {
  case value(JSONValue)
  /// Every key that this version knows; `nil` for one that is absent now and must not come back.
  case object([String: Draft?])
  /// So many objects, each made when it is asked for; those keys tell which one was which before.
  case list(count: Int, item: (Int) -> Draft, identifiedBy: [String])
  /// A text that was written before, narrow, and that nothing unknown to us belongs to.
  case written([UInt8])

  package static func text(_ text: String) -> Draft { .value(.string(text)) }
  package static func text(_ text: String?) -> Draft? { text.map { .value(.string($0)) } }
  package static func texts(_ texts: [String]) -> Draft {
    .value(.array(texts.map(JSONValue.string)))
  }
  package static func integer(_ number: Int) -> Draft { .value(.integer(Int64(number))) }
  package static func integer(_ number: Int?) -> Draft? {
    number.map { .value(.integer(Int64($0))) }
  }
  package static func bool(_ bool: Bool) -> Draft { .value(.bool(bool)) }
  package static func map(_ map: [String: String]) -> Draft {
    .value(.object(map.mapValues(JSONValue.string)))
  }

  /// Drafts are made one at a time: there may be tens of thousands.
  package static func list<Element>(
    _ elements: [Element], identifiedBy keys: [String], _ draft: @escaping (Element) -> Draft
  ) -> Draft {
    .list(count: elements.count, item: { draft(elements[$0]) }, identifiedBy: keys)
  }

  // MARK: Writing

  /// The value to write: ours, and of `original` the keys that are unknown to us, at every level.
  package func merged(over original: JSONValue?) -> JSONValue {
    switch self {
    case .value(let value):
      return value
    case .written(let bytes):
      return (try? JSONValue(parsing: bytes)) ?? .null
    case .object(let fields):
      var result: [String: JSONValue] = [:]
      if case .object(let old)? = original { result = old.filter { fields[$0.key] == nil } }
      for case (let key, let draft?) in fields { result[key] = draft.merged(over: original?[key]) }
      return .object(result)
    case .list(let count, let item, let keys):
      var originals = Originals(original, identifiedBy: keys)
      return .array(
        (0..<count).map {
          let draft = item($0)
          return draft.merged(over: originals.take(draft))
        })
    }
  }

  /// Writes what `merged` answers, without having all of it at once.
  package func write(over original: JSONValue?, to writer: inout JSONWriter) {
    if writer.isFull { return }
    switch self {
    case .value(let value):
      writer.write(value)
    case .written(let bytes):
      writer.write(text: bytes)
    case .object(let fields):
      var members = fields.compactMapValues(\.self)
      if case .object(let old)? = original {
        for (key, value) in old where fields[key] == nil { members[key] = .value(value) }
      }
      writer.writeList("{", JSONValue.sorted(members), "}") { writer, member in
        writer.write(key: member.key)
        member.value.write(over: original?[member.key], to: &writer)
      }
    case .list(let count, let item, let keys):
      var originals = Originals(original, identifiedBy: keys)
      writer.writeList("[", 0..<count, "]") { writer, index in
        let draft = item(index)
        draft.write(over: originals.take(draft), to: &writer)
      }
    }
  }

  /// The objects of a list that was there before, each for the one draft that it belongs to.
  private struct Originals {
    private let keys: [String]
    private var candidates: [[JSONValue?]: [JSONValue]] = [:]

    package init(_ original: JSONValue?, identifiedBy keys: [String]) {
      self.keys = keys
      guard case .array(let old)? = original else { return }
      candidates = Dictionary(grouping: old) { item in keys.map { item[$0] } }
    }

    package mutating func take(_ draft: Draft) -> JSONValue? {
      if candidates.isEmpty { return nil }
      let identity = draft.identity(keys)
      guard let match = candidates[identity]?.first else { return nil }
      candidates[identity]?.removeFirst()
      return match
    }
  }

  private func identity(_ keys: [String]) -> [JSONValue?] {
    guard case .object(let fields) = self else { return keys.map { _ in nil } }
    return keys.map { key in fields[key].flatMap(\.self)?.merged(over: nil) }
  }

  // MARK: What is not ours

  /// Of the value that this draft's own was read from, the members that are unknown to us, at
  /// every level: what `write` needs to keep them. `nil` if there are none.
  package func unknown(in original: JSONValue?) -> JSONValue? {
    switch (self, original) {
    case (.object(let fields), .object(let old)?):
      var kept: [String: JSONValue] = [:]
      for (key, value) in old {
        guard let known = fields[key] else {
          kept[key] = value
          continue
        }
        kept[key] = known?.unknown(in: value)
      }
      return kept.isEmpty ? nil : .object(kept)
    case (.list(let count, let item, let keys), .array(let old)?):
      // Mostly the one in the same place.
      lazy var drafts = Dictionary(grouping: (0..<count).map(item)) { $0.identity(keys) }
      let kept = old.enumerated().compactMap { index, value -> JSONValue? in
        let identity = keys.map { value[$0] }
        var draft = index < count ? item(index) : nil
        if draft?.identity(keys) != identity { draft = drafts[identity]?.first }
        return draft?.unknown(in: value, identifiedBy: keys)
      }
      return kept.isEmpty ? nil : .array(kept)
    case (.value, _), (.object, _), (.list, _), (.written, _):
      return nil
    }
  }

  /// The same of one object of a list, with what tells which one it is.
  package func unknown(in original: JSONValue, identifiedBy keys: [String]) -> JSONValue? {
    guard case .object(var members)? = unknown(in: original) else { return nil }
    for key in keys { members[key] = original[key] }
    return .object(members)
  }
}
