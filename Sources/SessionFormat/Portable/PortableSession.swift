import Documents
import ForeignText
import Wizard

/// One JSON file that holds a session and the ends of its logs, to be taken elsewhere: without
/// secrets, and without the path of the home directory.
package enum PortableSession {
  /// What the member `format` says.
  package static let format = "map-import-session"
  private static let version: Int64 = 1
  /// Lines of each log, and logs.
  private static let lines = 200
  private static let logs = 3
  /// No larger file is read, in bytes.
  package static let sizeLimit = 2 * SessionCodec.sizeLimit

  /// The file's bytes, with a digest like that of a session file.
  package static func encode(
    _ document: JSONValue, logs: [(name: String, text: String)], home: String, program: String,
    at now: Timestamp
  ) -> [UInt8] {
    let session = redacted(document, home: home)
    let file = JSONValue.object([
      "format": .string(format), "format_version": .integer(version),
      "exported_at": .string(now.rfc3339), "program": .string(program), "session": session,
      "logs": .array(
        logs.suffix(Self.logs).map { log in
          .object([
            "name": .string(log.name), "tail": .array(tail(log.text, home: home)),
          ])
        }),
      "integrity": .object(["sha256": .string(Integrity.placeholder)]),
    ])
    var bytes = file.serialized(pretty: true)
    Integrity.seal(&bytes)
    return bytes
  }

  private static func tail(_ text: String, home: String) -> [JSONValue] {
    var redactor = Redactor()
    return text.split(separator: "\n").suffix(lines).map {
      .string(withoutHome(redactor.redacted(String($0)), home))
    }
  }

  /// Reads such a file, whoever made it; the warnings say what was left out of it.
  package static func decode(
    _ bytes: [UInt8]
  ) throws(InvalidSession) -> (document: SessionDocument, warnings: [String]) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw InvalidSession(reason: bytes.isEmpty ? "it is empty" : "it is not JSON")
    }
    let field = Field(value)
    guard value["format"]?.string == format else {
      throw InvalidSession(reason: "it is not what `map-import sessions export` writes")
    }
    guard let found = try field["format_version"].integer(), found == version else {
      throw InvalidSession(reason: "it was written by a later version of this program")
    }
    guard Integrity.isIntact(bytes) else {
      throw InvalidSession(reason: "its digest is wrong, so it was changed or damaged on its way")
    }
    guard let session = try field["session"].object()?.value else { throw field["session"].missing }
    return try opened(session)
  }

  /// A session that came from elsewhere, with the checks of a session file; the warnings say what was
  /// left out of it.
  package static func opened(
    _ value: JSONValue
  ) throws(InvalidSession) -> (document: SessionDocument, warnings: [String]) {
    var warnings: [String] = []
    var session = try value.withoutRedacted(&warnings)
    session["integrity"] = .object(["sha256": .string(Integrity.placeholder)])
    var sealed = session.serialized(pretty: false)
    Integrity.seal(&sealed)
    let id = try Field(value)["session_id"].text()
    let (document, trust) = try SessionCodec.decode(sealed, named: id)
    if case .newer(let version) = trust {
      throw InvalidSession(
        reason: "the session in it was written by a later version (\(version)) of this program",
        isNewer: true)
    }
    // A count of saves that no program ever made would only overflow.
    guard document.session.generation < 1_000_000_000 else {
      throw InvalidSession(reason: "generation is \(document.session.generation)")
    }
    return (document, warnings)
  }

  // MARK: Redaction

  /// A session without secrets, without the path of the home directory and without its digest, which
  /// would be wrong now and is made anew where the session arrives.
  ///
  /// - Parameter change: is done to every string and every key, too.
  package static func redacted(
    _ document: JSONValue, home: String, _ change: (String) -> String = { $0 }
  ) -> JSONValue {
    var session = document.redacted { change(withoutHome($0, home)) }
    session["integrity"] = nil
    return session
  }

  /// `/home/alex/x` becomes `~/x`; `/home/alexander` stays.
  package static func withoutHome(_ text: String, _ home: String) -> String {
    let wanted = Array(home.utf8)
    guard wanted.count > 1, text.utf8.count >= wanted.count else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let end = index + wanted.count
      if bytes[index] == wanted[0], end <= bytes.count, bytes[index..<end].elementsEqual(wanted),
        end == bytes.count || !isNameByte(bytes[end])
      {
        result.append(UInt8(ascii: "~"))
        index = end
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
      true
    default: false
    }
  }
}
