import Testing

@testable import Cluster

@Suite("What kubectl logs of the server's answers")
struct AnswerLogTests {
  /// As kubectl 1.20 to 1.32 wrote it.
  static let older = """
    I1127 15:04:22.714411   27881 round_trippers.go:422] GET http://127.0.0.1:45033/api/v1/x
    I1127 15:04:22.714452   27881 round_trippers.go:429] Request Headers:
    I1127 15:04:22.714458   27881 round_trippers.go:433]     Accept: application/json, */*
    I1127 15:04:22.714461   27881 round_trippers.go:433]     User-Agent: kubectl/v1.20.2
    I1127 15:04:22.716763   27881 round_trippers.go:448] Response Status: 429 Too Many Requests in 2 milliseconds
    I1127 15:04:22.716780   27881 round_trippers.go:451] Response Headers:
    I1127 15:04:22.716784   27881 round_trippers.go:454]     Content-Length: 9
    I1127 15:04:22.716790   27881 round_trippers.go:454]     Retry-After: 2

    """

  /// As kubectl 1.34 and 1.37 wrote it.
  static let newer = """
    I1127 15:04:23.515076   28012 round_trippers.go:527] "Request" verb="GET" url="http://127.0.0.1:33659/api/v1/x" headers=<
    \tAccept: application/json, */*
    \tUser-Agent: kubectl/v1.37.1 (linux/amd64) kubernetes/f78e722
     >
    I1127 15:04:23.517041   28012 round_trippers.go:632] "Response" status="429 Too Many Requests" headers=<
    \tContent-Length: 9
    \tRetry-After: 2
    \tServer: x
     > milliseconds=1

    """

  /// Handed over in pieces of that many bytes.
  static func read(_ text: String, pieces: Int = 4096) -> (log: AnswerLog, goesOn: Bool) {
    var log = AnswerLog()
    var rest = Array(text.utf8)[...]
    var goesOn = true
    while !rest.isEmpty {
      goesOn = log.take(rest.prefix(pieces)) && goesOn
      rest = rest.dropFirst(pieces)
    }
    return (log, goesOn)
  }

  @Test("A Retry-After is found in either form, however it comes", arguments: [older, newer])
  func retryAfter(text: String) {
    for pieces in [1, 7, 4096] {
      let (log, goesOn) = Self.read(text, pieces: pieces)
      #expect(!goesOn)
      #expect(log.refusal?.reason == .busy)
      #expect(log.refusal?.words == "the server answered 429 Too Many Requests")
      #expect(log.refusal?.retryAfter == 2)
      #expect(log.said.unredacted.isEmpty)
    }
  }

  @Test("Any status of 500 and above counts with a Retry-After", arguments: [older, newer])
  func statuses(text: String) {
    func status(_ words: String) -> KubectlError? {
      Self.read(text.replacing("429 Too Many Requests", with: words)).log.refusal
    }
    #expect(
      status("503 Service Unavailable")?.words == "the server answered 503 Service Unavailable")
    #expect(status("500 Internal Server Error")?.retryAfter == 2)
    for words in ["200 OK", "403 Forbidden", "302 Found", "", "nonsense"] {
      #expect(status(words) == nil)
    }
  }

  @Test("Without seconds, kubectl's own words count", arguments: [older, newer])
  func without(text: String) {
    let end = "Error from server (TooManyRequests): the server has received too many requests\n"
    for value in ["X-Other: 2", "Retry-After: Fri, 27 Nov 2026 15:04:23 GMT", "Retry-After: -1"] {
      let (log, goesOn) = Self.read(text.replacing("Retry-After: 2", with: value) + end)
      #expect(goesOn)
      #expect(log.refusal == nil)
      #expect(log.said.unredacted == end)
    }
  }

  @Test("What others write is kept, and never taken for a header")
  func others() {
    let text = """
      W1121 05:38:00.000000   12345 loader.go:221] Config not found: /nope
      Response Status: 429 Too Many Requests in 2 milliseconds
          Retry-After: 5
      \tRetry-After: 5
      plugin: round_trippers.go:1] Response Status: 503 Service Unavailable in 1 milliseconds
      Error from server (Forbidden): a
      """
    let (log, goesOn) = Self.read(Self.newer.replacing("Retry-After", with: "X") + text)
    #expect(goesOn)
    #expect(log.said.unredacted == text)
  }

  @Test("A request's headers are not an answer's", arguments: [older, newer])
  func requests(text: String) {
    // The answer before it was the same, without that header.
    let first = text.replacing("Retry-After", with: "X")
    let second = text.replacing("Accept: application/json, */*", with: "Retry-After: 9")
    let (log, _) = Self.read(first + second)
    #expect(log.refusal?.retryAfter == 2)
  }

  @Test("A line without an end takes no memory")
  func endless() {
    var log = AnswerLog()
    let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)
    for _ in 0..<100 { _ = log.take(bytes[...]) }
    #expect(log.refusal == nil)
    #expect(log.said.unredacted.utf8.count <= 1 << 16)
  }
}
