import Testing

@testable import Cluster

@Suite("A list that is split while it arrives")
struct ListSplitterTests {
  struct Split: Equatable {
    var items: [String] = []
    var heads: [String] = []
    var envelope = ""
    var refusal: KubectlError?
  }

  /// Feeds the text in pieces of that many bytes.
  static func split(_ text: String, pieces: Int = .max) -> Split {
    var split = Split()
    var splitter = ListSplitter()
    let bytes = Array(text.utf8)
    do throws(KubectlError) {
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + min(pieces, bytes.count))
        try bytes[start..<end].withUnsafeBufferPointer { piece throws(KubectlError) in
          try splitter.take(piece) { head throws(KubectlError) in
            split.heads.append(String(decoding: head, as: UTF8.self))
          } onItem: { item throws(KubectlError) in
            split.items.append(String(decoding: item, as: UTF8.self))
          }
        }
        start = end
      }
      try splitter.finish()
      split.envelope = String(decoding: splitter.envelope, as: UTF8.self)
    } catch {
      split.refusal = error
    }
    return split
  }

  static let text =
    " {\"kind\":\"AList\",\"metadata\":{\"continue\":\"items\",\"x\":[{}]},\"items\":[ {\"a\":\"}]\\\"{\"},\n"
    + "{\"items\":[{\"b\":1}]} ],\"z\":{\"items\":[1]}}\n"

  @Test("Items come out whole wherever the pieces end; brackets in strings are none")
  func pieces() {
    let whole = Self.split(Self.text)
    #expect(whole.items == ["{\"a\":\"}]\\\"{\"}", "{\"items\":[{\"b\":1}]}"])
    #expect(
      whole.envelope
        == "{\"kind\":\"AList\",\"metadata\":{\"continue\":\"items\",\"x\":[{}]},\"items\":[],"
        + "\"z\":{\"items\":[1]}}")
    #expect(
      whole.heads
        == ["{\"kind\":\"AList\",\"metadata\":{\"continue\":\"items\",\"x\":[{}]},\"items\":[]}"])
    #expect(whole.refusal == nil)
    for size in 1...Self.text.utf8.count { #expect(Self.split(Self.text, pieces: size) == whole) }
  }

  @Test("What a list says about itself may come after its items")
  func metadataLast() {
    let split = Self.split("{\"items\":[{}],\"kind\":\"AList\",\"metadata\":{\"continue\":\"t\"}}")
    #expect(split.items == ["{}"])
    #expect(split.envelope == "{\"items\":[],\"kind\":\"AList\",\"metadata\":{\"continue\":\"t\"}}")
  }

  @Test("Every text that ends early is cut off, wherever it ends")
  func cut() {
    let text = String(Self.text.dropLast())
    for length in 2..<text.utf8.count {
      let split = Self.split(String(decoding: text.utf8.prefix(length), as: UTF8.self))
      #expect(split.refusal?.reason == .cutOff, "\(length)")
    }
  }

  @Test(
    "What is no list of objects is refused",
    arguments: [
      "y\ny\n", "[]", "1", "{\"items\":[1]}", "{\"items\":[{}{}]}", "{\"items\":[{},]}",
      "{\"items\":[,{}]}", "{\"items\":[null]}", "{\"items\":[{}]}{",
    ])
  func nonsense(text: String) {
    let split = Self.split(text)
    #expect(split.refusal?.reason == .unreadable)
  }

  @Test("What never ends comes to an end: an object, white space, the list's own words, nesting")
  func endless() {
    let x = String(repeating: "x", count: 1 << 16)
    for (start, rest, words) in [
      ("{\"items\":[{\"a\":\"", x, "one object is longer than 8 MiB"),
      ("{\"items\":[", String(repeating: " ", count: 1 << 16), "nothing but white space"),
      ("", String(repeating: "\n", count: 1 << 16), "nothing but white space"),
      ("{\"kind\":\"", x, "says more about itself"),
      ("{\"items\":[{\"a\":", "[[[[[[[[[[[[[[[[", "nested deeper than 256 levels"),
      ("{\"a\":", "[[[[[[[[[[[[[[[[", "nested deeper than 256 levels"),
    ] {
      var splitter = ListSplitter()
      var refusal: KubectlError?
      for number in 0..<200 where refusal == nil {
        do throws(KubectlError) {
          try Array((number == 0 ? start : rest).utf8).withUnsafeBufferPointer {
            piece throws(KubectlError) in
            try splitter.take(piece) { _ throws(KubectlError) in
            } onItem: { _ throws(KubectlError) in
            }
          }
        } catch {
          refusal = error
        }
      }
      #expect(refusal?.words.contains(words) == true, "\(start): \(refusal?.words ?? "endless")")
    }
  }
}
