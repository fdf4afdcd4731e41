import Subprocess
import Wizard

/// What can follow a flag, as far as a shell can know it.
enum ArgumentValues: Equatable {
  case files
  case words([String])
  /// A name that only the cluster or ConfigHub knows, and a shell does not ask them.
  case unknown
}

/// One line of the table that makes the parsing, `--help` and the completions; the man page and the
/// command line that does the same are held to it.
struct Flag {
  enum Name: Int32, CaseIterable {
    case resume = 256
    case new, status, name, demo
    case kubeconfig, context, namespace, allNamespaces, exclude
    case selector, kind, includeSystem, scanTimeout, cubTimeout
    case appSpace, hub, layout, units, replicas, unclaimed, worker, workerMode, onConflict, dryRun,
      yes, output
    case parallel, plan, planOut, keepWorker, report
    case sync, syncSpace
    case plain, ascii, noColor, noMouse, call, kubectl, cub, help, version
    case generation, fromLog, fix
    case days, all, force
    case limit, offset, user, since, minutes, encrypt
    case team, revision, with, can, to, everywhere
  }

  var name: Name
  var long: String
  var short: Character?
  /// What stands for the argument in the help; `nil` if there is none.
  var argument: String?
  var isArgumentOptional = false
  /// What can follow it.
  var values = ArgumentValues.unknown
  var isRepeatable = false
  var use = Use.answer
  /// The flag that says the same, so that one excludes the other.
  var saidBy: Name?
  /// Without it, what is done in this run is not found again: a command that comes back says it, too.
  var leadsBack = false
  var help: String

  /// What becomes of it in the command line that does the same.
  enum Use {
    /// That line says it as it was chosen in the end.
    case answer
    /// With what it is done, and what is written beside: repeated as it was given.
    case own
    /// It is about this run alone.
    case run
  }

  /// Said in a way that is right in every working directory, too; `nil` for what is so anyway.
  func rightElsewhere(_ argument: String?) -> String? {
    // A lone name of a program is looked for on PATH.
    let isLookedFor = name == .kubectl || name == .cub
    guard values == .files, let argument, argument != "-", !isLookedFor || argument.contains("/")
    else { return nil }
    return "--\(long)=\(Programs.absolute(argument))"
  }

