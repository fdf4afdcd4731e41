import Wizard

extension ViewState {
  /// Shows the command line that would do the same, and what was run, on a screen so wide.
  package mutating func show(
    _ twin: EquivalentCommand, _ programs: [RunProgram], next steps: [DeliveryStep] = [],
    columns: Int
  ) {
    log = LogText(
      name: "The same as a command, and what was run",
      lines: commandLines(twin, programs, next: steps, width: Metrics.commandWidth(of: columns)))
    logPaths = []
  }
}

/// The lines of all, what is to be done next first and the latest program last.
package func commandLines(
  _ twin: EquivalentCommand, _ programs: [RunProgram], next steps: [DeliveryStep] = [], width: Int
) -> [String] {
  var lines = steps.flatMap { step in
    folded(step.commands.isEmpty ? step.words : "\(step.words):", width: width)
      + step.lines(width: width).map { "  " + $0 } + [""]
  }
  if let missing = twin.missing {
    lines += folded(missing, width: width)
  } else {
    lines += ["What was chosen so far, without questions:", ""]
    lines += twin.lines(width: width).map { "  " + $0 }
    lines += twin.notes.isEmpty ? [] : [""] + twin.notes.flatMap { folded($0, width: width) }
  }
  lines += ["", programs.isEmpty ? "No program was run yet." : "Run so far, the latest last:"]
  for program in programs {
    lines += CommandLineText.broken(program.words, width: width).map { "  " + $0 }
    lines.append("    # \(program.ending)")
  }
  return lines
}

private func folded(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, last.count + word.count < width {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
