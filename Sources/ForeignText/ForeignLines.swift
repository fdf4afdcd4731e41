import TerminalText

/// The output of a program that goes on and on, made fit to be kept, line by line as it comes:
/// without secrets, and with every control character turned into a visible sign.
///
/// What it remembers between two calls is a line at most, and that has a limit.
public struct ForeignLines: Sendable {
  /// Bytes. Of a longer line the beginning is kept, and told how much is not.
  public static let longestLine = 16 << 10

  private var redactor = Redactor()
  private var line: [UInt8] = []
  /// How much of the line is not in `line`.
  private var leftOut = 0
  private var followsReturn = false

  public init() {}

  /// The lines that these bytes finish, each with a newline at its end.
  public mutating func take(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var finished: [UInt8] = []
    var rest = bytes
    while let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      append(rest[rest.startIndex..<end])
      // CR alone ends a line, too: a progress bar has no other end. CR LF is one.
      let isSecondHalf = rest[end] == 0x0A && followsReturn && end == rest.startIndex
      if !isSecondHalf { finished += finishLine() }
      followsReturn = rest[end] == 0x0D
      rest = rest[(end + 1)...]
    }
    if !rest.isEmpty { followsReturn = false }
    append(rest)
    return finished
  }

  /// What is left without an end, as a line.
  public mutating func finish() -> [UInt8] {
    line.isEmpty && leftOut == 0 ? [] : finishLine()
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    let kept = bytes.prefix(Self.longestLine - line.count)
    line += kept
    leftOut += bytes.count - kept.count
  }

  private mutating func finishLine() -> [UInt8] {
    defer {
      line.removeAll(keepingCapacity: true)
      leftOut = 0
    }
    var notice = ""
    if leftOut > 0 {
      // The last word may be the half of a secret that shows only as a whole.
      let whole = line.lastIndex { $0 == 0x20 || $0 == 0x09 } ?? 0
      leftOut += line.count - whole
      line.removeLast(line.count - whole)
      notice = " [\(leftOut) bytes more in this line]"
    }
    let safe = redactor.redacted(withoutSequences(line))
    let isPlain = safe.allSatisfy { (0x20...0x7E).contains($0) }
    return (isPlain ? safe : Array(escaped(bytes: safe).utf8)) + Array((notice + "\n").utf8)
  }
}
