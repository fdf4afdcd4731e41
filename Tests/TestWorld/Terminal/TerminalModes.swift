import Glibc

/// The modes of a terminal's line discipline at one moment (termios(3)); as text what `stty -g`
/// prints.
public struct TerminalModes: Equatable, Sendable, CustomStringConvertible {
  public let description: String

  /// Whether typed characters are shown by the terminal itself.
  public let echoes: Bool
  /// Whether a program gets whole lines, not single characters.
  public let isCanonical: Bool
  /// Whether control-c and control-z send signals.
  public let makesSignals: Bool

  init(of terminal: Descriptor) throws {
    var modes = termios()
    try check(tcgetattr(terminal.number, &modes), "read the modes of a terminal")
    let controls = withUnsafeBytes(of: modes.c_cc) { Array($0) }
    let numbers =
      [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + controls.map { UInt32($0) }
    description = numbers.map { String($0, radix: 16) }.joined(separator: ":")
    echoes = modes.c_lflag & UInt32(ECHO) != 0
    isCanonical = modes.c_lflag & UInt32(ICANON) != 0
    makesSignals = modes.c_lflag & UInt32(ISIG) != 0
  }
}
