import Testing

@testable import Wizard

@Suite("What is left to do at the end")
struct DeliveryStepsTests {
  private func state(
    today: Bool = true, applies: Bool = false, worker: String = "own", isReleased: Bool = true,
    space: String = "payment-team", server: String? = "https://hub.confighub.com",
    owner: Owner = .native
  ) -> WizardState {
    var state = WizardState(now: Timestamp(seconds: 0))
    var identity = HubIdentity(server: server)
    (identity.deliversReleasesOnly, identity.appliesUnits) = (today, applies)
    state.signIn = .signedIn(identity)
    state.session.position = Position(.complete)
    state.session.cluster.context = "kind-atk"
    let workloads = [Workload.sample(0, owner: owner), .sample(1)]
    state.session.scan = ScanResult(namespaces: [], workloads: workloads)
    state.session.proposal = Naming.propose(for: workloads)
    state.session.proposal?.appSpace = space
    for (number, unit) in (state.session.proposal?.units ?? []).enumerated() {
      state.session.operations.append(
        Operation(
          id: "op-\(number)", kind: .createUnit, key: "\(space)/\(unit.slug)", state: .done))
    }
    state.session.workerSlug = worker
    if isReleased {
      state.session.targetSlug = "\(worker)-releases"
      state.session.operations.append(
        Operation(id: "op-9", kind: .publishRelease, key: .init(space: space), state: .done))
    } else {
      state.session.stepsSkipped = [.worker, .targets]
    }
    state.operationIndex.follow(state.session)
    return state
  }

  private func script(_ state: WizardState) -> String {
    state.deliverySteps.flatMap { $0.lines(width: .max) }.joined(separator: "\n")
  }

  @Test("Today, released: how Argo CD and Flux pull it, with the names of this import")
  func released() {
    let state = state()
    let words = state.deliverySteps.map(\.words)
    #expect(words.count == 6 && words[0].hasPrefix("Argo CD (3.1 or later), 1"), "\(words)")
    let script = script(state)
    for part in [
      "space=payment-team worker=own host=oci.hub.confighub.com",
      #"--from-literal=url="oci://$host/space/$space""#,
      "argocd.argoproj.io/secret-type=repo-creds", "repoURL: 'oci://$host/space/$space'",
      "argocd app diff argocd/payment-team", "create secret docker-registry",
      "kind: OCIRepository, metadata: {name: payment-team, namespace: flux-system}",
      "ref: {tag: latest}", "secretRef: {name: confighub-payment-team}", "prune: false",
      "--context=kind-atk", "cub release publish payment-team",
    ] {
      #expect(script.contains(part), "\(part)")
    }
    #expect(!script.contains("worker create") && !script.contains("unit apply"))
  }

  @Test("What changes nothing before it is synced does not sync")
  func argo() {
    let steps = state().deliverySteps.filter { $0.words.hasPrefix("Argo CD") }
    let syncs = steps.map { $0.lines(width: .max).contains { $0.contains("argocd app sync") } }
    #expect(syncs == [false, false, true])
  }

  @Test("Where only Flux is at work, it comes first")
  func flux() {
    let owner = Owner(.flux, name: "payment", namespace: "flux-system")
    #expect(state(owner: owner).deliverySteps.first?.words.hasPrefix("Flux, 1") == true)
  }

  @Test("Today, left out: what makes the release comes first, the worker's user let in")
  func leftOut() {
    let state = state(isReleased: false)
    let script = script(state)
    #expect(script.contains("cub worker create --space payment-team own --is-server-worker"))
    #expect(
      script.contains(
        #"cub target create own-releases --space payment-team --allow-exists --permission "View:$user" --permission "ViewChildren:$user""#
      ))
    #expect(script.contains("--release-target payment-team/own-releases"))
    #expect(script.contains("for unit in order payment; do cub unit set-target"), "\(script)")
    #expect(state.deliverySteps[2].words.hasPrefix("Argo CD"))
  }

  @Test("The Space's own target, where it may not let the worker in")
  func letIn() {
    var state = state()
    state.session.targetSlug = "clusters/prod"
    state.workers = [Worker(slug: "own", id: "w", condition: "Ready", userID: "u")]
    state.targets = [
      Target(
        slug: "clusters/prod", id: "t", providerType: "", isReleaseTarget: true, pullers: [])
    ]
    #expect(script(state).contains("cub target update prod --space clusters --patch --permission"))
    state.targets?[0].pullers = ["u"]
    #expect(!script(state).contains("target update"))
  }

  @Test("An older cub: its worker applies the units; one between makes an OCI target")
  func older() {
    let applied = script(state(today: false, applies: true))
    #expect(
      applied
        == #"for unit in order payment; do cub unit apply --space payment-team --wait "$unit"; done"#
    )
    let skipped = script(state(today: false, applies: true, isReleased: false))
    #expect(skipped.hasPrefix("cub worker run --space payment-team own\ncub target list"))
    let between = script(state(today: false, isReleased: false))
    #expect(between.contains("cub target create own-releases '{}' own"))
    #expect(between.contains("--provider OCI --toolchain Any"))
  }

  @Test("Nothing is said before the end, or of a cub that nobody asked")
  func nothing() {
    var state = state()
    state.session.position = Position(.verify)
    #expect(state.deliverySteps.isEmpty)
    state.session.position = Position(.complete)
    state.signIn = nil
    #expect(state.deliverySteps.isEmpty)
  }

  @Test(
    "The releases are at the server's name with oci. before it, or on this machine",
    arguments: [
      ("https://hub.confighub.com/api", "host=oci.hub.confighub.com"),
      ("https://hub.example.com:8443", "host=oci.hub.example.com"),
      ("http://localhost:9090", "host=localhost:9092"), (nil, "host=oci.hub.confighub.com"),
      ("http://[::1]:9090", "host=localhost:9092"),
    ])
  func hosts(server: String?, host: String) {
    let script = script(state(server: server))
    #expect(script.contains(host + "\n"), "\(script)")
    let words = state(server: server).deliverySteps[0].words
    #expect(
      words.contains("set host to") == (server.map { !$0.contains("hub.confighub") } ?? false))
    #expect(script.contains("insecure: true") == (server?.hasPrefix("http:") == true))
  }

  @Test("No line is wider than asked, however long the names")
  func width() {
    let long = String(repeating: "long-name.", count: 12) + "End"
    for state in [
      state(worker: long, space: long), state(worker: long, isReleased: false, space: long),
    ] {
      let lines = state.deliverySteps.flatMap { $0.lines(width: 76) }
      // A name alone may be that long.
      #expect(lines.allSatisfy { $0.count <= 76 || $0.contains(long) }, "\(lines)")
      let pulling = state.deliverySteps.filter {
        $0.words.hasPrefix("Argo") || $0.words.hasPrefix("Flux")
      }
      #expect(pulling.flatMap { $0.lines(width: 76) }.allSatisfy { $0.count <= 76 })
    }
  }
}
