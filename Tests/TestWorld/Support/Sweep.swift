import FoundationEssentials

/// How much is tried: everything takes hours and is asked for with MAP_IMPORT_SWEEP=1.
public enum Sweep {
  public static let isFull = ProcessInfo.processInfo.environment["MAP_IMPORT_SWEEP"] == "1"

  /// All of them in a full sweep, otherwise evenly spread ones.
  public static func sample<Element>(_ elements: [Element], every step: Int) -> [Element] {
    isFull ? elements : stride(from: 0, to: elements.count, by: step).map { elements[$0] }
  }
}
