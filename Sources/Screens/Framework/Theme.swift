import TerminalText
import Wizard

/// What a layout has to know about where it is shown.
package struct Theme: Sendable {
  package var glyphs: Glyphs
  package var isDemo: Bool
  /// Whom ConfigHub knew when it was asked last, in an earlier run.
  package var lastConnection: HubIdentity?

  package init(glyphs: Glyphs, isDemo: Bool = false) {
    self.glyphs = glyphs
    self.isDemo = isDemo
  }
}
