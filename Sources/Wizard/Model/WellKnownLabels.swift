// The labels that ConfigHub's own views know (`Component`, `Variant`, `Environment`, `Region`,
// `Layer`, `Owner`), beside the ones that the proposal has.

extension UnitPlan {
  /// What is written: the labels of the proposal, and the well-known ones that say the same. One that
  /// a person has set stays as it is.
  public var hubLabels: [String: String] {
    let derived = ["Component": "app", "Variant": "variant", "Environment": "variant"]
    return derived.compactMapValues { labels[$0] }
      .filter { LabelText.problem(key: $0.key, value: $0.value) == nil }
      .merging(labels) { _, own in own }
  }
}

extension Naming {
  /// What a workload's own labels say of its place and its people, as far as ConfigHub takes it.
  static func place(of workload: Workload) -> [String: String] {
    let sources = [
      "Region": ["topology.kubernetes.io/region", "region"], "Layer": ["layer", "tier"],
      "Owner": ["owner", "team"],
    ]
    return sources.reduce(into: [:]) { found, source in
      let value = source.value.lazy.compactMap { workload.labels[$0] }.first {
        LabelText.problem(key: source.key, value: $0) == nil
      }
      found[source.key] = value
    }
  }
}
