/// How many pods of a workload are ready, of how many that there should be.
public struct ReadyReplicas: Hashable, Sendable {
  public var ready: Int
  public var wanted: Int

  public init(ready: Int, of wanted: Int) {
    self.ready = ready
    self.wanted = wanted
  }
}

/// The same, and since when the workload has been there, in little room: there may be tens of
/// thousands. What is not known is -1 or 0.
struct CompactStanding: Hashable, Sendable {
  private var ready: Int32 = -1
  private var wanted: Int32 = -1
  private var seconds: UInt32 = 0

  init(_ replicas: ReadyReplicas?, _ created: Timestamp?) {
    if let replicas, let ready = Int32(exactly: replicas.ready),
      let wanted = Int32(exactly: replicas.wanted), ready >= 0, wanted >= 0
    {
      (self.ready, self.wanted) = (ready, wanted)
    }
    seconds = created.flatMap { UInt32(exactly: $0.seconds) } ?? 0
  }

  var replicas: ReadyReplicas? {
    ready < 0 ? nil : ReadyReplicas(ready: Int(ready), of: Int(wanted))
  }

  var created: Timestamp? { seconds == 0 ? nil : Timestamp(seconds: Int64(seconds)) }
}
