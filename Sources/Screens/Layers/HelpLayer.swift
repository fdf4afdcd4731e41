import TerminalText
import Wizard

/// What the keys of the screen do, or of the layer, that is under the help.
enum HelpLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .tabs, .rows,
    [KeyHandler(.escape) { $0.toggleHelp() }])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    let bindings = Focus(underHelp: context.state, context.ui).bindings
    // The keys of a text come first, since they are of use only here.
    let isAboutText = { (binding: Binding) in binding.focuses.allSatisfy(\.isText) }
    let lines =
      [Line("Keys on this screen", Style(bold: true))]
      + (bindings.filter(isAboutText) + bindings.filter { !isAboutText($0) }).flatMap { binding in
        let keys = binding.keys.map(\.name).joined(separator: " ")
        let help = wrapped(Line(binding.help), to: canvas.textWidth - Metrics.helpKeys)
        return help.enumerated().map { number, line in
          let keys = padded(number == 0 ? keys : "", to: Metrics.helpKeys)
          return Line([(keys, Style(.accent)), (line.pieces.first?.text ?? "", .plain)])
        }
      }
    canvas.text(lines, context, rows: rows)
  }
}
