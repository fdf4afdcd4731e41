import Dispatch
import FoundationEssentials
import Glibc
import Subprocess
import Synchronization
import TestWorld
import Testing
import Wizard

@testable import Cluster

/// A small shell script in the place of kubectl, which knows no proxy.
struct ScriptedKubectl {
  let sandbox: Sandbox
  let path: String

  init(_ script: String) throws {
    sandbox = try Sandbox(kubectl: .absent, cub: .absent)
    for tool in ["sleep", "yes"] { try sandbox.link(tool) }
    path = "\(sandbox.bin)/kubectl"
    // Written by a child: while we have it open for writing, a child that another test starts at
    // that moment has it open, too, and it cannot be run (ETXTBSY).
    let written = try sandbox.run(
      "/bin/sh", ["-c", "/bin/cat > \"$0\" && /bin/chmod 700 \"$0\"", path],
      input: "#!/bin/sh\n\(Self.withoutProxy)\n\(script)\n")
    try #require(written.ending == .exited(0))
  }

  /// What a wrapper does that knows no proxy.
  static let withoutProxy = """
    case " $* " in *" proxy --unix-socket="*)
      echo 'error: unknown command "proxy" for "kubectl"' >&2; exit 1;; esac
    """

  func client(kubeconfig: String? = nil, timeout: Double = 30) -> ClusterClient {
    ClusterClient(
      kubectl: path, kubeconfig: kubeconfig, environment: sandbox.environment, timeout: timeout)
  }

  /// What the script wrote to `$HOME/log`, if anything.
  func log() -> String {
    (try? String(contentsOf: URL(filePath: "\(sandbox.home)/log"), encoding: .utf8)) ?? ""
  }

  static let namespaces =
    #"{"kind":"NamespaceList","metadata":{},"items":[{"metadata":{"name":"a"}}]}"#
}

extension Programs {
  @Suite("kubectl as a program")
  struct ProgramTests {
    static let scope = ScanScope(context: "x", allNamespaces: true)
    static let moment = Timestamp(seconds: 0)

