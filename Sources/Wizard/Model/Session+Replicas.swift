extension Session {
  /// Of these objects, the workloads that something scales.
  public func scaled(_ objects: [ObjectReference]) -> Set<ObjectReference> {
    let workloads = scan?.workloads ?? []
    return Set(
      objects.filter { object in
        object.workloadKey.flatMap(workloads.index).flatMap { workloads[$0].autoscaler } != nil
      })
  }

  /// The unit as its objects are to be read for it.
  func reading(_ unit: UnitPlan) -> UnitPlan {
    var unit = unit
    if proposal?.replicas == .autoscaler { unit.withoutReplicas = scaled(unit.members) }
    return unit
  }
}
