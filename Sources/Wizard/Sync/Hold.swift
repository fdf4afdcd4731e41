/// A copy of a session: on whose machine it is.
public struct Holder: Hashable, Sendable {
  public var user: String
  public var host: String
  /// As in `SyncState.copy`: two copies on one machine are two holders.
  public var copy: String

  public init(user: String, host: String, copy: String) {
    self.user = user
    self.host = host
    self.copy = copy
  }

  /// `alex@example.com desk 9f2c41d7`, cut to `longest` bytes.
  public var text: String {
    let rest = " \(Self.word(host)) \(Self.word(copy))"
    var user = user.split { $0.isWhitespace || !$0.isPrintable }.joined(separator: " ")
    while user.utf8.count + rest.utf8.count > Self.longest { user.removeLast() }
    return (user.isEmpty ? "somebody" : user) + rest
  }

  /// The words may be anybody's: they are shown, and never tell a program what to do.
  public init?(text: String) {
    let words = text.split(separator: " ")
    guard text.utf8.count <= Self.longest, words.count >= 3 else { return nil }
    user = words.dropLast(2).joined(separator: " ")
    host = String(words[words.count - 2])
    copy = String(words[words.count - 1])
  }

  /// The value of an annotation, in bytes.
  static let longest = 1024

  private static func word(_ text: String) -> String {
    let word = text.filter { $0.isASCII && !$0.isWhitespace && $0.isPrintable }.prefix(63)
    return word.isEmpty ? "unknown" : String(word)
  }

  /// `alex@example.com on desk`
  public var words: String { "\(user) on \(host)" }
}

/// Who drives a session. There is one holder in each epoch: only a conditional write makes the next.
public struct Hold: Hashable, Sendable {
  /// 1 for whoever brought the session to ConfigHub, one more with every change of the holder.
  public var epoch: Int
  /// `nil`: it was released, and anybody who may can take it.
  public var holder: Holder?
  /// By the clock of the holder, to be told to people; nothing is decided by it.
  public var since: Timestamp?
  /// The user that it was released for.
  public var handedTo: String?

  public init(
    epoch: Int, holder: Holder? = nil, since: Timestamp? = nil, handedTo: String? = nil
  ) {
    self.epoch = epoch
    self.holder = holder
    self.since = since
    self.handedTo = handedTo
  }

  /// Nobody has raised it that often; one more must still be a number.
  public static let largestEpoch = 1_000_000_000

  // MARK: As annotations of the unit

  public static let annotationKeys = ["Holder", "Epoch", "Since", "HandedTo"]

  /// Those that there are; the others are to be taken away.
  public var annotations: [String: String] {
    [
      "Holder": holder?.text, "Epoch": "\(epoch)", "Since": since?.rfc3339,
      "HandedTo": handedTo.map { String($0.prefix(255)) },
    ].compactMapValues(\.self)
  }

  /// A unit without an epoch was never held; `nil` if its epoch is none.
  public init?(annotations: [String: String]) {
    guard let text = annotations["Epoch"] else {
      self.init(epoch: 0)
      return
    }
    guard let epoch = Int(text), (0...Self.largestEpoch).contains(epoch) else { return nil }
    self.init(
      epoch: epoch, holder: annotations["Holder"].flatMap(Holder.init(text:)),
      since: annotations["Since"].flatMap(Timestamp.init(rfc3339:)),
      handedTo: annotations["HandedTo"].flatMap { $0.isEmpty ? nil : $0 })
  }

  // MARK: Changing

  /// `nil` if it was raised so often that something is wrong with it.
  public func taken(by holder: Holder, at now: Timestamp) -> Hold? {
    guard epoch < Self.largestEpoch else { return nil }
    return Hold(epoch: epoch + 1, holder: holder, since: now)
  }

  /// The holder lets go: it must have stopped driving before that is written.
  public func released(to user: String?, at now: Timestamp) -> Hold? {
    guard epoch < Self.largestEpoch else { return nil }
    return Hold(epoch: epoch + 1, since: now, handedTo: user)
  }
}

/// What a copy may do with a session that is in ConfigHub.
public enum Standing: Hashable, Sendable {
  /// It drives.
  case holding
  /// Nobody does; whom it was released for.
  case free(handedTo: String?)
  /// Another one does.
  case heldBy(Holder, since: Timestamp?)
  /// This one did, until somebody took it over or it was released.
  case lost(to: Holder?, since: Timestamp?)

  public var mayDrive: Bool { self == .holding }

  /// Who drives it instead.
  public var holder: Holder? {
    switch self {
    case .heldBy(let holder, _), .lost(let holder?, _): holder
    case .holding, .free, .lost(nil, _): nil
    }
  }

  /// Why it can only be looked at; `nil` while this copy drives.
  public func sentence(in zone: Zone) -> String? {
    func when(_ since: Timestamp?) -> String {
      since.map { " at \($0.minute(in: zone.marked))" } ?? ""
    }
    switch self {
    case .holding: return nil
    case .free(let user?): return "It was handed to \(user): take it over to go on with it."
    case .free(nil): return "Nobody has it: take it over to go on with it."
    case .heldBy(let holder, let since):
      return "\(holder.words) has it\(since.map { ", since \($0.minute(in: zone.marked))" } ?? "")."
    case .lost(let holder?, let since):
      return "\(holder.words) took it over\(when(since)): it can only be looked at here. What was "
        + "done here is kept."
    case .lost(nil, let since):
      return "It was released\(when(since)): it can only be looked at here. What was done here is "
        + "kept."
    }
  }
}

extension Hold {
  /// - Parameters:
  ///   - copy: the one that asks.
  ///   - epoch: in which it drives, as far as it knows.
  public func standing(of copy: String?, in epoch: Int?) -> Standing {
    // A claim whose answer got lost was made all the same.
    if let holder, holder.copy == copy { return .holding }
    if let epoch, epoch < self.epoch { return .lost(to: holder, since: since) }
    guard let holder else { return .free(handedTo: handedTo) }
    return .heldBy(holder, since: since)
  }
}

extension Character {
  /// Nothing in it moves a cursor or ends a line.
  fileprivate var isPrintable: Bool {
    unicodeScalars.allSatisfy {
      switch $0.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
      default: true
      }
    }
  }
}
