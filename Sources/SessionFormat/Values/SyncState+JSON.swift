import Wizard

extension SyncState {
  package var draft: Draft {
    .object([
      "space": .text(space), "unit": .text(unit), "revision": .integer(revision),
      "data_hash": .text(dataHash), "digest": .text(digest), "generation": .integer(generation),
      "at": .text(at?.rfc3339), "scope": .text(scope.rawValue), "epoch": .integer(epoch),
      "copy": .text(copy), "error": .text(error),
      // What the first files had there, always empty.
      "uploaded_at": nil,
    ])
  }

  /// `nil` if the session was never brought to ConfigHub.
  ///
  /// - Parameter document: the whole document.
  package init?(session document: Field) throws(InvalidSession) {
    let field = document["sync"]
    guard let space = try field["space"].optionalText(),
      let unit = try field["unit"].optionalText()
    else { return nil }
    self.init(
      space: space, unit: unit, revision: try field["revision"].integer(),
      dataHash: try field["data_hash"].optionalText(), digest: try field["digest"].optionalText(),
      generation: try field["generation"].integer(), at: try field["at"].time(),
      scope: try field["scope"].choice() ?? .personal, epoch: try field["epoch"].epoch(),
      copy: try field["copy"].optionalText(), error: try field["error"].optionalText())
  }
}

extension Field {
  package func epoch() throws(InvalidSession) -> Int? {
    guard let epoch = try integer() else { return nil }
    guard (0...Hold.largestEpoch).contains(epoch) else {
      throw InvalidSession(reason: "an epoch is out of range: \(epoch)")
    }
    return epoch
  }
}
