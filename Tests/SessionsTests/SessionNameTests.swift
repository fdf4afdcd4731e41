import Files
import Testing

@testable import SessionStore

@Suite("The names of our files")
struct SessionNameTests {
  private static let id = "import-2026-01-09-143022"
  private static let digest = String(repeating: "0123456789abcdef", count: 4)

  @Test(
    "Each kind of file is told by its name",
    arguments: [
      ("\(id).json", .session(id, isCompressed: false)),
      ("\(id).json.gz", .session(id, isCompressed: true)),
      ("\(id)-2.json", .session("\(id)-2", isCompressed: false)),
      ("\(id).17.json", .copy(id, 17)), ("\(id).17.json.gz", .copy(id, 17)),
      ("\(id).0.json", .copy(id, 0)),
      ("\(id).\(digest).json", .part(id, digest: digest)),
      ("\(id).lock", .lock(id)), (".\(id).tmp", .temporary(id)),
      (".\(id).4711-1.tmp", .temporary(id)), (".\(id).17.json.4711-1.tmp", .temporary(id)),
      ("import-latest.json", .pointer), ("import-latest.1.json", .asidePointer),
      (".import-latest.tmp", .temporaryPointer),
    ] as [(String, SessionName)])
  func kinds(name: String, kind: SessionName) {
    #expect(SessionName(name) == kind)
  }

  @Test(
    "Whatever else is there is not ours",
    arguments: [
      "", ".", ".json", "hub-snapshot.json", "localcluster-snapshot.json", "\(id)", "\(id).txt",
      "\(id)-1.json", "\(id)-02.json", "\(id).017.json", "\(id).-1.json", "\(id).+1.json",
      "\(id).1234567890123456789.json", "\(id)..json", "\(id).1.2.json", "x\(id).json",
      "\(id).json.gz.gz", "\(id).\(digest).json.gz", "\(id).\(digest.uppercased()).json",
      "\(id).lock.json", "import-latest.json.gz", "import-latest.x.json", "import-latest..json",
      ".import-latest.1.tmp", ".x.tmp", "import-2026-01-09-14302x.json",
    ])
  func others(name: String) {
    #expect(SessionName(name) == nil)
  }

  @Test("A name that is made is read as what it was made for")
  func made() {
    #expect(SessionName(SessionName.file(Self.id)) == .session(Self.id, isCompressed: false))
    #expect(SessionName(SessionName.file(Self.id, 3)) == .copy(Self.id, 3))
    #expect(
      SessionName(SessionName.partFile(Self.id, Self.digest))
        == .part(Self.id, digest: Self.digest))
    #expect(SessionName(SessionName.lockFile(Self.id)) == .lock(Self.id))
    #expect(SessionName(SessionName.pointerFile) == .pointer)
    for name in [Self.id, SessionName.file(Self.id, 3)] {
      #expect(SessionName(TemporaryName.make(for: name)) == .temporary(Self.id))
    }
  }
}
