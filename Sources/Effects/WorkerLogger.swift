import Files
import FoundationEssentials
import Glibc
import Logs
import Subprocess
import Wizard

/// Our own program in the role of a local worker's reader: it takes what the worker says and writes
/// it into the worker's log, and ends when the worker does.
///
/// A process of its own, as the worker may be let go on after the wizard, and who writes to a pipe
/// that nobody reads dies of it. No command line of a person begins like its.
package struct WorkerLogger {
  private static let role = "--write-worker-log"

  var slug: String
  /// The worker's start, by which its log is called.
  var started: Timestamp
  var isDemo: Bool

  init(slug: String, started: Timestamp, isDemo: Bool) {
    self.slug = slug
    self.started = started
    self.isDemo = isDemo
  }

  /// `nil` if this process has another role.
  package init?(arguments: [String]) {
    guard arguments.count == 5, arguments[1] == Self.role, let seconds = Int64(arguments[3]) else {
      return nil
    }
    self.init(
      slug: arguments[2], started: Timestamp(seconds: seconds), isDemo: arguments[4] == "demo")
  }

  func command(_ environment: [String: String]) -> Command {
    // The very program that runs, even if another has taken its place on the disk.
    Command(
      "/proc/self/exe", [Self.role, slug, "\(started.seconds)", isDemo ? "demo" : ""],
      environment: environment)
  }

  /// Reads stdin to its end; what cannot be written is said once on stdout. Answers with the exit
  /// status.
  package func run(_ environment: [String: String]) -> Int32 {
    guard let root = StateRoot(environment: environment, isDemo: isDemo) else { return 1 }
    // Whoever listens on stdout may be gone, and a file too large is told as what it is.
    for signal in [SIGPIPE, SIGXFSZ, SIGTERM, SIGHUP, SIGINT] { Glibc.signal(signal, SIG_IGN) }
    // Nothing of it is worth waiting for.
    _ = fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK)
    var log = WorkerLog(slug, in: root, started: started)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      say(log.write(buffer[..<count]))
    }
    say(log.finish())
    return 0
  }

  private func say(_ sentence: String?) {
    if let sentence { FileHandleText.write(sentence + "\n", to: STDOUT_FILENO) }
  }
}
