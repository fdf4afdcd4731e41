/// A number of things in words, as "1 unit" or "12 units"; the noun takes an "s".
public func plural(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
