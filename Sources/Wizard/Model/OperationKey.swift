/// What an operation is about: a Space, or something of that name in one.
///
/// Its text is the Space's slug, or `SPACE/NAME`; slugs have no slash.
public struct OperationKey: Hashable, Comparable, Sendable {
  /// As session files and logs have it.
  public let text: String

  /// Takes what a file says as it is.
  public init(text: String) { self.text = text }

  public init(space: String, name: String? = nil) {
    text = name.map { "\(space)/\($0)" } ?? space
  }

  public var space: String { String(text.prefix { $0 != "/" }) }

  /// What is in the Space; `nil` where it is the Space itself.
  public var name: String? {
    text.firstIndex(of: "/").map { String(text[text.index(after: $0)...]) }
  }

  public static func < (a: OperationKey, b: OperationKey) -> Bool { a.text < b.text }
}

extension OperationKey: CustomStringConvertible, ExpressibleByStringInterpolation {
  public var description: String { text }
  public init(stringLiteral text: String) { self.init(text: text) }
}
