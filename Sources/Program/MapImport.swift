import Effects
import Documents
import Files
import FoundationEssentials
import Glibc
import Screens
import Terminal
import TerminalText
import Wizard

/// The program: what the command line asks for, and with which exit status it ends.
package enum MapImport {
  private static let version = "0.1.0"
  static let nameAndVersion = "map-import \(version)"

  package static func run(_ arguments: [String], _ environment: [String: String]) -> Int32 {
    let code = act(arguments, environment)
    guard let problem = Output.problem else { return code }
    complain(problem)
    return code == 0 ? 1 : code
  }

  private static func act(_ arguments: [String], _ environment: [String: String]) -> Int32 {
    let options: Options
    let config: Config
    do {
      config = try Config(environment: environment)
    } catch {
      // What only tells about the program is told whatever the file holds.
      let mode = try? Options(arguments: arguments, environment: environment).mode
      guard mode?.tells == true else {
        complain(error.sentence)
        return error.exit
      }
      config = Config()
    }
    do {
      options = try Options(arguments: arguments, environment: environment, config: config)
    } catch {
      complain(error.sentence)
      return 2
    }
    config.keys?.use()
    switch options.mode {
    case .help:
      out(Flag.help)
      return 0
    case .version:
      out(nameAndVersion + "\n")
      return 0
    case .sessionsHelp:
      out(SessionVerb.helpText)
      return 0
    case .completions(let shell):
      out(shell.completions)
      return 0
    case .config:
      out(config.text(environment))
      do {
        _ = try Skin(environment: environment)
      } catch {
        complain(error.sentence)
        return error.exit
      }
      return 0
    case .sessions, .status, .wizard: break
    }
    if let problem = OddEnvironment.problem(OddEnvironment.entries)
      ?? options.programProblem(environment)
    {
      complain(problem)
      return 2
    }
    if case .sessions(let command) = options.mode {
      return SessionVerbs.run(command, options, environment)
    }
    do throws(Failure) {
      let world = try World(settings: options.settings, environment: environment)
      guard let root = StateRoot(environment: environment, isDemo: options.settings.isDemo) else {
        throw Failure(.other, "HOME is not an absolute path, so there is no place for sessions.")
      }
      let sessions = SessionKeeper(world: world, root: root, program: nameAndVersion)
      if case .status(let id) = options.mode {
        if let problem = root.homeProblem { throw Failure(.other, problem) }
        let status = Status(
          sessions: sessions, output: options.output, context: options.answers.context,
          wayBack: options.answers.run.wayBack)
        return try status.print(id)
      }
      return try wizard(world, options, sessions)
    } catch {
      complain(error.message)
      return 1
    }
  }

  private static func wizard(
    _ world: World, _ options: Options, _ sessions: SessionKeeper
  ) throws(Failure) -> Int32 {
    let hasTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    let isUnattended = options.yes || (options.answers.run.dryRun && options.isOutputGiven)
    let canDraw = hasTerminal && world.environment["TERM"] != "dumb"
    if !isUnattended, !canDraw, !options.isPlain {
      complain(
        "There is no terminal to draw on. Use --plain to be asked on plain lines, --yes to import "
          + "without questions, --dry-run -o json to look only, or --status.")
      return 2
    }
    // Whoever has no sample cluster is told so before there is a screen.
    if options.settings.isDemo { _ = try world.cluster() }
    guard let signals = try? SignalQueue() else {
      throw Failure(.other, "Signals cannot be received: \(String(cString: strerror(errno))).")
    }
    let runner = try Runner(world: world, sessions: sessions)
    if isUnattended { return unattended(world, options, runner, signals) }
    return options.isPlain
      ? plain(world, options, runner, signals) : try interactive(world, options, runner, signals)
  }

  // MARK: Without a terminal

  private static func unattended(
    _ world: World, _ options: Options, _ runner: Runner, _ signals: SignalQueue
  ) -> Int32 {
    var front = Unattended(options: options, runner: runner, signals: signals)
    let state = front.run(options.start)
    for sentence in state.tidied { complain(options.answers.run.wayBack.told(sentence)) }
    let leaving = end(state, runner, options)
    let report = RunReport(state: state, calls: world.calls.cubCount)
    if state.session.scan != nil {
      switch options.output {
      case .json:
        report.json.write { out($0) }
      case .text: out(report.text)
      }
    }
    return leaving
  }

  // MARK: On plain lines

  private static func plain(
    _ world: World, _ options: Options, _ runner: Runner, _ signals: SignalQueue
  ) -> Int32 {
    let isUTF8 = adoptLocale()
    let glyphs: Glyphs = options.usesASCII || !isUTF8 ? .ascii : .unicode
    let file = preferencesFile(world, options)
    var preferences = file.map(Preferences.init) ?? Preferences()
    var wizard = Plain(
      options: options, runner: runner, signals: signals,
      theme: theme(options, glyphs), isUTF8: isUTF8, preferences: preferences)
    let state = wizard.run(options.start)
    let code = end(state, runner, options)
    if preferences.sync != state.answers.run.sync.remembered {
      preferences.sync = state.answers.run.sync.remembered
      file.map(preferences.write)
    }
    out(text(partingLines(state).map { $0 + "\n" }.joined(), isUTF8: isUTF8))
    return code
  }

  private static func preferencesFile(_ world: World, _ options: Options) -> PreferencesFile? {
    StateRoot(environment: world.environment, isDemo: options.settings.isDemo)
      .map(PreferencesFile.init)
  }

  private static func theme(_ options: Options, _ glyphs: Glyphs) -> Theme {
    Theme(glyphs: glyphs, isDemo: options.settings.isDemo)
  }

  // MARK: On the screen

  private static func interactive(
    _ world: World, _ options: Options, _ runner: Runner, _ signals: SignalQueue
  ) throws(Failure) -> Int32 {
    let skin: Skin
    do {
      skin = try Skin(environment: world.environment)
    } catch {
      complain(error.sentence)
      return error.exit
    }
    let screen: Screen
    do {
      screen = try Screen(usesColour: options.usesColour, skin: skin)
    } catch {
      throw Failure(.other, "\(error)")
    }
    let glyphs: Glyphs = options.usesASCII || !screen.isUTF8 ? .ascii : .unicode
    let file = preferencesFile(world, options)
    let preferences = file.map(Preferences.init) ?? Preferences()
    var theme = theme(options, glyphs)
    theme.lastConnection = preferences.connection
    var wizard = Interactive(
      options: options, runner: runner, signals: signals, theme: theme,
      screen: screen, preferences: preferences)
    let state = wizard.run(options.start)
    screen.stop()
    let code = end(state, runner, options)
    if !options.answers.run.dryRun { file.map(wizard.preferences.write) }
    out(text(exitBox(state, theme: theme), isUTF8: screen.isUTF8))
    return code
  }

  // MARK: The end

  /// Ends what runs, keeps what could not be saved, and says why the run ended.
  static func end(_ state: WizardState, _ runner: Runner, _ options: Options) -> Int32 {
    guard case .left(let leaving) = state.stage else { return 1 }
    runner.stop()
    runner.world.proxies.end()
    let wayBack = options.answers.run.wayBack
    for warning in state.warnings + runner.sessions.problems { complain(wayBack.told(warning)) }
    let isWritten = writeFiles(state, options)
    if state.keepsWorker, let id = runner.releaseWorker(), let slug = state.session.workerSlug {
      complain("Worker \(slug) goes on running as process \(id); end it with `kill \(id)`.")
    } else if runner.stopWorker(), let slug = state.session.workerSlug {
      complain(
        "Worker \(slug) ended with the wizard. Keep it running with "
          + "`cub worker run \(slug) --space \(state.appSpace)`.")
    }
    for case .workerNotLogged(let reason) in runner.queue.take()
    where !state.warnings.contains(reason) {
      complain(reason)
    }
    if let reason = leaving.reason { complain(wayBack.told(reason)) }
    var code = leaving.exit.code
    if case .failed(let reason) = state.saving {
      complain(reason)
      if let path = runner.sessions.saveElsewhere(state.session), !reason.contains(path) {
        complain("A copy of it is in \(path).")
      }
      code = code == 0 ? 1 : code
    }
    let bringsLog = state.session.isComplete || leaving.exit != .done
    if let sentence = runner.syncer.finish(bringsLog: bringsLog) { complain(sentence) }
    if let problem = runner.sessions.close() { complain(wayBack.told(problem)) }
    return code == 0 && !isWritten ? 1 : code
  }

  /// Writes what `--plan-out` and `--report` ask for; `false` if something of it failed.
  private static func writeFiles(_ state: WizardState, _ options: Options) -> Bool {
    var problems: [String] = []
    if let path = options.planOut {
      problems +=
        [
          state.session.proposal.map { write(PlanFile.text($0), to: path) }
            ?? "There is no proposal yet, so \(path) was not written."
        ].compactMap { $0 }
    }
    if let path = options.report {
      problems += [write(MarkdownReport(state: state).text, to: path)].compactMap { $0 }
    }
    for problem in problems { complain(problem) }
    return problems.isEmpty
  }

  /// Writes the report where the person is, or where `--report` says; a sentence about it.
  static func writeReport(_ state: WizardState, _ options: Options) -> String {
    let path = options.report ?? "map-import-\(state.session.id).md"
    return write(MarkdownReport(state: state).text, to: path) ?? "The report is in \(path)."
  }

  /// Writes a file for a person, readable by that person alone; a sentence if it cannot.
  static func write(_ text: String, to path: String) -> String? {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0o600)
    guard file >= 0 else {
      return "\(path) cannot be written: \(String(cString: strerror(errno)))."
    }
    var error = FileHandleText.write(text, to: file)
    if close(file) != 0, error == 0 { error = errno }
    return error == 0
      ? nil : "\(path) was not written whole: \(String(cString: strerror(error)))."
  }

  /// As a terminal without UTF-8 can show it.
  static func text(_ text: String, isUTF8: Bool) -> String {
    let isWritable = isUTF8 || text.utf8.allSatisfy { $0 < 0x80 }
    return isWritable ? text : String(text.map { $0.isASCII ? $0 : "?" })
  }

  @discardableResult
  static func out(_ text: String) -> Bool { Output.write(text) }

  static func complain(_ sentence: String) {
    FileHandleText.write("map-import: \(escaped(sentence))\n", to: STDERR_FILENO)
  }
}
