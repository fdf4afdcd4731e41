import FoundationEssentials
import Glibc
import TestWorld

/// The system calls that a program really made, as strace(1) saw them.
struct Trace {
  let calls: [SystemCall]
  /// What the program wrote to its stdout.
  let output: String

  /// Runs `SessionFighter run HOME WORD...` under strace. Throws if it fails, or if strace is not
  /// installed.
  static func script(
    _ home: TemporaryHome, _ words: [String], inject: [String] = []
  ) throws -> Trace {
    let file = "\(home.base)/trace"
    let strace = try ChildProgram(
      Sandbox.find("strace"),
      // Every string in hexadecimal and at its full length; nothing about the tracee's children.
      ["-f", "-qq", "-xx", "-s", "16777216", "-e", "signal=none", "-o", file]
        + ["-e", "trace=%file,%desc"]
        + inject.flatMap { ["-e", "inject=\($0)"] }
        + [Sandbox.product("SessionFighter"), "run", home.path] + words,
      environment: ["PATH": "/usr/bin:/bin"])
    let result = try strace.waitForExit()
    guard result.ending == .exited(0) else { throw TraceFailure(result.stdout + result.stderr) }
    let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
    return Trace(
      calls: try text.split(separator: "\n").compactMap(SystemCall.init(line:)),
      output: result.stdout)
  }
}

struct TraceFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// One call of one line, e.g. `17146 openat(5, "\x2e", O_RDONLY|O_CLOEXEC) = 6`.
struct SystemCall {
  let name: String
  /// As strace writes them.
  let arguments: [String]
  /// -1 if it failed.
  let result: Int

  /// `nil` for a line that is no call, as the end of the process. Throws for what it cannot read,
  /// as a call that another thread interrupts.
  init?(line: Substring) throws {
    let rest = line.drop { $0.isNumber }.drop { $0 == " " }
    if rest.hasPrefix("+++") || rest.hasPrefix("---") { return nil }
    guard let open = rest.firstIndex(of: "("),
      let equals = rest.ranges(of: " = ").last
    else {
      throw TraceFailure("not a whole call: \(line.prefix(200))")
    }
    let inside = rest[rest.index(after: open)..<equals.lowerBound]
    guard let close = inside.lastIndex(of: ")"),
      inside[close...].dropFirst().allSatisfy({ $0 == " " })
    else {
      throw TraceFailure("not a whole call: \(line.prefix(200))")
    }
    name = String(rest[..<open])
    arguments = Self.split(inside[..<close])
    let number = rest[equals.upperBound...].prefix { $0 != " " }
    guard number != "?" else { return nil }
    guard let result = Self.number(number) else {
      throw TraceFailure("no result: \(line.prefix(200))")
    }
    self.result = result
  }

  init(name: String, arguments: [String], result: Int) {
    self.name = name
    self.arguments = arguments
    self.result = result
  }

  /// The bytes of an argument that is a string.
  func bytes(_ index: Int) throws -> [UInt8] {
    let text = try argument(index)
    guard text.hasPrefix("\""), text.hasSuffix("\""), text.count >= 2 else {
      throw TraceFailure("argument \(index) of \(name) is no whole string: \(text.prefix(80))")
    }
    let digits = text.dropFirst().dropLast().utf8.filter { $0 != UInt8(ascii: "\\") }
    // Each byte is `x` and two digits now.
    return try stride(from: 0, to: digits.count, by: 3).map { start in
      guard
        let byte = UInt8(
          String(decoding: digits[(start + 1)..<(start + 3)], as: UTF8.self), radix: 16)
      else { throw TraceFailure("not hexadecimal: \(text.prefix(80))") }
      return byte
    }
  }

  func text(_ index: Int) throws -> String {
    String(decoding: try bytes(index), as: UTF8.self)
  }

  func number(_ index: Int) throws -> Int {
    let text = try argument(index)
    if text == "AT_FDCWD" { return Self.workingDirectory }
    guard let number = Self.number(text[...]) else {
      throw TraceFailure("argument \(index) of \(name) is no number: \(text.prefix(80))")
    }
    return number
  }

  func has(_ flag: String, _ index: Int) throws -> Bool {
    try argument(index).split(separator: "|").contains { $0 == flag }
  }

  static let workingDirectory = -100

  func argument(_ index: Int) throws -> String {
    guard arguments.indices.contains(index) else {
      throw TraceFailure("\(name) has no argument \(index)")
    }
    return arguments[index]
  }

  private static func number(_ text: Substring) -> Int? {
    text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
  }

  /// At the commas that are in no brackets; the strings have none of either.
  private static func split(_ text: Substring) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      switch character {
      case "{", "[", "(": depth += 1
      case "}", "]", ")": depth -= 1
      case "," where depth == 0:
        parts.append("")
        continue
      default: break
      }
      parts[parts.count - 1].append(character)
    }
    return parts.map { String($0.drop { $0 == " " }) }
  }
}

extension Trace {
  /// The calls as they were if every move to another directory were a rename: without the link, and
  /// without the fsync that comes before the old name goes.
  var renamingInsteadOfMoving: [SystemCall] {
    var calls: [SystemCall] = []
    var link: SystemCall?
    for call in self.calls where call.result >= 0 {
      switch (call.name, link) {
      case ("linkat", nil):
        if isMove(call) { link = call } else { calls.append(call) }
      case ("fsync", _?): break
      case ("unlinkat", let moved?) where call.arguments.prefix(2) == moved.arguments.prefix(2):
        calls.append(SystemCall(name: "renameat", arguments: moved.arguments, result: 0))
        link = nil
      default: calls.append(call)
      }
    }
    return calls
  }

  /// Whether the next thing that happens to the old name is that it goes.
  private func isMove(_ link: SystemCall) -> Bool {
    let later = calls.drop { $0.arguments != link.arguments || $0.name != link.name }.dropFirst()
    let next = later.first {
      $0.result >= 0 && ["unlinkat", "renameat", "linkat"].contains($0.name)
        && ($0.arguments.prefix(2) == link.arguments.prefix(2)
          || $0.name == "renameat" && $0.arguments.suffix(2) == link.arguments.prefix(2))
    }
    return next?.name == "unlinkat"
  }
}
