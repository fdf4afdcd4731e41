import Cluster
import Documents
import Files
import Glibc
import Hub
import SessionStore
import TerminalText
import Wizard

/// `sessions VERB`: looks after the session files, and after sessions in ConfigHub. Only what is about
/// ConfigHub, the cluster or encryption starts another program.
struct SessionVerbs {
  let store: FileStore
  let command: SessionCommand
  let options: Options
  let now: Timestamp
  let environment: [String: String]

  /// Why a verb did nothing, and the exit status that says so.
  struct Refusal: Error {
    var code: Int32
    var sentence: String

    init(_ code: Int32, _ sentence: String) {
      self.code = code
      self.sentence = sentence
    }

    init?(of error: any Error) {
      switch error {
      case let refusal as Refusal: self.init(refusal.code, refusal.sentence)
      case let failure as ClusterFailure: self.init(1, failure.message)
      case let error as StoreError: self.init(error)
      case let failure as HubFailure: self.init(failure)
      case let failure as Failure: self.init(1, failure.message)
      default: return nil
      }
    }

    init(_ error: StoreError) { self.init(error.heldBy == nil ? 1 : 5, error.sentence) }

    static func held(_ id: String, by holder: SessionHolder, in zone: Zone) -> Refusal {
      Refusal(
        5,
        "Session \(id) is open in another map-import: \(holder.sentence(in: zone)). Leave it there "
          + "first.")
    }

    static func noSession(_ id: String) -> Refusal {
      Refusal(3, "There is no session \(id); map-import sessions list shows those there are.")
    }
  }

  /// Answers with the exit status.
  static func run(
    _ command: SessionCommand, _ options: Options, _ environment: [String: String]
  ) -> Int32 {
    guard let root = StateRoot(environment: environment, isDemo: options.settings.isDemo) else {
      MapImport.complain("HOME is not an absolute path, so there is no place for sessions.")
      return 1
    }
    if let problem = root.homeProblem {
      MapImport.complain(problem)
      return 1
    }
    let verbs = SessionVerbs(
      store: FileStore(
        root: root, retention: options.settings.retention, program: MapImport.nameAndVersion,
        zone: options.settings.zone.marked),
      command: command, options: options, now: Timestamp(seconds: Int64(time(nil))),
      environment: environment)
    do {
      return try verbs.run()
    } catch {
      guard let refusal = Refusal(of: error) else {
        MapImport.complain("\(error)")
        return 1
      }
      verbs.auditFailure(refusal)
      verbs.complain(refusal.sentence)
      return refusal.code
    }
  }

  private func run() throws -> Int32 {
    switch command.verb {
    case .list: try command.isTeam ? listTeam() : list()
    case .show: try command.isTeam ? showTeam(argument) : show(command.arguments.first)
    case .archive: try archive(argument)
    case .restore:
      try command.revision.map { try restore(argument, revision: $0) } ?? restore(argument)
    case .delete: try command.isEverywhere ? deleteEverywhere(argument) : delete(argument)
    case .export: try export(argument, to: command.arguments.dropFirst().first)
    case .import: try importSession(from: argument)
    case .prune: return try command.isTeam ? pruneTeam() : prune()
    case .stats: try stats()
    case .doctor: return try doctor()
    case .conflicts: return try conflicts()
    case .undo: return try undo()
    case .audit: try audit(about: command.arguments.first)
    case .name: try name(argument, command.arguments.last ?? "")
    case .sync: try sync(command.arguments.first)
    case .history: try history(argument)
    case .share: try share(argument, isGiven: true)
    case .unshare: try share(argument, isGiven: false)
    case .handoff: try handoff(argument)
    case .take: try take(argument)
    }
    return 0
  }

  private func undo() throws -> Int32 {
    do {
      return try SessionUndo(verbs: self).run(argument)
    } catch let failure as Failure {
      throw Refusal(1, failure.message)
    }
  }

  /// The first one, which the verb's line in the table asks for.
  private var argument: String { command.arguments.first ?? "" }

  /// Prints the one or the other, as `--output` asks. The text is escaped line by line.
  func print(_ json: @autoclosure () -> JSONValue, _ lines: @autoclosure () -> [String]) {
    switch options.output {
    case .json: MapImport.out(String(decoding: json().serialized(pretty: true), as: UTF8.self))
    case .text:
      let lines = lines().map { escaped(options.answers.run.wayBack.told($0)) + "\n" }
      MapImport.out(lines.joined())
    }
  }

  /// Says it beside what the verb prints, with commands as they have to be called here.
  func complain(_ sentence: String) {
    MapImport.complain(options.answers.run.wayBack.told(sentence))
  }

  /// Why a session was not found: what is damaged of it, if something is.
  func missing(_ id: String, _ warnings: [String]) -> Refusal {
    guard !warnings.isEmpty else { return .noSession(id) }
    return Refusal(1, (warnings + [FileStore.wayBack(id)]).joined(separator: " "))
  }

  /// Everything there is of a session; throws if there is nothing.
  func entries(of id: String) throws -> [SessionEntry] {
    let found = try store.entries(of: id)
    guard !found.isEmpty else { throw Refusal.noSession(id) }
    return found
  }

  func age(_ moment: Timestamp?) -> Age {
    Age(since: moment, at: now, staleAfter: store.retention.staleAfter)
  }
}

extension JSONValue {
  init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
}
