import Dispatch
import Documents
import Glibc
import Synchronization
import TestWorld
import Testing

struct YAMLTests {
  @Test("A manifest reads like one that a person wrote")
  func manifest() {
    let deployment: JSONValue = [
      "kind": "Deployment", "apiVersion": "apps/v1",
      "metadata": ["name": "web", "labels": ["app.kubernetes.io/name": "web"], "annotations": [:]],
      "spec": [
        "replicas": 3, "paused": false,
        "template": [
          "spec": [
            "containers": [
              [
                "name": "web", "image": "registry.example:5000/web:1.2",
                "args": ["--port=80", "-v", "$(HOST)", "yes"], "env": [],
                "resources": ["limits": ["cpu": "100m", "memory": "1.5Gi"]],
                "command": ["/bin/sh", "-c", "set -e\n  exec web\n"],
              ]
            ]
          ]
        ],
      ],
    ]
    #expect(
      deployment.yaml() == """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          annotations: {}
          labels:
            app.kubernetes.io/name: web
          name: web
        spec:
          paused: false
          replicas: 3
          template:
            spec:
              containers:
              - args:
                - --port=80
                - -v
                - $(HOST)
                - "yes"
                command:
                - /bin/sh
                - -c
                - |
                  set -e
                    exec web
                env: []
                image: registry.example:5000/web:1.2
                name: web
                resources:
                  limits:
                    cpu: 100m
                    memory: 1.5Gi

        """)
  }

  @Test(
    "Text that some reader takes for something else is quoted",
    arguments: [
      "no", "No", "NO", "yes", "on", "OFF", "y", "N", "true", "False", "null", "NULL", "~", "", "1",
      "-1", "+1", "0777", "0o7", "0x1F", "0xF", "0b1", "1_000", "1e3", "1E3", "1e", "1.5", ".5",
      "1.", "12:30", "12:30:45", ".inf", "-.inf", ".NaN", "2001-01-01", "2001-01-01T00:00:00Z",
      "=", "<<", "-", "- x", "---", "...", "--", "# x", "a #b", "a: b", "a:", ": a", "? a", "?",
      "%a", "@a", "`a`", "!a", "&a", "*a", "|", ">", "'a'", "{a", "[a", "]", "}", ",", " a", "a ",
      " ", ".", "..", "1.2.3", "10.0.0.1", "é", "日本",
    ])
  func quotes(text: String) {
    #expect(JSONValue.array([.string(text)]).yaml() == "- \"\(text)\"\n")
    #expect(JSONValue.object([text: 1]).yaml() == "\"\(text)\": 1\n")
  }

  @Test(
    "Text that nobody takes for anything else is left as it is",
    arguments: [
      "a", "word", "two words", "nginx:1.25", "apps/v1", "a#b", "a:b", "f:metadata", "100m", "10s",
      "1Gi", "1.5Gi", "--flag=value", "-c", "/bin/sh", "$(HOST):80", "_x", "it's \"so\"", "a, b",
      "x{y}", "yesterday", "nullable", "offset", "(a)", "a=b", "C:\\x", "a | b", "to 50%",
    ])
  func leavesPlain(text: String) {
    #expect(JSONValue.array([.string(text)]).yaml() == "- \(text)\n")
    #expect(JSONValue.object([text: 1]).yaml() == "\(text): 1\n")
  }

  @Test(
    "What is not seen, or not everywhere, is escaped",
    arguments: [
      ("a\tb", #"a\tb"#), ("a\rb", #"a\rb"#), ("a\r\nb\r\n", #"a\r\nb\r\n"#), ("\u{0}", #"\x00"#),
      ("\u{1b}[1m", #"\x1B[1m"#), ("\u{7f}", #"\x7F"#), ("\u{85}", #"\x85"#),
      ("\u{a0}", #"\xA0"#), ("\u{ad}", #"\xAD"#), ("\u{200b}", #"\u200B"#),
      ("\u{202e}", #"\u202E"#), ("\u{2028}", #"\u2028"#), ("\u{2029}", #"\u2029"#),
      ("\u{feff}", #"\uFEFF"#), ("\u{fffe}", #"\uFFFE"#), ("\u{e000}", #"\uE000"#),
      ("😀", #"\U0001F600"#), ("\u{10ffff}", #"\U0010FFFF"#), ("\"\\ ", #"\"\\ "#),
      ("\n", #"\n"#), ("é\u{301}\n日\t", #"é\#u{301}\n日\t"#),
    ])
  func escapes(text: String, escaped: String) {
    #expect(JSONValue.array([.string(text)]).yaml() == "- \"\(escaped)\"\n")
    #expect(JSONValue.object([text: 1]).yaml() == "\"\(escaped)\": 1\n")
  }

  @Test(
    "Lines stay lines where that keeps them as they are",
    arguments: [
      ("a\nb\n", "|\n  a\n  b\n"),
      ("a\nb", "|-\n  a\n  b\n"),
      ("a\n\n\nb\n", "|\n  a\n\n\n  b\n"),
      ("\na\n", "|\n\n  a\n"),
      (" a\nb\n", "|2\n   a\n  b\n"),
      ("\n a\nb", "|2-\n\n   a\n  b\n"),
      ("a \n  b\n", "|\n  a \n    b\n"),
      ("# é\n---\nx: y\n", "|\n  # é\n  ---\n  x: y\n"),
      ("a\n\n", #""a\n\n""# + "\n"),
      ("a\n \nb", #""a\n \nb""# + "\n"),
      ("a\n ", #""a\n ""# + "\n"),
      ("a\tb\nc", #""a\tb\nc""# + "\n"),
      ("a\r\nb", #""a\r\nb""# + "\n"),
      ("\n", #""\n""# + "\n"),
    ])
  func blocks(text: String, expected: String) {
    #expect(JSONValue.object(["k": .string(text)]).yaml() == "k: \(expected)")
    #expect(JSONValue.array([.string(text)]).yaml() == "- \(expected)")
  }

  @Test("A block knows its place, however deep, and a document that is one line of text has none")
  func nestedBlocks() {
    #expect(
      JSONValue.object(["a": [["b": [" x\n", ["c": "y\nz"]]]]]).yaml() == """
        a:
        - b:
          - |2
             x
          - c: |-
              y
              z

        """)
    #expect(JSONValue.string("a\nb\n").yaml() == #""a\nb\n""# + "\n")
  }

  @Test(
    "Numbers are what they were to every reader",
    arguments: [
      (JSONValue.integer(.min), "-9223372036854775808"), (0, "0"), (42, "42"), (0.1, "0.1"),
      (.number(-0.0), "-0.0"), (.number(100), "100.0"), (.number(1e21), "1.0e+21"),
      (.number(1.5e300), "1.5e+300"), (.number(1e-7), "1.0e-07"),
      (.number(.leastNonzeroMagnitude), "5.0e-324"), (.number(.nan), "null"),
    ] as [(JSONValue, String)])
  func numbers(value: JSONValue, expected: String) {
    #expect(value.yaml() == expected + "\n")
  }

  @Test("Lists in lists and empty things keep their shape")
  func shapes() {
    #expect(
      JSONValue.array([[1, [2, []]], [:], ["a": [[], .null]], true]).yaml() == """
        - - 1
          - - 2
            - []
        - {}
        - a:
          - []
          - null
        - true

        """)
    #expect(JSONValue.object([:]).yaml() == "{}\n")
    #expect(JSONValue.array([]).yaml() == "[]\n")
  }

  @Test("A key too long to stand before a colon is written as YAML has it for those")
  func longKeys() {
    let key = String(repeating: "k", count: 1000)
    #expect(JSONValue.object([key: 1]).yaml() == "\(key): 1\n")
    #expect(
      JSONValue.array([[key + "k": ["a": 1], key + "kk": [1], key + "kkk": "x\ny\n"]]).yaml() == """
        - ? \(key)k
          :
            a: 1
          ? \(key)kk
          :
          - 1
          ? \(key)kkk
          : |
            x
            y

        """)
  }

  @Test("Read by the letter of the specification, values at random are the same again")
  func roundTrip() {
    let wrong = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: Sweep.isFull ? 100_000 : 20_000) { seed in
      var values = RandomValues(seed: UInt64(seed))
      let value = values.document()
      let text = value.yaml()
      // Blank lines at the end change nothing.
      let whole = seed % 50 == 0 ? text + "\n\n" : text
      if (try? YAMLReader.read(whole)) != value {
        wrong.withLock { $0.append("seed \(seed): \(text)") }
      }
    }
    #expect(wrong.withLock { $0.prefix(10) } == [])
  }

  /// By what the processor did for this thread, which is the same on a busy machine.
  @Test(
    "Text of a megabyte is written in time that grows with its length",
    arguments: ["line of text\n", "quoted \u{1}"])
  func length(piece: String) {
    func seconds(_ bytes: Int) -> Double {
      let value: JSONValue = [
        "data": ["a": .string(String(repeating: piece, count: bytes / piece.utf8.count))]
      ]
      let start = clock()
      _ = value.yaml()
      return clock() - start
    }
    func clock() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    // Four times as much; were every line or sign to copy what is there, sixteen times as long.
    // On a busy machine it is more now and then, and not each time.
    #expect((0..<10).contains { _ in seconds(1 << 20) / seconds(1 << 18) < 10 })
  }
}
