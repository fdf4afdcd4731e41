import TerminalText
@testable import Wizard

@testable import Screens

/// Every step and tab with wide names, as far as `Shot.wide` does not have it.
extension Shot {
  static let steps: [Shot] = [
    wide("contexts-wide", Position(.scan, .choosing)) { $0.session.scope.context = "" },
    wide("namespaces-wide", Position(.scan, .choosing)) {
      $0.session.scope.namespaces = ["支払い-prod", "🧑‍🚀-team"]
    },
    wide("scanning-wide", Position(.scan, .choosing)) { state in
      state.session.scope.namespaces = ["支払い-prod", "🧑‍🚀-team"]
      (state, _) = reduce(state, .goOn, at: sampleNow)
      state.arriving += Sample.wide.session.scan?.workloads ?? []
    },
    wide("signing-in-wide", Position(.connect, .signingIn)) {
      $0.signIn = .signedOut(reason: "cub にサインインしていません。もう一度サインインしてください。🔑")
    },
    wide("confirming-wide", Position(.connect, .confirming)),
    wide("connecting-wide", Position(.worker, .connecting)) {
      $0.session.workerSlug = "東京-worker-🚀"
    },
    wide("waiting-wide", Position(.targets, .waiting)),
    wide("binding-wide", Position(.targets, .binding)) {
      $0.session.targetSlug = "東京-ターゲット-🚀-kubernetes-yaml-とても長い名前のターゲットです"
    },
    wide("verify-wide", Position(.verify)) { $0.session.report = report },
    wide("complete-wide", Position(.complete)) { $0.session.report = report },
    wide("prompt-wide", Position(.worker, .connecting)) { state in
      state.stage = .prompt(
        FoundSession(
          session: state.session, age: Age(seconds: 60),
          obstacle: .held("map-import 0.1.0, process 4711 on 東京のノートパソコン-🚀 since 16:40")))
    },
    wide("panel-wide", Position(.complete), keys: [.character("2")]) {
      $0.session.report = report
    },
    wide("cluster-wide", Position(.review), keys: [.character("1"), .character("b")]),
    wide("details-wide", Position(.review), keys: [.character("p")]),
    wide("left-out-wide", Position(.review), keys: [.character("l")]),
    commands(
      "commands-wide",
      wide("", Position(.select)) { $0.session.scope.namespaces = ["支払い-prod"] }.state
    ),
    wide("help-wide", Position(.review), keys: [.character("?")]),
    wide("leaving-wide", Position(.connect, .creating)) {
      $0.running = Sample.leaving.running
      $0.isAskedToLeave = true
      $0.isCreating = true
    },
    wide("not-saved-wide", Position(.review)) {
      $0.saving = .failed(
        reason: "The session is not saved: 書き込みに失敗しました。ディスクに空きがありません。💾")
    },
  ]

  /// A state whose cluster, namespaces, workloads and people all have wide names.
  static func wide(
    _ name: String, _ position: Position, keys: [Key] = [],
    _ change: (inout WizardState) -> Void = { _ in }
  ) -> Shot {
    changed(name, position, keys: keys) { state in
      let context = "東京-クラスター-🚀"
      state.contexts = [
        ContextChoice(name: context, server: "https://東京.example.com:6443"),
        ContextChoice(
          name: "とても長い名前のクラスター-本番環境-大阪リージョン-🧑‍🚀",
          server: "https://とても長い名前のサーバー.example.com:6443"),
      ]
      state.currentContext = context
      state.namespaces = ["支払い-prod", "주문-서비스", "🧑‍🚀-team", "kube-system"]
      state.session.cluster.context = context
      state.session.scope.context = context
      if position.step >= .review {
        state.session.scan = Sample.wide.session.scan
        state.session.scan?.leftOut = [
          Omission(what: "cronjobs in 支払い-prod", why: "権限がありません、管理者に聞いてください", isGap: true),
          Omission(what: "Secret 支払い-prod/パスワード", why: "never read", isGap: false),
        ]
      }
      if position.step >= .connect {
        let identity = HubIdentity(
          server: "https://東京.confighub.example", organization: "株式会社支払いサービス東京支社",
          user: "山田太郎@example.com")
        state.signIn = .signedIn(identity)
        state.session.hub = identity
      }
      change(&state)
    }
  }

  private static let report = Report(checks: [
    .init(subject: "unit payment-api", verdict: .ok, detail: "content as intended"),
    .init(
      subject: "unit payment-fraud", verdict: .mismatch,
      detail: "changed in the cluster since: ConfigMap 支払いサービス-本番環境-東京リージョンの設定-🚀"),
    .init(subject: "worker 東京-worker-🚀", verdict: .notVerified, detail: "left out"),
  ])
}
