/// A proposal that was written to a file and came back, perhaps edited by hand.
public struct Plan: Hashable, Sendable {
  public var proposal: Proposal
  /// As a person knows it.
  public var file: String
  /// On which line of the file each member stands, from 1.
  public var lines: [ObjectReference: Int]

  public init(proposal: Proposal, file: String, lines: [ObjectReference: Int]) {
    self.proposal = proposal
    self.file = file
    self.lines = lines
  }

  func sentence(about member: ObjectReference, _ what: String) -> String {
    let line = lines[member].map { ", line \($0)" } ?? ""
    return "The plan \(file)\(line): \(what)."
  }
}
