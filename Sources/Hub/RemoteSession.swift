/// A session as ConfigHub keeps it: one unit, and what is told beside its content.
public struct RemoteSession: Hashable, Sendable {
  /// The unit's name and identity, and those of its Space.
  public var slug: String
  public var id: String
  public var space: String?
  public var spaceID: String
  public var labels: [String: String]
  public var annotations: [String: String]
  /// Of the newest content (`HeadRevisionNum`). With `digest` it says whether content was changed.
  public var revision: Int
  /// SHA-256 of the newest content, lower-case hex (`DataHash`).
  public var digest: String
  /// Moves with each write and by itself, so that it says nothing of a change.
  public var version: Int
  /// In RFC 3339, by ConfigHub's clock.
  public var createdAt: String?
  public var updatedAt: String?
  /// Of the newest revision; who wrote that, only the revisions tell.
  public var changeDescription: String?
  /// Why lists leave it out, `Archived` for one; `nil` if they do not.
  public var hiddenReason: String?
  public var permissions: Set<SessionPermission>
  /// `nil` where it was not asked for.
  public var data: [UInt8]?

  /// Made, and its content never written: whoever made it was stopped between the two.
  public var isUnfinished: Bool { digest == RemoteUnit.digestOfNothing }
}

extension RemoteSession {
  /// `nil` for what lacks one of what has to be there.
  init?(_ fields: Entity.Fields) {
    guard let id = fields.id, let spaceID = fields.id("SpaceID"), Self.isID(id), Self.isID(spaceID),
      let revision = fields.integer("HeadRevisionNum"), revision > 0,
      let digest = fields.data("DataHash"), Self.isDigest(digest)
    else { return nil }
    slug = fields.slug
    self.id = id
    space = fields.text("SpaceSlug")
    self.spaceID = spaceID
    labels = fields.texts("Labels")
    annotations = fields.texts("Annotations")
    self.revision = revision
    self.digest = digest
    version = fields.integer("Version") ?? 0
    createdAt = fields.text("CreatedAt")
    updatedAt = fields.text("UpdatedAt")
    changeDescription = fields.text("LastChangeDescription")
    hiddenReason = fields.text("HiddenReason")
    permissions = []
    for action in SessionPermission.Action.allCases {
      let (users, groups) = (
        fields.ids("UserIDs", with: action.rawValue), fields.ids("GroupIDs", with: action.rawValue)
      )
      permissions.formUnion(users.map { SessionPermission(action, .user($0)) })
      permissions.formUnion(groups.map { SessionPermission(action, .group($0)) })
    }
  }

  /// It becomes a part of a path, so that it may be nothing else.
  private static func isID(_ text: String) -> Bool {
    text.utf8.count == 36 && text.utf8.allSatisfy { isHexadecimal($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy(isHexadecimal)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

/// That somebody may do something with a session.
public struct SessionPermission: Hashable, Sendable {
  public enum Action: String, CaseIterable, Sendable {
    case view = "View"
    case edit = "Edit"
    /// With it, permissions are given and taken; whoever makes a unit has it.
    case manage = "Manage"
  }

  public enum Subject: Hashable, Sendable {
    /// By id, as ConfigHub tells it, or by the name that they sign in with.
    case user(String)
    /// By id, as ConfigHub tells it, or by slug; cub finds only those that one is in.
    case group(String)
  }

  public var action: Action
  public var subject: Subject

  public init(_ action: Action, _ subject: Subject) {
    self.action = action
    self.subject = subject
  }
}

/// How a change of a session ended. Only `done` and `overtaken` are success, and `unclear` is for
/// reading to settle.
public enum SessionChange: Hashable, Sendable {
  /// As it is now.
  case done(RemoteSession)
  /// Done, but somebody else wrote too, after it was last looked at: all of it is in the revisions.
  case overtaken(RemoteSession)
  /// Nothing was done: it is no longer as it was last seen, but so.
  case moved(RemoteSession)
  /// Nothing was made: there is something of that name.
  case exists(String)
  /// Nothing was done: it is not there, or not to be seen any more.
  case gone
  /// Certainly not done.
  case refused(HubFailure)
  /// It may or may not have been done.
  case unclear(String)
  /// Not done, as far as cub says.
  case signInNeeded(String)
}

/// Who is signed in.
public struct HubUser: Hashable, Sendable {
  public var id: String
  /// As they sign in, which is an address of e-mail as a rule.
  public var name: String
  public var displayName: String?
  public var organizationID: String?
}

/// One of the groups that whoever is signed in belongs to.
public struct HubGroup: Hashable, Sendable {
  public var id: String
  public var slug: String
  public var displayName: String?
}
