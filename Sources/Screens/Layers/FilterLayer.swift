import Wizard

/// The filter of the screen, which is typed above its rows.
enum FilterLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .typing,
    [
      KeyHandler(.keepFilter) { $0.takeOff(.filter) },
      KeyHandler(.dropFilter) { press in
        press.ui.filters[press.screen] = nil
        return press.takeOff(.filter)
      },
      KeyHandler(.upWhileFiltering) { $0.move(.up) },
      KeyHandler(.downWhileFiltering) { $0.move(.down) },
      KeyHandler(.pageUp) { $0.move(.pageUp) },
      KeyHandler(.pageDown) { $0.move(.pageDown) },
    ])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    context.visible.screen.room.layOut(context, on: &canvas, rows: rows)
  }
}
