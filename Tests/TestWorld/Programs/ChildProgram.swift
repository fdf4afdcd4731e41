import Glibc

/// A program a test started, with its standard output and error collected as they come; killed,
/// with everything it started in its session, when nobody holds it any more.
public final class ChildProgram: Sendable {
  private struct State: Sendable {
    var input: ArraySlice<UInt8>
    var output: [UInt8] = []
    var error: [UInt8] = []
    var ending: Ending?
    var stopping = false
    var readingEnded = false
  }

  private let state: Monitor<State>
  private let process: ProcessWatch
  private let wake: Wake
  private let commandLine: String

  /// Starts `program`, an absolute path, in a session of its own without a terminal; `input` is
  /// all of its standard input. Throws if it cannot be started.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String],
    directory: String? = nil, input text: String = ""
  ) throws {
    let (theirInput, input) = try Descriptor.pipe()
    let (output, theirOutput) = try Descriptor.pipe()
    let (error, theirError) = try Descriptor.pipe()
    for end in [input, output, error] { try end.makeNonBlocking() }
    let state = Monitor(State(input: Array(text.utf8)[...]))
    self.state = state
    let wake = try Wake()
    self.wake = wake
    commandLine = ([program] + arguments).joined(separator: " ")
    process = try ProcessWatch(
      Spawn(
        program: program, arguments: arguments, environment: environment, directory: directory,
        input: .descriptors(theirInput, theirOutput, theirError))
    ) { ending in state.change { $0.ending = ending } }
    // The program has its own now; ours would hide the end of its output.
    for end in [theirInput, theirOutput, theirError] { end.close() }
    try startThread {
      Self.transfer(input: input, output: output, error: error, wake: wake, state: state)
      state.change { $0.readingEnded = true }
    }
  }

  deinit {
    process.killSession()
    state.change { $0.stopping = true }
    wake.call()
    _ = state.wait(patience) { $0.readingEnded && $0.ending != nil ? true : nil }
  }

  /// The process id, which is also the id of its session.
  public var processID: Int32 { process.processID }

  /// What it has written to its standard output so far.
  public var standardOutput: String {
    state.read { String(decoding: $0.output, as: UTF8.self) }
  }

  /// What it has written to its standard error so far.
  public var standardError: String {
    state.read { String(decoding: $0.error, as: UTF8.self) }
  }

  /// The live processes of its session: itself and what it started, unless they left it.
  public var session: [SessionMember] { process.session }

  /// Sends it a signal; to nobody once it has ended.
  public func signal(_ number: Int32) { process.signal(number) }

  /// Waits until its standard output holds `text`; throws, with all it wrote, if it ended or the
  /// time was over before.
  public func waitForOutput(_ text: String, timeout: Duration = patience) throws {
    let found = state.wait(timeout) { state -> Bool? in
      if String(decoding: state.output, as: UTF8.self).contains(text) { return true }
      return state.readingEnded && state.ending != nil ? false : nil
    }
    if found != true { throw failure("did not write “\(text)” within \(timeout)") }
  }

  /// Waits until it has ended and nobody can write to its output any more; throws, with all it
  /// wrote, if that takes longer than `timeout`, after killing its whole session.
  public func waitForExit(timeout: Duration = patience) throws -> ProgramResult {
    let result = state.wait(timeout) { state -> ProgramResult? in
      guard let ending = state.ending, state.readingEnded else { return nil }
      return ProgramResult(
        ending: ending, standardOutputBytes: state.output, standardErrorBytes: state.error)
    }
    if let result { return result }
    process.killSession()
    throw failure("did not end within \(timeout)")
  }

  private func failure(_ what: String) -> WorldFailure {
    state.read { state in
      WorldFailure(
        """
        \(commandLine) \(what)\(state.ending.map { "; it \($0)" } ?? "")
        --- standard output
        \(String(decoding: state.output, as: UTF8.self))
        --- standard error
        \(String(decoding: state.error, as: UTF8.self))
        """)
    }
  }

  /// Carries bytes until both outputs are closed or the owner stops it.
  private static func transfer(
    input: Descriptor, output: Descriptor, error: Descriptor, wake: Wake,
    state: Monitor<State>
  ) {
    var open: Set = [output.number, error.number]
    var typing = true
    while !open.isEmpty {
      let rest = state.read { $0.input }
      if typing && rest.isEmpty {
        input.close()
        typing = false
      }
      let reading = [output, error].filter { open.contains($0.number) }
      _ = waitUntilReady(
        [(wake.waiting, POLLIN)] + reading.map { ($0, POLLIN) } + (typing ? [(input, POLLOUT)] : [])
      )
      if state.read({ $0.stopping }) { return }
      if typing {
        // A program that does not read to the end misses the rest.
        let count = input.write(rest) ?? rest.count
        state.change { $0.input = rest.dropFirst(count) }
      }
      for file in reading {
        switch file.read() {
        case .bytes(let bytes):
          state.change { state in
            if file === output { state.output += bytes } else { state.error += bytes }
          }
        case .ended: open.remove(file.number)
        case .nothingNow: break
        }
      }
    }
  }
}

/// What a program did until its end.
public struct ProgramResult: Sendable {
  /// How it ended.
  public let ending: Ending
  /// All it wrote to its standard output.
  public let standardOutputBytes: [UInt8]
  /// All it wrote to its standard error.
  public let standardErrorBytes: [UInt8]

  /// The exit status as a shell's `$?` says it: 128 and the signal's number after a signal.
  public var status: Int32 { ending.status }
  /// Its standard output as text, with U+FFFD where it is not UTF-8.
  public var stdout: String { String(decoding: standardOutputBytes, as: UTF8.self) }
  /// Its standard error as text, with U+FFFD where it is not UTF-8.
  public var stderr: String { String(decoding: standardErrorBytes, as: UTF8.self) }
}
