import TerminalText
import Wizard

/// A whole screen before it is drawn: what stands where, and all that keys and clicks depend on.
///
/// It is computed once for a state, a view and a size; the frame is drawn from it, and the next key is
/// pressed on it.
package struct ScreenLayout {
  let focus: Focus
  let visible: VisiblePage
  var size = Size(columns: 0, rows: 0)
  var glyphs = Glyphs.unicode
  var elements: [Element] = []
  var regions: [Region] = []
  var cursor: CellPosition?
  var scroll = ScrollLimits()
  var searchable: Searchable?
  /// What the pane beside the list would show, and has to be asked for when the cursor has rested.
  package var lacking: Glance.Subject?
  /// The pane shows the log of this run, which is to be read again while it does.
  package var showsRunLog = false

  /// What a frame is drawn from, in this order; a later one covers those before it.
  enum Element {
    case text(String, row: Int, column: Int, style: Style, width: Int?)
    case fill(row: Int, columns: Range<Int>, style: Style)
    case rule(row: Int)
    case box(row: Int, column: Int, size: Size)
  }
}

/// How far what has the keys can be scrolled.
struct ScrollLimits {
  /// How many rows there is room for.
  var height = 10
  /// The last line that can be the first one, of a text.
  var end = 0
  /// By how much the longest visible line of a text goes on beyond the screen.
  var overhang = 0
  /// What scrolls, and where it stands now that it is known how many rows there is room for.
  var position: (focus: Focus, ViewState.ScrollPosition)?
}

/// What is laid out: a state, where a person is looking, and the page that comes of both.
struct LayoutContext {
  let state: WizardState
  let ui: ViewState
  let visible: VisiblePage
  let focus: Focus

  var page: Page { visible.page }
}

/// Lays out the whole screen. `ui` is brought up to date with the state first, and keeps where lists
/// and texts are scrolled to.
package func layout(
  _ state: WizardState, _ ui: inout ViewState, size: Size, theme: Theme
) -> ScreenLayout {
  ui.columns = size.columns
  ui.commandWidth = Metrics.rowCommandWidth(of: size.columns)
  var layout = ui.unseenLayout(state)
  if layout.focus == .layer(.omissions) {
    ui.omissions.update(for: state, columns: size.columns, theme)
  }
  var canvas = Canvas(size: size, theme: theme)
  canvas.whole(
    LayoutContext(state: state, ui: ui, visible: layout.visible, focus: layout.focus))
  if let (focus, position) = canvas.scroll.position { ui.positions[focus] = position }
  layout.size = size
  layout.glyphs = theme.glyphs
  layout.elements = canvas.elements
  layout.regions = canvas.regions
  layout.cursor = canvas.cursor
  layout.scroll = canvas.scroll
  layout.searchable = canvas.searchable
  layout.lacking = canvas.lacking
  layout.showsRunLog = canvas.showsRunLog
  return layout
}

extension ViewState {
  /// A layout that keys can be pressed on where nothing is drawn.
  mutating func unseenLayout(_ state: WizardState) -> ScreenLayout {
    let visible = update(for: state)
    return ScreenLayout(focus: Focus(state, self), visible: visible)
  }
}

/// The frame of a layout.
package func draw(_ layout: ScreenLayout) -> Frame {
  var frame = Frame(layout.elements, size: layout.size, glyphs: layout.glyphs)
  frame.cursor = layout.cursor
  return frame
}

extension Frame {
  init(_ elements: [ScreenLayout.Element], size: Size, glyphs: Glyphs) {
    self.init(size: size)
    for element in elements {
      switch element {
      case .text(let text, let row, let column, let style, let width):
        put(text, row: row, column: column, style: style, width: width)
      case .fill(let row, let columns, let style):
        fill(row: row, columns: columns, style: style)
      case .rule(let row):
        drawLine(row: row, columns: 0..<size.columns, glyphs: glyphs, style: Style(.muted))
      case .box(let row, let column, let box):
        drawBox(row: row, column: column, size: box, glyphs: glyphs)
      }
    }
  }
}
