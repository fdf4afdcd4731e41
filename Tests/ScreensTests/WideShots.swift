import TerminalText
import Wizard

@testable import Screens

/// Screens whose names are as wide, and as long, as names come: a slug of ConfigHub is plain, but
/// what a cluster, a session file or a log says may be anything.
extension Shot {
  static let wide: [Shot] =
    [
      Shot(name: "select-wide", state: select),
      Shot(name: "members", state: select, keys: [.character("o"), .down]),
      Shot(
        name: "members-move", state: select,
        keys: [.character("o"), .down, .character("m")] + "支払い".map { .character($0) }),
      Shot(name: "preview", state: preview, keys: [.down, .down]),
      Shot(name: "creating-wide", state: creating),
      changed("workers-kept", Position(.worker, .choosing), keys: [.down, .down]) {
        $0.keepsWorker = true
        $0.signIn = .signedIn(Sample.applying)
        $0.workers?.append(Worker(slug: "東京-worker-🚀", id: "w3", condition: "Ready"))
      },
      changed("installing", Position(.worker, .connecting)) { $0.manifest = manifest },
      Shot(name: "sessions", state: kept, keys: [.character("S")]),
      Shot(name: "session", state: kept, keys: [.character("S"), .enter]),
      Shot(name: "logs", state: kept, keys: [.end], ui: log),
      Shot(name: "logs-right", state: kept, keys: [.right], ui: log),
      Shot(name: "preview-right", state: preview, keys: [.right]),
    ] + steps

  private static let names = [
    "支払いサービス-本番環境-東京リージョン", "주문-서비스", "🚀-launcher-🧑‍🚀-team",
  ]

  private static var select: WizardState {
    var state = Sample.state(at: Position(.select))
    for (index, name) in names.prefix(2).enumerated() {
      guard let unit = state.session.proposal?.units[index] else { continue }
      let object = ObjectReference(
        apiVersion: "v1", kind: "ConfigMap", namespace: "支払い-prod", name: name)
      state.session.proposal?.units[index].members = unit.members + [object]
      state.session.proposal?.units[index].labels["team"] = "チーム-🧑‍🚀"
    }
    return state
  }

  private static var preview: WizardState {
    var state = select
    state.preview = UnitPreview(
      slug: "payment-api",
      written: [
        "apiVersion: v1", "kind: ConfigMap", "data:",
        "  greeting: いらっしゃいませ、こちらは東京の支払いサービスの本番環境でございます、ようこそ",
      ],
      live: [
        .init("apiVersion: v1", isLeftOut: false), .init("status: 🧑‍🚀 {}", isLeftOut: true),
      ])
    return state
  }

  private static var creating: WizardState {
    var state = Sample.state(at: Position(.connect, .creating))
    state.session.operations = [
      Operation(
        id: "op-0001", kind: .createUnit, key: "payment-team/payment-api", state: .done,
        result: .created),
      Operation(
        id: "op-0002", kind: .createUnit, key: "payment-team/payment-fraud", state: .failed,
        reason: "HTTP 403: あなたにはこの操作を行う権限がありません。管理者に問い合わせてください。🚫"),
    ]
    return state
  }

  private static let manifest = """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: cluster-admin
      annotations:
        note: 管理者のすべての権限を持つワーカーです、気をつけてください、元に戻すことはできません
    """

  private static var kept: WizardState {
    var state = Sample.state(at: Position(.worker, .choosing))
    var session = state.session
    session.cluster.context = "東京-クラスター-🚀"
    session.logs = [
      "~/.confighub/logs/tui-import-2026-01-08-090000.log",
      "~/.confighub/logs/tui-import-2026-01-09-143022.log",
    ]
    session.history = [
      .init(position: Position(.scan, .choosing), at: Sample.created),
      .init(position: Position(.worker, .choosing), at: session.updatedAt),
    ]
    state.session = session
    state.sessions = [
      StoredSession(
        id: session.id, place: .active, session: session, age: Age(seconds: 7200),
        remark: "open in map-import 0.1.0, process 4711 on ノートパソコン",
        generations: [
          .init(number: 12, savedAt: session.updatedAt),
          .init(number: 11, savedAt: Sample.created, problem: "it is cut off: 途中で終わっています"),
        ]),
      StoredSession(
        id: "import-2026-01-07-080000", place: .archived(day: "2026-01-08"), session: session,
        age: Age(seconds: 180_000)),
      StoredSession(
        id: "import-2026-01-06-080000", place: .corrupt, session: nil, age: Age(seconds: 300_000),
        remark: "not a session: 読めません"),
    ]
    return state
  }

  private static var log: ViewState {
    var ui = ViewState()
    let path = "~/.confighub/logs/tui-import-2026-01-09-143022.log"
    ui.logPaths = ["~/.confighub/logs/tui-import-2026-01-08-090000.log", path]
    ui.log = .init(
      name: path,
      lines: (1...40).map {
        "14:30:\($0 + 10) scan found 支払いサービス-本番環境-東京リージョン-\($0) 🧑‍🚀 and one more thing"
      })
    return ui
  }
}
