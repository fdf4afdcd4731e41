import TerminalText
import Wizard

/// What the keys of the screen do, or of the layer, that is under the help; in groups.
enum HelpLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .tabs, .rows, .searching,
    [KeyHandler(.closeView) { $0.toggleHelp() }])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    canvas.text(
      lines(of: Focus(underHelp: context.state, context.ui), width: canvas.textWidth), context,
      rows: rows)
  }

  /// Each group with its keys; a group without a key that works there is left out.
  private static func lines(of focus: Focus, width: Int) -> [Line] {
    var lines: [Line] = []
    for section in Binding.Section.allCases {
      let bindings = section.bindings.filter { focus.handler(of: $0.action) != nil }
      if bindings.isEmpty { continue }
      if !lines.isEmpty { lines.append(Line()) }
      lines.append(Line(section.rawValue, Style(bold: true)))
      for binding in bindings { lines += self.lines(of: binding, width: width) }
    }
    return lines
  }

  private static func lines(of binding: Binding, width: Int) -> [Line] {
    let keys = binding.keys.map(\.name).joined(separator: " ")
    let help = wrapped(Line(binding.help), to: width - Metrics.helpKeys)
    return help.enumerated().map { number, line in
      let keys = padded(number == 0 ? keys : "", to: Metrics.helpKeys)
      return Line([(keys, Style(.accent)), (line.pieces.first?.text ?? "", .plain)])
    }
  }
}
