extension Session {
  /// Of these objects, the workloads that something scales.
  public func scaled(_ objects: [ObjectReference]) -> Set<ObjectReference> {
    let workloads = scan?.workloads ?? []
    return Set(
      objects.filter { object in
        guard let kind = WorkloadKind(rawValue: object.kind) else { return false }
        let key = WorkloadKey(kind: kind, namespace: object.namespace ?? "", name: object.name)
        let place = workloads.firstIndex(notBefore: key)
        return place < workloads.count && workloads.key(at: place) == key
          && workloads[place].autoscaler != nil
      })
  }

  /// The unit as its objects are to be read for it.
  func reading(_ unit: UnitPlan) -> UnitPlan {
    var unit = unit
    if proposal?.replicas == .autoscaler { unit.withoutReplicas = scaled(unit.members) }
    return unit
  }
}
