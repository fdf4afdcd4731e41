import TerminalText
import Wizard

/// What a layout has to know about where it is shown.
public struct Theme: Sendable {
  public var glyphs: Glyphs
  /// `map-import`, or how it was called.
  public var program: String
  public var isDemo: Bool
  /// Whom ConfigHub knew when it was asked last, in an earlier run.
  public var lastConnection: HubIdentity?

  public init(glyphs: Glyphs, program: String = "map-import", isDemo: Bool = false) {
    self.glyphs = glyphs
    self.program = program
    self.isDemo = isDemo
  }
}
