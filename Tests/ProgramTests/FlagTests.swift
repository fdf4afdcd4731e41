import FoundationEssentials
import Glibc
import Subprocess
import Testing
import Wizard

@testable import Program

private let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

/// Each flag is declared in one line of the table; these fail for each place that lacks it.
@Suite("Every flag")
struct FlagTests {
  private static let all = Flag.table + Flag.verbTable

  @Test("has one line in the table, and its names are its own")
  func table() {
    #expect(Set(Self.all.map(\.name)) == Set(Flag.Name.allCases))
    let names = Self.all.flatMap(\.names)
    #expect(Set(names).count == names.count)
    for flag in Self.all {
      #expect(!flag.help.isEmpty && flag.help.first?.isUppercase != true, "\(flag.long)")
      #expect(!flag.isRepeatable || flag.argument != nil, "\(flag.long)")
    }
  }

  @Test("is parsed, with its short name too, and something comes of it")
  func parsed() throws {
    let plan = FileManager.default.temporaryDirectory.path + "/plan-\(getpid()).json"
    let text = """
      {"hub":"h","app_space":"team","units":[{"slug":"a","labels":{},"members":[
      {"api_version":"apps/v1","kind":"Deployment","namespace":"x","name":"a"}]}]}
      """
    try Data(text.utf8).write(to: URL(filePath: plan))
    defer { try? FileManager.default.removeItem(atPath: plan) }
    for flag in Self.all {
      let isVerbs = Flag.verbTable.contains { $0.name == flag.name }
      for name in flag.names {
        // What another flag has to stand beside.
        let beside =
          switch flag.name {
          case .exclude, .includeSystem: ["-A"]
          case .output: ["--yes"]
          default: [String]()
          }
        let verb = isVerbs ? try #require(Self.verb(of: flag)) : []
        let argument = flag.argument == nil ? [] : [try Self.example(flag, plan)]
        let words = ["map-import"] + verb + beside + [name] + argument
        let with = try Options(arguments: words, environment: [:])
        let without = try Options(
          arguments: ["map-import"] + verb + beside, environment: [:])
        #expect(Self.meaning(of: with) != Self.meaning(of: without), "\(words)")
        #expect(with.ownWords.count == (flag.use == .own ? 2 : 1), "\(words)")
      }
    }
  }

  @Test("stands in the help, in the man page, and in each shell's completions")
  func documented() throws {
    let page = try String(contentsOfFile: root + "/man/map-import.1", encoding: .utf8)
      .replacing("\\-", with: "-")
    for flag in Self.all {
      let isVerbs = Flag.verbTable.contains { $0.name == flag.name }
      #expect((isVerbs ? SessionVerb.helpText : Flag.help).contains("--\(flag.long)"))
      #expect(page.contains("--\(flag.long)"), "man: \(flag.long)")
      for shell in Shell.allCases {
        let name = shell == .fish ? "-l \(flag.long)" : "--\(flag.long)"
        #expect(shell.completions.contains(name), "\(shell): \(flag.long)")
      }
    }
  }

