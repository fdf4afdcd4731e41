import TerminalText
import Wizard

/// All about one workload, and under it the object as the cluster has it.
enum DetailsLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .tabs, .logs, .rows, .searching,
    [
      KeyHandler(.details) { $0.takeOff(.details) },
      KeyHandler(.closeView) { $0.takeOff(.details) },
      KeyHandler(.retry) { $0.readObject() },
      KeyHandler(.openPager, isOffered: { state, _ in state.viewed?.text != nil }) {
        $0.openPager($0.state.viewed?.text)
      },
    ])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    guard let key = context.ui.detailedWorkload else { return }
    let details = WorkloadDetails(key, context.state)
    let lines = details.lines + [Line()] + object(of: details, context.state)
    canvas.text(
      lines.flatMap { wrapped($0, to: canvas.textWidth) }, context, rows: rows)
  }

  private static func object(of details: WorkloadDetails, _ state: WizardState) -> [Line] {
    guard let viewed = state.viewed, viewed.reference == details.reference else {
      return [.muted("r reads the object from the cluster.")]
    }
    switch viewed.content {
    case .reading: return [.muted("Reading the object…")]
    case .failed(let reason): return [.bad(reason), .muted("r tries again.")]
    case .read(let yaml):
      return [.muted("As the cluster has it, without what the cluster put in")]
        + yaml.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) }
    }
  }
}

extension [KeyHandler] {
  /// On screens with workloads.
  static let details = [KeyHandler(.details) { $0.showDetails() }]
}

extension KeyPress {
  fileprivate mutating func showDetails() -> Intent {
    guard case .workload(let key) = row?.id else {
      return say("Move to a workload to see all about it.")
    }
    ui.push(.details(key))
    if case .working = state.stage,
      state.viewed?.reference != WorkloadDetails(key, state).reference
    {
      return readObject()
    }
    return .nothing
  }

  fileprivate mutating func readObject() -> Intent {
    guard let key = ui.detailedWorkload, let reference = WorkloadDetails(key, state).reference
    else { return say("There is nothing to read: the object is gone.") }
    return .event(.readObject(reference))
  }
}

extension ViewedObject {
  fileprivate var text: LogText? {
    guard case .read(let yaml) = content else { return nil }
    return .init(name: "\(reference.name).yaml", text: yaml)
  }
}
