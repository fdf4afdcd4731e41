import Testing
import Wizard

@Suite("Times as a person reads them")
struct ZoneTests {
  private let berlin = Zone(periods: [
    .init(from: Timestamp(seconds: 1_761_440_400), ahead: 3600, name: "CET"),
    .init(from: Timestamp(seconds: 1_774_746_000), ahead: 7200, name: "CEST"),
  ])

  private func time(_ text: String) throws -> Timestamp {
    try #require(Timestamp(rfc3339: text))
  }

  @Test("are those of the zone at that moment")
  func periods() throws {
    #expect(try time("2026-01-09T23:30:22Z").second(in: berlin) == "2026-01-10 00:30:22")
    #expect(try time("2026-03-29T00:59:59Z").clock(in: berlin) == "01:59:59")
    #expect(try time("2026-03-29T01:00:00Z").clock(in: berlin) == "03:00:00")
    // What was before the table is as at its beginning.
    #expect(try time("2001-07-01T12:00:00Z").minute(in: berlin) == "2001-07-01 13:00")
    #expect(try time("2026-07-01T12:00:00Z").minute(in: .utc) == "2026-07-01 12:00")
  }

  @Test("name the zone where they are read elsewhere")
  func marked() throws {
    #expect(try time("2026-01-09T14:30:22Z").minute(in: berlin.marked) == "2026-01-09 15:30 CET")
    #expect(try time("2026-07-09T14:30:22Z").clock(in: berlin.marked) == "16:30:22 CEST")
    #expect(try time("2026-07-09T14:30:22Z").minute(in: .utc.marked) == "2026-07-09 14:30 UTC")
    #expect(Timestamp(seconds: .max).minute(in: berlin) == "9999-12-31 23:59")
  }
}
