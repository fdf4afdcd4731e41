import Testing
import Wizard

@testable import Sync

@Suite("What is kept beside a session in ConfigHub")
struct WordsTests {
  private let session: Session = {
    var session = Session(
      id: "import-2026-01-09-143022", lineage: "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b",
      createdAt: Timestamp(seconds: 0))
    session.cluster.context = "arn:aws:eks:eu-central-1:1234:cluster/prod"
    session.hub = HubIdentity(user: "alex@example.com")
    session.position = Position(.worker, .connecting)
    return session
  }()

  @Test("Labels are what ConfigHub takes")
  func labels() {
    #expect(
      SessionUnit.labels(of: SessionHeader(session), status: .active) == [
        "Type": "import-session", "Lineage": session.lineage,
        "Cluster": "arn:aws:eks:eu-central-1:1234:cluster/prod", "Step": "worker",
        "Status": "active", "User": "alex@example.com",
      ])
    var scanned = SessionHeader(session)
    (scanned.counts.detected, scanned.counts.selected) = (15, 2)
    #expect(SessionUnit.labels(of: scanned, status: .active)["Workloads"] == "15/2/0")
    for (text, expected) in [
      ("", nil), ("名前", nil), ("-", nil), ("a=b,c", "a-b-c"), (" a b ", "a b"), ("a\nb", "a-b"),
      (String(repeating: "x", count: 200), String(repeating: "x", count: 128)),
    ] as [(String, String?)] {
      #expect(SessionUnit.labelValue(text) == expected)
      if let expected { #expect(LabelText.problem(key: "Cluster", value: expected) == nil) }
    }
  }

  @Test("The trail reads as a story")
  func story() {
    var session = session
    #expect(SessionUnit.changeDescription(of: session) == "step 5/7 worker")
    session.proposal = Proposal(
      hub: "h", appSpace: "s",
      units: (0..<40).map {
        UnitPlan(
          id: WorkloadKey(kind: nil, namespace: "n", name: "u\($0)"), slug: "u\($0)", labels: [:],
          members: [])
      })
    for number in 0..<12 {
      session.operations.append(
        Operation(
          id: "op-\(number)", kind: .createUnit, key: "s/u\(number)", state: .done,
          result: .created))
    }
    #expect(SessionUnit.changeDescription(of: session) == "step 5/7 worker, 12 of 40 units")
    session.position = Position(.complete)
    #expect(SessionUnit.changeDescription(of: session) == "complete, 12 of 40 units")
    for (host, words) in [
      ("desk", "complete, 12 of 40 units, on desk"), ("名", nil), ("a, on b", nil),
    ] {
      let told = SessionUnit.changeDescription(of: session, on: host)
      if let words { #expect(told == words) }
      #expect(SessionUnit.parts(ofDescription: told).what == "complete, 12 of 40 units")
    }
    let parts = SessionUnit.parts(ofDescription: "step 1/7 scan, on desk")
    #expect(parts.what == "step 1/7 scan" && parts.host == "desk")
    #expect(SessionUnit.parts(ofDescription: "went, on foot again").host == nil)
  }

  @Test("The name of a unit tells the session's id")
  func names() {
    let slug = SessionUnit.slug(of: session.id, lineage: session.lineage)
    #expect(SessionUnit.id(ofSlug: slug) == session.id)
    for other in ["", "x", "\(slug)-log", "../\(slug)", String(slug.dropLast()), "import-7f2c6f7e"]
    {
      #expect(SessionUnit.id(ofSlug: other) == nil)
    }
  }

  private func log(_ text: String) -> [UInt8] {
    OutgoingLog.content(text, people: ["alex@example.com"], home: "/home/alex")
  }

  @Test(
    "A log goes up without secrets, and without what the unit begins with, which is not its own")
  func logs() {
    let content = log(
      "one alex@example.com\ntoken=abcdef123456 for bo@example.com in /home/alex/x\n")
    let text = String(decoding: content, as: UTF8.self)
    #expect(
      text == """
        one alex@example.com
        token=[redacted] for [redacted] in ~/x

        """)
    #expect(
      OutgoingLog.text(of: content)
        == "one alex@example.com\ntoken=[redacted] for [redacted] in ~/x\n")
  }

  @Test("Of a long log the end goes up, in whole lines")
  func longLog() {
    let line = String(repeating: "x", count: 99)
    let all = (0..<20_000).map { "\(line)\($0)\n" }.joined()
    let kept = OutgoingLog.text(of: log(all))
    #expect((OutgoingLog.sizeLimit - 200...OutgoingLog.sizeLimit).contains(kept.utf8.count))
    #expect(all.hasSuffix(kept) && kept.hasPrefix(line))
    #expect(OutgoingLog.text(of: log("")) == "")
  }
}
