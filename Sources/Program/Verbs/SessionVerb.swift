import Wizard

/// One line of the table that makes the parsing and the help of `sessions VERB`.
struct SessionVerb {
  enum Name: String, CaseIterable {
    case list, show, archive, restore, delete, export, `import`, prune, stats, doctor, conflicts
    case undo, audit, name
    case sync, history, share, unshare, handoff, take
  }

  var name: Name
  /// What stands for the arguments in the help, e.g. `ID [FILE]`.
  var arguments = ""
  /// How many arguments it takes.
  var count = 0...0
  /// The flags of its own.
  var flags: [Flag.Name] = []
  var help: String
  /// What its first argument may be, where that is a word.
  var words: [String] = []

  static let table: [SessionVerb] = [
    SessionVerb(
      name: .list, flags: [.limit, .offset, .user, .status, .since, .team] + remoteFlags,
      help: "all sessions, with where they are and how far"),
    SessionVerb(
      name: .show, arguments: "[ID]", count: 0...1, flags: [.team] + remoteFlags,
      help: "everything about one; default: the latest"),
    SessionVerb(
      name: .name, arguments: "ID NAME", count: 2...2,
      help: "what it is called; an empty NAME takes the name away"),
    SessionVerb(
      name: .archive, arguments: "ID", count: 1...1, help: "put it away; nothing is deleted"),
    SessionVerb(
      name: .restore, arguments: "ID", count: 1...1,
      flags: [.generation, .fromLog, .revision] + remoteFlags,
      help: "from the archive; or from its newest backup, if its file is damaged"),
    SessionVerb(
      name: .delete, arguments: "ID", count: 1...1, flags: [.yes, .everywhere] + remoteFlags,
      help: "delete it and its backups; asks, and without a terminal needs --yes"),
    SessionVerb(
      name: .export, arguments: "ID [FILE]", count: 1...2, flags: [.encrypt],
      help: "write it as one file, without secrets; to standard output without FILE or for -"),
    SessionVerb(
      name: .import, arguments: "FILE", count: 1...1,
      help: "make a session of such a file; - reads standard input"),
    SessionVerb(
      name: .prune, flags: [.days, .all, .force, .dryRun, .yes, .team] + remoteFlags,
      help: "archive what is old, delete what was long archived, remove old logs"),
    SessionVerb(
      name: .stats, flags: [.minutes], help: "how many there are, how old, and what they take"),
    SessionVerb(
      name: .doctor, flags: [.fix], help: "look for damage; exit 1 if some remains"),
    SessionVerb(
      name: .conflicts, arguments: "[take NAME]", count: 0...1000, flags: [.yes],
      help: "what was put aside; take one back; or clear [NAME...], which asks, or needs --yes",
      words: ["take", "clear"]),
    SessionVerb(
      name: .undo, arguments: "ID", count: 1...1, flags: [.yes, .dryRun, .cub, .cubTimeout],
      help: "remove the units it created and nobody changed since; asks, or needs --yes"),
    SessionVerb(
      name: .sync, arguments: "[ID]", count: 0...1, flags: [.force] + remoteFlags,
      help: "bring it up to ConfigHub now; default: the latest"),
    SessionVerb(
      name: .history, arguments: "ID", count: 1...1, flags: remoteFlags,
      help: "its revisions in ConfigHub: who saved it, when, on which machine, and how far it was"),
    SessionVerb(
      name: .share, arguments: "ID", count: 1...1, flags: [.with, .can] + remoteFlags,
      help: "let others look at it in ConfigHub, or go on with it"),
    SessionVerb(
      name: .unshare, arguments: "ID", count: 1...1, flags: [.with] + remoteFlags,
      help: "take that back"),
    SessionVerb(
      name: .handoff, arguments: "ID", count: 1...1, flags: [.to] + remoteFlags,
      help: "give it to somebody, who may take it then"),
    SessionVerb(
      name: .take, arguments: "ID", count: 1...1,
      flags: [.yes, .context, .kubeconfig, .kubectl] + remoteFlags,
      help: "go on here with a session in ConfigHub; asks, or needs --yes"),
    SessionVerb(
      name: .audit, arguments: "[ID]", count: 0...1,
      help: "who archived, restored, deleted, exported, imported or undid what, and when"),
  ]

  /// Those of what may call cub.
  private static let remoteFlags: [Flag.Name] = [.cub, .cubTimeout]

  /// The flags that go with every verb.
  static let commonFlags: [Flag.Name] = [.demo, .output, .ascii, .noColor, .syncSpace]

  static func named(_ text: String) -> SessionVerb? {
    table.first { $0.name.rawValue == text }
  }