    @Test(
      "Names from outside are one argument each, and no shell reads them",
      arguments: ["dev", "--all", "a b; echo c", "$(id)", "'\"", "ü\u{1b}[2J", "a\nb"])
    func arguments(name: String) throws {
      let kubectl = try ScriptedKubectl(
        #"""
        for word; do printf '%s|' "$word"; done >> "$HOME/log"
        echo '\#(ScriptedKubectl.namespaces)'
        """#)
      let client = kubectl.client(kubeconfig: "/\(name)")
      #expect(try client.namespaces(context: name) == ["a"])
      #expect(
        kubectl.log()
          == "--context=\(name)|--kubeconfig=/\(name)|get|--raw|/api/v1/namespaces?limit=500|"
          + "--vmodule=round_trippers=8|")
    }

    @Test("Reading the kubeconfig names no context, and no kubeconfig if none is given")
    func configuration() throws {
      let kubectl = try ScriptedKubectl(
        #"for word; do printf '%s|' "$word"; done > "$HOME/log"; echo '{}'"#)
      let (contexts, current) = try kubectl.client().contexts()
      #expect(contexts.isEmpty && current == nil)
      #expect(kubectl.log() == "--user=nobody-asks-the-server|config|view|-o|json|")
    }

    @Test("Without a context nothing is started: kubectl would choose one itself")
    func noContext() throws {
      let kubectl = try ScriptedKubectl("echo started > \"$HOME/log\"")
      let failure = failure { () throws(ClusterFailure) in
        try kubectl.client().namespaces(context: "")
      }
      #expect(failure?.kind == .contextUnknown)
      #expect(kubectl.log().isEmpty)
    }

    @Test("What would be applied is handed over once, even if the cluster is busy")
    func applyOnce() throws {
      let kubectl = try ScriptedKubectl(
        #"""
        echo "$*" >> "$HOME/log"
        echo 'Error from server (TooManyRequests): try again later' >&2
        exit 1
        """#)
      let failure = failure { () throws(ClusterFailure) in
        try kubectl.client().apply(Array("kind: Secret".utf8), context: "x")
      }
      #expect(failure?.message.contains("(TooManyRequests): try again later. ") == true)
      #expect(kubectl.log() == "--context=x apply --filename=-\n")
    }

    @Test("A kubectl that is not there is a failure that names it")
    func absent() throws {
      let sandbox = try Sandbox(kubectl: .absent, cub: .absent)
      let path = "\(sandbox.bin)/kubectl"
      let client = ClusterClient(kubectl: path, kubeconfig: nil, environment: nil)
      let failure = failure { () throws(ClusterFailure) in
        try client.scan(Self.scope, at: Self.moment) { _ in }
      }
      #expect(failure?.kind == .programFailed)
      #expect(failure?.message.contains("\(path) could not be started: No such file") == true)
    }

    @Test(
      "An end that explains nothing is a failure all the same",
      arguments: [
        ("exit 3", "it failed without saying why"), ("kill -9 $$", "was ended by signal 9"),
        ("echo oh no >&2; exit 1", "oh no"),
      ])
    func badEnd(script: String, words: String) throws {
      let kubectl = try ScriptedKubectl(script)
      let failure = failure { () throws(ClusterFailure) in
        try kubectl.client().namespaces(context: "x")
      }
      #expect(failure?.kind == .programFailed)
      #expect(failure?.message.contains(words) == true)
    }

    @Test(
      "An answer that is no list of what was asked for is not taken for an empty one",
      arguments: [
        "", "hello", "{}", "[]", #"{"kind":"NamespaceList","metadata":{},"items":["#,
        #"{"kind":"PodList","metadata":{},"items":[]}"#,
        #"{"kind":"Status","metadata":{},"status":"Failure"}"#,
        #"{"kind":"NamespaceList","metadata":{},"items":[{"metadata":{}}]}"#,
        #"{"kind":"NamespaceList","metadata":{},"items":[]}{}"#,
      ])
    func nonsense(output: String) throws {
      let kubectl = try ScriptedKubectl("printf '%s' '\(output)'")
      let failure = failure { () throws(ClusterFailure) in
        try kubectl.client().namespaces(context: "x")
      }
      #expect(failure?.kind == .unreadable)
    }

    @Test("A list of nothing is a list")
    func nothing() throws {
      for items in ["[]", "null"] {
        let kubectl = try ScriptedKubectl(
          "echo '{\"kind\":\"NamespaceList\",\"metadata\":{},\"items\":\(items)}'")
        #expect(try kubectl.client().namespaces(context: "x") == [])
      }
    }

    @Test(
      "A kubectl that floods us is stopped, whatever it floods us with",
      arguments: [
        ("exec yes", "is not a list"), ("exec yes ''", "nothing but white space"),
        (
          "printf '{\"kind\":\"NamespaceList\",\"metadata\":{},\"items\":[{\"a\":\"'; exec yes",
          "one object is longer than 8 MiB"
        ),
      ])
    func flood(script: String, words: String) throws {
      let kubectl = try ScriptedKubectl(script)
      let failure = failure { () throws(ClusterFailure) in
        try kubectl.client().namespaces(context: "x")
      }
      #expect(failure?.kind == .unreadable)
      #expect(failure?.message.contains(words) == true)
    }

    @Test("A kubectl that takes its time but goes on is waited for")
    func slow() throws {
      let kubectl = try ScriptedKubectl(
        #"""
        printf '{"kind":"NamespaceList","metadata":{},"items":['
        n=$(cat "$HOME/pieces")
        while [ "$n" -gt 0 ]; do
          sleep 0.2; printf '{"metadata":{"name":"a%s"}},' "$n"; n=$((n - 1))
        done
        echo '{"metadata":{"name":"a"}}]}'
        """#)
      try kubectl.sandbox.link("cat")
      // Always longer in all than its limit, which a busy machine needs to be longer.
      for limit in [0.8, 4, 20] {
        let pieces = Int(limit * 6)
        try kubectl.sandbox.write("\(pieces)", to: "home/pieces")
        let names = try? kubectl.client(timeout: limit).namespaces(context: "x")
        if names == nil, limit < 20 { continue }
        #expect(names?.count == pieces + 1)
        break
      }
    }

    @Test("A kubectl that hangs is ended after its time")
    func hang() throws {
      let kubectl = try ScriptedKubectl("exec sleep 600")
      let clock = ContinuousClock()
      let begin = clock.now
      let failure = failure { () throws(ClusterFailure) in
        try kubectl.client(timeout: 0.2).scan(Self.scope, at: Self.moment) { _ in }
      }
      #expect(failure?.kind == .timedOut)
      #expect(failure?.message.contains("no answer within 0.2 s") == true)
      #expect(clock.now - begin < .seconds(300))
    }

    @Test("Where everything but the namespaces hangs, nothing waits more than once")
    func hangLater() throws {
      let kubectl = try ScriptedKubectl(
        #"""
        case "$4" in
          /api/v1/namespaces\?*) echo '{"kind":"NamespaceList","metadata":{},"items":[
            {"metadata":{"name":"a"}},{"metadata":{"name":"b"}},{"metadata":{"name":"c"}}]}' ;;
          *) echo "$4" >> "$HOME/log"; exec sleep 600 ;;
        esac
        """#)
      let scope = ScanScope(context: "x", namespaces: ["a", "b", "c"])
      // The namespaces have to come within the limit, however busy the machine is.
      for limit in [0.2, 3, 30] {
        let failure = failure { () throws(ClusterFailure) in
          try kubectl.client(timeout: limit).scan(scope, at: Self.moment) { _ in }
        }
        #expect(failure?.kind == .timedOut)
        let lists = kubectl.log().split(separator: "\n").filter { $0.contains("limit=") }
        if lists.isEmpty, limit < 30 { continue }
        #expect((1...8).contains(lists.count))
        #expect(Set(lists).count == lists.count)
        break
      }
    }

    @Test("At most four kubectls run at a time, and more than one")
    func width() throws {
      let kubectl = try ScriptedKubectl(
        #"""
        echo + >> "$HOME/log"
        sleep 0.1
        echo - >> "$HOME/log"
        echo '{"kind":"NamespaceList","metadata":{},"items":[]}'
        """#)
      _ = failure { () throws(ClusterFailure) in
        try kubectl.client().scan(Self.scope, at: Self.moment) { _ in }
      }
      var running = 0
      var most = 0
      for line in kubectl.log().split(separator: "\n") {
        running += line == "+" ? 1 : -1
        most = max(most, running)
      }
      #expect(running == 0)
      #expect((2...4).contains(most))
    }

    @Test(
      "Cancelling a scan ends it, and every kubectl of it, at once",
      arguments: ["exec sleep 60", "trap '' TERM; while :; do sleep 1; done"])
    func cancellation(waiting: String) throws {
      let kubectl = try ScriptedKubectl(
        #"""
        case "$4" in
          /api/v1/namespaces\?*) echo '\#(ScriptedKubectl.namespaces)' ;;
          *) echo $$ > "$HOME/started"; \#(waiting) ;;
        esac
        """#)
      let started = try Pipe(named: "\(kubectl.sandbox.home)/started")
      // A machine that is busy with something else makes some of them late, not all.
      var delays: [Duration] = []
      while delays.count < 100, delays.last.map({ $0 >= .milliseconds(100) }) ?? true {
        delays.append(delay(of: kubectl, started))
      }
      #expect((delays.last ?? .seconds(60)) < .milliseconds(100), "\(delays)")
    }

    /// From the cancellation of a scan until it has answered; none of its children is left then.
    private func delay(of kubectl: ScriptedKubectl, _ started: Pipe) -> Duration {
      let cancellation = Cancellation()
      let ended = DispatchSemaphore(value: 0)
      let result = Mutex<(ClusterFailure.Kind?, ContinuousClock.Instant)?>(nil)
      let clock = ContinuousClock()
      DispatchQueue(label: "scan").async {
        let failure = failure { () throws(ClusterFailure) in
          try kubectl.client().scan(Self.scope, cancellation: cancellation, at: Self.moment) { _ in
          }
        }
        result.withLock { $0 = (failure?.kind, clock.now) }
        ended.signal()
      }
      let children = started.numbers(4)
      let begin = clock.now
      cancellation.cancel()
      ended.wait()
      #expect(children.count == 4)
      for child in children { #expect(kill(child, 0) == -1 && errno == ESRCH) }
      guard let (kind, end) = result.withLock({ $0 }) else { return .seconds(60) }
      #expect(kind == .cancelled)
      return end - begin
    }

    @Test("What is cancelled before it begins starts nothing")
    func cancelledBefore() throws {
      let kubectl = try ScriptedKubectl("echo started > \"$HOME/log\"")
      let cancellation = Cancellation()
      cancellation.cancel()
      let scan = failure { () throws(ClusterFailure) in
        try kubectl.client().scan(Self.scope, cancellation: cancellation, at: Self.moment) { _ in }
      }
      #expect(scan?.kind == .cancelled)
      let content = failure { () throws(ClusterFailure) in
        try kubectl.client().content(
          of: [OwnerTests.object], context: "x", cancellation: cancellation)
      }
      #expect(content?.kind == .cancelled)
      #expect(kubectl.log().isEmpty)
    }
  }
}

/// A named pipe that scripts write lines of numbers to.
private final class Pipe {
  private let descriptor: Int32

  init(named path: String) throws {
    try #require(mkfifo(path, 0o600) == 0)
    // Open for writing as well, so that it does not end with its first writer.
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0)
  }

  deinit { close(descriptor) }

  /// Waits until there are that many.
  func numbers(_ count: Int) -> [Int32] {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 256)
    while text.count(where: { $0 == "\n" }) < count {
      let length = read(descriptor, &buffer, buffer.count)
      guard length > 0 else { break }
      text += String(decoding: buffer[..<length], as: UTF8.self)
    }
    return text.split(separator: "\n").compactMap { Int32($0) }
  }
}
