/// How many columns a character takes: 0 for combining marks and controls, 2 for East Asian wide
/// characters and emoji, else 1.
///
/// Every scalar counts as glibc's wcwidth(3) counts it, so a flag is 1 + 1 and a cluster of several
/// letters (as in Devanagari) is as wide as its letters. Scalars that the emoji selector, a skin tone
/// or a joiner make one emoji are 2 together: U+26A0 alone is 1, with U+FE0F it is 2.
public func displayWidth(of character: Character) -> Int {
  if let ascii = character.asciiValue { return (0x20...0x7E).contains(ascii) ? 1 : 0 }
  let scalars = character.unicodeScalars
  if scalars.first?.properties.isEmoji == true, scalars.dropFirst().contains(where: joinsEmoji) {
    return 2
  }
  return scalars.reduce(0) { $0 + columns(of: $1) }
}

/// How many columns the text takes on the screen, that is, after `escaped(_:)`.
public func displayWidth(of text: String) -> Int {
  if isPrintableASCII(text) { return text.utf8.count }
  return escaped(text).reduce(0) { $0 + displayWidth(of: $1) }
}

extension Unicode.Scalar {
  static let zeroWidthJoiner: Unicode.Scalar = "\u{200D}"
  static let textPresentation: Unicode.Scalar = "\u{FE0E}"
  static let emojiPresentation: Unicode.Scalar = "\u{FE0F}"
}

private func joinsEmoji(_ scalar: Unicode.Scalar) -> Bool {
  scalar == .emojiPresentation || scalar == .zeroWidthJoiner || scalar.properties.isEmojiModifier
}

func columns(of scalar: Unicode.Scalar) -> Int {
  switch scalar.properties.generalCategory {
  case .control, .enclosingMark, .format, .lineSeparator, .nonspacingMark, .paragraphSeparator:
    return 0
  default:
    if isJoiningJamo(scalar) { return 0 }
    return isWide(scalar) ? 2 : 1
  }
}

/// Vowels and final consonants, which a terminal draws into the cell of the syllable's first letter.
private func isJoiningJamo(_ scalar: Unicode.Scalar) -> Bool {
  (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FB).contains(scalar.value)
}

/// East_Asian_Width W and F as glibc has them; unassigned gaps are closed to keep the list short.
private func isWide(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case ..<0x1100: false
  case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4C6, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18D08, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD:
    true
  // Regional indicators: two of them make a flag, one column each.
  case 0x1F1E6...0x1F1FF: false
  default: scalar.properties.isEmojiPresentation
  }
}
