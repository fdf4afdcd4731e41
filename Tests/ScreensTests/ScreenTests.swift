import TerminalText
import enum TestWorld.Sweep
import Testing

@testable import Screens
@testable import Wizard

/// A screen to be looked at: a state, what is done to the view first, and its name.
struct Shot: Sendable, CustomTestStringConvertible {
  let name: String
  let state: WizardState
  var keys: [Key] = []
  var ui = ViewState()

  var testDescription: String { name }

  func draw(_ size: Size, _ look: Look = Look(glyphs: .unicode)) -> String {
    frame(size, look).text
  }

  func frame(_ size: Size, _ look: Look = Look(glyphs: .unicode)) -> Frame {
    var ui = ui
    return Screens.draw(played(size, look, &ui))
  }

  /// What is shown after the keys.
  func played(_ size: Size, _ theme: Theme, _ ui: inout ViewState) -> ScreenLayout {
    var layout = Screens.layout(state, &ui, size: size, theme: theme)
    for key in keys {
      _ = press(key, layout, state, &ui)
      layout = Screens.layout(state, &ui, size: size, theme: theme)
    }
    return layout
  }
}

extension Shot {
  /// The object of a workload has been asked for.
  static func details(_ name: String, _ content: ViewedObject.Content) -> WizardState {
    var state = Sample.arranged
    let workload = state.session.scan?.workloads.first { $0.key.name == name }
    state.viewed = workload.map { ViewedObject($0.reference, content) }
    return state
  }

  private static func lookAt(_ name: String) -> [Key] {
    [.character("/")] + name.map { .character($0) } + [.enter, .character("p")]
  }

  static func changed(
    _ name: String, _ position: Position, keys: [Key] = [],
    _ change: (inout WizardState) -> Void = { _ in }
  ) -> Shot {
    var state = Sample.state(at: position)
    change(&state)
    return Shot(name: name, state: state, keys: keys)
  }