  static let table: [Flag] = [
    Flag(
      name: .resume, long: "resume", argument: "ID", isArgumentOptional: true, use: .run,
      help: "resume the latest session, or the one named; exit 3 if there is none"),
    Flag(name: .new, long: "new", use: .run, help: "start fresh; the existing session is archived"),
    Flag(
      name: .status, long: "status", argument: "ID", isArgumentOptional: true, use: .run,
      help: "print the session's state and leave; starts no other program"),
    Flag(
      name: .name, long: "name", argument: "NAME", use: .run,
      help: "what the session is called: one line of at most \(SessionTitle.limit) characters"),
    Flag(
      name: .demo, long: "demo", use: .own, leadsBack: true,
      help: "a built-in sample cluster and hub, offline"),
    Flag(
      name: .kubeconfig, long: "kubeconfig", argument: "FILE", values: .files, use: .own,
      saidBy: .demo, leadsBack: true, help: "the kubeconfig; default: what kubectl reads"),
    Flag(
      name: .context, long: "context", argument: "NAME", leadsBack: true,
      help: "the cluster; default: the current context"),
    Flag(
      name: .namespace, long: "namespace", short: "n", argument: "NS", isRepeatable: true,
      help: "what to scan; may be given several times"),
    Flag(
      name: .allNamespaces, long: "all-namespaces", short: "A",
      help: "scan all but system namespaces"),
    Flag(
      name: .exclude, long: "exclude", argument: "NS", isRepeatable: true,
      help: "with -A: leave this one out; may be given several times"),
    Flag(
      name: .selector, long: "selector", short: "l", argument: "LABELS",
      help: "read only the workloads with these labels, as kubectl takes them; '' for all"),
    Flag(
      name: .kind, long: "kind", argument: "KIND",
      values: .words(WorkloadKind.allCases.map(\.rawValue)), isRepeatable: true,
      help: "read only this kind of workload; may be given several times; Namespace and "
        + "CustomResourceDefinition are read only so"),
    Flag(
      name: .includeSystem, long: "include-system",
      help: "with -A: system namespaces, too"),
    Flag(
      name: .scanTimeout, long: "scan-timeout", argument: "SECONDS", use: .own, leadsBack: true,
      help: "give up what the cluster does not answer for so long; default 30"),
    Flag(
      name: .cubTimeout, long: "cub-timeout", argument: "SECONDS", use: .own, leadsBack: true,
      help: "stop a call of cub after so long, and read what came of it; default 30"),
    Flag(
      name: .appSpace, long: "app-space", argument: "NAME", saidBy: .plan,
      help: "where to import"),
    Flag(
      name: .hub, long: "hub", argument: "NAME", saidBy: .plan,
      help: "the platform hub, as a label"),
    Flag(
      name: .layout, long: "layout", argument: "LAYOUT",
      values: .words(Layout.allCases.map(\.rawValue)), saidBy: .plan,
      help: "which Spaces the units go to: app-space, all to one, or component, one for each "
        + "component and variant; default app-space, and component for many applications"),
    Flag(
      name: .units, long: "units", argument: "CONTENTS",
      values: .words(UnitContents.allCases.map(\.rawValue)), saidBy: .plan,
      help: "what one unit holds: app, a workload with what belongs to it, or resource, one "
        + "object; default app"),
    Flag(
      name: .replicas, long: "replicas", argument: "WHOSE",
      values: .words(Replicas.allCases.map(\.rawValue)), saidBy: .plan,
      help: "the number of replicas of what an autoscaler scales: autoscaler, which leaves it out "
        + "of the unit, or unit, which writes it down; default autoscaler"),
    Flag(
      name: .unclaimed, long: "unclaimed", argument: "FATE",
      values: .words(Unclaimed.allCases.map(\.rawValue)), saidBy: .plan,
      help: "the objects that no workload claims: left-out, or units, which makes units of them "
        + "for each namespace; default left-out"),
    Flag(
      name: .worker, long: "worker", argument: "NAME",
      help: "the worker of step 5: one that exists, or with --worker-mode local, cluster or server "
        + "the name of a new one"),
    Flag(
      name: .workerMode, long: "worker-mode", argument: "MODE",
      values: .words(WorkerMode.allCases.map(\.rawValue)),
      help: "existing, local, cluster, server or skip; default with --yes: an existing ready one, "
        + "else skip"),
    Flag(
      name: .keepWorker, long: "keep-worker",
      help: "leave a worker that was started here running when the wizard ends"),
    Flag(
      name: .onConflict, long: "on-conflict", argument: "POLICY",
      values: .words(ConflictPolicy.allCases.map(\.rawValue)),
      help: "a unit of that name with other content exists: ask, skip, update or rename; "
        + "default ask, with --yes skip"),
    Flag(
      name: .plan, long: "plan", argument: "FILE", values: .files, use: .own,
      help: "take the proposal from this file, as --plan-out wrote it or as it was edited since"),
    Flag(
      name: .planOut, long: "plan-out", argument: "FILE", values: .files, use: .own,
      help: "write the proposal to this file, as JSON"),
    Flag(
      name: .report, long: "report", argument: "FILE", values: .files, use: .own,
      help: "write what came of it to this file when the run ends, as Markdown"),
    Flag(
      name: .sync, long: "sync", argument: "WHETHER", values: .words(["off", "on"]), use: .own,
      leadsBack: true,
      help: "keep the session in ConfigHub, too, to go on elsewhere: on or off; default: what was "
        + "answered for the organisation, with --yes off"),
    Flag(
      name: .syncSpace, long: "sync-space", argument: "NAME", use: .own, leadsBack: true,
      help: "the Space that sessions are kept in; default \(SyncAnswers.usualSpace)"),
    Flag(
      name: .parallel, long: "parallel", argument: "N",
      help: "how many units are prepared, created or checked at once, 1 to 32; default 4"),
    Flag(
      name: .dryRun, long: "dry-run",
      help: "everything except writing: to ConfigHub, the cluster or a session"),
    Flag(
      name: .yes, long: "yes", short: "y", use: .run,
      help: "no questions: take the proposal as it is; needed without a terminal"),
    Flag(
      name: .output, long: "output", short: "o", argument: "FORMAT",
      values: .words(["text", "json"]), use: .run,
      help: "text or json, for --status, --dry-run, --yes and sessions"),
    Flag(
      name: .plain, long: "plain", use: .run,
      help: "numbered prompts on plain lines: screen readers, dumb terminals, scripts"),
    Flag(name: .ascii, long: "ascii", use: .run, help: "draw with ASCII alone"),
    Flag(name: .noColor, long: "no-color", use: .run, help: "draw without colours"),
    Flag(
      name: .noMouse, long: "no-mouse", use: .run,
      help: "leave the mouse to the terminal, whatever was chosen with M"),
    Flag(
      name: .call, long: "call", argument: "HOW", values: .words(["bell", "message", "off"]),
      use: .run,
      help: "how whoever looks at another window is told that the wizard waits: bell, message "
        + "(OSC 9) or off; default bell"),
    Flag(
      name: .kubectl, long: "kubectl", argument: "PATH", values: .files, use: .own, saidBy: .demo,
      leadsBack: true, help: "which kubectl"),
    Flag(
      name: .cub, long: "cub", argument: "PATH", values: .files, use: .own, saidBy: .demo,
      leadsBack: true, help: "which cub"),
    Flag(name: .help, long: "help", short: "h", use: .run, help: "this text"),
    Flag(name: .version, long: "version", use: .run, help: "print the version"),
  ]

