import Testing
import Wizard

@testable import Cluster

@Suite("What is kept as bytes")
struct PackedListTests {
  private static let odd = [
    "", "app", "größe\u{301}", "a\0b\n", String(repeating: "x", count: 300),
  ]

  private static func object(_ name: String, in namespace: String?) -> ObjectReference {
    ObjectReference(apiVersion: "v1", kind: "Service", namespace: namespace, name: name)
  }

  private static let belongings: [RelatedObject] =
    odd.flatMap { text in
      let selector = LabelSelector(matchLabels: [text: text, "tier": "front"])
      var demanding = selector
      demanding.requirements = [
        LabelSelector.Requirement(key: text, operator: "In", values: odd),
        LabelSelector.Requirement(key: "b", operator: "Exists", values: []),
      ]
      let links: [RelatedObject.Link] = [
        .named, .account(pullSecrets: Set(odd)), .account(pullSecrets: []), .selects(selector),
        .selects(demanding), .selects(LabelSelector()), .scales(kind: "Deployment", name: text),
        .routes(services: [text], secrets: Set(odd)),
      ]
      return links.map {
        RelatedObject(
          reference: object(text, in: text), link: $0, obstacle: text.isEmpty ? nil : text)
      }
    } + [RelatedObject(reference: object("x", in: nil), link: .named)]

  @Test("A belonging of every sort comes back as it was")
  func belongings() {
    var list = PackedList<RelatedObject>()
    for belonging in Self.belongings { list.append(belonging) }
    #expect(Array(list) == Self.belongings)
  }

  @Test("A workload's clues come back as they were, also from lists that were joined")
  func clues() {
    let all = Self.odd.map {
      FoundWorkload.Clues(
        podLabels: Labels([$0: $0, "tier": "front"]), configMaps: Self.odd,
        serviceAccount: $0.isEmpty ? nil : $0)
    }
    var (first, second) = (PackedList<FoundWorkload.Clues>(), PackedList<FoundWorkload.Clues>())
    for clues in all {
      first.append(clues)
      second.append(clues)
    }
    first.append(contentsOf: second)
    #expect(Array(first) == all + all)
  }

  @Test("Numbers of every length come back")
  func numbers() {
    for number in [0, 1, 127, 128, 16_383, 16_384, 1 << 40, Int.max, -1] {
      var bytes: [UInt8] = []
      bytes.pack(number)
      var packed = PackedBytes(bytes, from: 0)
      #expect(packed.number() == number)
    }
  }

  @Test("Pages in any order: every workload keeps its own clues, and all are sorted")
  func pages() throws {
    // Names and namespaces in an order that is not that of the keys.
    let scattered = (0..<60).map { $0 * 37 % 60 }
    var pages: [FoundWorkloads] = []
    for start in stride(from: 0, to: 60, by: 7) {
      var page = FoundWorkloads()
      for number in scattered[start..<min(60, start + 7)] {
        page.append(
          try AssemblyTests.workload(
            "w\(number)", in: "n\(number % 4)", labels: ["app": "w\(number)"]))
      }
      pages.append(page)
    }
    var found = FoundWorkloads(draining: &pages)
    var packed: [String: PackedList<RelatedObject>] = [:]
    for number in scattered {
      let service = RelatedObject(
        reference: Self.object("s\(number)", in: "n\(number % 4)"),
        link: .selects(LabelSelector(matchLabels: ["app": "w\(number)"])))
      packed["n\(number % 4)", default: PackedList()].append(service)
    }
    var belongings = packed.mapValues { [$0] }
    #expect(found.assemble(&belongings, roles: [:], whole: []).isEmpty)
    #expect(pages.isEmpty && belongings.isEmpty)
    #expect(found.workloads.map(\.key) == found.workloads.map(\.key).sorted())
    #expect(found.workloads.count == 60)
    for workload in found.workloads {
      #expect(workload.belongings.map(\.name) == ["s" + workload.key.name.dropFirst()])
    }
  }
}
