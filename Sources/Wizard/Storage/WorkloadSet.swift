/// The keys of some workloads. Those of a scan are said by where they stand in it, because tens of
/// thousands of names would be copied, and let go of again, with one key that a person presses.
public struct WorkloadSet: RandomAccessCollection, Hashable, Sendable, ExpressibleByArrayLiteral {
  private enum Form {
    case list([WorkloadKey])
    case places([Int], in: [Workload])
  }

  private var form: Form

  public init(_ keys: [WorkloadKey]) { form = .list(keys) }
  public init(arrayLiteral keys: WorkloadKey...) { self.init(keys) }

  /// - Parameter places: in the order of the workloads, each at most once.
  public init(of workloads: [Workload], at places: [Int]) { form = .places(places, in: workloads) }

  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch form {
    case .list(let keys): keys.count
    case .places(let places, _): places.count
    }
  }

  public subscript(position: Int) -> WorkloadKey {
    switch form {
    case .list(let keys): keys[position]
    case .places(let places, let workloads): workloads.key(at: places[position])
    }
  }

  /// Where they are in these workloads, if these are the ones that they are said by.
  public func places(in workloads: [Workload]) -> [Int]? {
    guard case .places(let places, let own) = form, own.sharesStorage(with: workloads) else {
      return nil
    }
    return places
  }

  /// The same without the scan, which would be kept for them alone once there is another.
  var copied: WorkloadSet { WorkloadSet(Array(self)) }

  public static func == (one: WorkloadSet, other: WorkloadSet) -> Bool {
    switch (one.form, other.form) {
    // Lists that share their storage are not compared key by key.
    case (.list(let one), .list(let other)): one == other
    case (.places(let one, let first), .places(let other, let second))
    where first.sharesStorage(with: second):
      one == other
    default: one.elementsEqual(other)
    }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for key in self { hasher.combine(key) }
  }
}
