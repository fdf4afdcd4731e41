import Effects
import Glibc
import SessionFormat
import Subprocess

/// Encrypts with a passphrase, by the system's age(1) or gpg(1). They ask for it on the terminal, and we
/// never see it; what is not encrypted is never in a file.
struct Encryption {
  enum Tool: String, CaseIterable {
    case age, gpg

    fileprivate var encrypting: [String] {
      switch self {
      case .age: ["--passphrase", "--armor"]
      // Its own prompt needs no pinentry; nothing of it is kept for a later call.
      case .gpg: Self.quiet + ["--armor", "--symmetric"]
      }
    }

    fileprivate var decrypting: [String] {
      switch self {
      case .age: ["--decrypt"]
      case .gpg: Self.quiet + ["--decrypt"]
      }
    }

    private static let quiet = ["--quiet", "--no-symkey-cache", "--pinentry-mode", "loopback"]

    /// Which one wrote this; `nil` for what is not encrypted. See age-encryption.org/v1 and RFC 9580.
    init?(of bytes: [UInt8]) {
      func starts(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
      if starts("age-encryption.org/v1\n") || starts("-----BEGIN AGE ENCRYPTED FILE-----") {
        self = .age
      } else if starts("-----BEGIN PGP MESSAGE-----") || [0x8c, 0x8d, 0xc3].contains(bytes.first) {
        self = .gpg
      } else {
        return nil
      }
    }
  }

  let tool: Tool
  private let executable: String
  private let environment: [String: String]

  /// - Parameter tool: `nil` takes the first that there is.
  init(_ tool: Tool?, environment: [String: String]) throws {
    let wanted = tool.map { [$0] } ?? Tool.allCases
    let found = wanted.lazy.compactMap { tool in
      Programs.find(tool.rawValue, path: environment["PATH"]).map { (tool, $0) }
    }
    guard let (tool, executable) = found.first else {
      throw SessionVerbs.Refusal(
        1,
        tool.map { "It is encrypted with \($0.rawValue), which is not on PATH; install that." }
          ?? "To encrypt, age or gpg is needed, and neither is on PATH. Install one of them (Debian: "
          + "age, gnupg), or export without --encrypt.")
    }
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else {
      throw SessionVerbs.Refusal(
        2, "There is no terminal on which \(tool.rawValue) could ask for the passphrase.")
    }
    close(terminal)
    (self.tool, self.executable, self.environment) = (tool, executable, environment)
  }

  func encrypted(_ bytes: [UInt8]) throws -> [UInt8] {
    MapImport.complain("\(tool.rawValue) asks for a passphrase; without it the file is lost.")
    let encrypted = try run(tool.encrypting, bytes, "encrypt")
    // age asks twice by itself. A passphrase that was mistyped once would be known to nobody.
    if tool == .gpg {
      MapImport.complain("Once more, to be sure of it:")
      guard try decrypted(encrypted) == bytes else {
        throw SessionVerbs.Refusal(1, "What gpg wrote is not what it was given.")
      }
    }
    return encrypted
  }

  func decrypted(_ bytes: [UInt8]) throws -> [UInt8] { try run(tool.decrypting, bytes, "decrypt") }

  private func run(_ arguments: [String], _ bytes: [UInt8], _ verb: String) throws -> [UInt8] {
    let completion: Completion
    do {
      completion = try exchangeInForeground(
        Command(
          executable, arguments, environment: environment, input: bytes,
          outputLimit: PortableSession.sizeLimit))
    } catch {
      throw SessionVerbs.Refusal(1, "\(tool.rawValue) could not be started: \(error).")
    }
    guard completion.succeeded else {
      throw SessionVerbs.Refusal(
        1, "\(tool.rawValue) did not \(verb) it (\(completion.ending.words)), so nothing was done.")
    }
    return completion.output
  }
}
