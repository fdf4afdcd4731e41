/// The signs to draw with: one set for terminals that show Unicode, one for those that do not.
///
/// All are one column wide, but for the check boxes and the ASCII ellipsis.
public struct Glyphs: Sendable {
  public let done: String
  public let current: String
  public let todo: String
  public let failed: String
  public let warning: String
  public let chosen: String
  public let unchosen: String
  /// Some of a group.
  public let partlyChosen: String
  /// Beside another sign of the row.
  public let marked: String
  /// A group whose rows are shown, and one whose rows are not.
  public let unfolded: String
  public let folded: String
  /// On the head of the column that rows are sorted by.
  public let ascending: String
  public let descending: String
  public let cursor: String
  /// Something goes up.
  public let uploading: String
  public let ellipsis: String
  /// Before a part of what stands above, and before its last part.
  public let branch: String
  public let lastBranch: String
  /// To be shown one after another, each for about a tenth of a second.
  public let spinner: [String]
  /// The part of a progress bar that is done, and the part that is not.
  public let barDone: String
  public let barToDo: String
  public let lines: Lines

  /// The pieces of boxes and rules.
  public struct Lines: Sendable {
    public let horizontal: String
    public let vertical: String
    public let topLeft: String
    public let topRight: String
    public let bottomLeft: String
    public let bottomRight: String
  }

  /// For locales with UTF-8; light lines and signs that are narrow everywhere but in old CJK fonts.
  public static let unicode = Glyphs(
    done: "✓", current: "▸", todo: "○", failed: "✗", warning: "⚠",
    chosen: "[x]", unchosen: "[ ]", partlyChosen: "[-]", marked: "◆", unfolded: "▾", folded: "▸",
    ascending: "▴", descending: "▾", cursor: "❯", uploading: "↑", ellipsis: "…",
    branch: "├─", lastBranch: "└─",
    spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
    barDone: "█", barToDo: "░",
    lines: Lines(
      horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
      bottomRight: "┘"))

  /// For every other locale, and for people who ask for it.
  public static let ascii = Glyphs(
    done: "+", current: ">", todo: "o", failed: "X", warning: "!",
    chosen: "[x]", unchosen: "[ ]", partlyChosen: "[-]", marked: "*", unfolded: "v", folded: ">",
    ascending: "^", descending: "v", cursor: ">", uploading: "^", ellipsis: "...",
    branch: "|-", lastBranch: "+-",
    spinner: ["|", "/", "-", "\\"],
    barDone: "#", barToDo: "-",
    lines: Lines(
      horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
      bottomRight: "+"))
}
