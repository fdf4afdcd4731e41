import Glibc
import TestWorld
import Testing

@testable import Subprocess

/// The tests' children speak the shell; the library starts none.
func shell(_ script: String, timeout: Double? = nil) -> Command {
  Command("/bin/sh", ["-c", script], timeout: timeout)
}

/// Runs a script that does not end until its time is over; a busy machine is given more of it until
/// the script has come as far as `isReady` wants.
func timedOut(
  _ script: String, grace: Double = Command.usualGrace, isReady: (Completion) -> Bool
) throws -> Completion {
  var completion = Completion(ending: .exited(0))
  for timeout in [0.3, 2, 10, 60] {
    var command = shell(script, timeout: timeout)
    command.grace = grace
    completion = try run(command)
    #expect(completion.ending == .timedOut)
    if isReady(completion) { break }
  }
  return completion
}

/// Not running, and not merely dead: a zombie that nobody reaps counts as gone.
func isAlive(_ id: pid_t) -> Bool {
  guard let file = fopen("/proc/\(id)/stat", "r") else { return false }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 512)
  let count = fread(&bytes, 1, bytes.count, file)
  let text = String(decoding: bytes[..<count], as: UTF8.self)
  let state = text.split(separator: ")").last?.dropFirst().first
  return count > 0 && state != "Z" && state != "X"
}

func withTemporaryDirectory<Answer>(_ body: (String) throws -> Answer) throws -> Answer {
  let directory = try TemporaryDirectory()
  return try withExtendedLifetime(directory) { try body(directory.path) }
}

/// Writes an executable file and returns its path.
func executable(_ content: String, at path: String, mode: mode_t = 0o700) throws -> String {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, mode)
  guard descriptor >= 0 else { throw SpawnError(executable: path, code: errno) }
  defer { close(descriptor) }
  _ = content.withCString { write(descriptor, $0, strlen($0)) }
  return path
}

extension Completion {
  /// What the child wrote, as it is.
  var stdout: String { String(decoding: output, as: UTF8.self) }
  var stderr: String { String(decoding: errors, as: UTF8.self) }
}