  static let all: [Shot] = [
    changed("starting", Position(.scan)) {
      $0.stage = .starting
      $0.saving = .never
    },
    changed("prompt", Position(.worker, .connecting)) { state in
      state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 7200)))
    },
    changed("prompt-stale", Position(.worker, .connecting)) { state in
      state.stage = .prompt(
        FoundSession(session: state.session, age: Age(seconds: 3 * 86400)))
      state.warnings = ["The latest file was damaged; this is its backup, generation 11."]
    },
    changed("prompt-other-cluster", Position(.worker, .connecting)) { state in
      state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 7200)))
      state.currentContext = "prod-east"
    },
    changed("prompt-held", Position(.worker, .connecting)) { state in
      state.stage = .prompt(
        FoundSession(
          session: state.session, age: Age(seconds: 60),
          obstacle: .held("map-import 0.1.0, process 4711 on laptop since 2026-01-09 16:40")))
    },
    changed("prompt-edited", Position(.worker, .connecting)) { state in
      state.stage = .prompt(
        FoundSession(session: state.session, age: Age(seconds: 60), isEditedByHand: true))
    },
    changed("prompt-delete", Position(.review), keys: [.character("D")]) { state in
      state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 7200)))
    },
    changed("contexts", Position(.scan, .choosing)) { $0.session.scope.context = "" },
    changed("contexts-plugin", Position(.scan, .choosing), keys: [.down]) {
      $0.session.scope.context = ""
    },
    changed("contexts-problem", Position(.scan, .choosing)) {
      $0.session.scope.context = ""
      $0.contexts = nil
      $0.problem = Failure(
        .other, "kubectl is not on PATH. Install it or name it with --kubectl.")
    },
    changed("namespaces", Position(.scan, .choosing)),
    Shot(name: "scanning", state: Sample.scanning),
    changed("scanning-empty", Position(.scan, .choosing)) {
      ($0, _) = reduce($0, .goOn, at: sampleNow)
    },
    changed("review", Position(.review)),
    changed(
      "review-filter", Position(.review),
      keys: [.character("/"), .character("o"), .character("r"), .character("d")]),
    changed("review-partial", Position(.review)) {
      $0.session.scan?.leftOut.append(
        Omission(what: "cronjobs", why: "forbidden for user viewer", isGap: true))
    },
    Shot(name: "review-changed", state: Sample.arranged),
    Shot(
      name: "review-grouped", state: Sample.arranged,
      keys: [.character("b"), .character("b"), .home, .left, .down]),
    Shot(name: "review-images", state: Sample.arranged, keys: [.character("c")]),
    Shot(
      name: "review-names", state: Sample.arranged, keys: [.character("c"), .character("c")]),
    Shot(
      name: "review-filtering", state: Sample.arranged,
      keys: [.character("/")] + "owner:argo".map { .character($0) }),
    Shot(
      name: "review-no-term", state: Sample.arranged,
      keys: [.character("/")] + "color:red".map { .character($0) }),
    Shot(name: "review-wide", state: Sample.wide),
    Shot(name: "details", state: details("order-web", .reading), keys: lookAt("order-web helm")),
    Shot(
      name: "details-object",
      state: details(
        "payment-db",
        .read("apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: payment-db\n")),
      keys: lookAt("payment-db") + [.end]),
    Shot(
      name: "details-failed",
      state: details(
        "payment-db", .failed("StatefulSet payment-db could not be read: forbidden.")),
      keys: lookAt("payment-db") + [.end]),
    Shot(name: "left-out", state: Sample.partial, keys: [.character("l")]),
    changed("select-partial", Position(.select)) { $0.session.scan = Sample.partial.session.scan },
    changed("select", Position(.select)),
    changed("select-edit", Position(.select), keys: [.character("e"), .character("!")]),
    changed("signing-in", Position(.connect, .signingIn)) {
      $0.signIn = .signedOut(reason: "cub is not signed in: access token expired.")
    },
    changed("confirming", Position(.connect, .confirming)),
    changed("creating", Position(.connect, .creating)) {
      $0.session.operations = [
        Operation(
          id: "op-0001", kind: .createUnit, key: "payment-team/payment-api", state: .done,
          result: .created),
        Operation(
          id: "op-0002", kind: .createUnit, key: "payment-team/payment-fraud", state: .failed,
          reason: "HTTP 403: no permission to create units"),
      ]
    },
    changed("workers", Position(.worker, .choosing)),
    changed("connecting", Position(.worker, .connecting)) {
      $0.session.workerSlug = "old"
      $0.waitingSince = Timestamp(seconds: sampleNow.seconds - 14)
    },
    changed("waiting", Position(.targets, .waiting)),
    changed("binding", Position(.targets, .binding)) {
      $0.session.targetSlug = "dev-kubernetes-yaml-kind-atk"
    },
    changed("verify-mismatch", Position(.verify)) { $0.session.report = Sample.report },
    changed("complete", Position(.complete)) {
      $0.session.report = Report(checks: Sample.report.checks.filter { $0.verdict == .ok })
    },
    changed("panel", Position(.worker, .connecting), keys: [.character("2")]) { state in
      state.signIn = nil
      state.session.workerSlug = "dev"
      state.session.workerStatus = "connecting"
      state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 7200)))
    },
    changed("panel-starting", Position(.scan), keys: [.character("2")]) { $0.stage = .starting },
    changed("panel-none", Position(.scan, .choosing), keys: [.character("2")]) {
      $0.hasFoundNone = true
      $0.session.scan = nil
    },
    changed("panel-synced", Position(.worker, .choosing), keys: [.character("2")]) {
      $0.session.sync = SyncState(
        space: "s", unit: "u", at: Timestamp(seconds: sampleNow.seconds - 7200))
    },
    changed("panel-complete", Position(.complete), keys: [.character("2")]) {
      $0.session.report = Report(checks: Sample.report.checks.filter { $0.verdict == .ok })
    },
    changed("panel-cub", Position(.worker, .choosing), keys: [.character("2")], Sample.withCub),
    changed("confirming-cub", Position(.connect, .confirming), Sample.withCub),
    changed("cluster", Position(.select), keys: [.character("1")]),
    Shot(
      name: "cluster-grouped", state: Sample.partial, keys: [.character("1"), .character("b")]),
    changed("cluster-none", Position(.scan, .choosing), keys: [.character("1")]),
    changed("help", Position(.review), keys: [.character("?")]),
    Shot(name: "help-typing", state: Sample.arranged, keys: [.character("/"), .character("?")]),
    Shot(name: "help-leaving", state: Sample.leaving, keys: [.character("?")]),
    Shot(name: "leaving", state: Sample.leaving),
    commands("commands", Sample.state(at: Position(.select))),
    changed("not-saved", Position(.review)) {
      $0.saving = .failed(
        reason: "The session is not saved: write of a file failed: No space left.")
    },
  ]
}

