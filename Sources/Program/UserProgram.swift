import Effects
import Glibc
import Screens
import Subprocess
import TerminalText
import Wizard

/// A program of the person's own that gets the terminal: what `PAGER`, `VISUAL` or `EDITOR` names,
/// see environ(7). Its quotes are read as a shell's; no shell reads it.
struct UserProgram {
  /// What the person calls it, for sentences.
  let name: String
  private let executable: String
  private let arguments: [String]

  /// What `PAGER` names; less or more if it is not set.
  /// - Throws: if it is not a program that can be run.
  static func pager(_ environment: [String: String]) throws(Failure) -> UserProgram {
    try UserProgram(["PAGER"], orElse: ["less", "more"], environment)
  }

  /// What `VISUAL` or `EDITOR` names; Debian's `editor`, vi or nano if neither is set.
  /// - Throws: if it is not a program that can be run.
  static func editor(_ environment: [String: String]) throws(Failure) -> UserProgram {
    try UserProgram(["VISUAL", "EDITOR"], orElse: ["editor", "vi", "nano"], environment)
  }

  private init(
    _ variables: [String], orElse usual: [String], _ environment: [String: String]
  ) throws(Failure) {
    let path = environment["PATH"]
    for variable in variables {
      let text = environment[variable] ?? ""
      guard let words = CommandLineText.words(text) else {
        throw Failure(.other, "\(variable) is \(text), in which a quote is not closed.")
      }
      guard let program = words.first else { continue }
      guard let found = Programs.find(program, path: path) else {
        throw Failure(.other, "\(variable) is \(program), which is not a program that can be run.")
      }
      (name, executable, arguments) = (Self.baseName(program), found, Array(words.dropFirst()))
      return
    }
    for program in usual {
      guard let found = Programs.find(program, path: path) else { continue }
      (name, executable, arguments) = (program, found, [])
      return
    }
    let names = usual.joined(separator: ", ")
    throw Failure(
      .other, "None of \(names) is on PATH; \(variables[variables.count - 1]) can name another.")
  }

  private static func baseName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Runs it on the file, with the terminal that the caller has given free, until it ends.
  /// - Throws: if it cannot be started, or ends otherwise than with status 0.
  func open(_ path: String) throws(Failure) {
    let ending: Completion.Ending
    do {
      ending = try runInForeground(Command(executable, arguments + [path]))
    } catch {
      throw Failure(.other, "\(name) could not be started: \(error).")
    }
    guard ending == .exited(0) else { throw Failure(.other, "\(name) ended: \(ending.words).") }
  }
}

/// What a person looks at, or edits, in programs of their own.
struct UserPrograms {
  let environment: [String: String]
  /// Where the plan is that was edited and not taken: no work of a person is thrown away.
  private var draft: String?

  init(_ environment: [String: String]) { self.environment = environment }

  /// Shows a text, in which what a terminal would obey is escaped; a sentence if it cannot be shown.
  func page(_ text: LogText) -> String? {
    do {
      let pager = try UserProgram.pager(environment)
      let lines = text.lines.map { escaped($0) + "\n" }.joined()
      let path = try write(lines, suffix: ".txt")
      defer { unlink(path) }
      try pager.open(path)
      return nil
    } catch {
      return error.message
    }
  }

  /// Has the proposal edited as a plan, or goes on with the plan that was not taken.
  ///
  /// The file stays until it is forgotten here, or by an editor that ends with another status than 0.
  /// - Throws: if there is no plan in it afterwards.
  mutating func edit(_ proposal: Proposal) throws(Failure) -> Plan {
    let editor = try UserProgram.editor(environment)
    let path = if let draft { draft } else { try write(PlanFile.text(proposal), suffix: ".json") }
    draft = path
    do {
      try editor.open(path)
    } catch {
      forgetDraft()
      throw Failure(.other, "\(error.message) The proposal is as it was.")
    }
    do {
      return try PlanFile.read(path)
    } catch {
      throw Failure(.wrongUsage, error.sentence, ways: [Way(.editProposal, "opens it again")])
    }
  }

  /// For a plan that is the proposal now.
  mutating func forgetDraft() {
    if let draft { unlink(draft) }
    draft = nil
  }

  /// A new file in `TMPDIR`, or `/tmp`, that only this user can read.
  private func write(_ text: String, suffix: String) throws(Failure) -> String {
    let directory = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var template = Array("\(directory)/map-import-XXXXXX\(suffix)".utf8CString)
    let file = mkstemps(&template, Int32(suffix.utf8.count))
    guard file >= 0 else {
      throw Failure(
        .other, "No file can be made in \(directory): \(String(cString: strerror(errno))).")
    }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    var error = FileHandleText.write(text, to: file)
    if close(file) != 0, error == 0 { error = errno }
    guard error == 0 else {
      unlink(path)
      throw Failure(.other, "\(path) was not written whole: \(String(cString: strerror(error))).")
    }
    return path
  }
}
