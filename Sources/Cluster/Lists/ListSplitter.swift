/// Cuts a list's JSON into its items while the bytes arrive, so that no more than one item is held.
///
/// It counts brackets and minds strings; whether an item is JSON is for its decoder to say. What is
/// not an item, the list's kind and metadata, comes out as ``envelope``, a list without items.
struct ListSplitter {
  /// A server keeps no object larger than a few MiB.
  static let itemLimit = 8 << 20
  /// For everything that is not an item.
  static let envelopeLimit = 1 << 20
  static let depthLimit = 256

  private enum Place { case before, envelope, items, item, after }

  /// What of the list is no item; whole JSON once the list is.
  private(set) var envelope: [UInt8] = []
  private var place = Place.before
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// The item that was begun in an earlier piece.
  private var item: [UInt8] = []
  private var skipped = 0

  /// Where the latest string of the list's own members is in the envelope.
  private var key = 0..<0
  /// A colon was the last thing of the list's own members.
  private var isAfterColon = false
  private var mayBegin = true
  private var mayEnd = true

  /// Takes the next piece; `onItem` gets each item's bytes, which are its only for the call, and
  /// `onItems` what came before the first of them, made whole.
  mutating func take(
    _ piece: UnsafeBufferPointer<UInt8>, onItems: ([UInt8]) throws(KubectlError) -> Void,
    onItem: (UnsafeBufferPointer<UInt8>) throws(KubectlError) -> Void
  ) throws(KubectlError) {
    var index = 0
    while index < piece.count {
      switch place {
      case .before:
        try begin(with: piece[index])
        index += 1
      case .envelope: index = try takeEnvelope(piece, from: index, onItems)
      case .items:
        try takeBetween(piece[index])
        if place != .item { index += 1 }
      case .item: index = try takeItem(piece, from: index, onItem)
      case .after:
        guard Self.isSpace(piece[index]) else { throw Self.nonsense }
        try skip()
        index += 1
      }
    }
  }

  /// Throws if the list has not come to its end.
  func finish() throws(KubectlError) {
    guard place == .after else {
      throw KubectlError(.cutOff, "the answer ended before the list did")
    }
  }

  // MARK: Outside of items

  private mutating func begin(with byte: UInt8) throws(KubectlError) {
    if Self.isSpace(byte) { return try skip() }
    guard byte == UInt8(ascii: "{") else { throw Self.nonsense }
    envelope.append(byte)
    depth = 1
    place = .envelope
  }

  /// Answers where it stopped: after the end, or at the first item.
  private mutating func takeEnvelope(
    _ piece: UnsafeBufferPointer<UInt8>, from start: Int,
    _ onItems: ([UInt8]) throws(KubectlError) -> Void
  ) throws(KubectlError) -> Int {
    var index = start
    while index < piece.count, place == .envelope {
      let byte = piece[index]
      index += 1
      guard envelope.count < Self.envelopeLimit else {
        throw KubectlError(
          .tooLong, "the list says more about itself than \(Self.envelopeLimit) bytes")
      }
      envelope.append(byte)
      if isInString {
        takeString(byte)
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        isInString = true
        if depth == 1, !isAfterColon { key = envelope.count..<envelope.count }
      case UInt8(ascii: ":") where depth == 1: isAfterColon = true
      case UInt8(ascii: ",") where depth == 1: isAfterColon = false
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        try deepen()
        if byte == UInt8(ascii: "["), depth == 2, isAfterColon, isItemsKey {
          try onItems(envelope + Array("]}".utf8))
          place = .items
          (mayBegin, mayEnd) = (true, true)
        }
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { place = .after }
      default: break
      }
    }
    return index
  }

  private mutating func takeString(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
      if depth == 1, !isAfterColon { key = key.lowerBound..<envelope.count - 1 }
    }
  }

  private var isItemsKey: Bool { envelope[key].elementsEqual("items".utf8) }

  private mutating func takeBetween(_ byte: UInt8) throws(KubectlError) {
    switch byte {
    case UInt8(ascii: "{") where mayBegin:
      place = .item
      item.removeAll(keepingCapacity: true)
    case UInt8(ascii: ",") where mayEnd && !mayBegin: (mayBegin, mayEnd) = (true, false)
    case UInt8(ascii: "]") where mayEnd:
      envelope.append(byte)
      depth = 1
      place = .envelope
    case _ where Self.isSpace(byte): try skip()
    default: throw Self.nonsense
    }
  }

  private mutating func skip() throws(KubectlError) {
    skipped += 1
    guard skipped <= Self.envelopeLimit else {
      throw KubectlError(.tooLong, "the answer is nothing but white space for \(skipped) bytes")
    }
  }

  // MARK: Items

  /// Answers where it stopped: after the item, or at the end of the piece.
  private mutating func takeItem(
    _ piece: UnsafeBufferPointer<UInt8>, from start: Int,
    _ onItem: (UnsafeBufferPointer<UInt8>) throws(KubectlError) -> Void
  ) throws(KubectlError) -> Int {
    var (index, depth, isInString, isEscaped) = (start, depth, isInString, isEscaped)
    defer { (self.depth, self.isInString, self.isEscaped) = (depth, isInString, isEscaped) }
    while index < piece.count {
      let byte = piece[index]
      index += 1
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        guard depth <= Self.depthLimit else { throw Self.tooDeep }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        guard depth == 2 else { continue }
        try end(UnsafeBufferPointer(rebasing: piece[start..<index]), onItem)
        return index
      default: break
      }
    }
    item.append(contentsOf: piece[start...])
    guard item.count <= Self.itemLimit else {
      throw KubectlError(.tooLong, "one object is longer than \(Self.itemLimit >> 20) MiB")
    }
    return index
  }

  private mutating func end(
    _ last: UnsafeBufferPointer<UInt8>,
    _ onItem: (UnsafeBufferPointer<UInt8>) throws(KubectlError) -> Void
  ) throws(KubectlError) {
    place = .items
    (mayBegin, mayEnd) = (false, true)
    if item.isEmpty { return try onItem(last) }
    item.append(contentsOf: last)
    let whole = item
    try whole.withUnsafeBufferPointer { bytes throws(KubectlError) in try onItem(bytes) }
  }

  private mutating func deepen() throws(KubectlError) {
    depth += 1
    guard depth <= Self.depthLimit else { throw Self.tooDeep }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
  }

  private static let nonsense = KubectlError(.unreadable, "the answer is not a list")
  private static let tooDeep = KubectlError(
    .unreadable, "the answer is nested deeper than \(depthLimit) levels")
}
