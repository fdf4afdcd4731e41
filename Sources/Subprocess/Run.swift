@preconcurrency import Glibc

/// Runs a program to its end; blocks the calling thread, and may be called on any number of them.
///
/// The child leads a session of its own. It, and whatever it left behind in its process group, is
/// gone and reaped on return: what has to be ended gets SIGTERM, and after ``Command/grace``
/// SIGKILL. What a survivor of the child keeps saying on its stdout is listened to for no longer
/// than 0.2 s.
///
/// - Parameter onOutput: takes stdout as it arrives, on the calling thread; it is not kept then.
///   Answers false to have the child ended. The time it needs itself counts against no limit but
///   the command's timeout.
/// - Parameter onErrors: the same for stderr.
public func run(
  _ command: Command, cancellation: Cancellation? = nil,
  onOutput: ((ArraySlice<UInt8>) -> Bool)? = nil,
  onErrors: ((ArraySlice<UInt8>) -> Bool)? = nil
) throws(SpawnError) -> Completion {
  if cancellation?.isCancelled == true { return Completion(ending: .cancelled) }
  let began = monotonicSeconds()
  var conversation = try Conversation(command, cancellation, onOutput, onErrors)
  conversation.conduct()
  let completion = conversation.conclude()
  command.observer?(command, completion.ending, monotonicSeconds() - began)
  return completion
}

/// The parent's side of a running child: one loop over its pipes, its end and the limits.
private struct Conversation: ~Copyable {
  private static let drainTime = 0.2
  private static let errorLimit = 1 << 20
  /// What a pipe holds, see pipe(7): one read takes all that a child has left in it.
  private static let pipeCapacity = 1 << 16
  /// So that a child need not wait for whoever takes its output; see pipe(7).
  private static let streamCapacity: Int32 = 1 << 20

  private let command: Command
  private let cancellation: Cancellation?
  private let onOutput: ((ArraySlice<UInt8>) -> Bool)?
  private let onErrors: ((ArraySlice<UInt8>) -> Bool)?
  private let child: Child
  private let deadline: Double
  /// When the child has been silent for too long.
  private var silenceEnds: Double

  /// Our ends of the pipes, `nil` once they have served.
  private var output: Descriptor?
  private var errors: Descriptor?
  private var buffer = [UInt8](repeating: 0, count: pipeCapacity)
  private var bytesTaken = 0

  private var hasEnded = false
  /// Why we ended the child, if we did.
  private var verdict: Completion.Ending?
  /// When patience with what is left of the group is over.
  private var killAt = Double.infinity
  private var completion = Completion(ending: .exited(0))

  init(
    _ command: Command, _ cancellation: Cancellation?, _ onOutput: ((ArraySlice<UInt8>) -> Bool)?,
    _ onErrors: ((ArraySlice<UInt8>) -> Bool)?
  ) throws(SpawnError) {
    self.command = command
    self.cancellation = cancellation
    self.onOutput = onOutput
    self.onErrors = onErrors

    let input = try command.openInput()
    let output = try command.openPipe()
    let errors = try command.openPipe()
    child = try withExtendedLifetime((input, output, errors)) { () throws(SpawnError) in
      try Child.spawnDetached(
        command,
        Child.Streams(
          input: input?.number, output: output.writing.number,
          errors: errors.writing.number))
    }
    let now = monotonicSeconds()
    deadline = now + (command.timeout ?? .infinity)
    silenceEnds = now + (command.silenceLimit ?? .infinity)
    if onOutput != nil {
      _ = fcntl(output.reading.number, GNU.setPipeSize, Self.streamCapacity)
    }
    self.output = output.reading
    self.errors = errors.reading
  }

  /// Returns when nothing more is to be expected, or waited for.
  mutating func conduct() {
    var quietTick = 0.5
    while true {
      let now = monotonicSeconds()
      // Noticed before the pipes are read once more: what the child said is all there by now.
      if !hasEnded, child.hasEnded() {
        hasEnded = true
        killAt = min(killAt, now + Self.drainTime)
      }
      let isQuiet = output == nil && errors == nil
      if hasEnded && isQuiet || now >= killAt { return }
      if !hasEnded, verdict == nil {
        if cancellation?.isCancelled == true {
          stop(.cancelled)
        } else if now >= min(deadline, silenceEnds) {
          stop(.timedOut)
        }
      }
      // A child that has closed its pipes is most likely at its end; a child that has not may
      // have ended all the same, and someone else holds them.
      quietTick = isQuiet ? min(quietTick * 2, 20) : 0.5
      let next = hasEnded || verdict != nil ? killAt : min(deadline, silenceEnds)
      let wait = min(isQuiet ? quietTick : 50, ((next - now) * 1000).rounded(.up))
      exchange(milliseconds: Int32(max(0, wait)))
    }
  }

  /// Clears away what is left of the child.
  consuming func conclude() -> Completion {
    child.signal(SIGKILL)
    let ending = child.reap()
    completion.ending = verdict ?? ending
    return completion
  }

  private mutating func stop(_ reason: Completion.Ending) {
    verdict = reason
    killAt = min(killAt, monotonicSeconds() + command.grace)
    child.signal(SIGTERM)
  }

  // MARK: The pipes

  /// Waits for one of the pipes or the cancellation, and does what can be done without waiting.
  private mutating func exchange(milliseconds: Int32) {
    let wakesOnCancel = verdict == nil && !hasEnded
    var polled = [
      pollfd(fd: output?.number ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors?.number ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(
        fd: wakesOnCancel ? cancellation?.reading?.number ?? -1 : -1, events: Int16(POLLIN),
        revents: 0),
    ]
    guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { return }
    if polled[0].revents != 0 { readOutput() }
    if polled[1].revents != 0 { readErrors() }
  }

  private mutating func readOutput() {
    guard let output, let count = read(output) else { return self.output = nil }
    // What comes after the verdict is read only so that the child is not kept from ending.
    guard verdict == nil else { return }
    let kept = buffer[..<min(count, max(0, command.outputLimit - bytesTaken))]
    bytesTaken += kept.count
    let isWanted = handOver(kept)
    if !isWanted { stop(.refused) } else if kept.count < count { stop(.outputTooLong) }
  }

  private mutating func handOver(_ bytes: ArraySlice<UInt8>) -> Bool {
    defer { silenceEnds = monotonicSeconds() + (command.silenceLimit ?? .infinity) }
    guard let onOutput else {
      completion.output += bytes
      return true
    }
    let began = monotonicSeconds()
    let isWanted = onOutput(bytes)
    killAt += monotonicSeconds() - began
    return isWanted
  }

  private mutating func readErrors() {
    guard let errors, let count = read(errors) else { return self.errors = nil }
    if let onErrors {
      // What was said before the verdict is the child's own reason.
      if verdict == nil, !onErrors(buffer[..<count]) { stop(.refused) }
      return
    }
    completion.errors += buffer[..<min(count, Self.errorLimit - completion.errors.count)]
  }

  /// Fills the buffer from a descriptor that has something; `nil` at its end.
  private mutating func read(_ descriptor: Descriptor) -> Int? {
    let count = buffer.withUnsafeMutableBytes { bytes in
      retrying { Glibc.read(descriptor.number, bytes.baseAddress, bytes.count) }
    }
    return count > 0 ? count : nil
  }
}
