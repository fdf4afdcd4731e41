import ForeignText
import SessionFormat
import Wizard

/// What a session's unit is called in ConfigHub, and the words that are kept beside its content.
package enum SessionUnit {
  package static let defaultSpace = SyncAnswers.usualSpace
  package static let schema = "MapImportSession"
  package static let logSchema = "MapImportLog"
  package static let type = "import-session"
  package static let logType = "import-session-log"

  /// `import-2026-01-09-143022-7f2c6f7e`: on two machines, two sessions may have been begun in the
  /// same second.
  package static func slug(of id: String, lineage: String) -> String {
    "\(id)-\(lineage.prefix(lineageDigits))"
  }

  package static func logSlug(of id: String, lineage: String) -> String {
    "\(slug(of: id, lineage: lineage))-log"
  }

  private static let lineageDigits = 8

  /// The id of the session that a unit is called by; `nil` for what is none of a session.
  package static func id(ofSlug slug: String) -> String? {
    let lineage = slug.utf8.suffix(lineageDigits)
    let id = String(slug.dropLast(lineageDigits + 1))
    let isLineage = lineage.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
    }
    guard isLineage, slug == "\(id)-\(String(decoding: lineage, as: UTF8.self))",
      SessionID.isValid(id)
    else { return nil }
    return id
  }

  /// Each value as ConfigHub takes it; one that has nothing it takes is left out.
  package static func labels(of header: SessionHeader, status: SessionStatus) -> [String: String] {
    [
      "Type": type, "Lineage": header.lineage, "Cluster": header.cluster.context,
      "Step": header.position.step.rawValue, "Status": status.rawValue,
      "User": header.hub?.user ?? "", TeamSession.workloadsLabel: workloads(of: header) ?? "",
    ].compactMapValues(labelValue)
  }

  /// `12/2/2`: found, chosen and imported; `nil` before there is a scan.
  private static func workloads(of header: SessionHeader) -> String? {
    header.counts.detected.map { "\($0)/\(header.counts.selected)/\(header.counts.imported)" }
  }

  package static func logLabels(of header: SessionHeader) -> [String: String] {
    ["Type": logType, "Lineage": header.lineage].compactMapValues(labelValue)
  }

  /// Without secrets, cut to 128 characters, and `-` for each that ConfigHub does not take; `nil` if
  /// that leaves nothing.
  package static func labelValue(_ text: String) -> String? {
    var redactor = Redactor()
    var value = ""
    for scalar in redactor.redacted(text).unicodeScalars where value.utf8.count < 128 {
      let character = Character(scalar)
      value.append(isTaken("x\(character)x") ? character : "-")
    }
    value = String(value.drop { $0 == " " })
    while value.last == " " { value.removeLast() }
    return isTaken(value) && value.contains { $0 != "-" } ? value : nil
  }

  private static func isTaken(_ value: String) -> Bool {
    LabelText.problem(key: "Type", value: value) == nil
  }

  /// `step 5/7 worker, 12 of 40 units, on desk`: the trail of revisions reads as a story.
  ///
  /// - Parameter host: the machine that it is written on.
  package static func changeDescription(of session: Session, on host: String? = nil) -> String {
    let host = host?.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
    let words = progress(of: session)
    return host.map { $0.isEmpty ? words : "\(words)\(onHost)\($0.prefix(63))" } ?? words
  }

  /// What was done, and on which machine, as far as the words say so; they may be anybody's.
  package static func parts(ofDescription words: String) -> (what: String, host: String?) {
    guard let last = words.ranges(of: onHost).last, !words[last.upperBound...].contains(" "),
      !words[last.upperBound...].isEmpty
    else { return (words, nil) }
    return (String(words[..<last.lowerBound]), String(words[last.upperBound...]))
  }

  private static let onHost = ", on "

  private static func progress(of session: Session) -> String {
    if session.isComplete { return "complete, \(units(of: session))" }
    let step = session.position.step
    let words = "step \(step.number)/\(Step.seven.count) \(step.rawValue)"
    return session.proposal == nil ? words : "\(words), \(units(of: session))"
  }

  private static func units(of session: Session) -> String {
    let planned = session.proposal?.units.count ?? 0
    return "\(session.createdCount) of \(max(planned, session.createdCount)) units"
  }
}
