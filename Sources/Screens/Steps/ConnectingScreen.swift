import Wizard

/// Step 5: the worker has been chosen, and is not connected yet.
enum ConnectingScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(.step, .retryFailed, .retry, .skip, .localWorker)

  static let plain = PlainAnswers.wait

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    let slug = state.session.workerSlug ?? ""
    let worker = state.workers?.first { $0.slug == slug }
    var page = Page(title: "Worker \(slug) connecting")
    page.intro = [Line("Condition: \(worker?.condition ?? "not registered yet")")]
    page.intro += Line.waited(state)
    page.intro += [
      Line(),
      Line(
        (state.problem == nil ? "This goes on by itself when it is Ready. " : "")
          + "esc chooses another one, s goes on without."
      ).onlyOnScreen,
    ]
    return page
  }
}

extension PlainAnswers {
  /// What is asked when a wait has lasted.
  static let wait = PlainAnswers(emptyLine: .waitOn) { _ in
    "enter to wait on, skip, stop, or ? "
  }
}

extension Line {
  /// How long something outside has been waited for.
  static func waited(_ state: WizardState) -> [Line] {
    guard state.problem == nil, let since = state.waitingSince else { return [] }
    return [Line("Waited: \(max(0, state.now.seconds(since: since))) s").onlyOnScreen]
  }
}
