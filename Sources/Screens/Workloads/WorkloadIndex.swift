import TerminalText
import Wizard

/// What filtering, sorting and grouping need to know about many workloads. It is made once for each
/// scan, and grows while workloads arrive, so that a key costs little even with very many of them.
struct WorkloadIndex: Sendable {
  /// The parts of a workload's text, in their order. A plain word searches all but the images.
  enum Field: Int, CaseIterable, Sendable { case name, namespace, kind, owner, images }

  private(set) var count = 0
  /// All fields in lower case, with a separator after each.
  private(set) var text: [UInt8] = []
  /// Where each field begins in `text`: five numbers for each workload, and the end of the text.
  private(set) var starts: [UInt32] = [0]
  /// The width of the widest cell of each column of the list.
  private(set) var widths = [Int](repeating: 0, count: 5)
  /// That of the widest `1/2`.
  private(set) var readyWidth = 0
  /// Since when some of them have been there is known.
  private(set) var hasAges = false
  private(set) var isReady: [Bool] = []
  private(set) var isChoosable: [Bool] = []
  private(set) var tools: [Owner.Tool] = []
  /// How many may be chosen, but are not by themselves.
  private(set) var reserved: [Reservation: Int] = [:]
  private var kinds: [UInt8] = []
  /// When each was created, in seconds; what is not known comes last.
  private var created: [Int64] = []
  private var orders: [Arrangement.Column: [Int32]] = [:]
  private var groupings: [Arrangement.Grouping: Grouping] = [
    .namespace: Grouping(), .owner: Grouping(), .application: Grouping(),
  ]
  private var groups: [Arrangement.Grouping: Groups] = [:]

  /// The group of each workload, as an index into the sorted names of the groups.
  struct Groups: Sendable {
    var names: [String]
    var of: [Int32]
  }

  /// Groups, numbered in the order in which workloads name them first.
  private struct Grouping: Sendable {
    var names: [String] = []
    var of: [Int32] = []
    private var numbers: [String: Int32] = [:]

    mutating func append(_ name: String) {
      // Try the group of the workload before first: neighbours are usually of one group.
      if let latest = of.last, names[Int(latest)] == name { return of.append(latest) }
      let number = numbers[name] ?? Int32(names.count)
      if number == names.count {
        numbers[name] = number
        names.append(name)
      }
      of.append(number)
    }
  }

  private static let separator: UInt8 = 0x0A

  /// - Parameter isGone: Only the scan before found the workload.
  mutating func append(_ workload: Workload, isGone: Bool = false) {
    let key = workload.key
    let owner = workload.owner.label
    add(key.name, column: 0)
    add(key.namespace, column: 1)
    add(key.kind?.rawValue ?? "", column: 2)
    add(owner, column: 3)
    if !workload.otherOwners.isEmpty {
      widths[3] = max(widths[3], displayWidth(of: escaped(workload.ownerWords)))
    }
    groupings[.namespace]?.append(key.namespace)
    groupings[.owner]?.append(isGone ? "gone" : owner)
    groupings[.application]?.append(isGone ? "gone" : Naming.app(of: workload))
    for owner in workload.otherOwners { extend(" " + owner.label) }
    add(workload.images.first ?? "", column: nil)
    for image in workload.images.dropFirst() { extend(" " + image) }
    widths[4] = max(widths[4], displayWidth(of: escaped(workload.imageNames)))
    readyWidth = max(readyWidth, workload.readyWords.utf8.count)
    if workload.created != nil { hasAges = true }
    created.append(workload.created?.seconds ?? .min)
    isReady.append(workload.isReady)
    isChoosable.append(workload.isChoosable)
    tools.append(workload.owner.tool)
    if let reservation = workload.reservation, workload.isChoosable {
      reserved[reservation, default: 0] += 1
    }
    kinds.append(UInt8(key.kind.flatMap { WorkloadKind.allCases.firstIndex(of: $0) } ?? 255))
    count += 1
    if !orders.isEmpty { orders = [:] }
    if !groups.isEmpty { groups = [:] }
  }

  private mutating func add(_ value: String, column: Int?) {
    let start = text.count
    write(value)
    if let column {
      // Each byte of printable ASCII takes one column.
      let isASCII = text[start...].allSatisfy { (0x20...0x7E).contains($0) }
      let width = isASCII ? text.count - start : displayWidth(of: escaped(value))
      if width > widths[column] { widths[column] = width }
    }
    text.append(Self.separator)
    starts.append(UInt32(text.count))
  }

