import TerminalText
import TestWorld
import Testing

@testable import Screens
@testable import Wizard

@Suite("The list of workloads")
struct WorkloadListTests {
  @Test(
    "A filter's terms all have to hold",
    arguments: [
      ("ord", ["debug-shell", "order-api", "order-cart", "order-search", "order-web"]),
      ("owner:argo", ["order-cart", "order-search", "order-web"]),
      ("owner:argo cart", ["order-cart"]),
      ("ns:payment kind:set", ["payment-agent", "payment-db"]),
      ("ready:no", ["payment-db"]),
      ("ready:n", ["payment-db"]),
      ("chosen:yes", ["payment-api", "payment-fraud"]),
      ("label:app=order-web", ["order-web"]),
      ("label:app=order", []),
      ("image:postgres", ["payment-db"]),
      ("OWNER:Argo WEB", ["order-cart", "order-search", "order-web"]),
      ("new:yes", ["order-web"]),
      ("ord !web", ["debug-shell", "order-api"]),
      ("owner:argo|native !order", ["payment-old"]),
      ("cart|search", ["order-cart", "order-search"]),
      ("!ready:yes", ["payment-db"]),
      ("-f ocart", ["order-cart"]),
      ("-f oapi|pdb", ["order-api", "payment-db"]),
      ("owner:native new:no kind:deploy label:app", ["debug-shell"]),
    ])
  func terms(_ filter: String, _ names: [String]) {
    var shop = Workshop(Sample.arranged)
    shop.filter(filter)
    #expect(shop.shown == names)
  }

  @Test("A term that there is not is named, and hides everything")
  func unknownTerm() {
    var shop = Workshop(Sample.arranged)
    shop.filter("color:red")
    #expect(shop.shown == [])
    #expect(shop.frame.contains("There is no term \"color:\""))
    shop.filter("ready:perhaps")
    #expect(shop.frame.contains("\"ready:\" takes yes or no."))
  }

