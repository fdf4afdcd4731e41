import TerminalText
import Wizard

@testable import Screens

typealias Look = Theme

/// The frame of a state, as the loop of the program draws it.
func view(
  _ state: WizardState, _ ui: inout ViewState, size: Size, look: Theme
) -> Frame {
  draw(layout(state, &ui, size: size, theme: look))
}

/// A key where it does not matter how much room there is: on nothing that was drawn.
func dispatch(_ key: Key, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  press(key, ui.unseenLayout(state), state, &ui)
}
