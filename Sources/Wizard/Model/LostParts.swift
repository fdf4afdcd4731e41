// Parts of a session that are files of their own may be gone. What becomes of the session then, for
// whoever reads it and has to say so.

extension Session {
  /// A resume goes on at its step with the units as they are known, without the workloads that the
  /// scan found. Before step connect, and where no unit is known, it goes back to the scan.
  public var goesOnWithoutScan: Bool {
    switch position.step {
    case .scan, .review, .select: false
    case .connect, .worker, .targets, .verify: !areUnitsUnknown
    case .complete: true
    }
  }

  /// Neither proposed nor created.
  private var areUnitsUnknown: Bool {
    (proposal?.units ?? []).isEmpty && unitsCreated.isEmpty
  }

  /// - Parameter why: without a full stop.
  public func sentence(ofLostScan why: String) -> String {
    let lost = "The workloads that the scan found cannot be read: \(why)."
    guard goesOnWithoutScan else {
      return
        "\(lost) Resumed, the session goes back to step \(Step.scan.number), where the cluster is "
        + "scanned again; what was chosen stays chosen."
    }
    let untold = "What else was found, and which tools still apply it, is not told any more"
    switch position.step {
    case .connect where createdCount == 0:
      return
        "\(lost) Resumed, the units stay as they were proposed, and the cluster is not scanned "
        + "again. \(untold), unless you go back to step \(Step.review.number) and scan again there."
    case .complete:
      return "\(lost) What was imported is known without them. \(untold) here; "
        + "`map-import --dry-run` scans the cluster, and writes nothing."
    case .scan, .review, .select, .connect, .worker, .targets, .verify:
      return
        "\(lost) Resumed, the import goes on with the units as they are, and the cluster is not "
        + "scanned again. \(untold) here; `map-import --dry-run` scans the cluster, and writes "
        + "nothing."
    }
  }

  /// - Parameter why: without a full stop.
  public func sentence(ofLostUnits why: String) -> String {
    let lost = "The units of the proposal cannot be read: \(why)."
    let created = createdCount
    if created == 0 {
      return "\(lost) Resumed, they are proposed anew; changes made by hand are lost."
    }
    let known = created == 1 ? "The one that is" : "The \(created) that are"
    return "\(lost) \(known) in ConfigHub \(created == 1 ? "is" : "are") known by name; others "
      + "are not created by this session. `map-import --new` begins one that finds what is there "
      + "and proposes the rest."
  }
}
