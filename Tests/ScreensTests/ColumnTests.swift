import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("The columns of a list")
struct ColumnTests {
  /// Two of one name, in a scan that knows all of each.
  private var twins: WizardState {
    var state = Sample.arranged
    let long = "a-name-that-is-as-long-as-names-become-in-a-cluster"
    let twins = [WorkloadKind.deployment, .statefulSet].map {
      Sample.workload(long, "order-production-of-the-east", kind: $0)
    }
    let workloads = (state.session.scan?.workloads ?? []) + twins
    state.session.scan?.workloads = workloads.sorted { $0.key < $1.key }
    return state
  }

  private func frame(
    _ state: WizardState, columns: Int, _ keys: [Key] = [], pane: PaneContent = .details
  ) -> String {
    var shop = Workshop(state)
    shop.size = Size(columns: columns, rows: 50)
    shop.ui.pane = pane
    shop.press(keys)
    return shop.frame
  }

  @Test(
    "Two workloads of one name are told apart at any width, however the list is arranged",
    arguments: [60, 70, 80, 99, 100, 119, 120, 121, 150, 200],
    [[], ["c"], ["c", "c"], ["b"], ["b", "b"], ["b", "b", "b"]])
  func kinds(columns: Int, keys: [String]) {
    let frame = frame(
      twins, columns: columns, keys.map { .character(Character($0)) } + [.character("g")])
    #expect(frame.contains("KIND"))
    for kind in ["Deployment", "StatefulSet", "DaemonSet"] {
      #expect(frame.contains(kind), "\(kind)")
    }
  }

  @Test(
    "At 200 columns nothing is cut, with the pane and without",
    arguments: [PaneContent.details, .none])
  func nothingCut(pane: PaneContent) {
    for keys in [[], [.character("b")]] as [[Key]] where keys.isEmpty || pane == .none {
      let frame = frame(twins, columns: 200, keys, pane: pane)
      #expect(!frame.contains("…"), "\(frame)")
    }
    for name in ["select", "confirming-plan", "complete", "creating-failed"] {
      guard let shot = Shot.every.first(where: { $0.name == name }) else {
        Issue.record("\(name)")
        continue
      }
      #expect(!frame(shot.state, columns: 200, pane: pane).contains("…"), "\(name)")
    }
  }

  @Test("As many columns are shown as fit, by what they are worth")
  func ranks() {
    func heads(_ columns: Int) -> Set<String> {
      let known: Set = ["WORKLOAD", "NAMESPACE▴", "KIND", "OWNER", "READY", "AGE", "CHANGE"]
      return Set(
        frame(Sample.arranged, columns: columns, pane: .none).split { $0.isWhitespace }.map(
          String.init)
      )
      .intersection(known)
    }
    #expect(heads(60) == ["WORKLOAD", "NAMESPACE▴", "KIND", "OWNER"])
    #expect(heads(80).isSuperset(of: ["KIND", "OWNER", "READY", "CHANGE"]))
    #expect(heads(200).count == 7)
    // What is wider never shows less.
    for columns in 60..<140 {
      #expect(heads(columns).isSubset(of: heads(columns + 1)), "\(columns)")
    }
  }

  @Test("Columns without room are moved into sight, and names and kinds stay")
  func sideways() {
    var shop = Workshop(Sample.arranged)
    shop.size = Size(columns: 60, rows: 24)
    #expect(!shop.frame.contains("READY"))
    shop.press(.right)
    #expect(shop.frame.contains("READY") && !shop.frame.contains("NAMESPACE"))
    #expect(shop.frame.contains("KIND") && shop.frame.contains("1 column out of sight"))
    for _ in 0..<9 { shop.press(.right) }
    #expect(shop.frame.contains("CHANGE") && shop.frame.contains("payment-api"))
    #expect(shop.ui.notice == "These are the last columns.")
    for _ in 0..<9 { shop.press(.left) }
    #expect(shop.frame.contains("NAMESPACE") && shop.ui.notice == "These are the first columns.")
    shop.size = Size(columns: 200, rows: 24)
    _ = shop.frame
    shop.press(.right)
    #expect(shop.ui.notice == "All columns are shown.")
  }

  @Test("READY counts where the scan does, and AGE is there where a scan says it")
  func known() {
    #expect(frame(Sample.arranged, columns: 120).contains("1/3"))
    #expect(frame(Sample.arranged, columns: 160).contains("12d"))
    var state = Sample.arranged
    for index in state.session.scan?.workloads.indices ?? 0..<0 {
      state.session.scan?.workloads[index].replicas = nil
      state.session.scan?.workloads[index].created = nil
    }
    let old = frame(state, columns: 160)
    #expect(old.contains("yes") && old.contains("no") && !old.contains("AGE"))
  }

  @Test("Sorted by age, the youngest comes first")
  func ages() throws {
    var state = Sample.arranged
    let web = try #require(state.session.scan?.workloads.firstIndex { $0.key.name == "order-web" })
    state.session.scan?.workloads[web].created = Timestamp(seconds: sampleNow.seconds - 60)
    var shop = Workshop(state)
    shop.press(.character("<"), .character("<"), .character("o"))
    #expect(shop.ui.notice == "Not grouped, sorted by age.")
    #expect(shop.shown.first == "order-web")
  }

  @Test("Step 3 says which workload a unit holds, and how many more")
  func workloads() {
    var state = Sample.state(at: Position(.select))
    #expect(frame(state, columns: 80).contains("WORKLOAD"))
    #expect(frame(state, columns: 80).contains("Deployment payment-api"))
    state.session.proposal?.units[0].members += [
      ObjectReference(apiVersion: "batch/v1", kind: "CronJob", namespace: "a", name: "nightly")
    ]
    #expect(frame(state, columns: 160).contains("Deployment payment-api, 1 more"))
  }
}
