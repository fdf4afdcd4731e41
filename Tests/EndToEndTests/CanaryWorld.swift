import FoundationEssentials
import Glibc
import TestWorld
import Testing

/// The stand-ins of kubectl, without a proxy, and cub, each of which can be made to print secrets
/// first.
final class CanaryWorld {
  let world: Import
  var sandbox: Sandbox { world.sandbox }
  /// Everything that was written to a terminal, stdout or stderr.
  private var outputs: [String] = []

  init(generation: String = "d", worker: String? = "dev") throws {
    world = try Import(generation: generation, worker: worker, kubectl: .absent, cub: .absent)
    try sandbox.write("", to: "plans/none")
    let standIn = try Sandbox.product("map-import-stand-in")
    for name in ["kubectl", "cub"] {
      try sandbox.write(
        """
        #!/bin/sh
        [ ! -e '\(plan(name))' ] || . '\(plan(name))'
        STAND_IN_PROXY=none exec \(standIn) \(name) "$@"

        """, to: "bin/\(name)", mode: 0o700)
    }
  }

  private func plan(_ name: String) -> String { "\(sandbox.directory)/plans/\(name)" }
  private var fired: String { "\(sandbox.directory)/plans/fired" }

  /// From now on this program prints its secrets where its arguments match the shell's pattern, and
  /// ends so.
  func plant(_ name: String, where pattern: String, _ ending: String) throws {
    let ending = try #require(Canary.endings.first { $0.name == ending })
    try plant(name, where: pattern, script: Canary.script(ending, fired: fired))
  }

  func plant(_ name: String, where pattern: String, script: String) throws {
    try sandbox.write(
      "case \"$*\" in \(pattern))\n\(script)\n;; esac\n", to: "plans/\(name)")
  }

  /// Lines of a shell script that print all secrets.
  var printing: String { Canary.printing(fired: fired) }

  func clear(_ name: String) { unlink(plan(name)) }

  /// Whether secrets were printed since the last call.
  func hasFired() -> Bool { unlink(fired) == 0 }

  @discardableResult
  func run(_ arguments: [String], input: String = "") throws -> ProgramResult {
    let result = try sandbox.run(
      Sandbox.product("map-import"), arguments,
      environment: world.environment.merging(["STAND_IN_READY_AFTER": "1"]) { $1 }, input: input)
    outputs += [result.stdout, result.stderr]
    return result
  }

  func add(_ terminal: PseudoTerminal) {
    outputs.append(String(decoding: terminal.transcript, as: UTF8.self))
  }

  /// Complains of every place that a secret has come to.
  func check(_ what: String) {
    for output in outputs { #expect(!output.contains(Canary.secret), "\(what): \(output)") }
    let needle = Array(Canary.secret.utf8)
    for directory in [sandbox.home, sandbox.directory + "/tmp", sandbox.standInState] {
      for path in (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? [] {
        guard let data = try? Data(contentsOf: URL(filePath: "\(directory)/\(path)")) else {
          continue
        }
        #expect(data.firstRange(of: needle) == nil, "\(what): \(directory)/\(path)")
      }
    }
  }

  /// The processes with this sandbox for a home, by the words they were started with.
  func processes(_ word: String) -> [Int32] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap(Int32.init)
      .filter { id in
        func file(_ name: String) -> String {
          (try? Data(contentsOf: URL(filePath: "/proc/\(id)/\(name)"))).map {
            String(decoding: $0, as: UTF8.self)
          } ?? ""
        }
        return file("cmdline").contains(word) && file("environ").contains("HOME=\(sandbox.home)\0")
      }
  }

  /// What the worker's log holds, all of it.
  func workerLog() -> String {
    let logs = sandbox.home + "/.confighub/logs"
    return ((try? FileManager.default.contentsOfDirectory(atPath: logs)) ?? []).sorted()
      .filter { $0.hasPrefix("worker-") }
      .compactMap { try? String(contentsOfFile: "\(logs)/\($0)", encoding: .utf8) }.joined()
  }
}
