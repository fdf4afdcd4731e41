import Screens
import Testing
import Wizard

@Suite("The command that does the same")
struct EquivalentCommandTests {
  private func state(_ change: (inout WizardState) -> Void) -> WizardState {
    var state = WizardState(now: Timestamp(seconds: 1_767_977_133))
    state.stage = .working
    state.session.scope = ScanScope(context: "kind-atk", namespaces: ["order-prod", "team a"])
    change(&state)
    return state
  }

  @Test("The scope, the proposal and the worker are said as flags, quoted for a shell")
  func flags() {
    let twin = EquivalentCommand(
      state { state in
        state.session.scope.selector = "tier in (web, api)"
        state.session.scope.kinds = [.deployment]
        state.session.proposal = Proposal(hub: "platform", appSpace: "payments", units: [])
        state.session.workerMode = .existing
        state.session.workerSlug = "dev"
      }, program: ["map-import", "--demo"])
    #expect(
      twin.lines(width: 1000) == [
        "map-import --demo --yes --context kind-atk -n order-prod -n 'team a' "
          + "-l 'tier in (web, api)' --kind Deployment --app-space payments --hub platform "
          + "--worker-mode existing --worker dev"
      ])
    #expect(
      twin.lines(width: 40).prefix(2) == [
        "map-import --demo --yes \\", "  --context kind-atk -n order-prod \\",
      ])
    #expect(twin.notes.isEmpty, "what is proposed needs no file")
  }

  @Test("A dry run stays one, and what no flag can say is said to be so")
  func changed() throws {
    let workload = Workload(
      key: WorkloadKey(kind: .deployment, namespace: "order-prod", name: "order-api"),
      apiVersion: "apps/v1")
    let state = state { state in
      state.answers.run.dryRun = true
      state.answers.run.parallel = 2
      state.session.scan = ScanResult(
        namespaces: ["order-prod"], workloads: [workload], scannedAt: state.now)
      state.session.proposal = Naming.propose(for: [workload])
      state.session.selected = [.init(key: workload.key, owner: "Native")]
    }
    let twin = EquivalentCommand(state)
    #expect(twin.lines(width: 1000)[0].hasSuffix(" --parallel 2 --dry-run"))
    #expect(twin.notes == [])
    var decided = state
    decided.session.decisions["team/a"] = Decision(sort: .update, digest: "d")
    #expect(EquivalentCommand(decided).notes.map { $0.contains("single units") } == [true])
    var renamed = state
    renamed.session.proposal?.units[0].slug = "another"
    var leftOut = state
    leftOut.session.selected = []
    for state in [renamed, leftOut] {
      #expect(EquivalentCommand(state).notes.contains { $0.contains("--plan FILE") })
    }
    let proposal = try #require(renamed.session.proposal)
    renamed.answers.plan = Plan(proposal: proposal, file: "p.json", lines: [:])
    let planned = EquivalentCommand(renamed, program: ["map-import", "--plan=p.json"])
    #expect(planned.lines(width: 1000)[0].hasPrefix("map-import --plan=p.json --yes --context"))
    #expect(!planned.lines(width: 1000)[0].contains("--app-space") && planned.notes == [])
  }

  @Test("Another layout than the usual is said, and what is proposed in it is no change by hand")
  func layout() throws {
    let workload = Workload(
      key: WorkloadKey(kind: .deployment, namespace: "order-prod", name: "order-api"),
      apiVersion: "apps/v1",
      belongings: [
        ObjectReference(
          apiVersion: "v1", kind: "Service", namespace: "order-prod", name: "order-api")
      ])
    for (layout, contents, flags) in [
      (Layout.component, UnitContents.app, " --layout component"),
      (.appSpace, .resource, " --units resource"),
      (.component, .resource, " --layout component --units resource"),
    ] {
      var state = state { state in
        state.session.scan = ScanResult(
          namespaces: ["order-prod"], workloads: [workload], scannedAt: state.now)
        state.session.proposal = Naming.propose(
          for: [workload], layout: layout, unitContents: contents)
        state.session.selected = [.init(key: workload.key, owner: "Native")]
      }
      #expect(EquivalentCommand(state).lines(width: 1000)[0].hasSuffix(flags))
      #expect(EquivalentCommand(state).notes == [])
      state.session.proposal?.replicas = .unit
      #expect(EquivalentCommand(state).lines(width: 1000)[0].hasSuffix("\(flags) --replicas unit"))
      state.session.proposal?.replicas = .autoscaler
      state.session.proposal?.units[0].slug = "another"
      let names = flags.split(separator: " ").filter { $0.hasPrefix("--") }
      #expect(
        EquivalentCommand(state).notes.contains { $0.contains("and \(names.last ?? ""): E in") })
    }
  }

  @Test("All namespaces, what is left out of them, a step that was skipped, units replaced")
  func others() {
    let twin = EquivalentCommand(
      state { state in
        state.session.scope = ScanScope(
          context: "c", allNamespaces: true, excluded: ["x"], includesSystem: true)
        state.session.stepsSkipped = [.worker]
        state.session.operations = [
          Operation(
            id: "op-1", kind: .createUnit, key: "s/u", state: .done, result: .updated)
        ]
      })
    #expect(
      twin.lines(width: 1000) == [
        "map-import --yes --context c -A --exclude x --include-system --worker-mode skip "
          + "--on-conflict update"
      ])
  }

  @Test(
    "Every word comes out of a shell as it was put in",
    arguments: [
      ("plain-1.2/x", "plain-1.2/x"), ("", "''"), ("it's", "'it'\\''s'"),
      ("$HOME `x`", "'$HOME `x`'"),
      ("支払い", "'支払い'"), ("~", "'~'"), ("a\nb", "'a\nb'"),
    ])
  func quoting(word: String, quoted: String) {
    #expect(CommandLineText.quoted(word) == quoted)
  }

  @Test("Where no namespace is chosen there is no command, and it is said what is missing")
  func missing() {
    let none = commandLines(
      EquivalentCommand(state { $0.session.scope.namespaces = [] }), [], width: 200)
    #expect(none.first?.hasPrefix("No namespaces are chosen yet") == true)
    #expect(!none.contains { $0.contains("--yes") })
    let all = state {
      $0.session.scope.namespaces = []
      $0.session.scope.allNamespaces = true
    }
    #expect(commandLines(EquivalentCommand(all), [], width: 200).contains { $0.contains(" -A") })
  }

  @Test("Programs are listed as they were run, the latest last, each with its end")
  func programs() {
    let lines = commandLines(
      EquivalentCommand(state { _ in }),
      [
        RunProgram(words: ["kubectl", "get", "--raw", "/api"], ending: "exit 0, 12 ms"),
        RunProgram(words: ["cub", "unit", "list"], ending: "exit 1, 3 ms"),
      ], width: 76)
    #expect(
      lines.suffix(5) == [
        "Run so far, the latest last:", "  kubectl get --raw /api", "    # exit 0, 12 ms",
        "  cub unit list", "    # exit 1, 3 ms",
      ])
  }
}
