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
      ("password=abc;d, x", "password=[redacted], x"),
      ("password: two words", "password: [redacted]"),
      ("Authorization: Bearer [redacted] and why", "Authorization: [redacted] and why"),
      ("bypass=x compass: y DB_PASS=z", "bypass=x compass: y DB_PASS=[redacted]"),
      ("API key: a b", "API key: [redacted]"),
      ("Secret    abc def", "Secret    [redacted]"),
      ("token%3Dabc%26a=b", "token%3D[redacted]%26a=b"),
      ("{token: abc, a: b}", "{token: [redacted], a: b}"),
      (#"{"msg":"token: two words","a":1}"#, #"{"msg":"token: [redacted]","a":1}"#),
      (#"["--password", "a", "b"]"#, #"["--password", "[redacted]", "b"]"#),
      (#"["--password", "--user", "b"]"#, #"["--password", "--user", "b"]"#),
      (#"{"credentials":{"a":"b"},"c":1}"#, #"{"credentials":{"a":"[redacted]"},"c":1}"#),
      (#"{"token":12,"c":1}"#, #"{"token":[redacted],"c":1}"#),
      (
        #"{"name":"DB_PASSWORD","value":"a"},{"name":"B","value":"b"}"#,
        #"{"name":"DB_PASSWORD","value":"[redacted]"},{"name":"B","value":"b"}"#
      ),
      (
        "- name: DB_PASSWORD\n  value: a b\n- name: B\n  value: b",
        "- name: DB_PASSWORD\n  value: [redacted]\n- name: B\n  value: b"
      ),
      (
        "- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      key: password\n      name: db\n",
        "- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      key: password\n      name: db\n"
      ),
      ("- --password\n- a\n- b", "- --password\n- [redacted]\n- b"),
      ("- --password\n- --user\n- b", "- --password\n- --user\n- b"),
      ("token: |\n  a\n\n  b\nnext: c", "token: |\n  [redacted]\n\n  [redacted]\nnext: c"),
      ("token:\n- a\n- b\nnext: c", "token:\n- [redacted]\n- [redacted]\nnext: c"),
      ("unknown flag: --token\nRun it again", "unknown flag: --token\nRun it again"),
      (
        "NAME  TOKEN  AGE\napi   a b    3d\n\nc  d",
        "NAME  TOKEN  AGE\napi   [redacted]    3d\n\nc  d"
      ),
      (
        "secretName: a\ntokenExpirationSeconds: 3600\npasswordSecretRef:\n  name: b\n  key: password",
        "secretName: a\ntokenExpirationSeconds: 3600\npasswordSecretRef:\n  name: b\n  key: password"
      ),
      (
        "server: getting credentials: exec: executable aws not found",
        "server: getting credentials: exec: executable aws not found"
      ),
      ("could not get token: abc for it", "could not get token: [redacted] for it"),
      ("the password: two words", "the password: [redacted]"),
      (
        "invalid argument \"x\" for \"--token\" flag", "invalid argument \"x\" for \"--token\" flag"
      ),
      ("tls.key: abc", "tls.key: [redacted]"),
      ("open /etc/tls.key: permission denied", "open /etc/tls.key: permission denied"),
      ("tolerations[0].key: not valid", "tolerations[0].key: not valid"),
      ("sk-payment-api-7d9f8b6c5d-x2x4z ghp_short", "sk-payment-api-7d9f8b6c5d-x2x4z ghp_short"),
      (
        "ca: LS0tLS1CRUdJTiBD\nserver: a", "ca: [redacted]\nserver: a"
      ),
      ("PASSWORD=\nOTHER=x", "PASSWORD=\nOTHER=x"),
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
      ("token:\n  second third", "token:\n  [redacted]"),
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
      ("https://user:p/a?b@host/x y", "https://[redacted]@host/x y"),
      ("https://host:443/a@b https://host:5000", "https://host:443/a@b https://host:5000"),
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
    for pattern in [
      "token=", "://", "://a:b", "eyJ.", "eyJ-", "-----BEGIN ", "a@", "\"", "\\", "-", "token: ",
      "token:\n", "\"token=a ", "--token ", "--token,", "A  ", "[", "name: token ", "ghp_ ",
      "token: |\n x\n", "token: \"a\n", "API key", "A  TOKEN\n", "%3D", "token[",
      "LS0tLS1CRUdJTi\n", "{\"token\":{", "{\"token\":[\"a\",", "token: !a ", "password is ",
      "u:a@b", "u:a@", "- value: a\n", "password \"a\" ", "\"kind\":\"Secret\",\"data\":{",
      "\\\\\\\"",
      "token: [\n", "token:\n a: b\n", "A\tTOKEN\n", "-u a:", "<token>", "---- BEGIN ",
      "unit a-token: ", "token   ", "Token for a:\n", "token,", "token|", "token;a ",
      "| token | a ", "\"token\",\"a\"", "[\"token\",", "a,token\n", "%25", "%2525", "%3Dtoken",
      "token%2C", "\\u003d", "\\u0022token\\u0022", "&#61;", "&", "\u{FF1D}token", "\u{A0}",
      "identified by ", "identified by '", "password ('", "\"--token=a ", "'token=\\\"token=",
      "password \"a", "password \\'", "API key|",
      "kind: Secret\ndata:\n a: b\n", "data:\n", "kind: Secret data: a ", "} kind: Secret\n",
      "into t (a, password) values (1,", "into t (password,", "values ('", "<password>",
      "<password a=\"", "name=\"password\" ", "<password><![CDATA[", "<key>password</key>",
      "map[a:[1 2 3", "Data:map[", "data:map[a kind:Secret ", "/hooks/", "/services/T",
      "mysql -p a ",
      "--from-literal=a=b ", "-u 'a:", "password is ", "password from hunter2 to ", "byte of ...|",
      "machine a login b password c ", "Secret \"x\" data[a]: Invalid value: ", "\\n", "\\\\n",
      "password = \"a\" -> \"", "SET PASSWORD FOR ", "password: <<EOT\n", "sqlplus a/",
      "\"password\" {", "token: not ", "token: expired: ", "DB_PASSWORD to ", "DB_PASSWORD ",
      "invalid port ", "\"a://b:c ", "jdbc:oracle:a/", "$6$", "h:5432:a:b:", "vault kv put a=b ",
      "htpasswd -b ", "echo a | ", "echo --password-stdin ", "AUTH a\n", "recovery codes: ",
      "STRIPE_KEY=", "volume \"creds\" : ", "`token`='", "[token]=", "token IN ('a',", "token <> '",
      "'a' AS password ", "Key (token)=(", "Key (a", "entry 'a' for key 'token ", "entry '",
      "Failing row contains (", "copy t (a, password) from stdin;\na\tb\n", "copy t (password,",
      "insert into t (password) values ($1) [a", "into t (password) select 'a',", "password=$1 [a ",
      "password=? [", "crypt('a',", "crypt(", "set_password('", "password E'a",
      "resource \"a_secret\" \"b\" { data = { a = ", "resource \"a_secret\" ", "data = {\n a = b\n",
      "\"type\":\"a_secret\",\"value\":\"x\",", "secretGenerator:\n", "literals: [a=b,",
      "secretGenerator: literals: [a=b,", "kubectl secret data: {", " Body: {\"data\":{",
      "/secrets/ Body: {\"data\":{\"a\":\"b\"}}\n", "{\"path\":\"/data/a\",\"value\":\"b\"}",
      "= Data =\nKey  Value\na    b\n", "([]uint8) (len=1) {\n00000000  a\n", "Unseal Key 1: ",
      "ENV token a ", "curl -b ", "curl ", "echo a | kinit ", "mc alias set a b c d ",
      "net use a ", "code=abcdefgh&", "token: given: a ", "authorization: a b c d e ",
      "password=''a", "string(12) \"", "password=string(1) ",
    ] {
      // Eight times the text in eight times the time; to look at each byte once more for each byte
      // before it would take 64 times as long.
      #expect(isInProportion(pattern, 2500, 20_000), "\(pattern)")
    }
  }

  @Test("a megabyte takes no longer for each byte than a part of it")
  func megabyte() {
    for pattern in ["a,DB_PASSWORD,x\n", "| token | x ", "password%253Dx%2526a ", "x\u{FF1D}y "] {
      #expect(isInProportion(pattern, 1 << 17, 1 << 20), "\(pattern)")
    }
  }

  /// On a busy machine work takes longer now and then; what is out of proportion always does.
  private func isInProportion(_ pattern: String, _ few: Int, _ many: Int) -> Bool {
    (0..<10).contains { _ in
      let (some, more) = (
        seconds(redacting: pattern, few), seconds(redacting: pattern, many)
      )
      return more < 24 * some + 0.02
    }
  }

  private func seconds(redacting pattern: String, _ bytes: Int) -> Double {
    var redactor = Redactor()
    let text = String(repeating: pattern, count: bytes / pattern.utf8.count)
    let begun = secondsOfWork()
    _ = redactor.redacted(text)
    return secondsOfWork() - begun
  }
}

/// How long this thread has been at work; waiting for others does not count.
private func secondsOfWork() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
