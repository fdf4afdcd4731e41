import Documents
import FoundationEssentials
import Subprocess
import Wizard

extension HubClient {
  /// A unit with its content; `nil` only if the server said that there is none of this name.
  public func unit(
    _ slug: String, space: String, cancellation: Cancellation? = nil
  ) throws(HubFailure) -> RemoteUnit? {
    let call = try Call(
      ["unit", "get"], "read unit \(slug) in space \(space)", space: space, slugs: [slug])
    guard let fields = try entity(.unit, slug, call, cancellation) else { return nil }
    var unit = RemoteUnit(fields)
    if let encoded = fields.data("Data") {
      unit.content = try decoded(encoded, call)
    } else {
      let digest = fields.text("DataHash")
      // Where there is no `unit data`, an empty `Data` is all there is.
      unit.content =
        try content(slug, space: space, digest: digest, cancellation)
        ?? (fields.has("Data") ? [] : nil)
    }
    unit.digest = unit.content.map { SHA256.hex(of: $0) }
    return unit
  }

  /// All units of a space, without their content but with its digest.
  public func units(
    space: String, cancellation: Cancellation? = nil
  ) throws(HubFailure) -> [RemoteUnit] {
    let call = try Call(["unit", "list"], "list the units in space \(space)", space: space)
    return try list(.unit, call, cancellation).map(RemoteUnit.init)
  }

  /// The same; `nil` only if the server said that there is no space of this name.
  public func unitsIfThere(
    space: String, cancellation: Cancellation? = nil
  ) throws(HubFailure) -> [RemoteUnit]? {
    let call = try Call(["unit", "list"], "list the units in space \(space)", space: space)
    let completion = try send(call, cancellation)
    if let failure = failure(of: completion, call) {
      let words = CubText.words(of: completion.errorText)
      if case .exited = completion.ending, CubErrorClassifier.saysAbsent(words, .space, space) {
        return nil
      }
      throw failure
    }
    return try list(.unit, in: completion, call).map(RemoteUnit.init)
  }

  /// What a space holds, by slug; or why that cannot be told.
  public typealias Listing = Result<[String: RemoteUnit], HubFailure>

  /// Of a space that is not there, nothing. Throws only if nobody is signed in.
  public func listing(of space: String) throws(HubFailure) -> Listing {
    do {
      let units = try unitsIfThere(space: space) ?? []
      return .success(Dictionary(units.map { ($0.slug, $0) }) { first, _ in first })
    } catch {
      if error.kind == .signInNeeded { throw error }
      return .failure(error)
    }
  }

  /// A unit as the listing has it, or as it is read where that does not tell what it holds.
  public func unit(
    _ slug: String, in listing: Listing, of space: String
  ) throws(HubFailure) -> RemoteUnit? {
    guard let listed = try listing.get()[slug] else { return nil }
    return listed.digest == nil ? try unit(slug, space: space) : listed
  }

  /// Stores new content under a new name, with our mark.
  public func createUnit(
    _ slug: String, space: String, labels: [String: String], mark: UnitMark, content: [UInt8],
    cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    write(
      ["unit", "create"], "create unit \(slug) in space \(space)", slug, space, labels, mark,
      content, cancellation)
  }

  /// Replaces the content of a unit, and adds to its labels.
  public func updateUnit(
    _ slug: String, space: String, labels: [String: String], mark: UnitMark, content: [UInt8],
    cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    write(
      ["unit", "update"], "update unit \(slug) in space \(space)", slug, space, labels, mark,
      content, cancellation)
  }

  /// Removes a unit with everything it holds.
  public func deleteUnit(
    _ slug: String, space: String, cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    change(.unit, creates: false, cancellation) { () throws(HubFailure) in
      var call = try Call(
        ["unit", "delete"], "remove unit \(slug) from space \(space)", space: space, slugs: [slug])
      // Asked for JSON, cub removes the unit and then fails to print its answer.
      call.wantsJSON = false
      return call
    }
  }

