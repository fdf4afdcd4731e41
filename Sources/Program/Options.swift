import Effects
import CGetopt
import Glibc
import SessionStore
import Wizard

/// What the command line asks for.
struct Options {
  enum Mode: Equatable {
    case wizard
    case status(sessionID: String?)
    case sessions(SessionCommand)
    case completions(Shell)
    /// Prints what is set, and says what is wrong with the file.
    case config
    case help, sessionsHelp, version
  }

  enum Output: String { case text, json }

  enum Calls: String, CaseIterable { case bell, message, off }

  var mode = Mode.wizard
  var start = Start.automatic
  /// How the world is reached.
  private(set) var settings = Settings()
  var answers = Answers()
  var yes = false
  var output = Output.text
  var isOutputGiven = false
  var isPlain = false
  var usesASCII = false
  var usesColour = true
  var usesMouse = true
  /// How whoever looks at another window is called.
  var calls = Calls.bell
  /// Where the proposal is written to when the run ends.
  var planOut: String?
  /// Where the report is written to when the run ends.
  var report: String?

  /// How the run was called, without what is an answer of the wizard's.
  private(set) var ownWords = ["map-import"]
  /// How it is called to come back.
  private var wayBack = WayBack()

  /// What the command line gave, for what goes with what.
  private var given: [Flag.Name] = []
  private var generation: Int?
  private var days: Int?
  private var listing = SessionListing()
  private var minutes: Int?
  private var sharing = SessionCommand.Sharing()
  private var revision: Int?
}

extension Options.Mode {
  /// Whether it only tells about the program.
  var tells: Bool {
    switch self {
    case .help, .sessionsHelp, .version, .completions: true
    case .wizard, .status, .sessions, .config: false
    }
  }
}

/// Wrong usage: what is wrong, as a sentence; exit 2.
struct UsageError: Error {
  var sentence: String
  /// 1 where it is not the usage, but a file that cannot be read.
  var exit: Int32 = 2
}

