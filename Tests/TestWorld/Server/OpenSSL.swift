import Glibc

/// The functions of OpenSSL (1.1 or 3) that a TLS server with a certificate of its own needs; each
/// is described in the manual page of its name. Opened while the test runs, because building this
/// package must not need OpenSSL's headers.
struct OpenSSL: Sendable {
  typealias Pointer = OpaquePointer?
  typealias Make = @convention(c) () -> Pointer
  typealias Get = @convention(c) (Pointer) -> Pointer
  typealias Act = @convention(c) (Pointer) -> Int32
  typealias Join = @convention(c) (Pointer, Pointer) -> Int32
  typealias Set = @convention(c) (Pointer, Int) -> Int32
  typealias Free = @convention(c) (Pointer) -> Void
  typealias Transfer = @convention(c) (Pointer, UnsafeMutableRawPointer?, Int32) -> Int32

  let serverMethod: Make
  let newContext: Get
  let useCertificate, useKey: Join
  let newConnection: Get
  let freeConnection: Free
  let setSocket: @convention(c) (Pointer, Int32) -> Int32
  let accept: Act
  let read: Transfer
  let write: @convention(c) (Pointer, UnsafeRawPointer?, Int32) -> Int32

  let newKeyContext: @convention(c) (Int32, Pointer) -> Pointer
  let beginKeyGeneration: Act
  let generateKey: @convention(c) (Pointer, UnsafeMutablePointer<OpaquePointer?>) -> Int32
  let newCertificate: Make
  let setVersion: Set
  let serialNumber, notBefore, notAfter, subject: Get
  let setInteger: Set
  let setTime: @convention(c) (Pointer, Int) -> Pointer
  let setPublicKey, setIssuer: Join
  let addName:
    @convention(c) (Pointer, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, Int32, Int32, Int32)
      -> Int32
  let makeExtension: @convention(c) (Pointer, Pointer, Int32, UnsafePointer<CChar>) -> Pointer
  let addExtension: @convention(c) (Pointer, Pointer, Int32) -> Int32
  let sign: @convention(c) (Pointer, Pointer, Pointer) -> Int32
  let encode: @convention(c) (Pointer, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32

  init() throws {
    let tls = try SharedLibrary(anyOf: ["libssl.so.3", "libssl.so.1.1"])
    serverMethod = try tls.function("TLS_server_method")
    newContext = try tls.function("SSL_CTX_new")
    useCertificate = try tls.function("SSL_CTX_use_certificate")
    useKey = try tls.function("SSL_CTX_use_PrivateKey")
    newConnection = try tls.function("SSL_new")
    freeConnection = try tls.function("SSL_free")
    setSocket = try tls.function("SSL_set_fd")
    accept = try tls.function("SSL_accept")
    read = try tls.function("SSL_read")
    write = try tls.function("SSL_write")

    let crypto = try SharedLibrary(anyOf: ["libcrypto.so.3", "libcrypto.so.1.1"])
    newKeyContext = try crypto.function("EVP_PKEY_CTX_new_id")
    beginKeyGeneration = try crypto.function("EVP_PKEY_keygen_init")
    generateKey = try crypto.function("EVP_PKEY_keygen")
    newCertificate = try crypto.function("X509_new")
    setVersion = try crypto.function("X509_set_version")
    serialNumber = try crypto.function("X509_get_serialNumber")
    notBefore = try crypto.function("X509_getm_notBefore")
    notAfter = try crypto.function("X509_getm_notAfter")
    subject = try crypto.function("X509_get_subject_name")
    setInteger = try crypto.function("ASN1_INTEGER_set")
    setTime = try crypto.function("X509_gmtime_adj")
    setPublicKey = try crypto.function("X509_set_pubkey")
    setIssuer = try crypto.function("X509_set_issuer_name")
    addName = try crypto.function("X509_NAME_add_entry_by_txt")
    makeExtension = try crypto.function("X509V3_EXT_conf_nid")
    addExtension = try crypto.function("X509_add_ext")
    sign = try crypto.function("X509_sign")
    encode = try crypto.function("i2d_X509")
  }
}
