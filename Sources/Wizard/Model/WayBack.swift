/// How this program is called again so that it finds the same cluster, hub and sessions.
public struct WayBack: Hashable, Sendable {
  /// The program and the flags by which it finds its world, each a word: `--cub=/opt/cub`.
  public var program: [String]
  /// The program as its sessions are looked after, for which no other program is needed.
  public var keeper: [String]
  /// The cluster that was asked for on the command line.
  public var context: String?

  public init(
    program: [String] = ["map-import"], keeper: [String] = ["map-import"], context: String? = nil
  ) {
    self.program = program
    self.keeper = keeper
    self.context = context
  }

  /// What resumes a session that is the latest one, each flag a word.
  public func resuming(_ session: Session) -> [String] {
    // With a cluster, an unfinished session of it comes before a finished one.
    calling(["--resume"], context: session.isComplete ? nil : context)
  }

  public var startingNew: [String] { calling(["--new"], context: context) }

  private func calling(_ words: [String], context: String?) -> [String] {
    (program + (context.map { ["--context=\($0)"] } ?? [])).map(CommandLineText.quoted) + words
  }

  /// A sentence in which this program is named with a flag or a verb, as it has to be called here.
  public func told(_ sentence: String) -> String {
    func quoted(_ words: [String]) -> String {
      words.map(CommandLineText.quoted).joined(separator: " ")
    }
    // Only what is not said in full already.
    return ["--resume", "--new"].reduce(sentence) {
      $0.replacing("`map-import \($1)", with: "`\(quoted(program)) \($1)")
    }.replacing("`map-import sessions", with: "`\(quoted(keeper)) sessions")
      .replacing(" map-import sessions", with: " \(quoted(keeper)) sessions")
  }
}
