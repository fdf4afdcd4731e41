import Glibc
import Subprocess
import TestWorld
import Testing

extension CrashTests {
  @Test(
    "A disk that is really full fails a save with words, keeps the session, and takes the next one",
    .enabled(if: FullDisk.unshare != nil, "neither unshare -rm nor -m can mount a tmpfs here"))
  func fullDisk() throws {
    let levels = Sweep.sample(Array(0...24), every: 3)
    let points = try inParallel(levels) { free in
      let run = try FullDisk(kibibytesFree: free)
      return Point(
        what: "\(free) KiB free", fired: run.isFull, complaints: run.complaints)
    }
    Summary.add("save on a full tmpfs", points)
    // With room for it, a save succeeds; without any, none does.
    #expect(points.first?.fired == true)
    #expect(points.contains { !$0.fired })
    #expect(points.flatMap(\.complaints) == [])
  }
}

/// Three saves on a small tmpfs, one when it is filled up, and one after it was cleared.
struct FullDisk {
  private let steps: [String: [Substring]]

  /// How unshare(1) gets mounts of its own: in a user namespace, or as root; `nil` if neither can.
  static let unshare: String? = ["-rm", "-m"].first { flags in
    let command = Command(
      "/usr/bin/unshare", [flags, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], timeout: 180)
    return (try? run(command).succeeded) == true
  }

  init(kibibytesFree: Int) throws {
    let home = try Home()
    try home.create()
    let script = """
      mount -t tmpfs -o size=256k tmpfs "$1" || exit 9
      echo == before; "$2" "$1" new 3
      id=$(basename "$(readlink "$1/.confighub/sessions/import-latest.json")" .json)
      cat /dev/zero > "$1/fill" 2> /dev/null
      truncate -s -"$3"K "$1/fill"
      echo == full; "$2" "$1" "$id" 1
      rm "$1/fill"
      echo == after; "$2" "$1" "$id" 1
      """
    let completion = try run(
      Command(
        "/usr/bin/unshare",
        [
          try #require(Self.unshare), "/bin/sh", "-c", script, "sh", home.path,
          try Sandbox.product("SaveDriver"),
          "\(kibibytesFree)",
        ], timeout: 180))
    var steps: [String: [Substring]] = [:]
    var step = ""
    for line in completion.outputText.unredacted.split(separator: "\n") {
      if line.hasPrefix("== ") {
        step = String(line.dropFirst(3))
      } else {
        steps[step, default: []].append(line)
      }
    }
    self.steps = steps
  }

  private func acknowledged(_ step: String) -> Int? {
    steps[step]?.last { $0.hasPrefix("ACK ") }.flatMap { Int($0.split(separator: " ")[1]) }
  }

  var isFull: Bool { acknowledged("full") == nil }

  var complaints: [String] {
    var complaints: [String] = []
    if acknowledged("before") != 3 { complaints.append("before: \(steps)") }
    if isFull, steps["full"]?.contains(where: { $0.contains("No space left on device") }) != true {
      complaints.append("nothing was said: \(steps)")
    }
    // What failed is not there, and nothing else is gone.
    if acknowledged("after") != (acknowledged("full") ?? 3) + 1 {
      complaints.append("after: \(steps)")
    }
    return complaints
  }
}
