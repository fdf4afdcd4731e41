/// An object's labels, sorted by key, in little room: there may be tens of thousands of objects,
/// most of them with the same keys.
public struct Labels: Hashable, Sendable {
  /// Sorted. Copies share them, and so do labels that were given another's.
  public private(set) var keys: [String]
  private var values: [String]

  public init() { (keys, values) = ([], []) }

  public init(_ labels: [String: String]) {
    self.init(labels, keys: labels.keys.sorted())
  }

  /// - Parameter keys: all of the labels' own keys, sorted, perhaps those of other labels, too.
  public init(_ labels: [String: String], keys: [String]) {
    self.keys = keys
    values = keys.map { labels[$0] ?? "" }
  }

  public subscript(key: String) -> String? {
    get { keys.firstIndex(of: key).map { values[$0] } }
    set {
      let index = keys.firstIndex { $0 >= key } ?? keys.endIndex
      let isThere = index < keys.endIndex && keys[index] == key
      switch (isThere, newValue) {
      case (true, let value?): values[index] = value
      case (true, nil):
        keys.remove(at: index)
        values.remove(at: index)
      case (false, let value?):
        keys.insert(key, at: index)
        values.insert(value, at: index)
      case (false, nil): break
      }
    }
  }

  public func mapValues<Value>(_ transform: (String) -> Value) -> [String: Value] {
    Dictionary(zip(keys, values.map(transform))) { $1 }
  }
}

extension Labels: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { keys.count }
  public subscript(index: Int) -> (key: String, value: String) { (keys[index], values[index]) }
}

extension Labels: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral labels: (String, String)...) {
    self.init(Dictionary(labels) { $1 })
  }
}