extension Shot {
  static func commands(_ name: String, _ state: WizardState) -> Shot {
    var shot = Shot(name: name, state: state)
    let cub = RunProgram(
      words: ["cub", "unit", "list", "--space", state.appSpace, "-o", "json"],
      ending: "exit 0, 12 ms")
    shot.ui.show(EquivalentCommand(state), [cub], columns: 60)
    return shot
  }

  static let every = all + wide + states + wideStates + syncShots + helps
}

@Test(
  "No wide character is cut in half, however wide the screen",
  arguments: Shot.wide + Shot.wideStates)
func halves(_ shot: Shot) {
  // Of the widths some, which are others for each screen, unless all are asked for.
  let first = Sweep.isFull ? 0 : shot.name.utf8.reduce(0) { $0 + Int($1) } % 5
  for columns in Sweep.sample(Array(60 + first...130), every: 5) {
    let frame = shot.frame(Size(columns: columns, rows: 24))
    for row in 0..<frame.size.rows {
      for column in 0..<columns {
        guard let cell = frame[row, column], displayWidth(of: cell.character) == 2 else { continue }
        #expect(frame[row, column + 1]?.isContinuation == true, "\(columns): \(row), \(column)")
      }
    }
  }
}

@Test(
  "Help and leave are named on every screen, at any size", arguments: Shot.every)
func keyLine(_ shot: Shot) {
  for size in [Size(columns: 60, rows: 16), Size(columns: 80, rows: 24)] {
    let last = shot.draw(size).split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    #expect(last.hasPrefix(" ? help  "), "\(last)")
    // Where text is typed, q is text, and what ends the typing is named instead.
    let isTyping = shot.focus.isText
    // What lies over a screen is closed by it.
    #expect(
      last.contains(isTyping ? "  esc " : isView(shot) ? "  q close" : "  q leave"), "\(last)")
  }
}

@Test("A screen is whole when it is first drawn", arguments: Shot.every)
func drawnOnce(_ shot: Shot) {
  for size in [Size(columns: 60, rows: 16), Size(columns: 80, rows: 24)] {
    var ui = shot.ui
    for key in shot.keys { _ = dispatch(key, shot.state, &ui) }
    let look = Look(glyphs: .unicode)
    let first = view(shot.state, &ui, size: size, look: look)
    #expect(view(shot.state, &ui, size: size, look: look) == first)
  }
}

@Test("A window that is too small says which size is needed")
func tooSmall() {
  let shot = Shot(name: "small", state: Sample.state(at: Position(.review)))
  #expect(shot.draw(Size(columns: 59, rows: 24)).contains("needs 60x16"))
  for (size, words) in [
    (Size(columns: 20, rows: 5), ["needs 60x16", "This is 20x5.", "ctrl-c leaves"]),
    (Size(columns: 6, rows: 3), ["60x16", "ctrl-c"]), (Size(columns: 5, rows: 1), ["60x16"]),
  ] {
    let lines = shot.draw(size).split(separator: "\n").map {
      $0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    }.map { String($0) }
    for word in words { #expect(lines.contains(word), "\(word) in \(lines)") }
  }
  expectGolden(shot.draw(Size(columns: 59, rows: 24)), "59x24/too-small")
  expectGolden(
    shot.draw(Size(columns: 60, rows: 15), Look(glyphs: .ascii)), "60x15-ascii/too-small")
}

@Test(
  "The box of the end is drawn as it was looked at",
  arguments: ["saved", "complete", "undone", "not-saved", "with-flags", "with-long-flags"],
  [false, true])
func ending(_ name: String, isASCII: Bool) {
  var state = Sample.state(at: Position(name == "complete" ? .complete : .worker))
  if name == "undone" { takeBack(&state, .over) }
  if name == "not-saved" { state.saving = .failed(reason: "No space left.") }
  if name.hasPrefix("with-") {
    let directory = name == "with-flags" ? "/opt" : "/home/somebody/programs for clusters"
    state.answers.run.wayBack = WayBack(
      program: ["map-import", "--cub=\(directory)/cub", "--kubectl=\(directory)/kubectl"],
      context: name == "with-flags" ? nil : "kind-atk")
  }
  let box = exitBox(state, theme: Look(glyphs: isASCII ? .ascii : .unicode))
  expectGolden(box, "exit\(isASCII ? "-ascii" : "")/\(name)")
}

/// Whether `q` closes what is shown.
func isView(_ shot: Shot) -> Bool { shot.focus.binding(of: .closeView) != nil }
