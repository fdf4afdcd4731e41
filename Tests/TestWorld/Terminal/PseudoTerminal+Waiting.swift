extension PseudoTerminal {
  /// Waits until `text` is on the screen, within one line; throws, with the whole screen, if it is
  /// not there in time or the program ended without it.
  public func waitFor(_ text: String, timeout: Duration = patience) throws {
    try waitFor("“\(text)” on the screen", timeout: timeout) { terminal in
      terminal.screen.contains { $0.contains(text) }
    }
  }

  /// Waits until `text` is nowhere on the screen; otherwise like `waitFor(_:)`.
  public func waitUntilGone(_ text: String, timeout: Duration = patience) throws {
    try waitFor("no “\(text)” on the screen", timeout: timeout) { terminal in
      !terminal.screen.contains { $0.contains(text) }
    }
  }

  /// Waits until the terminal is as `condition` wants it, which `what` says in words; looks again
  /// whenever the program writes.
  public func waitFor(
    _ what: String, timeout: Duration = patience,
    until condition: (TerminalEmulator) -> Bool
  ) throws {
    let met = state.wait(timeout) { state -> Bool? in
      if condition(state.emulator) { return true }
      return state.ending != nil || state.readingEnded ? false : nil
    }
    if met != true { throw failure("waited \(timeout) for \(what)") }
  }

  /// Waits until the program has ended and all it wrote is on the screen; throws, with the screen,
  /// if that takes longer than `timeout`.
  public func waitForExit(timeout: Duration = patience) throws -> Ending {
    if let ending = state.wait(timeout, until: { $0.ending }) { return ending }
    throw failure("waited \(timeout) for the program’s end")
  }

  private func failure(_ what: String) -> WorldFailure {
    state.read { state in
      let terminal = state.emulator
      let edge = "+" + String(repeating: "-", count: terminal.columns) + "+"
      let lines = terminal.screen.map { "|\($0)" }
      return WorldFailure(
        """
        \(what); the program \(state.reaped.map { "\($0)" } ?? "still runs"), \
        the cursor is \(terminal.cursorVisible ? "" : "hidden ")in row \(terminal.cursorRow), \
        column \(terminal.cursorColumn) of \(terminal.columns)×\(terminal.rows)
        \(edge)
        \(lines.joined(separator: "\n"))
        \(edge)
        """)
    }
  }

  /// A shell with job control that runs a program in the foreground, as a person's shell does: the
  /// program can be suspended (control-z), then `[suspended]` is shown, and enter brings it back;
  /// `[ended N]` shows its status at last. Start `/bin/sh` with these arguments.
  public static func jobControl(_ program: String, _ arguments: [String] = []) -> [String] {
    // 128 + SIGTSTP, SIGSTOP, SIGTTIN, SIGTTOU: the statuses of a job that was stopped.
    let script = """
      set -m
      "$@"
      status=$?
      while [ $status -ge 147 ] && [ $status -le 150 ]; do
        echo "[suspended]"
        read -r line
        fg >/dev/null
        status=$?
      done
      echo "[ended $status]"
      """
    return ["-c", script, "sh", program] + arguments
  }
}
