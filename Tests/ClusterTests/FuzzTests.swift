import FoundationEssentials
import TestWorld
import Testing

@testable import Cluster

/// Answers of a real server, changed at random: a million of them with MAP_IMPORT_SWEEP=1.
@Suite("Answers that nobody meant")
struct FuzzTests {
  private static let tokens: [[UInt8]] =
    [
      "{", "}", "[", "]", "\"", "\\", ",", ":", "null", "true", "-", "1e999", "9223372036854775808",
      "\\ud800", "\\u0000", "\u{1b}[2J", "\u{202e}", " ", "\"items\":[", "\"metadata\":{",
    ].map { Array($0.utf8) } + [[0], [0xff], [0xc3], [0xed, 0xa0, 0x80]]

  private static func mutate(_ text: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var text = text
    for _ in 0...Int.random(in: 0...3, using: &random) where !text.isEmpty {
      let at = Int.random(in: 0..<text.count, using: &random)
      let end = min(text.count, at + Int.random(in: 1...40, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: text[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: text.removeSubrange(at..<end)
      case 2: text.insert(contentsOf: text[at..<end], at: at)
      case 3: text.insert(contentsOf: tokens.randomElement(using: &random) ?? [], at: at)
      case 4: text.replaceSubrange(at..<end, with: tokens.randomElement(using: &random) ?? [])
      default: text.removeSubrange(at...)
      }
    }
    return text
  }

  /// Lists of one or two objects each, of every kind of the recordings.
  private static func answers() throws -> [(kind: String, bytes: [UInt8])] {
    var answers: [(String, [UInt8])] = []
    for recording in ["kind-atk", "fleet"] {
      let directory = Recording.path(recording)
      for entry in try Recording.entries(in: directory)
      where entry.status == 200 && entry.user == "admin" {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(directory)/\(entry.file)")))
        var (items, kind): ([[UInt8]], String) = ([], "")
        var splitter = ListSplitter()
        try? bytes.withUnsafeBufferPointer { bytes throws(KubectlError) in
          try splitter.take(bytes) { _ throws(KubectlError) in
          } onItem: {
            items.append(Array($0))
          }
        }
        let head = try? JSONDecoder().decode(
          ListPage<AnyObjectMetadata>.Head.self, from: Data(splitter.envelope))
        kind = head?.kind ?? ""
        guard kind.hasSuffix("List") else { continue }
        for count in [1, 2] {
          let list = items.sorted { $0.count < $1.count }.prefix(count).joined(separator: [0x2c])
          answers.append(
            (
              String(kind.dropLast(4)),
              Array("{\"kind\":\"\(kind)\",\"metadata\":{\"continue\":\"\"},\"items\":[".utf8)
                + list + Array("]}".utf8)
            ))
        }
      }
    }
    return answers
  }

  /// Reads it in pieces as the scan would; answers how many objects came, or `nil` if refused.
  private static func read<Item: ListedObject>(
    _ bytes: [UInt8], _ kind: String, as type: Item.Type, _ random: inout Seeded,
    take: (Item) -> Void
  ) -> Int? {
    var page = ListPage<Item>(of: kind)
    do throws(KubectlError) {
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 1...2000, using: &random))
        try bytes[start..<end].withUnsafeBufferPointer { piece throws(KubectlError) in
          try page.take(piece, onHead: { _ in }, onItem: take)
        }
        start = end
      }
      _ = try page.finish()
      return page.count
    } catch {
      return nil
    }
  }

  /// A list as Foundation's decoder understands it.
  private struct Whole: Decodable {
    var kind: String
    var metadata: ListPage<AnyObjectMetadata>.Head.Metadata?
    var items: [Item]?

    struct Item: Decodable {
      var metadata: Metadata
      struct Metadata: Decodable {
        var name: String
      }
    }
  }

  @Test("None of them crashes the reader, and none that is whole loses an object")
  func fuzz() throws {
    let count = Sweep.isFull ? 1_000_000 : 4_000
    let answers = try Self.answers()
    #expect(answers.count > 30)
    var random = Seeded(20_260_109)
    var (whole, refused, found) = (0, 0, 0)
    for number in 0..<count {
      let (kind, original) = answers[number % answers.count]
      let bytes = number < answers.count ? original : Self.mutate(original, &random)
      let resource = Resource.workloads.first { $0.kind == kind }
      let read: Int?
      if let resource {
        read = Self.read(bytes, kind, as: WorkloadObject.self, &random) { item in
          let workload = FoundWorkload(item, resource, apiVersion: resource.apiVersions[0])
          found += workload?.workload.images.count ?? 0
        }
      } else {
        read = Self.read(bytes, kind, as: OwningObject.self, &random) { _ in }
      }
      if read == nil { refused += 1 }
      if number < answers.count { #expect(read != nil, "\(kind) as it was recorded") }
      // Where another reader understands all of it, so does this one; but Foundation's takes a comma
      // that nothing follows, which is no JSON.
      if bytes.firstRange(of: Array(",]".utf8)) == nil,
        let list = try? JSONDecoder().decode(Whole.self, from: Data(bytes)),
        list.kind == kind + "List", let items = list.items
      {
        whole += 1
        #expect((read ?? -1) >= items.count, "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
    // Both ends of the road were travelled.
    #expect(refused > count / 10 && whole > count / 10 && found > 0)
  }
}
