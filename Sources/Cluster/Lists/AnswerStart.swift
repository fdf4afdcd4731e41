/// How an answer begins: not every 200 is the API server's.
struct AnswerStart {
  private var hasBegun = false

  /// Throws if it is a page for a person. What stands before a cluster, and wants a sign-in of its
  /// own, answers with one.
  mutating func check(_ bytes: some Sequence<UInt8>) throws(KubectlError) {
    if hasBegun { return }
    let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    guard let first = bytes.first(where: { !space.contains($0) }) else { return }
    hasBegun = true
    guard first == UInt8(ascii: "<") else { return }
    throw KubectlError(
      .signInNeeded,
      "the answer is a web page, perhaps one to sign in at: what stands before the cluster wants that"
    )
  }
}
