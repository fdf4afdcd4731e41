import TerminalText
import Wizard

/// Step 5: what is about to be applied to the cluster for a worker there, all but the secret.
enum InstallScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .retry, .rows, .shifting, .searching,
    [
      KeyHandler(.goOn) { $0.edit(.installation) },
      KeyHandler(.openPager) { press in
        press.openPager(press.state.manifest.map { .init(name: "worker.yaml", text: $0) })
      },
    ])

  static let plain = PlainAnswers(emptyLine: .press(.goOn)) { _ in
    "enter to be asked for the word yes, stop, or ? "
  }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? { "type yes" }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    let lines = (state.manifest ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    var page = Page(title: "To be applied to \(state.session.cluster.context)")
    if lines.contains(where: { $0.contains("cluster-admin") }) {
      page.intro.append(
        .warning("The worker becomes cluster-admin: it may do everything in this cluster."))
    }
    page.intro.append(
      Line("Its secret is not shown; kubectl alone gets it. enter asks for the word yes.")
        .onlyOnScreen)
    page.rows = Rows(
      lines.enumerated().map { index, line in
        Row(
          id: .text(index), cells: [String(line)],
          style: line.contains("cluster-admin") ? Style(.warning) : .plain)
      })
    page.outro = [Line("esc chooses another worker; nothing was applied yet.")]
    page.margin = 0
    page.plain.isVerbatim = true
    return page
  }
}