  @Test("All shown are chosen, and hidden rows never change")
  func chooseShown() {
    var shop = Workshop(Sample.arranged)
    shop.filter("order-")
    shop.press(.character("a"))
    #expect(
      shop.chosen
        == [
          "debug-shell", "order-api", "order-cart", "order-search", "order-web", "payment-api",
          "payment-fraud",
        ])
    shop.press(.character("a"))
    #expect(shop.chosen == ["payment-api", "payment-fraud"])
    // In the order of the names, which is not that of the keys.
    shop.press(.escape, .character("<"), .character("o"), .character("O"), .character("a"))
    #expect(shop.chosen.count == 12)
    #expect(
      shop.state.session.selected.map(\.key) == shop.state.session.selected.map(\.key).sorted())
  }

  @Test("Rows that are folded away are hidden, too; their group's row chooses them")
  func folded() {
    var shop = Workshop(Sample.arranged)
    shop.press(.character("b"), .home, .left)
    #expect(shop.shown.prefix(2) == ["[order-prod]", "[payment-prod]"])
    shop.press(.character("a"))
    #expect(!shop.chosen.contains("order-api"))
    #expect(shop.chosen.count == 7)
    shop.press(.home, .character(" "))
    #expect(shop.chosen.count == 12)
    shop.press(.character(" "), .right)
    #expect(shop.chosen.count == 7)
    #expect(shop.shown.prefix(2) == ["[order-prod]", "debug-shell"])
  }

  @Test("Grouped by namespace, owner and application, and back to none")
  func groups() {
    var shop = Workshop(Sample.arranged)
    let heads = { (shop: inout Workshop) in shop.shown.filter { $0.hasPrefix("[") } }
    shop.press(.character("b"))
    #expect(heads(&shop) == ["[order-prod]", "[payment-prod]"])
    shop.press(.character("b"))
    #expect(heads(&shop) == ["[ArgoCD order-web]", "[Flux payments]", "[Native]", "[gone]"])
    shop.press(.character("b"))
    #expect(heads(&shop).count == 13)
    shop.press(.character("b"))
    #expect(heads(&shop) == [])
  }

  @Test("Sorted by each column, and the other way round")
  func sorted() {
    var shop = Workshop(Sample.arranged)
    shop.press(.character("<"), .character("o"))
    #expect(shop.shown == shop.shown.sorted())
    shop.press(.character("o"))
    #expect(shop.shown == shop.shown.sorted().reversed())
    shop.press(.character("O"))
    #expect(shop.shown == shop.shown.sorted())
    shop.press(.character(">"), .character(">"), .character(">"), .character("o"))
    #expect(shop.ui.notice == "Not grouped, sorted by owner.")
    #expect(shop.shown.prefix(3) == ["order-cart", "order-search", "order-web"])
    shop.press(.character(">"), .character("o"))
    #expect(shop.shown.first == "payment-db")
  }

  @Test("The cursor stays on its row whatever changes around it")
  func keepsPlace() {
    var shop = Workshop(Sample.arranged)
    shop.size = Size(columns: 80, rows: 24)
    for _ in 0..<7 { shop.press(.down) }
    let row = shop.row?.id
    #expect(row == .workload(Sample.key("payment-db")))
    for key in ["o", "o", "O", "b", "b", "o"] { shop.press(.character(Character(key))) }
    #expect(shop.row?.id == row)
    shop.filter("payment")
    #expect(shop.row?.id == row)
    shop.size = Size(columns: 60, rows: 16)
    #expect(shop.frame.contains("❯ [ ]   p"))
    #expect(shop.row?.id == row)
    // Hidden, it comes back under the cursor when it is shown again.
    shop.filter("order")
    #expect(shop.row?.id != row)
    shop.press(.escape)
    #expect(shop.row?.id == row)
    // A scan that finds others before it.
    let more = (0..<30).map { Sample.workload("aaa-\($0)", "aaa-prod") }
    shop.state.session.scan = ScanResult(
      namespaces: [], workloads: more + Sample.workloads, scannedAt: sampleNow)
    _ = shop.frame
    #expect(shop.row?.id == row)
  }

  @Test("While workloads arrive the list grows at its end and can be scrolled")
  func arriving() {
    var shop = Workshop(Sample.scanning)
    shop.press(.end)
    let row = shop.row?.id
    shop.state.arriving += (0..<100).map { Sample.workload("late-\($0)") }
    #expect(shop.shown.count == 105)
    #expect(shop.row?.id == row)
    shop.filter("late-99")
    #expect(shop.shown == ["late-99"])
    // The next scan begins with none of them.
    shop.state.arriving = []
    shop.state.arriving += [Sample.workload("late-99")]
    #expect(shop.shown == ["late-99"])
    shop.press(.escape)
    #expect(shop.shown == ["late-99"])
  }

  @Test("What is gone since the scan before is a row that cannot be chosen")
  func gone() {
    var shop = Workshop(Sample.arranged)
    #expect(shop.shown.contains("payment-old"))
    shop.filter("payment-old")
    shop.press(.character("a"))
    #expect(shop.ui.notice == "There is nothing to choose here.")
    shop.press(.character(" "))
    #expect(shop.chosen == ["payment-api", "payment-fraud"])
    #expect(shop.state.notice == "There is no workload payment-old.")
  }

  @Test("A namespace can be named where they cannot be listed")
  func namedNamespace() {
    var state = Sample.state(at: Position(.scan, .choosing))
    state.session.scope = ScanScope(context: "kind-atk")
    state.contexts = [ContextChoice(name: "kind-atk")]
    state.namespaces = nil
    state.problem = Failure(.other, "The namespaces of kind-atk could not be read: no right.")
    var shop = Workshop(state)
    shop.press(.character("e"))
    shop.type("-team")
    shop.press(.enter)
    #expect(shop.state.session.scope.namespaces == [])
    shop.press(.control("u"))
    shop.type("team-a")
    shop.press(.enter)
    #expect(shop.state.session.scope.namespaces == ["team-a"])
    #expect(shop.frame.contains("Named: team-a; enter scans"))
    shop.press(.enter)
    #expect(shop.state.phase == .scanning)
  }

  @Test("What signs in to the cluster says it above the rows, as long as it is waited for")
  func signInWords() {
    var state = Sample.state(at: Position(.scan, .choosing))
    state.session.scope = ScanScope(context: "kind-atk")
    state.namespaces = nil
    let words = "To sign in, open the page https://login.example.com/device and enter QX7H-2KLM"
    var running = WizardState.Running(
      work: .cluster(.listNamespaces(context: "kind-atk")), since: sampleNow)
    let wait = ClusterWait(signInSays: words)
    running.waits = [
      wait.what: .init(
        wait: wait, until: Timestamp(seconds: sampleNow.seconds + Int64(wait.seconds)))
    ]
    state.running = [EffectID(1): running]
    var shop = Workshop(state)
    shop.size = Size(columns: 80, rows: 24)
    let flat = shop.frame.split(separator: "\n").map { $0.filter { $0 != "│" } }.joined(
      separator: " "
    )
    .split(separator: " ").joined(separator: " ")
    #expect(flat.contains(words), "\(shop.frame)")
    state.running = [:]
    #expect(state.signInWords == nil)
  }

  @Test("Why a workload is not chosen by itself stands above the list and with the workload")
  func reserved() throws {
    var state = Sample.state(at: Position(.review))
    let workloads = Sample.workloads.enumerated().map { number, workload in
      var workload = workload
      workload.reservation = number == 0 ? .finished : number < 3 ? .helmHook : nil
      return workload
    }
    state.session.scan = ScanResult(namespaces: ["payment-prod"], workloads: workloads)
    var shop = Workshop(state)
    let text = shop.frame
    #expect(text.contains("Not chosen by themselves: 2 Helm's hooks, 1 finished."))
    let details = WorkloadDetails(workloads[0].key, state).lines.map(\.text)
    #expect(details.contains("Not chosen by itself: it has finished, and would run again"))
  }

  @Test("Labels are shown without their secrets, and kept as they are")
  func labels() {
    var state = Sample.arranged
    var workload = Sample.workload("careless")
    workload.labels = Labels(["token": "canary", "app": "shop"])
    state.session.scan?.workloads = [workload]
    let text = WorkloadDetails(workload.key, state).lines.map { String(describing: $0) }.joined()
    #expect(text.contains("token=[redacted]") && text.contains("app=shop"), "\(text)")
    #expect(!text.contains("canary"))
  }

  @Test("The index finds and sorts as a plain search and sort do", arguments: 0..<20)
  func index(_ seed: UInt64) {
    var random = Seeded(seed)
    let names = ["a", "ab", "Ä", "日本", "web-web", "x\u{1B}[1m", "payment-api", "PAY"]
    let workloads = (0..<60).map { number in
      Sample.workload(
        names[random.below(names.count)] + "-\(random.below(20))", names[random.below(3)],
        kind: WorkloadKind.allCases[random.below(5)])
    }
    var index = WorkloadIndex()
    for workload in workloads { index.append(workload) }
    for needle in ["a", "pay", "ä", "日", "web-w", "1m-1", "\u{1B}"] {
      var shown = [Bool](repeating: true, count: workloads.count)
      index.narrow(&shown, to: Array(needle.lowercased().utf8), in: .name)
      #expect(
        shown == workloads.map { $0.key.name.lowercased().contains(needle.lowercased()) },
        "\(needle)")
    }
    let byName = index.order(by: .name).map { Array(workloads[Int($0)].key.name.lowercased().utf8) }
    #expect(zip(byName, byName.dropFirst()).allSatisfy { !$1.lexicographicallyPrecedes($0) })
    #expect(Set(index.order(by: .kind)) == Set(0..<60))
  }
}
