/// Workloads in the order they came: adding a batch copies none of those before it.
public struct WorkloadBatches: Hashable, Sendable, RandomAccessCollection, ExpressibleByArrayLiteral
{
  public private(set) var batches: [[Workload]] = []
  /// How many there are up to and with each batch.
  private var ends: [Int] = []

  public init() {}

  public init(arrayLiteral elements: Workload...) { self += elements }

  public var startIndex: Int { 0 }
  public var endIndex: Int { ends.last ?? 0 }

  public subscript(index: Int) -> Workload {
    let batch = gallop(from: 0, to: ends.count) { ends[$0] <= index }
    return batches[batch][index - (batch == 0 ? 0 : ends[batch - 1])]
  }

  public func position(of key: WorkloadKey) -> Int? {
    var before = 0
    for batch in batches {
      let index = batch.withUnsafeBufferPointer { batch in
        batch.indices.first { batch[$0].key == key }
      }
      if let index { return before + index }
      before += batch.count
    }
    return nil
  }

  public static func += (arrivals: inout WorkloadBatches, batch: [Workload]) {
    if batch.isEmpty { return }
    arrivals.batches.append(batch)
    arrivals.ends.append(arrivals.endIndex + batch.count)
  }
}

/// The first number of `start..<end` that is not before something, where all that are come first;
/// the nearer it is to `start`, the sooner it is found.
public func gallop(from start: Int, to end: Int, while isBefore: (Int) -> Bool) -> Int {
  var low = start
  var high = start
  var step = 1
  while high < end, isBefore(high) {
    low = high + 1
    high += step
    step *= 2
  }
  high = Swift.min(high, end)
  while low < high {
    let middle = (low + high) / 2
    if isBefore(middle) { low = middle + 1 } else { high = middle }
  }
  return low
}
