import TerminalText
import Wizard

extension Page {
  /// What is about to be applied to the cluster, all but the secret.
  static func installing(_ state: WizardState) -> Page {
    let lines = (state.manifest ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    var page = Page(title: "To be applied to \(state.session.cluster.context)")
    if lines.contains(where: { $0.contains("cluster-admin") }) {
      page.intro.append(
        .warning("The worker becomes cluster-admin: it may do everything in this cluster."))
    }
    page.intro.append(
      Line("Its secret is not shown; kubectl alone gets it. enter asks for the word yes."))
    page.rows = lines.enumerated().map { index, line in
      Row(
        id: .text(index), cells: [String(line)],
        style: line.contains("cluster-admin") ? Style(.warning) : .plain)
    }
    page.outro = [Line("esc chooses another worker; nothing was applied yet.")]
    return page
  }
}
