import FoundationEssentials

/// How much is tried: everything takes hours and is asked for with MAP_IMPORT_SWEEP=1.
public enum Sweep {
  public static let isFull = ProcessInfo.processInfo.environment["MAP_IMPORT_SWEEP"] == "1"

  /// All of them in a full sweep, otherwise evenly spread ones.
  public static func sample<Element>(
    _ elements: some RandomAccessCollection<Element>, every step: Int
  ) -> [Element] {
    isFull ? Array(elements) : zip(0..., elements).filter { $0.0 % step == 0 }.map(\.1)
  }

  /// The same where there are more of them than `count`.
  public static func sample<Element>(
    _ elements: some RandomAccessCollection<Element>, atMost count: Int
  ) -> [Element] {
    sample(elements, every: (elements.count + count - 1) / max(count, 1))
  }
}
