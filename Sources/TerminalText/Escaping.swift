/// The text with everything that a terminal would obey, hide or reorder turned into visible signs.
///
/// C0 and DEL become `^[` and the like. C1, bidi controls, line and paragraph separators, zero-width,
/// tag, private and unassigned characters become `\u{202e}` and the like, and so does a combining mark
/// without anything to combine with. Emoji sequences stay whole. Escaping twice changes nothing more.
public func escaped(_ text: String) -> String {
  if isPrintableASCII(text) { return text }
  var shown = String.UnicodeScalarView()
  for character in text { appendVisibly(character, to: &shown) }
  return String(shown)
}

/// As `escaped(_:)` for what should be UTF-8; each byte that is not becomes `\xNN`.
public func escaped(bytes: some Sequence<UInt8>) -> String {
  let bytes = Array(bytes)
  var shown = ""
  var valid = String.UnicodeScalarView()
  var parser = Unicode.UTF8.ForwardParser()
  var input = bytes.makeIterator()
  var position = 0
  while true {
    switch parser.parseScalar(from: &input) {
    case .valid(let encoded):
      valid.append(Unicode.UTF8.decode(encoded))
      position += encoded.count
    case .error(let length):
      shown += escaped(String(valid))
      valid = String.UnicodeScalarView()
      for byte in bytes[position..<position + length] {
        let digits = String(byte, radix: 16)
        shown += "\\x" + (digits.count == 1 ? "0" : "") + digits
      }
      position += length
    case .emptyInput:
      return shown + escaped(String(valid))
    }
  }
}

func isPrintableASCII(_ text: String) -> Bool {
  text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
}

/// More than any emoji sequence in use (ten) or any script's stack of marks; what comes after would
/// only be there to hide or to smear.
private let longestCharacter = 12

private func appendVisibly(_ character: Character, to shown: inout String.UnicodeScalarView) {
  let scalars = Array(character.unicodeScalars)
  /// How many scalars before this one have been kept without a break.
  var kept = 0
  for (index, scalar) in scalars.enumerated() {
    let previous = kept > 0 ? scalars[index - 1] : nil
    let next = index + 1 < scalars.count ? scalars[index + 1] : nil
    let isKept: Bool
    if isHidden(scalar) {
      isKept = kept < longestCharacter && shapesEmoji(scalar, after: previous, before: next)
    } else if columns(of: scalar) == 0 || scalar.properties.isEmojiModifier && previous != nil {
      isKept = previous != nil && kept < longestCharacter
    } else {
      isKept = true
    }
    if isKept {
      shown.append(scalar)
      kept += 1
    } else {
      shown.append(contentsOf: visibleForm(of: scalar).unicodeScalars)
      kept = 0
    }
  }
}

private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
    true
  default:
    scalar.properties.isDefaultIgnorableCodePoint
  }
}

/// Whether a hidden scalar is the joiner or the variation selector of an emoji, whose neighbours the
/// grapheme breaking has already checked.
private func shapesEmoji(
  _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?
) -> Bool {
  guard let previous else { return false }
  switch scalar {
  case .textPresentation, .emojiPresentation:
    return previous.properties.isEmoji
  case .zeroWidthJoiner:
    let endsEmoji = previous.properties.isEmoji || previous == .emojiPresentation
    return endsEmoji && next?.properties.isEmoji == true
  default:
    return false
  }
}

private func visibleForm(of scalar: Unicode.Scalar) -> String {
  switch scalar.value {
  case 0..<0x20: "^" + String(UnicodeScalar(UInt8(scalar.value) + 0x40))
  case 0x7F: "^?"
  default: "\\u{" + String(scalar.value, radix: 16) + "}"
  }
}
