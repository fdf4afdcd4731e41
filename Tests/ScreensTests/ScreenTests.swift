import Testing
import TerminalText
import Wizard

@testable import Screens

/// A screen to be looked at: a state, what is done to the view first, and its name.
struct Shot: Sendable, CustomTestStringConvertible {
  let name: String
  let state: WizardState
  var keys: [Key] = []

  var testDescription: String { name }

  func draw(_ size: Size, _ look: Look = Look(glyphs: .unicode)) -> String {
    var ui = ViewState()
    _ = view(state, &ui, size: size, look: look)
    for key in keys { _ = dispatch(key, state, &ui) }
    return view(state, &ui, size: size, look: look).text
  }
}

extension Shot {
  static func changed(
    _ name: String, _ position: Position, keys: [Key] = [],
    _ change: (inout WizardState) -> Void = { _ in }
  ) -> Shot {
    var state = Sample.state(at: position)
    change(&state)
    return Shot(name: name, state: state, keys: keys)
  }

  static let all: [Shot] = [
    changed("starting", Position(.scan)) { $0.stage = .starting },
    changed("prompt", Position(.worker, .connecting)) { state in
      state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 7200)))
    },
    changed("prompt-stale", Position(.worker, .connecting)) { state in
      state.stage = .prompt(
        FoundSession(
          session: state.session, age: Age(seconds: 3 * 86400),
          warnings: ["The latest file was damaged; this is its backup, generation 11."]))
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
    changed("scanning", Position(.scan, .scanning)) {
      $0.scanProgress = [
        "deployments": ScanProgress(resource: "deployments", read: 5, total: 10),
        "services": ScanProgress(resource: "services", read: 11, total: nil),
      ]
    },
    changed("review", Position(.review)),
    changed(
      "review-filter", Position(.review),
      keys: [.character("/"), .character("o"), .character("r"), .character("d")]),
    changed("review-partial", Position(.review)) {
      $0.session.scan?.leftOut.append(
        LeftOut(what: "cronjobs", why: "forbidden for user viewer", isGap: true))
    },
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
    changed("panel-none", Position(.scan), keys: [.character("2")]) { $0.stage = .starting },
    changed("panel-synced", Position(.worker, .choosing), keys: [.character("2")]) {
      $0.session.syncedAt = Timestamp(seconds: sampleNow.seconds - 7200)
    },
    changed("panel-complete", Position(.complete), keys: [.character("2")]) {
      $0.session.report = Report(checks: Sample.report.checks.filter { $0.verdict == .ok })
    },
    changed("cluster", Position(.select), keys: [.character("1")]),
    changed("help", Position(.review), keys: [.character("?")]),
    changed("not-saved", Position(.review)) {
      $0.saving = .failed(
        reason: "The session is not saved: write of a file failed: No space left.")
    },
  ]
}

@Test("Every screen is drawn as it was looked at", arguments: Shot.all)
func golden(_ shot: Shot) {
  expectGolden(shot.draw(Size(columns: 80, rows: 24)), "80x24/\(shot.name)")
  expectGolden(shot.draw(Size(columns: 120, rows: 40)), "120x40/\(shot.name)")
  expectGolden(
    shot.draw(Size(columns: 60, rows: 16), Look(glyphs: .ascii)), "60x16-ascii/\(shot.name)")
}

@Test("Help and leave are named on every screen, at any size", arguments: Shot.all)
func keyLine(_ shot: Shot) {
  for size in [Size(columns: 60, rows: 16), Size(columns: 80, rows: 24)] {
    let last = shot.draw(size).split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let isTyping = ["select-edit", "review-filter"].contains(shot.name)
    #expect(isTyping || (last.contains("? help") && last.contains("q leave")), "\(last)")
  }
}

@Test("A window that is too small says which size is needed")
func tooSmall() {
  let shot = Shot(name: "small", state: Sample.state(at: Position(.review)))
  #expect(shot.draw(Size(columns: 59, rows: 24)).contains("needs 60x16"))
  #expect(shot.draw(Size(columns: 5, rows: 2)).contains("map-i"))
}
