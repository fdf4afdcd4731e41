import Wizard

/// Steps 4 to 7: nobody is signed in to ConfigHub.
enum SignInScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(.step, .goOn, .retry)

  static let plain = PlainAnswers { _ in
    "enter to sign in here, retry if you did elsewhere, or ? "
  }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    if case .signedOut = state.signIn { "sign in" } else { nil }
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    var page = Page(title: "Sign in to ConfigHub")
    guard case .signedOut(let reason) = state.signIn else {
      if state.problem == nil { page.intro = [Line("Asking ConfigHub who is signed in…")] }
      return page
    }
    // cub, or what is said about it, may name the command already.
    let what = reason.contains("cub auth login") ? "does that" : "runs `cub auth login`"
    page.intro = [
      .warning(reason), Line(),
      Line("enter \(what) here, on this terminal, and comes back.").onlyOnScreen,
      Line("r asks again, if you sign in elsewhere. Nothing is lost meanwhile.").onlyOnScreen,
    ]
    return page
  }
}
