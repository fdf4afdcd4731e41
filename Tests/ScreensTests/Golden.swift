import FoundationEssentials
import Testing

/// The directory of the golden screens.
let goldens = #filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/Golden"

/// Compares a screen with the file of that name in `Golden`.
///
/// A missing file is written and the test fails, so that somebody looks at it. With
/// `MAP_IMPORT_GOLDEN=1` every file is written anew, and every test fails.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let path = "\(goldens)/\(name).txt"
  let isRegenerating = ProcessInfo.processInfo.environment["MAP_IMPORT_GOLDEN"] == "1"
  let golden = try? String(contentsOfFile: path, encoding: .utf8)
  if golden == text + "\n", !isRegenerating { return }
  guard golden == nil || isRegenerating else {
    Issue.record(
      """
      \(name) is drawn differently. MAP_IMPORT_GOLDEN=1 writes it anew. Now:
      \(text)
      """, sourceLocation: sourceLocation)
    return
  }
  let folder = path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
  try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  let isWritten = FileManager.default.createFile(atPath: path, contents: Data((text + "\n").utf8))
  Issue.record(
    isWritten ? "\(name) was written; look at it and run again." : "\(path) cannot be written.",
    sourceLocation: sourceLocation)
}
