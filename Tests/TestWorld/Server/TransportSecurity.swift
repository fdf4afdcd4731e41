import FoundationEssentials
import Glibc

/// The server's side of TLS: one key and one certificate for 127.0.0.1, made anew in each test
/// process.
struct TransportSecurity: @unchecked Sendable {
  // Unchecked because of two pointers that OpenSSL lets any thread use once they are made
  // (openssl-threads(7)).
  let openSSL: OpenSSL
  let context: OpaquePointer?
  /// The certificate as PEM text.
  let certificate: String

  static let shared = Result { try TransportSecurity() }

  private init() throws {
    let openSSL = try OpenSSL()
    func check(_ result: Int32, _ action: String) throws {
      if result <= 0 { throw WorldFailure("OpenSSL cannot \(action)") }
    }
    let ed25519: Int32 = 1087  // NID_ED25519
    let keyContext = openSSL.newKeyContext(ed25519, nil)
    var key: OpaquePointer?
    try check(openSSL.beginKeyGeneration(keyContext), "make a key")
    try check(openSSL.generateKey(keyContext, &key), "make a key")

    let certificate = openSSL.newCertificate()
    try check(openSSL.setVersion(certificate, 2), "make a certificate")
    try check(openSSL.setInteger(openSSL.serialNumber(certificate), 1), "number a certificate")
    _ = openSSL.setTime(openSSL.notBefore(certificate), -86_400)
    _ = openSSL.setTime(openSSL.notAfter(certificate), 86_400)
    try check(openSSL.setPublicKey(certificate, key), "put a key into a certificate")
    let name = openSSL.subject(certificate)
    let utf8: Int32 = 0x1000  // MBSTRING_UTF8
    try check(openSSL.addName(name, "CN", utf8, "map-import tests", -1, -1, 0), "name it")
    try check(openSSL.setIssuer(certificate, name), "name a certificate's issuer")
    let subjectAlternativeName: Int32 = 85  // NID_subject_alt_name
    let address = openSSL.makeExtension(nil, nil, subjectAlternativeName, "IP:127.0.0.1")
    try check(openSSL.addExtension(certificate, address, -1), "put an address into a certificate")
    try check(openSSL.sign(certificate, key, nil), "sign a certificate")

    var encoded = [UInt8](repeating: 0, count: Int(openSSL.encode(certificate, nil)))
    encoded.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      _ = openSSL.encode(certificate, &start)
    }
    let base64 = Data(encoded).base64EncodedString(options: [
      .lineLength64Characters, .endLineWithLineFeed,
    ])
    self.certificate =
      "-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----\n"
    context = openSSL.newContext(openSSL.serverMethod())
    try check(openSSL.useCertificate(context, certificate), "use a certificate")
    try check(openSSL.useKey(context, key), "use a key")
    self.openSSL = openSSL
  }
}

/// One TLS connection, for one thread.
final class SecureChannel {
  private let security: TransportSecurity
  private let connection: OpaquePointer?
  private let socket: Descriptor

  /// Shakes hands; nil if the other side does not.
  init?(_ socket: Descriptor, _ security: TransportSecurity) {
    self.socket = socket
    self.security = security
    connection = security.openSSL.newConnection(security.context)
    guard security.openSSL.setSocket(connection, socket.number) == 1,
      security.openSSL.accept(connection) == 1
    else { return nil }
  }

  deinit { security.openSSL.freeConnection(connection) }

  /// What has arrived; nil at the end.
  func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 16384)
    let count = security.openSSL.read(connection, &buffer, Int32(buffer.count))
    return count > 0 ? Array(buffer[..<Int(count)]) : nil
  }

  /// Sends all; false if nobody reads any more.
  func write(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        security.openSSL.write(
          connection, buffer.baseAddress, Int32(min(buffer.count, 1 << 20)))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(Int(count))
    }
    return true
  }
}
