import FoundationEssentials
import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  @Suite("What a scan makes of the recordings")
  struct GoldenScanTests {
    private static func text(_ owner: Owner) -> String {
      let name = [owner.namespace, owner.name].compactMap(\.self).joined(separator: "/")
      let object = [owner.kind, name.isEmpty ? nil : name].compactMap(\.self).joined(separator: " ")
      let why = owner.source.map { "by \($0), \(owner.confidence.rawValue)" }
      return [owner.tool.rawValue, object, why].compactMap(\.self).filter { !$0.isEmpty }
        .joined(separator: "; ")
    }

    static func word(for place: FoundObject.Place) -> String {
      switch place {
      case .claimed: "claimed"
      case .shared: "shared"
      case .unclaimed(let part): "unclaimed, \(part.rawValue)"
      case .leftOut: "left out"
      }
    }

    /// Everything that a scan says, one line each.
    static func text(_ result: ScanResult) -> String {
      var lines = ["namespaces \(result.namespaces.joined(separator: " "))"]
      for workload in result.workloads {
        let object = workload.reference
        lines += [
          "", "\(object.apiVersion) \(object.kind) \(workload.key.namespace)/\(workload.key.name)",
          "  owner: \(text(workload.owner))",
        ]
        lines += workload.otherOwners.map { "  also: \(text($0))" }
        if let reason = workload.reason { lines.append("  not ready: \(reason)") }
        lines += workload.labels.sorted { $0.key < $1.key }.map { "  label: \($0.key)=\($0.value)" }
        lines += workload.images.map { "  image: \($0)" }
        lines += workload.belongings.map { "  with: \($0.apiVersion) \($0.kind) \($0.name)" }
        lines += workload.secrets.map { "  without: Secret \($0)" }
      }
      lines.append("")
      for object in result.ownerObjects {
        let automatic = object.isAutomatic.map { $0 ? "automatic" : "not automatic" }
        let words = [
          object.standing.word, object.source, automatic, object.parent.map { "from \($0)" },
        ]
        lines.append(
          "\(object.kind) \(object.namespace)/\(object.name): "
            + words.compactMap(\.self).joined(separator: "; "))
      }
      lines += result.leftOut.map { "left out: \($0.what): \($0.why)\($0.isGap ? " (gap)" : "")" }
      lines += result.objects.map { "\(word(for: $0.place)): \($0.reference.words): \($0.why)" }
      return lines.map { "\($0)\n" }.joined()
    }

    @Test(
      "Every object's owner, its source and confidence, and the unit it goes with",
      arguments: ["kind-atk", "fleet"])
    func golden(recording: String) throws {
      let found = Self.text(try TestCluster(recording).scan().result)
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden/\(recording)/scan.txt")
      if ProcessInfo.processInfo.environment["MAP_IMPORT_GOLDEN"] != nil {
        try Data(found.utf8).write(to: file)
      }
      #expect(found == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }
  }
}
