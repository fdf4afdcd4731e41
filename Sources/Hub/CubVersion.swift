/// Which cub this is, and which server it speaks to, e.g. `v0.8.12`; as far as they say.
struct CubVersion: Hashable {
  var client: String?
  var server: String?

  /// The rows `Client Version` and `Server Version` of `auth status`.
  init(rows: [String: String]) {
    client = rows["Client Version"]
    server = rows["Server Version"]
  }

  /// What `cub version` prints: two headings, and below each a line `Version:`.
  init(_ output: String) {
    var heading = ""
    for line in output.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.drop(while: \.isWhitespace) }
      guard let key = parts.first else { continue }
      if line.first?.isWhitespace == false {
        heading = String(key)
      } else if key == "Version", parts.count == 2, !parts[1].isEmpty {
        if heading == "Client Version" { client = String(parts[1]) }
        if heading == "Server Version" { server = String(parts[1]) }
      }
    }
  }

  /// From 0.7 on a target is only what Argo CD and Flux pull releases from, and no worker registers
  /// one.
  var deliversReleasesOnly: Bool { isToday ?? false }

  /// Whether it is 0.7 or later; `nil` where it does not say what it is.
  var isToday: Bool? {
    client.flatMap(Self.numbers).map { $0.major > 0 || $0.minor >= 7 }
  }

  /// Of `v0.8.12`, and of `0.8.12-rc1`.
  private static func numbers(_ text: String) -> (major: Int, minor: Int)? {
    let parts = text.drop { $0 == "v" }.split(separator: ".").map { Int($0) }
    guard parts.count >= 2, let major = parts[0], let minor = parts[1] else { return nil }
    return (major, minor)
  }
}