  @Test("that says what another one says is refused beside it, and named")
  func excluded() throws {
    for flag in Flag.table {
      guard let other = flag.saidBy.flatMap({ Flag.named($0.rawValue) }), other.name != .plan else {
        continue
      }
      let undo = ["sessions", "undo", "import-2026-01-09-143022"]
      for words in [["--yes"]] + (flag.name == .cub ? [undo] : []) {
        let error = #expect(throws: UsageError.self) {
          _ = try Options(
            arguments: ["map-import"] + words + ["--\(flag.long)", "/x", "--\(other.long)"],
            environment: [:])
        }
        #expect(
          error?.sentence.hasPrefix("--\(flag.long) does not go with --\(other.long)") == true,
          "\(error?.sentence ?? "")")
      }
    }
    #expect(Flag.table.count { $0.saidBy == .demo } == 3)
    // What the environment says is for runs without the demo.
    _ = try Options(
      arguments: ["map-import", "--demo"], environment: ["MAP_IMPORT_CUB": "/opt/cub"])
  }

  @Test("without which nothing is found again is in every command that comes back")
  func leadsBack() throws {
    for flag in Flag.table where flag.leadsBack {
      let example = flag.values == .files ? "/some" : try Self.example(flag, "")
      let word = "--\(flag.long)" + (flag.argument == nil ? "" : "=\(example)")
      let way = try Options(arguments: ["map-import", word], environment: [:]).answers.run.wayBack
      let session = Session(id: "x", lineage: "x", createdAt: Timestamp(seconds: 0))
      #expect(way.resuming(session) == ["map-import", word, "--resume"])
      #expect(way.startingNew == ["map-import", word, "--new"])
    }
    // From any directory.
    let here = Programs.absolute("")
    for (given, meant) in [
      ("--cub=bin/cub", "--cub=\(here)bin/cub"), ("--cub=cub-0.8", "--cub=cub-0.8"),
      ("--kubeconfig=k3s.yaml", "--kubeconfig=\(here)k3s.yaml"),
    ] {
      let way = try Options(arguments: ["map-import", given], environment: [:]).answers.run.wayBack
      #expect(way.startingNew == ["map-import", meant, "--new"])
    }
    let others = Flag.table.filter { !$0.leadsBack && $0.use == .own }.map(\.name)
    #expect(others == [.plan, .planOut, .report], "they are about what this run writes")
  }

  @Test("that is an answer is said by the command line that does the same")
  func twin() throws {
    for flag in Flag.table where flag.use == .answer {
      let beside =
        switch flag.name {
        case .exclude, .includeSystem: ["-A"]
        case .keepWorker: ["--worker-mode=local"]
        case .worker: ["--worker-mode=existing"]
        default: [String]()
        }
      // The usual value is not said.
      let argument =
        switch flag.values {
        case .words(let words) where flag.argument != nil: [words.last ?? ""]
        default: flag.argument == nil ? [] : [try Self.example(flag, "")]
        }
      let options = try Options(
        arguments: ["map-import"] + beside + [flag.names.last ?? ""] + argument, environment: [:])
      var state = WizardState(answers: options.answers, now: Timestamp(seconds: 0))
      let given = options.answers
      state.session.scope = ScanScope(
        context: given.context ?? "", namespaces: given.namespaces,
        allNamespaces: given.allNamespaces)
      state.session.scope.excluded = given.excluded
      state.session.scope.selector = given.selector ?? ""
      state.session.scope.kinds = given.kinds
      state.session.scope.includesSystem = given.includesSystem
      state.session.proposal = Proposal(
        hub: options.answers.hub ?? "platform", appSpace: options.answers.appSpace ?? "team",
        layout: options.answers.layout ?? .appSpace,
        unitContents: options.answers.unitContents ?? .app,
        replicas: options.answers.replicas ?? .autoscaler, units: [])
      state.session.proposal?.unclaimed = given.unclaimed ?? .leftOut
      let words = EquivalentCommand(state, program: options.ownWords).groups.joined()
      #expect(!Set(words).isDisjoint(with: flag.names), "\(flag.long): \(words)")
    }
  }

  /// All that the options say, but for what was given to say so.
  private static func meaning(of options: Options) -> [String: String] {
    var options = options
    options.answers.run.wayBack = WayBack()
    var meaning: [String: String] = [:]
    for case (let name?, let value) in Mirror(reflecting: options).children
    where !["given", "ownWords", "wayBack"].contains(name) {
      meaning[name] = "\(value)"
    }
    return meaning
  }

  private static func verb(of flag: Flag) -> [String]? {
    SessionVerb.table.first { $0.flags.contains(flag.name) }.map { verb in
      ["sessions", verb.name.rawValue]
        + (verb.count.lowerBound > 0 ? ["import-2026-01-09-143022"] : [])
    }
  }

  /// What may follow it, and is not what is usual.
  private static func example(_ flag: Flag, _ plan: String) throws -> String {
    switch (flag.name, flag.values) {
    case (.plan, _): plan
    case (.resume, _), (.status, _): "import-2026-01-09-143022"
    case (.scanTimeout, _), (.cubTimeout, _), (.parallel, _), (.generation, _), (.days, _),
      (.limit, _), (.offset, _), (.minutes, _), (.revision, _):
      "7"
    case (.with, _): "user:some"
    case (.since, _): "7d"
    case (_, .words(let words)): try #require(words.last)
    default: "some"
    }
  }
}
