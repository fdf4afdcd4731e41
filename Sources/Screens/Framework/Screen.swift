import Wizard

/// The room of one screen: what it shows, its keys with what they do, and how plain lines ask.
///
/// To add a screen, add a case to `ScreenID`; the compiler then asks for its room.
protocol Screen {
  /// Its own keys, besides those that every screen has.
  static var keys: [KeyHandler] { get }

  /// Which of these matter most, with a word for each: the key line names them before all others.
  static var foremost: KeyValuePairs<Action, String> { get }

  /// Whether it only lies over another screen: what leaves the wizard elsewhere closes it.
  static var isView: Bool { get }

  /// How it is answered where there is no screen.
  static var plain: PlainAnswers { get }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page

  /// What enter does on this row, for the key line; `nil` where it does nothing.
  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String?

  /// The workloads that it lists; `nil` for a screen without such a list.
  static func workloads(_ state: WizardState) -> WorkloadList.Source?

  /// Lays out what stands between the rule and the status line.
  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>)
}

extension Screen {
  static var foremost: KeyValuePairs<Action, String> { [:] }

  static var isView: Bool { false }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? { "go on" }

  static func workloads(_ state: WizardState) -> WorkloadList.Source? { nil }

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    canvas.page(context, rows: rows)
  }
}

/// How a screen is answered on plain lines.
struct PlainAnswers: Sendable {
  /// What an empty line means.
  enum EmptyLine: Sendable {
    /// The step goes on, where the screen has a key for that.
    case goOn
    /// As if the key of this action were pressed.
    case press(Action)
    /// The row that the cursor stands on at first is taken; or that only if it is ready.
    case takeFirst(isReady: Bool)
    /// The wait goes on, and is asked about again later.
    case waitOn
    /// Nothing: this sentence says what to answer.
    case refuse(String)
  }

  /// What the numbers of rows alone mean.
  enum Numbers: Sendable { case nothing, choose, take, takeSeveral, show }

  /// What is asked while nothing runs; `nil` where there is nothing to be asked.
  var question: @Sendable (WizardState) -> String?
  var emptyLine = EmptyLine.goOn
  var numbers = Numbers.nothing

  init(
    emptyLine: EmptyLine = .goOn, numbers: Numbers = .nothing,
    _ question: @escaping @Sendable (WizardState) -> String?
  ) {
    self.question = question
    self.emptyLine = emptyLine
    self.numbers = numbers
  }

  /// Where enter goes on and nothing else has to be asked.
  static let goOn = PlainAnswers { _ in "enter to go on, or ? " }
}