  /// Adds to the field that was added last.
  private mutating func extend(_ value: String) {
    text.removeLast()
    write(value)
    text.append(Self.separator)
    starts[starts.count - 1] = UInt32(text.count)
  }

  private mutating func write(_ value: String) {
    if value.utf8.allSatisfy({ $0 < 0x80 }) {
      text.append(
        contentsOf: value.utf8.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
    } else {
      text.append(contentsOf: value.lowercased().utf8)
    }
  }

  // MARK: Filtering

  /// Hides the workloads whose field does not contain the text; `nil` stands for all columns.
  func narrow(_ shown: inout [Bool], to needle: [UInt8], in field: Field?) {
    guard let head = needle.first else { return }
    let first = field?.rawValue ?? 0
    // A match cannot cross two fields, because nobody can type the separator.
    let end = field.map { $0.rawValue + 1 } ?? Field.images.rawValue
    let stride = Field.allCases.count
    text.withUnsafeBufferPointer { text in
      needle.withUnsafeBufferPointer { needle in
        starts.withUnsafeBufferPointer { starts in
          shown.withUnsafeMutableBufferPointer { shown in
            for index in 0..<count where shown[index] {
              var position = Int(starts[index * stride + first])
              let last = Int(starts[index * stride + end]) - 1 - needle.count
              var isFound = false
              while position <= last {
                if text[position] == head {
                  var matched = 1
                  while matched < needle.count, text[position + matched] == needle[matched] {
                    matched += 1
                  }
                  if matched == needle.count {
                    isFound = true
                    break
                  }
                }
                position += 1
              }
              shown[index] = isFound
            }
          }
        }
      }
    }
  }

  /// Hides the workloads whose name has not all of the letters in their order.
  func narrow(_ shown: inout [Bool], toLetters letters: [UInt8]) {
    let stride = Field.allCases.count
    for number in 0..<count where shown[number] {
      let name = starts[number * stride]..<starts[number * stride + 1] - 1
      shown[number] = Fuzzy.isIn(text[Int(name.lowerBound)..<Int(name.upperBound)], letters)
    }
  }

  // MARK: Sorting

  /// The indices of the workloads in the order of a column. The sort is stable.
  mutating func order(by column: Arrangement.Column) -> [Int32] {
    if let order = orders[column] { return order }
    let all = (0..<Int32(count))
    let order: [Int32]
    switch column {
    case .kind: order = buckets(kinds.map(Int32.init), count: 256)
    case .ready: order = buckets(isReady.map { $0 ? 1 : 0 }, count: 2)
    case .owner: order = sorted(by: .owner)
    case .name: order = sorted(by: .name)
    // The youngest first: that is what is looked for.
    case .age:
      let entries = all.map { (created: created[Int($0)], index: $0) }
      order = entries.sorted { ($1.created, $0.index) < ($0.created, $1.index) }.map(\.index)
    case .namespace:
      // A scan is in this order already, unless workloads that are gone come after it.
      order = isInOrder(by: .namespace) ? Array(all) : sorted(by: .namespace)
    }
    orders[column] = order
    return order
  }

  private func buckets(_ ranks: [Int32], count: Int) -> [Int32] {
    var ends = [Int](repeating: 0, count: count + 1)
    for rank in ranks { ends[Int(rank) + 1] += 1 }
    for rank in 1...count { ends[rank] += ends[rank - 1] }
    var order = [Int32](repeating: 0, count: ranks.count)
    for (index, rank) in ranks.enumerated() {
      order[ends[Int(rank)]] = Int32(index)
      ends[Int(rank)] += 1
    }
    return order
  }

  // MARK: Grouping

  mutating func groups(by grouping: Arrangement.Grouping) -> Groups {
    if let known = groups[grouping] { return known }
    guard let met = groupings[grouping] else {
      return Groups(names: [""], of: [Int32](repeating: 0, count: count))
    }
    let order = met.names.indices.sorted { met.names[$0] < met.names[$1] }
    var ranks = [Int32](repeating: 0, count: order.count)
    for (rank, number) in order.enumerated() { ranks[number] = Int32(rank) }
    let found = Groups(names: order.map { met.names[$0] }, of: met.of.map { ranks[Int($0)] })
    groups[grouping] = found
    return found
  }
}
