// What the sequences do; each function answers whether it knows the sequence.
extension TerminalEmulator {
  func number(_ parameters: [[Int?]], _ index: Int, default standard: Int) -> Int {
    guard parameters.indices.contains(index) else { return standard }
    let value = (parameters[index].first ?? nil) ?? standard
    // A zero count means one, everywhere but where zero is itself a choice (ED, EL, TBC).
    return standard == 1 ? max(value, 1) : value
  }
}

/// ESC and what follows, without `[`.
func performEscape(_ terminal: inout TerminalEmulator, _ sequence: [UInt8]) -> Bool {
  let text = String(decoding: sequence, as: UTF8.self)
  switch text {
  case "7": terminal.savedCursor = terminal.cursor
  case "8": terminal.restoreCursor()
  case "D": terminal.lineFeed()
  case "E":
    terminal.moveCursor(to: terminal.cursor.row, 0)
    terminal.lineFeed()
  case "M": terminal.reverseLineFeed()
  case "H": terminal.tabStops.insert(terminal.cursor.column)
  case "c": terminal.reset()
  case "g": terminal.bells += 1
  case "=", ">", "\\": break  // The keypad's modes, and the end of a string that was cut short.
  case "(B", "(0", ")B", ")0":
    terminal.cursor.drawingSets[text.hasPrefix("(") ? 0 : 1] = text.hasSuffix("0")
  default: return false
  }
  return true
}

/// OSC: only the title matters; colours of the palette cannot be seen in cells. Other strings
/// (DCS, PM, APC) are not known.
func performString(_ terminal: inout TerminalEmulator, _ sequence: [UInt8]) -> Bool {
  guard sequence.first == UInt8(ascii: "]") else { return false }
  let text = String(decoding: sequence.dropFirst(), as: UTF8.self)
  if text.hasPrefix("52;c;") { terminal.clipboard = String(text.dropFirst(5)) }
  if text.hasPrefix("8;;"), text.count > 3 { terminal.links.append(String(text.dropFirst(3))) }
  if text.hasPrefix("0;") || text.hasPrefix("2;") { terminal.title = String(text.dropFirst(2)) }
  return true
}

/// `ESC [`, an optional private mark, parameters, intermediates and a final byte.
func performControlSequence(_ terminal: inout TerminalEmulator, _ sequence: [UInt8]) -> Bool {
  guard let final = sequence.last else { return false }
  var body = sequence.dropLast()
  var mark = ""
  if let first = body.first, (0x3C...0x3F).contains(first) {
    mark = String(Unicode.Scalar(first))
    body = body.dropFirst()
  }
  let digits = body.prefix { (0x30...0x3B).contains($0) }
  let intermediates = String(decoding: body.dropFirst(digits.count), as: UTF8.self)
  let parameters = digits.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    .map { part in
      part.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        .map { Int(String(decoding: $0, as: UTF8.self)) }
    }
  let name = mark + intermediates + String(Unicode.Scalar(final))
  return terminal.move(name, parameters) || terminal.edit(name, parameters)
    || terminal.switchMode(name, parameters) || terminal.report(name, parameters)
}

extension TerminalEmulator {
  fileprivate mutating func move(_ name: String, _ parameters: [[Int?]]) -> Bool {
    let count = number(parameters, 0, default: 1)
    let (row, column) = (cursor.row, cursor.column)
    switch name {
    // Up and down stop at the margins if they begin between them.
    case "A", "F":
      let top = row >= scrollRegion.lowerBound ? scrollRegion.lowerBound : 0
      moveCursor(to: max(row - count, top), name == "F" ? 0 : column)
    case "B", "E", "e":
      let bottom = row <= scrollRegion.upperBound ? scrollRegion.upperBound : rows - 1
      moveCursor(to: min(row + count, bottom), name == "E" ? 0 : column)
    case "C", "a": moveCursor(to: row, column + count)
    case "D": moveCursor(to: row, column - count)
    case "G", "`": moveCursor(to: row, count - 1)
    case "d": moveCursor(to: count - 1, column)
    case "H", "f": moveCursor(to: count - 1, number(parameters, 1, default: 1) - 1)
    case "I": tabForward(count)
    case "Z": tabBackward(count)
    case "s": savedCursor = cursor
    case "u": restoreCursor()
    default: return false
    }
    return true
  }

  fileprivate mutating func edit(_ name: String, _ parameters: [[Int?]]) -> Bool {
    let count = number(parameters, 0, default: 1)
    let choice = number(parameters, 0, default: 0)
    switch name {
    case "@": insertBlanks(count)
    case "P": deleteCharacters(count)
    case "X": erase(row: cursor.row, cursor.column..<min(cursor.column + count, columns))
    case "K": return eraseInLine(choice)
    case "J": return eraseInDisplay(choice)
    case "L", "M":
      guard scrollRegion.contains(cursor.row) else { return true }
      scroll(cursor.row...scrollRegion.upperBound, by: name == "M" ? count : -count)
      moveCursor(to: cursor.row, 0)
    case "S": scroll(scrollRegion, by: count)
    case "T": scroll(scrollRegion, by: -count)
    case "b": if let scalar = lastPrinted { for _ in 0..<count { print(scalar) } }
    case "g":
      if choice == 3 { tabStops = [] } else { tabStops.remove(cursor.column) }
    case "r":
      let top = count - 1
      let bottom = min(number(parameters, 1, default: rows), rows) - 1
      guard top < bottom else { return true }
      scrollRegion = top...bottom
      moveCursor(to: 0, 0)
    case "m":
      let unknown = cursor.style.apply(parameters)
      unknownSequences += unknown.map { "SGR \($0)" }
    default: return false
    }
    return true
  }

  private mutating func eraseInLine(_ choice: Int) -> Bool {
    switch choice {
    case 0: erase(row: cursor.row, cursor.column..<columns)
    case 1: erase(row: cursor.row, 0..<cursor.column + 1)
    case 2: erase(row: cursor.row, 0..<columns)
    default: return false
    }
    return true
  }

  private mutating func eraseInDisplay(_ choice: Int) -> Bool {
    switch choice {
    case 0:
      erase(row: cursor.row, cursor.column..<columns)
      for row in cursor.row + 1..<max(rows, cursor.row + 1) { erase(row: row, 0..<columns) }
    case 1:
      for row in 0..<cursor.row { erase(row: row, 0..<columns) }
      erase(row: cursor.row, 0..<cursor.column + 1)
    case 2: for row in 0..<rows { erase(row: row, 0..<columns) }
    case 3: break  // The lines that scrolled off: not kept here.
    default: return false
    }
    return true
  }

  mutating func restoreCursor() {
    cursor = savedCursor
    cursor.row = min(cursor.row, rows - 1)
    cursor.column = min(cursor.column, columns - 1)
  }

  mutating func reset() {
    var fresh = TerminalEmulator(
      columns: columns, rows: rows, term: erasesWithBackground ? "xterm" : "screen")
    fresh.bells = bells
    fresh.title = title
    fresh.unknownSequences = unknownSequences
    self = fresh
  }
}
