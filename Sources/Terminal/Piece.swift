import CNcurses

/// What goes into curses at one place: one scalar that takes columns, and the marks on it.
struct Piece: Equatable {
  var scalars: [Unicode.Scalar]
  var columns: Int

  /// Takes the character apart into pieces that fill its columns exactly.
  ///
  /// Curses has no clusters and terminals disagree on how wide they are, so of an emoji sequence the
  /// first emoji is drawn, without selector and skin tone, and a space where that is narrower.
  /// What the C library does not know or takes for wider is drawn as `?`.
  static func pieces(
    of character: Character, columns: Int, widthOf: (Unicode.Scalar) -> Int = systemWidth(of:)
  ) -> [Piece] {
    var pieces: [Piece] = []
    var room = columns
    for scalar in character.unicodeScalars {
      if scalar == "\u{200D}" { break }
      if scalar == "\u{FE0E}" || scalar == "\u{FE0F}" { continue }
      let width = widthOf(scalar)
      if width == 0, let last = pieces.indices.last {
        if pieces[last].scalars.count < Int(CCHARW_MAX) { pieces[last].scalars.append(scalar) }
      } else if width > 0, width <= room {
        pieces.append(Piece(scalars: [scalar], columns: width))
        room -= width
      } else if room > 0 {
        pieces.append(Piece(scalars: ["?"], columns: 1))
        room -= 1
      }
    }
    return pieces + Array(repeating: Piece(scalars: [" "], columns: 1), count: room)
  }

  /// wcwidth(3): what curses goes by; negative for what the locale cannot print.
  static func systemWidth(of scalar: Unicode.Scalar) -> Int {
    Int(wcwidth(wchar_t(bitPattern: scalar.value)))
  }
}
