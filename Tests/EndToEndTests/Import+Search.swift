import FoundationEssentials
import Glibc
import TestWorld

extension Import {
  /// The command lines of every call of the stand-ins, cub's and kubectl's.
  func calls() throws -> [[String]] {
    let path = sandbox.standInState + "/calls.log"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return try text.split(separator: "\n").map { line in
      let call = try JSONDecoder().decode(JSON.self, from: Data(line.utf8))
      return (call["argv"]?.array ?? []).compactMap(\.string)
    }
  }

  /// Ends a process that map-import has left behind on purpose.
  func end(_ process: Int32) { kill(process, SIGKILL) }
}

extension Sandbox {
  /// The files below the home directory that a text stands in.
  func files(holding text: String) throws -> [String] {
    let needle = Array(text.utf8)
    return ((try? FileManager.default.subpathsOfDirectory(atPath: home)) ?? []).filter {
      path in
      guard let data = try? Data(contentsOf: URL(filePath: "\(home)/\(path)")) else {
        return false
      }
      return data.firstRange(of: needle) != nil
    }
  }
}
