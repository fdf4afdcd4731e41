/// Letters in their order, with anything between them, as fuzzy finders look for them.
enum Fuzzy {
  /// How well the text has the letters: more is better; `nil` if it has not all of them in their
  /// order. Both are in lower case.
  ///
  /// Letters that follow one another count most, then those that begin a word.
  static func score(_ letters: [UInt8], in text: some RandomAccessCollection<UInt8>) -> Int? {
    guard !letters.isEmpty else { return 0 }
    var best: Int?
    for start in text.indices where text[start] == letters[0] {
      guard let score = score(letters, from: start, in: text) else { break }
      best = max(best ?? score, score)
    }
    return best
  }

  private static func score<Text: RandomAccessCollection<UInt8>>(
    _ letters: [UInt8], from start: Text.Index, in text: Text
  ) -> Int? {
    var (score, next, place) = (0, 0, start)
    var isAdjacent = false
    while place < text.endIndex, next < letters.count {
      if text[place] == letters[next] {
        let isHead = place == text.startIndex || !isWord(text[text.index(before: place)])
        score += isAdjacent ? 4 : isHead ? 3 : 0
        next += 1
        isAdjacent = true
      } else {
        score -= 1
        isAdjacent = false
      }
      place = text.index(after: place)
    }
    return next == letters.count ? score : nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
  }
}
