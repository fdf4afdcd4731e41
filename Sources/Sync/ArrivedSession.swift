import Documents
import SessionFormat
import Wizard

/// A session that came from ConfigHub: whoever may edit its unit wrote it, so it is as untrusted as a
/// file of a stranger. It can be looked at; to go on with it there is only ``taken(here:)``, which
/// needs what a person has confirmed on this machine.
///
/// Left out whatever it says, so that it can choose none of them: paths (the logs, the plan), programs
/// (the credential plugin), the context, the addresses of the cluster and of ConfigHub, who is
/// signed in, and what was last seen of the worker. What is compared with what is confirmed here: the
/// cluster's UID and the organisation.
package struct ArrivedSession: Hashable, Sendable {
  private let document: SessionDocument
  package let digest: String
  /// Whoever goes on with it scans again.
  package let isScanLeftOut: Bool
  /// What of it was left out, as sentences.
  package let warnings: [String]

  /// For lists and prompts: nothing in it is a reason to do anything.
  package var header: SessionHeader { document.header }
  /// In which it was written, and by which copy of the session.
  package let epoch: Int?
  package let copy: String?

  package var mark: SharedMark {
    SharedMark(
      lineage: header.lineage, generation: header.generation, digest: digest, copy: copy)
  }

  /// Reads the content of the unit of that slug.
  package init(_ content: [UInt8], slug: String) throws(InvalidSession) {
    guard content.count <= OutgoingSession.sizeLimit else {
      throw InvalidSession(reason: "it is larger than \(OutgoingSession.sizeLimit) bytes")
    }
    guard !content.isEmpty else { throw InvalidSession(reason: "it is empty") }
    let field = Field(try StrictJSON.value(content))
    let (name, schema) = (field["configHub"]["configName"], field["configHub"]["configSchema"])
    guard try schema.text() == SessionUnit.schema else {
      throw InvalidSession(reason: "it is no import session, but \(try schema.text().prefix(80))")
    }
    guard var session = try field["session"].object()?.value else { throw field["session"].missing }
    epoch = try field["session"]["sync"]["epoch"].epoch()
    copy = try field["session"]["sync"]["copy"].optionalText()
    session["sync"] = nil
    digest = OutgoingSession.digest(of: session)
    let leftOut = try field["left_out"].texts()
    isScanLeftOut = leftOut.contains("scan")
    var warnings: [String] = []
    (document, warnings) = try PortableSession.opened(session)
    let header = document.header
    let expected = SessionUnit.slug(of: header.id, lineage: header.lineage)
    guard slug == expected, try name.text() == slug else {
      throw InvalidSession(
        reason: "the unit is called \(slug), but it holds session \(header.id) of the lineage "
          + "\(header.lineage)")
    }
    guard document.references == nil else {
      throw InvalidSession(reason: "parts of it are in files that are not there")
    }
    if document.session.given.plan != nil {
      warnings.append("The plan that it was begun with is not taken over: give it once more.")
    }
    self.warnings = warnings
  }

  /// What a person has confirmed on this machine, read anew.
  package struct Here: Hashable, Sendable {
    package var cluster: ClusterIdentity
    package var hub: HubIdentity

    package init(cluster: ClusterIdentity, hub: HubIdentity) {
      self.cluster = cluster
      self.hub = hub
    }
  }

  /// The session to go on with, on this machine. Throws where it is about another cluster or another
  /// organisation than what was confirmed. Units, worker and targets are read anew before anything is
  /// done, as with every resume.
  package func taken(here: Here) throws(InvalidSession) -> SessionDocument {
    let told = document.session
    if let uid = told.cluster.uid {
      guard let found = here.cluster.uid else {
        throw InvalidSession(
          reason: "whether \(here.cluster.context) leads to the cluster of the session cannot be "
            + "told: its namespace kube-system could not be read")
      }
      guard uid == found else {
        throw InvalidSession(
          reason: "\(here.cluster.context) leads to another cluster (kube-system has UID \(found), "
            + "the session is about \(uid))")
      }
    }
    // The server is the one that it was read from, whatever it says.
    let place = HubIdentity(
      organization: told.hub?.organization, organizationID: told.hub?.organizationID)
    guard place.isSamePlace(as: here.hub) else {
      throw InvalidSession(
        reason: "it is about the organisation \(told.hub?.organization ?? ""), and "
          + "\(here.hub.organization ?? "another") is the one signed in to")
    }
    var taken = document
    taken.session.cluster = here.cluster
    taken.session.scope.context = here.cluster.context
    taken.session.hub = here.hub
    taken.session.credentialPlugin = nil
    taken.session.workerStatus = nil
    taken.session.given.plan = nil
    taken.session.logFile = nil
    taken.session.logs = []
    taken.session.sync = nil
    return taken
  }
}