  /// The flags that only `sessions VERB` knows.
  static let verbTable: [Flag] = [
    Flag(
      name: .generation, long: "generation", argument: "N", use: .run,
      help: "for restore: that earlier generation, saved as the next one"),
    Flag(
      name: .fromLog, long: "from-log", use: .run,
      help: "for restore: from the logs, if the file and its backups are lost"),
    Flag(
      name: .fix, long: "fix", use: .run, help: "for doctor: repair what can be repaired safely"),
    Flag(
      name: .days, long: "days", argument: "N", use: .run,
      help: "for prune: archive what was not changed, and delete what was archived, for N days"),
    Flag(
      name: .all, long: "all", use: .run,
      help: "for prune: delete every session that is not open and has no change of unknown outcome"),
    Flag(
      name: .force, long: "force", use: .run,
      help:
        "for prune: also what has a change of unknown outcome or cannot be read; for sync: also "
        + "where somebody deleted it there, or it cannot be read there"),
    Flag(
      name: .limit, long: "limit", argument: "N", use: .run, help: "for list: at most so many"),
    Flag(
      name: .offset, long: "offset", argument: "N", use: .run,
      help: "for list: leave out the first so many"),
    Flag(
      name: .user, long: "user", argument: "USER", use: .run,
      help: "for list: only those in which this user was signed in to ConfigHub last"),
    Flag(
      name: .since, long: "since", argument: "TIME", use: .run,
      help: "for list: only those worked in since then: 7d, 36h, 90m, 2w or 2026-11-21"),
    Flag(
      name: .minutes, long: "minutes", argument: "N", use: .run,
      help: "for stats: count those worked in during the last N minutes; default 60"),
    Flag(
      name: .encrypt, long: "encrypt", use: .run,
      help: "for export: with a passphrase, which the age or gpg of the system asks for"),
    Flag(
      name: .team, long: "team", use: .run,
      help: "for list, show and prune: those in ConfigHub, of everybody, as far as you may see them"
    ),
    Flag(
      name: .revision, long: "revision", argument: "N", use: .run,
      help: "for restore: that revision of it in ConfigHub, saved as the next generation"),
    Flag(
      name: .with, long: "with", argument: "WHOM", use: .run,
      help: "for share and unshare: user:NAME, or group:SLUG for a group that you are in"),
    Flag(
      name: .can, long: "can", argument: "WHAT", values: .words(["view", "resume"]), use: .run,
      help: "for share: what they may do, view or resume; default view"),
    Flag(
      name: .to, long: "to", argument: "USER", use: .run,
      help: "for handoff: who is to go on with it, as they sign in"),
    Flag(
      name: .everywhere, long: "everywhere", use: .run,
      help: "for delete: in ConfigHub, too, with its log and all revisions"),
  ]

