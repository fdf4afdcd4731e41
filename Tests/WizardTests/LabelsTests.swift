import Testing

@testable import Wizard

@Suite("What a workload keeps in little room")
struct LabelsTests {
  @Test("Labels are found, changed and taken away by their keys, and stay sorted")
  func labels() {
    var labels: Labels = ["b": "2", "a": "1"]
    labels["c"] = "3"
    labels["a"] = "0"
    labels["aa"] = "x"
    labels["b"] = nil
    labels["nothing"] = nil
    #expect(labels.map(\.key) == ["a", "aa", "c"] && labels.map(\.value) == ["0", "x", "3"])
    #expect(labels["a"] == "0" && labels["b"] == nil)
    #expect(labels == ["c": "3", "aa": "x", "a": "0"])
    #expect(labels.mapValues(\.count) == ["a": 1, "aa": 1, "c": 1])
  }

  @Test(
    "A uid comes back as it was",
    arguments: [
      nil, "", "7", "6f1c2a7e-0d4b-4c55-9a51-000000012345", "ffffffff-ffff-ffff-ffff-ffffffffffff",
      "00000000-0000-0000-0000-000000000000", "6F1C2A7E-0D4B-4C55-9A51-000000012345",
      "6f1c2a7e00d4b04c5509a510000000012345", "6f1c2a7e-0d4b-4c55-9a51-00000001234",
      "6f1c2a7e-0d4b-4c55-9a51-00000001234g", "namespace-123",
    ])
  func uid(uid: String?) {
    let key = WorkloadKey(kind: .deployment, namespace: "a", name: "b")
    #expect(Workload(key: key, apiVersion: "apps/v1", uid: uid).uid == uid)
  }

  @Test("A workload is no larger than it has to be")
  func size() {
    #expect(MemoryLayout<Workload>.stride <= 176)
  }
}
