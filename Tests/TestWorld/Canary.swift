/// Words of careless programs, each with a secret that nobody is to see.
public enum Canary {
  /// What no file, no screen and no stream may hold.
  public static let secret = "canary9f3ad07b1e"

  public static let sentences =
    [
      "Authorization: Bearer \(secret)", "got bearer \(secret) back", "password=\(secret)",
      "eyJhbGciOiJSUzI1NiJ9.\(secret).c2ln is expired", "proxy https://user:\(secret)@proxy:3128/",
      "-----BEGIN RSA PRIVATE KEY-----\n\(secret)\n-----END RSA PRIVATE KEY-----",
      "CONFIGHUB_WORKER_SECRET=\(secret)", "{\"ClaimToken\": \"\(secret)\"}",
      "users:\n- user:\n    token: \(secret)", "client-key-data: \(secret)",
      "--api-key \(secret) x",
      // As programs write to a terminal.
      "\u{1B}[36mtoken\u{1B}[0m=\(secret)", "\u{1B}]0;x\u{07}password\u{9B}1m: \(secret)",
      "pass\u{1B}[31mword=\(secret)", "\u{1B}[1mtoken\u{1B}(B\u{1B}[m: \(secret)",
    ] + belowTheirNames + besideTheirNames

  /// The name at the end of a line, or on a line of its own.
  private static let belowTheirNames = [
    "env:\n- name: DB_PASSWORD\n  value: \(secret)", "args:\n- --password\n- \(secret)",
    "\"args\": [\n  \"--password\",\n  \"\(secret)\"\n]", "token: |\n  \(secret)\n  \(secret)",
    "token: |\n \(secret)", "- name: API_TOKEN\n  value: >-\n    \(secret)",
    "token:\n- \(secret)\n- \(secret)", "token:\n\(secret)", "token:\n  two \(secret)",
    "Bearer\n\(secret)", "run --password \\\n  \(secret)", "password: \"two\n  \(secret)\"",
    "\"token\": [\n  \"\(secret)\"\n]", "{\"name\": \"DB_PASSWORD\",\n\"value\": \"\(secret)\"}",
    "NAME  TOKEN   AGE\napi   \(secret)  3d",
    "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t\n\(secret)",
  ]

  private static let besideTheirNames = [
    "{\"name\":\"CONFIGHUB_WORKER_SECRET\",\"value\":\"\(secret)\"}",
    "{\\\"name\\\":\\\"DB_PASSWORD\\\",\\\"value\\\":\\\"\(secret)\\\"}",
    "[\"--password\",\"\(secret)\"]", "API key: \(secret)", "Secret    \(secret)",
    "Claim Token\t\(secret)", "https://u:pa/\(secret)@h/", "pass=\(secret)", "DB_PASS: \(secret)",
    "password=abc;\(secret)", "password: two \(secret)", "token%3D\(secret)",
    "TOKEN_VALUE=\(secret)", "tls.key: \(secret)", "tls.key: LS0t\(secret)",
    "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t\(secret)", "config YXBpVmVyc2lvbjogdjEK\(secret)",
    "ghp_\(secret)", "gho_\(secret)", "x github_pat_\(secret)", "glpat-\(secret)", "xoxb-\(secret)",
    "AKIA\(secret)", "key sk-\(secret)\(secret)", "{\"msg\":\"password: two \(secret)\"}",
  ]

  /// All of them, line by line.
  public static let text = sentences.joined(separator: "\n") + "\n"

  /// Lines of a shell script that print all of them on both streams, after what `before` prints, and
  /// count that in the file `fired`. All that comes on stdout comes at once: who listens no longer
  /// after its first words has got all of it.
  public static func printing(fired: String, after before: String = "") -> String {
    """
    PATH="$PATH:/usr/bin:/bin"
    SAID=$(\(before)
    cat <<'CANARIES'
    \(text)CANARIES
    )
    cat >&2 <<'CANARIES'
    \(text)CANARIES
    echo >>"\(fired)"
    printf '%s\\n' "$SAID"
    """
  }

  /// `isQuiet`: nothing comes on stdout. What answers wrongly there may not be asked why.
  public typealias Ending = (name: String, before: String, after: String, isQuiet: Bool)

  /// A shell script that prints them and ends so.
  public static func script(_ ending: Ending, fired: String) -> String {
    let printing = printing(fired: fired, after: ending.before)
    return "{\n\(printing)\n}\(ending.isQuiet ? " >/dev/null" : "")\n\(ending.after)"
  }

  /// How a program may end that has printed them: what the script does then, before and after.
  public static let endings: [Ending] = [
    ("exits with 1", "", "exit 1", false), ("exits with 0", "", "exit 0", false),
    ("is killed", "", "kill -9 $$", false), ("hangs", "", "exec sleep 600", false),
    (
      "prints help", "printf 'x\\n\\nUsage:\\n  cub unit [command]\\n\\nFlags:\\n'", "exit 0", false
    ),
    (
      "is cut off",
      "printf '{\"kind\":\"List\",\"items\":[{\"metadata\":{\"name\":\"token=\(secret)'", "exit 0",
      false
    ),
    ("complains", complaint, "exit 1", false), ("only complains", complaint, "exit 1", true),
  ]

  private static let complaint =
    "echo 'Failed: HTTP 400 for req 1: password=\(secret)' >&2; "
    + "echo 'Error from server (Forbidden): token=\(secret)' >&2"
}
