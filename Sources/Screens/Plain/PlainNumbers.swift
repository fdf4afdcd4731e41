/// The numbers of rows, as a person writes them: `1-3,7`, `2, 8` or `7 8`.
enum PlainNumbers {
  /// The indices of the rows, from 0, in the order of the text and without repetition. It fails with
  /// a sentence if the text is no list of numbers, or names a row that does not exist.
  static func parse(_ text: some StringProtocol, count: Int) -> Result<[Int], Complaint> {
    var numbers: [Int] = []
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).flatMap { part in
      let words = part.split(separator: " ")
      return words.isEmpty ? [part] : words
    }
    for part in parts {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1]
      else {
        return .failure(.init(sentence: "\"\(text)\" is not understood; write 3 or 1-3,7."))
      }
      guard first >= 1, first <= last, last <= count else {
        let rows = count == 0 ? "there are no rows here" : "the rows are 1 to \(count)"
        return .failure(.init(sentence: "There is no row \(part): \(rows)."))
      }
      numbers += (first - 1)...(last - 1)
    }
    var seen: Set<Int> = []
    return .success(numbers.filter { seen.insert($0).inserted })
  }

  /// The list of numbers that a text begins with, and what follows it, for a word that takes both.
  /// After a comma the list goes on.
  static func split(_ text: Substring) -> (numbers: Substring, rest: String?) {
    var end = text.firstIndex(of: " ") ?? text.endIndex
    while end < text.endIndex {
      let next = text.index(after: end)
      guard text[..<end].last == "," || text[next...].first == "," else { break }
      end = text[next...].firstIndex(of: " ") ?? text.endIndex
    }
    let rest = text[end...].dropFirst()
    return (text[..<end], rest.isEmpty ? nil : String(rest))
  }

  struct Complaint: Error {
    var sentence: String
  }
}
