extension UnitPlan {
  /// For a person; `nil` for a unit that has the name it was to have.
  public var renaming: String? {
    insteadOf.map {
      "Unit \(name) was to be \($0), which is the name of another unit. If both are of one workload, "
        + "deliver only one of them."
    }
  }
}

extension Session {
  /// Of the units that ConfigHub has because of this session under another name than they were to have;
  /// a sentence each.
  public var renamings: [String] {
    let renamed = (proposal?.units ?? []).filter { $0.insteadOf != nil }
    if renamed.isEmpty { return [] }
    let done = Set(operations.filter { $0.kind == .createUnit && $0.state == .done }.map(\.key))
    return renamed.filter { done.contains(proposal?.key(of: $0) ?? .init(text: "")) }
      .compactMap(\.renaming)
  }
}