  static var helpText: String {
    var text = """
      usage: map-import sessions VERB [flags]

      Looks after the sessions that are kept, without the wizard.

      """
    for verb in table {
      let usage = verb.arguments.isEmpty ? verb.name.rawValue : "\(verb.name) \(verb.arguments)"
      text += "\n  " + usage.padding(toColumn: 26) + verb.help
    }
    text += "\n"
    for flag in Flag.verbTable {
      text += "\n  " + flag.usage.padding(toColumn: 26) + flag.help
    }
    return text + """

            --status STATUS       for list: only those that are
                                  \(Self.statusWords)
            --dry-run             for prune and undo: only list what would be done
        -y, --yes                 for delete, undo, prune, take and conflicts clear: do not ask
            --context NAME        for take: the cluster on this machine; default: the current one
            --kubeconfig FILE     for take: the kubeconfig; default: what kubectl reads
            --kubectl PATH        for take: which kubectl
            --cub PATH            which cub, for what is about ConfigHub
            --cub-timeout SECONDS stop a call of cub after so long; default 30
        -o, --output FORMAT       text or json
            --demo                the sessions of the demo
            --sync-space NAME     the Space in ConfigHub that sessions are kept in

      Environment: MAP_IMPORT_STALE_HOURS (24), MAP_IMPORT_ARCHIVE_DAYS (7) and
      MAP_IMPORT_KEEP_SESSIONS (10) say when a session may be stale, when it is archived, and how
      many are kept; MAP_IMPORT_DELETE_DAYS (90) and MAP_IMPORT_KEEP_ARCHIVED (10) how many days
      and how many of the archived ones; MAP_IMPORT_LOG_DAYS (90) and MAP_IMPORT_LOG_MB (200) how
      many days and how much of the logs; MAP_IMPORT_ABANDONED_HOURS (24) after how long without
      activity one is abandoned; MAP_IMPORT_WARN_SESSIONS (100) and MAP_IMPORT_WARN_MB (500) of
      how many, and of how much, stats warns.

      Exit status: 0 done, 1 failed, 2 wrong usage, 3 no such session, 4 sign-in needed, 5 the
      session is held by another map-import.

      """
  }
}

/// A verb with its arguments.
struct SessionCommand: Equatable {
  var verb: SessionVerb.Name
  var arguments: [String] = []
  /// `--generation`
  var generation: Int?
  /// `--from-log`
  var isFromLog = false
  /// `--fix`
  var isFixing = false
  /// `--all`
  var isAll = false
  /// `--force`
  var isForced = false
  /// `--encrypt`
  var isEncrypting = false
  var listing = SessionListing()
  /// `--minutes`
  var minutes = 60
  /// `--team`
  var isTeam = false
  /// `--everywhere`
  var isEverywhere = false
  /// `--revision`
  var revision: Int?
  var sharing = Sharing()

  /// Checks the words after `sessions`.
  init(_ words: [String], given: [Flag.Name]) throws(UsageError) {
    guard let word = words.first else {
      throw UsageError(
        sentence: "sessions needs a verb: \(SessionVerb.names); see map-import sessions --help.")
    }
    guard let verb = SessionVerb.named(word) else {
      throw UsageError(
        sentence: "There is no \"sessions \(word)\"; the verbs are \(SessionVerb.names).")
    }
    self.verb = verb.name
    arguments = Array(words.dropFirst())
    guard verb.count.contains(arguments.count) else {
      throw UsageError(
        sentence: arguments.count < verb.count.lowerBound
          ? "sessions \(word) needs \(verb.arguments)."
          : "\"\(arguments[verb.count.upperBound])\" is not expected after sessions \(word).")
    }
    if verb.name == .conflicts { try Self.checkConflicts(arguments, given) }
    if let empty = arguments.firstIndex(of: ""), verb.name != .name || empty == 0 {
      throw UsageError(sentence: "Argument \(empty + 1) of sessions \(word) is empty.")
    }
    let allowed = verb.flags + SessionVerb.commonFlags
    if let stranger = given.first(where: { !allowed.contains($0) }),
      let flag = (Flag.table + Flag.verbTable).first(where: { $0.name == stranger })
    {
      throw UsageError(sentence: "--\(flag.long) does not go with sessions \(word).")
    }
    if given.contains(.generation), given.contains(.fromLog) {
      throw UsageError(sentence: "--generation and --from-log exclude each other.")
    }
    try checkRemote(given)
    if given.contains(.days), given.contains(.all) {
      throw UsageError(sentence: "--days and --all exclude each other.")
    }
  }

  /// What goes with sessions in ConfigHub alone.
  private func checkRemote(_ given: [Flag.Name]) throws(UsageError) {
    func exclude(_ flag: Flag.Name, _ others: [Flag.Name]) throws(UsageError) {
      guard given.contains(flag), let other = others.first(where: given.contains) else { return }
      let names = [flag, other].map { name in
        Flag.verbTable.first { $0.name == name }.map { "--\($0.long)" } ?? ""
      }
      throw UsageError(sentence: "\(names.joined(separator: " and ")) exclude each other.")
    }
    switch verb {
    case .show where given.contains(.team) && arguments.isEmpty:
      throw UsageError(sentence: "sessions show --team needs an ID.")
    case .prune: try exclude(.team, [.all, .force])
    case .restore: try exclude(.revision, [.generation, .fromLog])
    default: break
    }
  }

  private static func checkConflicts(
    _ words: [String], _ given: [Flag.Name]
  ) throws(UsageError) {
    switch words.first {
    case nil, "clear": break
    case "take":
      guard words.count == 2 else {
        throw UsageError(
          sentence: "sessions conflicts take needs one name, as conflicts/ID.1.json.")
      }
    case let word?:
      throw UsageError(
        sentence: "There is no \"sessions conflicts \(word)\"; there are take and clear.")
    }
    if given.contains(.yes), words.first != "clear" {
      throw UsageError(sentence: "--yes goes only with sessions conflicts clear.")
    }
  }
}

extension SessionVerb {
  private static var statusWords: String {
    SessionStatus.allCases.map(\.rawValue).joined(separator: ", ")
  }

  static var names: String { table.map(\.name.rawValue).joined(separator: ", ") }
}
