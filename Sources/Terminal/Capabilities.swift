import CNcurses

/// The bytes of a terminfo string for the current terminal, ready to be written; `nil` if it has none.
func capability(_ name: String) -> [UInt8]? {
  guard let value = tigetstr(name), Int(bitPattern: value) != -1 else { return nil }
  return withoutPadding(bytes(of: value))
}

/// Brings back the normal screen, without curses: for the moment when nothing else can be called.
func restoringSequence(rows: Int, modesOff: [UInt8]) -> [UInt8] {
  var sequence = modesOff
  for name in ["sgr0", "op", "rmkx", "cnorm"] { sequence += capability(name) ?? [] }
  if let address = tigetstr("cup"), let toLastRow = shim_cursor_address(address, Int32(rows - 1), 0)
  {
    sequence += withoutPadding(bytes(of: toLastRow))
  }
  return sequence + (capability("rmcup") ?? Array("\r\n".utf8))
}

/// What ends the reports of the mouse: as terminfo has it, or as curses does it where a terminal has
/// a mouse and terminfo says no more; empty for a terminal without a mouse.
func mouseOff() -> [UInt8] {
  guard capability("kmous") != nil else { return [] }
  guard let mode = tigetstr("XM"), Int(bitPattern: mode) != -1, let off = shim_mouse_mode(mode, 0)
  else { return Array("\u{1B}[?1000l".utf8) }
  return withoutPadding(bytes(of: off))
}

/// The sequence without its `$<5*/>`: the waiting times of terminfo(5), which no terminal of today needs.
func withoutPadding(_ sequence: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var rest = sequence[...]
  while let byte = rest.first {
    if rest.starts(with: "$<".utf8), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
      rest = rest[(end + 1)...]
    } else {
      result.append(byte)
      rest = rest.dropFirst()
    }
  }
  return result
}

private func bytes(of string: UnsafePointer<CChar>) -> [UInt8] {
  Array(String(cString: string).utf8)
}
