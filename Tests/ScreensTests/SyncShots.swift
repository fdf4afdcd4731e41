import TerminalText

@testable import Screens
@testable import Wizard

extension Shot {
  private static let desk = Holder(user: "alex@example.com", host: "desk", copy: "9f2c41d7")

  private static func synced(_ state: inout WizardState) {
    Sample.withCub(&state)
    state.answers.run.sync.given = true
    state.session.sync = SyncState(
      space: "import-sessions", unit: "import-2026-01-09-143022-7f2c6f7e", revision: 4,
      generation: state.session.generation, at: Timestamp(seconds: sampleNow.seconds - 60),
      epoch: 1, copy: "0a0a0a0a")
    state.syncStatus = .upToDate
  }

  private static func panel(
    _ name: String, _ change: @escaping (inout WizardState) -> Void
  ) -> Shot {
    changed("panel-sync-\(name)", Position(.worker, .choosing), keys: [.character("2")]) { state in
      synced(&state)
      change(&state)
    }
  }

  private static func lost(_ state: inout WizardState) {
    synced(&state)
    state.otherHolder = OtherHolder(
      standing: .lost(to: desk, since: Timestamp(seconds: sampleNow.seconds - 240)),
      savedAt: Timestamp(seconds: sampleNow.seconds - 180))
    state.problem = state.otherHolderFailure
  }

  private static func arrivals(_ state: inout WizardState) {
    state.stage = .starting
    state.arrivals = [
      Arrival(
        slug: "import-2026-01-09-143022-7f2c6f7e", space: "import-sessions", lineage: "7f2c6f7e",
        user: "user@example.com", cluster: "kind-atk", step: "worker", holder: desk,
        savedAt: Timestamp(seconds: sampleNow.seconds - 7200)),
      Arrival(
        slug: "import-2026-01-08-090000-11111111", space: "import-sessions", lineage: "11111111",
        user: "bo@example.com", cluster: "prod-west", step: "review", handedTo: "user@example.com",
        savedAt: Timestamp(seconds: sampleNow.seconds - 86_400)),
    ]
    state.contextsOfArrivals = state.contexts
    state.isChoosingArrival = true
  }

  /// As labels have it, which anybody may write.
  private static let team: [TeamSession] = [
    ("7f2c6f7e", "alex@example.com", "kind-atk", "worker", "12/2/2", "active"),
    ("22222222", "bo@example.com", "prod-west\u{1B}[2J\n", "review", "40/0/0", "active"),
    ("33333333", "alex@example.com", "prod-east", "nine", "x", "active"),
    ("44444444", "cy@example.com", "old", "complete", "1/1/1", "complete"),
  ].map { lineage, user, cluster, step, workloads, status in
    TeamSession(
      slug: "import-2026-01-09-143022-\(lineage)", space: "import-sessions",
      labels: [
        "Lineage": lineage, "User": user, "Cluster": cluster, "Step": step, "Workloads": workloads,
        "Status": status,
      ],
      annotations: Hold(epoch: 1, holder: desk, since: nil).annotations,
      createdAt: nil, updatedAt: "2026-01-09T16:40:00.123Z")
  }

  private static func ofTeam(
    _ name: String, keys: [Key], _ change: (inout WizardState) -> Void = { _ in }
  ) -> Shot {
    changed(name, Position(.worker, .choosing), keys: [.character("2")] + keys) { state in
      synced(&state)
      state.team = team
      change(&state)
    }
  }

  /// Of a session that is kept in ConfigHub, or may be.
  static let syncShots: [Shot] = [
    panel("off") { state in
      state.answers.run.sync.given = false
      state.session.sync = nil
      state.syncStatus = nil
    },
    panel("old-cub") { state in
      var identity = Sample.identity
      identity.cubVersion = "v0.4.2"
      state.signIn = .signedIn(identity)
      state.session.sync = nil
      state.syncStatus = nil
    },
    panel("up-to-date") { _ in },
    panel("uploading") { $0.syncStatus = .uploading },
    panel("behind") { $0.syncStatus = .behind("ConfigHub cannot be reached.") },
    panel("gone") { $0.syncStatus = .stopped(.gone) },
    panel("newer") {
      $0.syncConflict = "ConfigHub's state was newer, and goes on here with what both have done."
    },
    panel("lost") { lost(&$0) },
    changed("panel-team", Position(.worker, .choosing), keys: [.character("2")]) { state in
      synced(&state)
      state.team = team
    },
    ofTeam("panel-team-second", keys: [.down]),
    ofTeam("team-session", keys: [.down, .enter]),
    ofTeam("team-session-taken", keys: [.down, .enter, .character("T")]),
    ofTeam("team-session-log", keys: [.enter]) { state in
      state.teamLog = TeamLog(
        slug: "import-2026-01-09-143022-7f2c6f7e",
        lines: (1...40).map {
          "2026-01-09T14:30:\($0 + 10)Z import-2026-01-09-143022 saved generation \($0)\u{1B}[2J"
        })
    },
    changed("panel-team-unknown", Position(.worker, .choosing), keys: [.character("2")]) { state in
      synced(&state)
      state.teamProblem = "ConfigHub cannot be reached."
    },
    changed("lost", Position(.connect, .confirming)) { lost(&$0) },
    changed("taking-over", Position(.connect, .confirming), keys: [.character("T")]) { lost(&$0) },
    changed("sync-offered", Position(.connect, .confirming)) { Sample.withCub(&$0) },
    changed("sync-asked", Position(.connect, .confirming), keys: [.character("Y")]) {
      Sample.withCub(&$0)
    },
    changed("arrivals", Position(.scan, .choosing)) { arrivals(&$0) },
    changed("arrivals-context", Position(.scan, .choosing)) {
      arrivals(&$0)
      $0.placing = "import-2026-01-08-090000-11111111"
    },
    changed("prompt-arrivals", Position(.review)) { state in
      arrivals(&state)
      state.isChoosingArrival = false
      state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 7200)))
    },
  ]
}