  /// Binds a unit to a target of the same space, or of the one that stands before it: `SPACE/SLUG`.
  public func setTarget(
    unit: String, target: String, space: String, cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    change(.unit, creates: false, cancellation) { () throws(HubFailure) in
      var call = try Call(
        ["unit", "set-target"], "bind unit \(unit) in space \(space) to target \(target)",
        space: space, slugs: [unit] + Self.slugs(ofTarget: target))
      call.operands = [unit, target]
      call.optionalFlags = [Self.doesNotWait]
      return call
    }
  }

  /// Each of the names in `SLUG` or `SPACE/SLUG`.
  static func slugs(ofTarget target: String) -> [String] {
    target.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
  }

  /// So that cub does not wait for the triggers of what it wrote, which ConfigHub runs all the same.
  static let doesNotWait = "--wait=false"

  private func write(
    _ path: [String], _ purpose: String, _ slug: String, _ space: String,
    _ labels: [String: String], _ mark: UnitMark, _ content: [UInt8],
    _ cancellation: Cancellation?
  ) -> ChangeOutcome {
    change(.unit, creates: path.last == "create", cancellation) { () throws(HubFailure) in
      let labels = labels.merging(mark.labels) { _, ours in ours }
      var call = try Call(path, purpose, space: space, slugs: [slug], labels: labels)
      call.optionalFlags = ["--change-desc=\(mark.changeDescription)", Self.doesNotWait]
      // Anything but `-` could be taken for a file or a URL.
      call.operands.append("-")
      call.input = content
      return call
    }
  }

  /// What `unit data` prints; `nil` for a cub that has no such command.
  ///
  /// - Parameter digest: the unit's `DataHash`, which is the SHA-256 of its content if it has the
  ///   length of one.
  private func content(
    _ slug: String, space: String, digest: String?, _ cancellation: Cancellation?
  ) throws(HubFailure) -> [UInt8]? {
    try content(
      Call(
        ["unit", "data"], "read the content of unit \(slug) in space \(space)", space: space,
        slugs: [slug]), digest: digest, cancellation)
  }

  /// What a call prints that asks for content.
  func content(
    _ call: Call, digest: String?, _ cancellation: Cancellation?
  ) throws(HubFailure) -> [UInt8]? {
    var call = call
    call.wantsJSON = false
    let completion = try send(call, cancellation)
    if let failure = failure(of: completion, call) {
      if failure.kind == .unsupported { return nil }
      throw failure
    }
    let output = completion.output
    if let digest {
      // Some print a last newline that the content does not have.
      let readings = output.last == UInt8(ascii: "\n") ? [output, output.dropLast()] : [output]
      if let content = readings.first(where: { SHA256.hex(of: $0) == digest }) { return content }
    }
    if CubText.isHelp(completion.outputText) { return nil }
    if CubText.isMarkup(completion.outputText) { throw unexpectedAnswer(completion, call) }
    if let digest, digest.count == 64 {
      throw HubFailure(
        .unreadable, purpose: call.purpose, why: "what arrived is not what ConfigHub says it has")
    }
    return output
  }

  private func decoded(_ base64: String, _ call: Call) throws(HubFailure) -> [UInt8] {
    if let data = Data(base64Encoded: base64) { return Array(data) }
    throw HubFailure(.unreadable, purpose: call.purpose, why: "its content is not base64")
  }
}

extension RemoteUnit {
  init(_ fields: Entity.Fields) {
    self.init(
      slug: fields.slug, id: fields.id, version: fields.integer("Version"),
      labels: fields.texts("Labels"), digest: fields.text("DataHash").flatMap(Self.digest),
      targetID: fields.id("TargetID") ?? fields.id(of: .target),
      awaitsTriggers: fields.has("awaiting/triggers", in: "ValidationErrors"))
  }

  /// `DataHash` is the SHA-256 of the content where it has the length of one.
  private static func digest(_ hash: String) -> String? { hash.count == 64 ? hash : nil }
}
