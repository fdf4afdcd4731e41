import Testing
import Wizard

@testable import Cluster

@Suite("What could not be read in many namespaces")
struct RefusedNamespacesTests {
  private func gaps(
    _ refused: [(String, KubectlError.Reason, String)], of count: Int
  ) throws -> [String] {
    let configMaps = try #require(Resource.belongings.first { $0.name == "configmaps" })
    var namespaces = RefusedNamespaces()
    for (name, reason, why) in refused { namespaces.note(name, reason, why) }
    let gaps = namespaces.gaps(of: configMaps, among: (1...count).map { "ns-\($0)" })
    #expect(gaps.filter { !$0.isGap } == [])
    return gaps.map { "\($0.what): \($0.why)" }
  }

  private func forbidden(_ number: Int) -> (String, KubectlError.Reason, String) {
    ("ns-\(number)", .forbidden, "forbidden in ns-\(number)")
  }

  @Test("One or two are told of one by one, in the server's words")
  func few() throws {
    #expect(try gaps([], of: 3) == [])
    #expect(
      try gaps([forbidden(1), forbidden(2)], of: 3) == [
        "configmaps in ns-1: forbidden in ns-1", "configmaps in ns-2: forbidden in ns-2",
      ])
  }

  @Test("More are one sentence, with the few that could be read, or some of those that could not")
  func many() throws {
    #expect(
      try gaps((3...46).map(forbidden), of: 46) == [
        "configmaps in 44 of 46 namespaces: no right to list them; they were read in ns-1, ns-2 alone"
      ])
    #expect(
      try gaps((1...9).map(forbidden), of: 46) == [
        "configmaps in 9 of 46 namespaces: no right to list them; "
          + "not in ns-1, ns-2, ns-3, ns-4 and 5 more"
      ])
    #expect(
      try gaps((1...3).map(forbidden), of: 3) == [
        "configmaps in 3 of 3 namespaces: no right to list them; not in ns-1, ns-2, ns-3"
      ])
  }

  @Test("What failed for another reason is told of apart")
  func reasons() throws {
    let slow = (4...6).map { ("ns-\($0)", KubectlError.Reason.timedOut, "no answer within 30 s") }
    #expect(
      try gaps((1...3).map(forbidden) + slow + [("ns-7", .trouble, "odd")], of: 8) == [
        "configmaps in 3 of 8 namespaces: no right to list them; not in ns-1, ns-2, ns-3",
        "configmaps in 3 of 8 namespaces: no answer within 30 s; not in ns-4, ns-5, ns-6",
        "configmaps in ns-7: odd",
      ])
  }
}
