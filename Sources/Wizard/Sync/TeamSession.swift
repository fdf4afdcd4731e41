/// A session as a list of ConfigHub tells of it, without its content: what its labels and annotations
/// say, which whoever may edit it wrote. It is for people to look at, and a reason for nothing.
public struct TeamSession: Hashable, Sendable {
  /// The unit's name, and that of its Space.
  public let slug: String
  public let space: String
  public let lineage: String?
  public let user: String?
  public let cluster: String?
  public let step: Step?
  public let workloads: Workloads?
  /// As it was when somebody saved it last.
  public let status: SessionStatus?
  /// `nil` if what it says is none.
  public let hold: Hold?
  public let startedAt: Timestamp?
  /// By ConfigHub's clock.
  public let savedAt: Timestamp?

  public struct Workloads: Hashable, Sendable {
    public let detected: Int
    public let selected: Int
    public let imported: Int

    /// `12/2/2`
    init?(_ text: String) {
      let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map {
        Int($0).flatMap { (0...1_000_000).contains($0) ? $0 : nil }
      }
      guard numbers.count == 3, let detected = numbers[0], let selected = numbers[1],
        let imported = numbers[2]
      else { return nil }
      (self.detected, self.selected, self.imported) = (detected, selected, imported)
    }

    /// `2 selected, 2 imported`, or `15 detected` before any is chosen.
    public var words: String {
      selected == 0 ? "\(detected) detected" : "\(selected) selected, \(imported) imported"
    }
  }

  public static let workloadsLabel = "Workloads"

  /// - Parameters:
  ///   - createdAt: in RFC 3339, as `updatedAt`; fractions of a second are left away.
  public init(
    slug: String, space: String, labels: [String: String], annotations: [String: String],
    createdAt: String?, updatedAt: String?
  ) {
    self.slug = slug
    self.space = space
    lineage = labels["Lineage"]
    user = labels["User"]
    cluster = labels["Cluster"]
    step = labels["Step"].flatMap(Step.init)
    status = labels["Status"].flatMap(SessionStatus.init)
    workloads = labels[Self.workloadsLabel].flatMap(Workloads.init)
    hold = Hold(annotations: annotations)
    startedAt = Timestamp(stampIn: slug) ?? createdAt.flatMap(Timestamp.init(fractional:))
    savedAt = updatedAt.flatMap(Timestamp.init(fractional:))
  }

  /// `5/7 worker`
  public var stepWords: String? {
    step.map { $0 == .complete ? "complete" : "\($0.number)/\(Step.seven.count) \($0.rawValue)" }
  }

  /// Nobody has it: whom it is for, if it was handed over.
  public var holderWords: String {
    switch (hold?.holder, hold?.handedTo) {
    case (let holder?, _): holder.words
    case (nil, let user?): "handed to \(user)"
    case (nil, nil): "nobody"
    }
  }

  /// What is active and was not saved for long is abandoned.
  public func status(at now: Timestamp, abandonedAfter limit: Int64) -> SessionStatus? {
    guard status == .active, let savedAt, now.seconds(since: savedAt) > limit else { return status }
    return .abandoned
  }
}

extension Timestamp {
  /// `2026-10-05T12:00:00.123Z`, cut to seconds.
  public init?(fractional text: String) {
    let whole = text.prefix(19)
    let rest = text.dropFirst(19)
    guard rest.last == "Z", rest == "Z" || rest.first == "." else { return nil }
    self.init(rfc3339: "\(whole)Z")
  }

  /// When the session began whose id `text` begins with: `import-2026-01-09-143022`.
  fileprivate init?(stampIn text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count > 4, parts[0] == "import", parts[4].utf8.count == 6 else { return nil }
    let clock = [parts[4].prefix(2), parts[4].dropFirst(2).prefix(2), parts[4].suffix(2)]
    self.init(
      rfc3339: "\(parts[1...3].joined(separator: "-"))T\(clock.joined(separator: ":"))Z")
  }
}
