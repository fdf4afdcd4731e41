import Documents

/// A JSON value on its way to the file that knows its own keys, so that whatever else stood in
/// the file can be kept.
indirect enum Draft {
  case value(JSONValue)
  /// Every key that this version knows; `nil` for one that is absent now and must not come back.
  case object([String: Draft?])
  /// Objects; those keys tell which one was which before.
  case list([Draft], identifiedBy: [String])

  static func text(_ text: String) -> Draft { .value(.string(text)) }
  static func text(_ text: String?) -> Draft? { text.map { .value(.string($0)) } }
  static func texts(_ texts: [String]) -> Draft { .value(.array(texts.map(JSONValue.string))) }
  static func integer(_ number: Int) -> Draft { .value(.integer(Int64(number))) }
  static func integer(_ number: Int?) -> Draft? { number.map { .value(.integer(Int64($0))) } }
  static func bool(_ bool: Bool) -> Draft { .value(.bool(bool)) }
  static func map(_ map: [String: String]) -> Draft {
    .value(.object(map.mapValues(JSONValue.string)))
  }

  /// The value to write: ours, and of `original` the keys that are unknown to us, at every level.
  func merged(over original: JSONValue?) -> JSONValue {
    switch self {
    case .value(let value):
      return value
    case .object(let fields):
      var result: [String: JSONValue] = [:]
      if case .object(let old)? = original { result = old.filter { fields[$0.key] == nil } }
      for case (let key, let draft?) in fields { result[key] = draft.merged(over: original?[key]) }
      return .object(result)
    case .list(let items, let keys):
      guard case .array(let old)? = original else {
        return .array(items.map { $0.merged(over: nil) })
      }
      var candidates = Dictionary(grouping: old) { item in keys.map { item[$0] } }
      return .array(
        items.map { item in
          let fresh = item.merged(over: nil)
          let identity = keys.map { fresh[$0] }
          guard let match = candidates[identity]?.first else { return fresh }
          candidates[identity]?.removeFirst()
          return item.merged(over: match)
        })
    }
  }
}
