import Glibc
import Testing

@testable import ForeignText

@Suite("The redactor")
struct RedactorTests {
  @Test(
    "takes out what is secret and nothing else",
    arguments: [
      ("nothing to hide", "nothing to hide"),
      ("", ""),
      // Tokens.
      ("Authorization: Bearer abc.def-ghi", "Authorization: [redacted]"),
      ("authorization: Basic dXNlcjpwYXNz next", "authorization: [redacted]"),
      ("got bearer abcdefgh12 back", "got bearer [redacted] back"),
      (
        "token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln, expired",
        "token [redacted], expired"
      ),
      ("x eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0", "x [redacted]"),
      ("the bearer of news", "the bearer of news"),
      // Values of keys.
      ("password=hunter2", "password=[redacted]"),
      ("PASSWORD = hunter2 and more", "PASSWORD = [redacted] and more"),
      ("db_password: 'it''s', x", "db_password: '[redacted]', x"),
      ("a=1&token=abc&b=2", "a=1&token=[redacted]&b=2"),
      ("?access_token=abc#x", "?access_token=[redacted]"),
      ("CONFIGHUB_WORKER_SECRET=ch_abc", "CONFIGHUB_WORKER_SECRET=[redacted]"),
      ("export CONFIGHUB_WORKER_SECRET=\"a b\"", "export CONFIGHUB_WORKER_SECRET=\"[redacted]\""),
      (#"{"Secret":"abc","Slug":"dev"}"#, #"{"Secret":"[redacted]","Slug":"dev"}"#),
      (#"{"ClaimToken": "a\"b", "x": 1}"#, #"{"ClaimToken": "[redacted]", "x": 1}"#),
      (#"{\"ClaimToken\": \"abc\", \"x\": 1}"#, #"{\"ClaimToken\": \"[redacted]\", \"x\": 1}"#),
      ("client-key-data: LS0tLS1", "client-key-data: [redacted]"),
      ("aws_secret_access_key = AKIA/x+y", "aws_secret_access_key = [redacted]"),
      ("--token abc get pods", "--token [redacted] get pods"),
      ("--password=abc --user x", "--password=[redacted] --user x"),
      ("--token --user x", "--token --user x"),
      ("token=\u{301}abc", "token=[redacted]"),
      ("token:\n  second third", "token:\n  [redacted] third"),
      ("secret:\n  secretName: x", "secret:\n  secretName: x"),
      ("token:\n", "token:\n"),
      ("automountServiceAccountToken: false", "automountServiceAccountToken: false"),
      ("password=", "password="),
      ("password=''", "password=''"),
      ("password=\"open end", "password=\"[redacted]"),
      ("secrets: 3", "secrets: 3"),
      ("Secret payment-prod/db is left out", "Secret payment-prod/db is left out"),
      ("tokenized=yes", "tokenized=yes"),
      // URLs.
      ("https://user:pass@host/path", "https://[redacted]@host/path"),
      ("https://user:p@ss@host:443/", "https://[redacted]@host:443/"),
      ("get https://host/a@b and ://", "get https://host/a@b and ://"),
      // Private keys.
      (
        "a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b",
        "a [redacted] b"
      ),
      ("-----BEGIN CERTIFICATE-----\nMIIE", "[redacted]"),
      (
        "-----BEGIN A-----x-----END A-----y-----BEGIN B-----z-----END B-----",
        "[redacted]y[redacted]"
      ),
      ("-----END X----- stray", "-----END X----- stray"),
    ])
  func table(text: String, expected: String) {
    var redactor = Redactor()
    #expect(redactor.redacted(text) == expected)
  }

  @Test("remembers an unfinished private key, and forgets it at its end")
  func lines() {
    var redactor = Redactor()
    #expect(redactor.redacted("x -----BEGIN KEY-----") == "x [redacted]")
    #expect(redactor.redacted("MIIE") == "[redacted]")
    #expect(redactor.redacted("") == "")
    #expect(redactor.redacted("MIIF -----END KEY----- y") == "[redacted] y")
    #expect(redactor.redacted("z") == "z")
  }

  @Test("does not take all that follows for a private key that never ends")
  func endless() {
    var redactor = Redactor()
    #expect(redactor.redacted("-----BEGIN KEY-----") == "[redacted]")
    for _ in 0..<64 {
      #expect(redactor.redacted(String(repeating: "x", count: 1023)) == "[redacted]")
    }
    #expect(redactor.redacted(String(repeating: "x", count: 64)) == "[redacted]")
    #expect(redactor.redacted("the log goes on") == "the log goes on")
  }

  @Test("takes time in proportion to the text")
  func linear() {
    for pattern in ["token=", "://", "eyJ.", "-----BEGIN ", "a@", "\"", "\\", "-"] {
      var redactor = Redactor()
      let text = String(repeating: pattern, count: 200_000 / pattern.utf8.count)
      let begun = secondsOfWork()
      _ = redactor.redacted(text)
      #expect(secondsOfWork() - begun < 10, "\(pattern)")
    }
  }
}

/// How long this thread has been at work; waiting for others does not count.
private func secondsOfWork() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
