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
    let name = "map-import "
    let (program, keeper) = (said(program), said(keeper))
    var told = ""
    var rest = sentence[...]
    while let found = rest.firstRange(of: name) {
      let isWord = rest[..<found.lowerBound].last.map { "` (\n".contains($0) } ?? told.isEmpty
      let after = rest[found.upperBound...]
      told += rest[..<found.lowerBound]
      if isWord, after.hasPrefix("sessions") {
        told += keeper
      } else if isWord, after.hasPrefix("--"),
        // Only what is not said in full already.
        ![program, keeper].contains(where: { $0 != name && rest[found.lowerBound...].hasPrefix($0) }
        )
      {
        told += program
      } else {
        told += name
      }
      rest = after
    }
    return (told + rest).replacing("`map-import`", with: "`\(program.dropLast())`")
  }

  /// With a space at its end.
  private func said(_ words: [String]) -> String {
    words.map(CommandLineText.quoted).joined(separator: " ") + " "
  }
}
