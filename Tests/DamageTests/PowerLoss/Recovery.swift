import FoundationEssentials
import Glibc
import TestWorld
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

/// What a power loss leaves, as it is found by the program that starts next.
struct Recovery {
  enum Outcome: Hashable, Sendable {
    case recovered
    /// What was shown as saved is not there.
    case lost
    /// Nothing is there that could be resumed, although something was shown as saved.
    case nothing
    /// What was deleted is there again.
    case cameBack
    /// The session is there, but not the workloads that were saved with it.
    case withoutScan
    case wrong(String)
  }

  let acknowledged: Replay.Acknowledged
  private let home: TemporaryHome
  private let store: FileStore

  /// Puts the tree into a home directory.
  init(_ tree: Tree, _ blobs: Blobs, acknowledged: Replay.Acknowledged) throws {
    self.acknowledged = acknowledged
    home = try TemporaryHome(isInMemory: true)
    store = try home.store()
    try home.put(tree, blobs)
  }

  /// Looks, without changing anything, for all that was shown as saved.
  func look() -> Outcome {
    do {
      for (id, generation) in acknowledged.generations {
        let found = try store.read(id).found
        let outcome = judge(found, id, atLeast: generation)
        if outcome != .recovered { return outcome }
      }
      for id in acknowledged.deleted where try store.read(id).found != nil { return .cameBack }
      guard try acknowledged.kept.isSubset(of: kept()) else { return .lost }
      return try lookForLatest()
    } catch {
      return .wrong("\(error)")
    }
  }

  /// Which of the texts that must be in some file are.
  private func kept() throws -> Set<String> {
    if acknowledged.kept.isEmpty { return [] }
    let files = try home.listing().values
    return acknowledged.kept.filter { text in files.contains { $0.contains(text) } }
  }

  /// The latest session is the one that was saved last, or one that was begun since.
  private func lookForLatest() throws -> Outcome {
    guard let latest = acknowledged.latest else { return .recovered }
    guard let found = try store.read().found else {
      // The only one may have been put away.
      let named = try store.read(latest).found
      if case .archive? = named?.origin { return .recovered }
      return .nothing
    }
    return found.document.session.id < latest ? .lost : .recovered
  }

  private func judge(_ found: LoadedSession?, _ id: String, atLeast generation: Int) -> Outcome {
    guard let found else { return .nothing }
    let session = found.document.session
    let contents = [
      "\(id) \(session.generation)", acknowledged.contents[id]?[session.generation],
    ]
    // An edit by hand is found out as one.
    let isEdited = acknowledged.edited.contains(id)
    let trusts: [Trust] = isEdited ? [.sound, .editedByHand] : [.sound]
    guard trusts.contains(found.trust),
      contents.contains(session.workerSlug ?? "nothing")
    else {
      return .wrong("generation \(session.generation) of \(id) is \(found.trust)")
    }
    // What was saved together is found together.
    if let slug = session.workerSlug, slug.hasPrefix(id),
      session.scan?.workloads.map(\.key.name) != [slug]
    {
      return .withoutScan
    }
    return session.generation < generation ? .lost : .recovered
  }

  /// Goes on as the program does: puts things in order, saves once more, and finds that.
  func goOn() -> Outcome {
    do {
      let now = Timestamp(seconds: 1_800_000_000)
      guard let session = try store.readAndRepair(at: now).found?.document.session else {
        return .recovered
      }
      guard case .acquired(let lock) = try store.acquire(session.id, at: now) else {
        return .wrong("\(session.id) is locked")
      }
      guard var document = try store.resume(holding: lock).found?.document else {
        return .nothing
      }
      document.session.updatedAt = now
      let content = "\(session.id) \(document.session.generation + 1)"
      document.session.workerSlug = content
      let key = WorkloadKey(kind: .deployment, namespace: "a", name: content)
      document.session.scan = ScanResult(
        namespaces: ["a"], workloads: [Workload(key: key, apiVersion: "apps/v1")])
      guard case .saved(let generation, nil) = lock.save(document) else {
        return .wrong("cannot be saved again")
      }
      lock.release()
      let outcome = judge(
        try store.read().found, session.id, atLeast: generation)
      return outcome == .recovered ? look() : outcome
    } catch {
      return .wrong("\(error)")
    }
  }
}