extension Options {
  /// Reads the arguments with getopt_long(3), after what the person's file and the environment say.
  init(
    arguments: [String], environment: [String: String], config: Config = Config()
  ) throws(UsageError) {
    try take(config)
    func said(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    settings.kubectl = said("MAP_IMPORT_KUBECTL") ?? settings.kubectl
    settings.cub = said("MAP_IMPORT_CUB") ?? settings.cub
    if said("KUBECONFIG") != nil { settings.kubeconfig = nil }
    if said("NO_COLOR") != nil { usesColour = false }
    if let word = said("MAP_IMPORT_CALL") {
      guard let calls = Calls(rawValue: word) else {
        throw UsageError(sentence: "MAP_IMPORT_CALL is bell, message or off, not \"\(word)\".")
      }
      self.calls = calls
    }
    if let word = said("MAP_IMPORT_SYNC") {
      answers.run.sync.given = try Options.onOrOff("MAP_IMPORT_SYNC", word)
    }

    // getopt permutes the array of pointers, so it gets a copy that is its own.
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    argv.append(nil)
    var longNames: [UnsafeMutablePointer<CChar>?] = []
    var table: [option] = []
    for flag in Flag.table + Flag.verbTable {
      let name = strdup(flag.long)
      longNames.append(name)
      let hasArgument =
        flag.argument == nil
        ? no_argument : flag.isArgumentOptional ? optional_argument : required_argument
      table.append(
        option(name: name, has_arg: hasArgument, flag: nil, val: flag.name.rawValue))
    }
    table.append(option())
    let owned = argv + longNames
    defer { owned.forEach { free($0) } }

    let shorts = Flag.table.compactMap { flag in
      flag.short.map { "\($0)\(flag.argument == nil ? "" : ":")" }
    }
    getopt_reset()
    while true {
      let code = getopt_long(
        Int32(arguments.count), argv, ":" + shorts.joined(), table, nil)
      if code == -1 { break }
      let argument = getopt_argument().map { String(cString: $0) }
      guard let flag = Flag.named(code) else {
        throw Options.refusal(code, at: argv, index: Int(getopt_index()))
      }
      try take(flag, argument)
    }
    let rest = argv[Int(getopt_index())...].compactMap { $0.map { String(cString: $0) } }
    try takeRest(rest)
    if mode == .help || mode == .version || mode == .sessionsHelp { return }
    try check()
    let limits = config.limits.mapValues(\.text).merging(
      environment.filter { !$0.value.isEmpty }
    ) { $1 }
    settings.retention = try Retention(environment: limits)
    if let days {
      settings.retention.archiveAfter = Int64(days) * 24 * 3600
      settings.retention.deleteAfter = settings.retention.archiveAfter
    }
    answers.run.wayBack = wayBack
    settings.zone = .local()
    answers.run.staleAfter = settings.retention.staleAfter
    answers.run.kept = .init(edits: settings.retention.edits, visits: settings.retention.visits)
    settings.parallel = answers.run.parallel
  }

  /// As flags that nobody gave: no command line repeats them, and they exclude no others.
  private mutating func take(_ config: Config) throws(UsageError) {
    for flag in Flag.table {
      guard let found = config.flags[flag.name], found.text != "false" else { continue }
      do {
        try take(flag, flag.argument == nil ? nil : found.text)
      } catch {
        let sentence =
          error.sentence.hasPrefix("--") ? error.sentence.dropFirst(2) : error.sentence[...]
        throw Config.problem(found.line, String(sentence))
      }
    }
    (given, ownWords, wayBack) = ([], ["map-import"], WayBack())
  }

  private static func refusal(
    _ code: Int32, at argv: [UnsafeMutablePointer<CChar>?], index: Int
  ) -> UsageError {
    let word = argv[max(0, index - 1)].map { String(cString: $0) } ?? ""
    return UsageError(
      sentence: code == Int32(UInt8(ascii: ":"))
        ? "\(word) needs an argument; see map-import --help."
        : "There is no option \(word); see map-import --help.")
  }

  /// `--resume ID` and `--status ID`: an optional argument may also stand apart.
  private mutating func takeRest(_ rest: [String]) throws(UsageError) {
    guard let first = rest.first else { return }
    switch (start, mode) {
    case (.automatic, .help) where first == "sessions": mode = .sessionsHelp
    // Its flag's argument is optional elsewhere, so that it stands among the words.
    case (.automatic, .status(let status))
    where first == "sessions" && rest.dropFirst().first == "list":
      guard let word = status ?? rest.dropFirst(2).first, rest.count == (status == nil ? 3 : 2),
        let known = SessionStatus(rawValue: word)
      else {
        let words = SessionStatus.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageError(sentence: "For sessions list, --status is one of \(words).")
      }
      listing.status = known
      mode = .wizard
      return try takeRest(["sessions", "list"])
    case (.automatic, .wizard) where first == "sessions":
      var command = try SessionCommand(Array(rest.dropFirst()), given: given)
      command.generation = generation
      command.isFromLog = given.contains(.fromLog)
      command.isFixing = given.contains(.fix)
      command.isAll = given.contains(.all)
      command.isForced = given.contains(.force)
      command.isEncrypting = given.contains(.encrypt)
      command.listing = listing
      if let minutes { command.minutes = minutes }
      command.isTeam = given.contains(.team)
      command.isEverywhere = given.contains(.everywhere)
      command.revision = revision
      command.sharing = sharing
      mode = .sessions(command)
    case (.automatic, .wizard) where first == "completions":
      guard rest.count == 2, let shell = Shell(rawValue: rest[1]) else {
        throw UsageError(sentence: "completions needs a shell: one of \(Shell.names).")
      }
      mode = .completions(shell)
    case (.automatic, .wizard) where rest == ["config"]: mode = .config
    case (.resume(nil), .wizard) where rest.count == 1: start = .resume(sessionID: first)
    case (_, .status(nil)) where rest.count == 1: mode = .status(sessionID: first)
    default:
      throw UsageError(sentence: "\"\(first)\" is not expected here; see map-import --help.")
    }
  }

  private mutating func take(_ flag: Flag, _ argument: String?) throws(UsageError) {
    let text = argument ?? ""
    // kubectl takes an empty selector, too.
    if flag.argument != nil, !flag.isArgumentOptional, text.isEmpty, flag.name != .selector {
      throw UsageError(sentence: "--\(flag.long) needs a \(flag.argument ?? "value"), not nothing.")
    }
    given.append(flag.name)
    if flag.use == .own {
      let word = "--\(flag.long)" + (argument.map { "=\($0)" } ?? "")
      let elsewhere = flag.rightElsewhere(argument) ?? word
      ownWords.append(elsewhere)
      if flag.leadsBack { wayBack.program.append(elsewhere) }
      if flag.name == .demo { wayBack.keeper.append(word) }
    }
    switch flag.name {
    case .resume: try begin(.resume(sessionID: argument))
    case .new: try begin(.new)
    case .status: mode = .status(sessionID: argument)
    case .name:
      guard let name = SessionTitle.usable(text), !name.isEmpty else {
        throw UsageError(sentence: SessionTitle.sentence)
      }
      answers.name = name
    case .demo: settings.isDemo = true
    case .kubeconfig: settings.kubeconfig = text
    case .context: (answers.context, wayBack.context) = (text, text)
    case .namespace: answers.namespaces.append(text)
    case .allNamespaces: answers.allNamespaces = true
    case .exclude: answers.excluded.append(text)
    case .selector: answers.selector = text
    case .kind: try addKind(text)
    case .includeSystem: answers.includesSystem = true
    case .scanTimeout: settings.scanTimeout = try Options.seconds(flag, text)
    case .cubTimeout: settings.cubTimeout = try Options.seconds(flag, text)
    case .appSpace: answers.appSpace = text
    case .hub: answers.hub = text
    case .layout: answers.layout = try Options.value(flag, text)
    case .units: answers.unitContents = try Options.value(flag, text)
    case .replicas: answers.replicas = try Options.value(flag, text)
    case .unclaimed: answers.unclaimed = try Options.value(flag, text)
    case .worker: answers.worker = text
    case .workerMode: answers.workerMode = try Options.value(flag, text)
    case .onConflict: answers.onConflict = try Options.value(flag, text)
    case .plan: answers.plan = try PlanFile.read(text)
    case .planOut: planOut = text
    case .keepWorker: answers.run.keepWorker = true
    case .report: report = text
    case .parallel:
      guard let number = Int(text), (1...32).contains(number) else {
        throw UsageError(sentence: "--parallel is a number from 1 to 32, not \"\(text)\".")
      }
      answers.run.parallel = number
    case .sync: answers.run.sync.given = try Options.onOrOff("--sync", text)
    case .syncSpace: answers.run.sync.givenSpace = text
    case .dryRun: answers.run.dryRun = true
    case .yes: yes = true
    case .output:
      guard let format = Output(rawValue: text) else {
        throw UsageError(sentence: "--output is text or json, not \"\(text)\".")
      }
      output = format
      isOutputGiven = true
    case .plain: isPlain = true
    case .ascii: usesASCII = true
    case .noColor: usesColour = false
    case .noMouse: usesMouse = false
    case .call: calls = try Options.value(flag, text)
    case .kubectl: settings.kubectl = text
    case .cub: settings.cub = text
    case .help: mode = .help
    case .version: mode = .version
    case .generation:
      guard let number = Int(text), number >= 0 else {
        throw UsageError(sentence: "--generation is a number, not \"\(text)\".")
      }
      generation = number
    case .days: days = try Options.number(flag, text, of: "days")
    case .limit: listing.limit = try Options.number(flag, text)
    case .offset: listing.offset = try Options.number(flag, text, from: 0)
    case .minutes: minutes = try Options.number(flag, text, of: "minutes")
    case .user: listing.user = text
    case .since:
      guard let since = SessionListing.Since(text) else {
        throw UsageError(
          sentence: "--since is a time like 7d, 36h, 90m, 2w or 2026-11-21, not \"\(text)\".")
      }
      listing.since = since
    case .revision: revision = try Options.number(flag, text)
    case .with:
      guard let subject = SessionCommand.Sharing.Subject(text) else {
        throw UsageError(
          sentence: "--with is user:NAME or group:SLUG, as user:ana@example.com, not \"\(text)\".")
      }
      sharing.with = subject
    case .can: sharing.can = try Options.value(flag, text)
    case .to: sharing.to = text
    case .fromLog, .fix, .all, .force, .encrypt, .team, .everywhere: break
    }
  }

  /// `Deployment`, or as kubectl would take it: `deployments`.
  private mutating func addKind(_ text: String) throws(UsageError) {
    let word = text.lowercased()
    let known = WorkloadKind.allCases.first {
      word == $0.rawValue.lowercased() || word == $0.rawValue.lowercased() + "s"
    }
    guard let known else {
      let kinds = WorkloadKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(sentence: "--kind is one of \(kinds), not \"\(text)\".")
    }
    answers.kinds = Set(answers.kinds + [known]).sorted { $0.rawValue < $1.rawValue }
  }

  private static func onOrOff(_ name: String, _ text: String) throws(UsageError) -> Bool {
    switch text {
    case "on": return true
    case "off": return false
    default: throw UsageError(sentence: "\(name) is on or off, not \"\(text)\".")
    }
  }

  private static func number(
    _ flag: Flag, _ text: String, of unit: String? = nil, from first: Int = 1
  ) throws(UsageError) -> Int {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
      (first...100_000).contains(number)
    else {
      throw UsageError(
        sentence: "--\(flag.long) is a whole number\(unit.map { " of \($0)" } ?? "") from \(first) "
          + "to 100000, not \"\(text)\".")
    }
    return number
  }

  private static func seconds(_ flag: Flag, _ text: String) throws(UsageError) -> Double {
    guard let seconds = Double(text), (0.1...86_400).contains(seconds) else {
      throw UsageError(
        sentence: "--\(flag.long) is a number of seconds, at most a day, not \"\(text)\".")
    }
    return seconds
  }

  private static func value<Value: RawRepresentable & CaseIterable>(
    _ flag: Flag, _ text: String
  ) throws(UsageError) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(sentence: "--\(flag.long) is one of \(known), not \"\(text)\".")
    }
    return value
  }

  /// Why a program that the command line names cannot be run, to be said before anything is read.
  /// What is missing on `PATH` may still be installed.
  func programProblem(_ environment: [String: String]) -> String? {
    if case .status = mode { return nil }
    for (flag, path) in [(Flag.Name.kubectl, settings.kubectl), (.cub, settings.cub)] {
      guard given.contains(flag), let path,
        let problem = World.problem(ofProgram: path, environment)
      else { continue }
      return "--\(flag): \(problem)"
    }
    return nil
  }

  private mutating func begin(_ wanted: Start) throws(UsageError) {
    guard start == .automatic || start == wanted else {
      throw UsageError(sentence: "--resume and --new exclude each other.")
    }
    start = wanted
  }

  private mutating func check() throws(UsageError) {
    if answers.allNamespaces, !answers.namespaces.isEmpty {
      throw UsageError(sentence: "-A takes all namespaces; leave -n away, or -A.")
    }
    if !answers.excluded.isEmpty, !answers.allNamespaces {
      throw UsageError(sentence: "--exclude leaves namespaces out of -A; -A is missing.")
    }
    if answers.includesSystem, !answers.allNamespaces {
      throw UsageError(
        sentence: "--include-system adds system namespaces to -A; -A is missing.")
    }
    for (flag, name) in [
      ("app-space", answers.appSpace), ("hub", answers.hub), ("worker", answers.worker),
      ("sync-space", answers.run.sync.givenSpace),
    ] {
      if let name, !Naming.isValidSlug(name) {
        throw UsageError(
          sentence: "--\(flag) \"\(name)\": \(Naming.slugRule).")
      }
    }
    for flag in Flag.table where given.contains(flag.name) {
      guard let other = flag.saidBy, given.contains(other) else { continue }
      let why = other == .demo ? "demo: the demo has its own" : "plan: the plan says it"
      throw UsageError(sentence: "--\(flag.long) does not go with --\(why).")
    }
    if case .sessions = mode { return }
    if let verbOnly = Flag.verbTable.first(where: { given.contains($0.name) }) {
      throw UsageError(
        sentence: "--\(verbOnly.long) goes with a verb; see map-import sessions --help.")
    }
    if mode == .wizard {
      let files = [
        planOut.map { OutputFile(flag: "--plan-out", path: $0) },
        report.map { OutputFile(flag: "--report", path: $0) },
      ]
      if let problem = files.compactMap(\.?.problem).first { throw UsageError(sentence: problem) }
    }
    if isOutputGiven, mode == .wizard, !yes, !answers.run.dryRun {
      throw UsageError(sentence: "--output goes with --status, --yes or --dry-run.")
    }
  }
}

extension Flag {
  static func named(_ code: Int32) -> Flag? {
    (table + verbTable).first {
      $0.name.rawValue == code || $0.short?.asciiValue.map(Int32.init) == code
    }
  }
}
