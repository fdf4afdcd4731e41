import Subprocess

/// One system call of a run, as strace(1) counts them: the Nth of its name.
struct Call: Hashable, Sendable, CustomStringConvertible {
  let name: String
  let occurrence: Int

  var description: String { "\(name) #\(occurrence)" }
}

/// What strace(1) wrote about a process of one thread.
struct Trace {
  /// From the line that has the marker in it, which is left out, to the end.
  let calls: [Call]

  init(_ text: String, after marker: String) {
    var counts: [Substring: Int] = [:]
    var calls: [Call] = []
    var isPast = false
    for line in text.split(separator: "\n") {
      guard let end = line.firstIndex(of: "("), line.first?.isLetter == true else { continue }
      let name = line[..<end]
      counts[name, default: 0] += 1
      if isPast {
        calls.append(Call(name: String(name), occurrence: counts[name] ?? 0))
      } else if line.contains(marker) {
        isPast = true
      }
    }
    self.calls = calls
  }
}