  /// What can follow it in a word of its own that has to be there; `nil` if none follows.
  var followers: ArgumentValues? { argument == nil || isArgumentOptional ? nil : values }

  /// `-n` and `--namespace`.
  var names: [String] { (short.map { ["-\($0)"] } ?? []) + ["--\(long)"] }

  /// `-n, --namespace NS`
  var usage: String {
    let names = (short.map { "-\($0), " } ?? "    ") + "--\(long)"
    guard let argument else { return names }
    return names + (isArgumentOptional ? " [\(argument)]" : " \(argument)")
  }

  static var help: String {
    var text = """
      usage: map-import [--resume [ID] | --new | --status [ID]] [--demo] [flags]
             map-import sessions VERB [flags]
             map-import completions bash|zsh|fish
             map-import config

      Brings the workloads of a Kubernetes cluster under ConfigHub, in seven steps.
      It can be left at any moment and resumed where it was.

      """
    for flag in table {
      let usage = flag.usage
      text += "\n  " + usage.padding(toColumn: 26) + flag.help
    }
    return text + """


      sessions VERB looks after the sessions that are kept; the verbs are
      \(SessionVerb.names).
      See map-import sessions --help.

      config prints what is set in ~/.confighub/map-import/config.json, and says what is wrong
      with it; the environment beats that file, and flags beat both.

      Environment: HOME (the state lives in $HOME/.confighub), KUBECONFIG, MAP_IMPORT_KUBECTL,
      MAP_IMPORT_CUB, MAP_IMPORT_CALL, MAP_IMPORT_SYNC (on or off), NO_COLOR, TERM, LANG, and what
      kubectl and cub read. A flag beats it.
      MAP_IMPORT_STALE_HOURS (24), MAP_IMPORT_ARCHIVE_DAYS (7), MAP_IMPORT_KEEP_SESSIONS (10),
      MAP_IMPORT_DELETE_DAYS (90) and MAP_IMPORT_KEEP_ARCHIVED (10) are the limits of the sessions
      that are kept, MAP_IMPORT_LOG_DAYS (90) and MAP_IMPORT_LOG_MB (200) those of the logs;
      MAP_IMPORT_ABANDONED_HOURS (24) says when an unfinished session is abandoned,
      MAP_IMPORT_KEEP_UNDO (100) and MAP_IMPORT_KEEP_HISTORY (1000) how much each remembers,
      MAP_IMPORT_WARN_SESSIONS (100) and MAP_IMPORT_WARN_MB (500) of how many stats warns.

      Exit status: 0 done or left with the session saved, 1 failed, 2 wrong usage, 3 no such
      session, 4 sign-in needed, 5 the session is held by another map-import, 130, 143 and 129
      ended by a signal.

      """
  }
}

extension String {
  /// Filled with spaces; text that is longer goes on in the next line.
  func padding(toColumn column: Int) -> String {
    count < column
      ? self + String(repeating: " ", count: column - count)
      : self + "\n  " + String(repeating: " ", count: column)
  }
}
