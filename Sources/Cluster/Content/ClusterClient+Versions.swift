import Subprocess
import Wizard

extension ClusterClient {
  /// From so many objects of one kind in one namespace on, they are read as one list: it takes less
  /// time than they do one by one, and the scan has read it, too.
  static let worthAList = 25

  /// Whether the objects are still at the versions that were read. A new version alone is no
  /// change of what somebody wants: a status makes one, too; compare ``content(of:context:cancellation:)``.
  public func currentVersions(
    of sources: [Operation.Source], context: String, cancellation: Cancellation? = nil
  ) -> [Operation.Source: VersionReading] {
    let places = Dictionary(grouping: Set(sources.map(\.object)), by: ListPlace.init)
    var read = MetadataReadings()
    var single: [ObjectReference] = []
    var lists: [(ListPlace, [ObjectReference])] = []
    for (place, objects) in places {
      if objects.count >= Self.worthAList {
        lists.append((place, objects))
      } else {
        single += objects
      }
    }
    let lister = Lister(kubectl: kubectl, context: context, cancellation: cancellation)
    let tasks = lists.map { place, objects in
      { @Sendable in lister.metadata(of: objects, in: place) }
    }
    for (found, unknown) in inParallel(tasks) {
      read.merge(found) { $1 }
      single += unknown
    }
    let alone = readObjects(single, context, cancellation) {
      object, resource throws(KubectlError) in
      try kubectl.metadata(of: object, resource, context: context, cancellation: cancellation)
    }
    for (object, reading) in zip(single, alone) { read[object] = reading }
    let readings = sources.compactMap { source in
      read[source.object].map { (source, VersionReading(source, $0)) }
    }
    return Dictionary(readings) { $1 }
  }
}

private typealias MetadataReadings = [ObjectReference: Result<Metadata, KubectlError>]

/// Where one list has all of them.
private struct ListPlace: Hashable, Sendable {
  var apiVersion: String
  var kind: String
  var namespace: String?

  init(_ object: ObjectReference) {
    (apiVersion, kind, namespace) = (object.apiVersion, object.kind, object.namespace)
  }
}

extension Lister {
  /// - Returns: what one list tells of the objects, and those that have to be asked for one by one:
  ///   who may read an object need not be allowed to list its like.
  fileprivate func metadata(
    of objects: [ObjectReference], in place: ListPlace
  ) -> (MetadataReadings, unknown: [ObjectReference]) {
    guard let first = objects.first,
      let resource = try? kubectl.resource(of: first, context: context, cancellation: cancellation)
    else { return ([:], objects) }
    var wanted = Dictionary(objects.map { ($0.name, $0) }) { first, _ in first }
    var found = MetadataReadings()
    var unreadable = 0
    do throws(KubectlError) {
      try list(
        resource, place.apiVersion, namespace: place.namespace,
        form: resource.isDiscovered ? .metadataList : .whole, as: AnyObjectMetadata.self
      ) { news in
        switch news {
        case .item(let item):
          if let object = wanted[item.metadata.name] { found[object] = .success(item.metadata) }
        case .unreadable(let count): unreadable += count
        // What comes again is read over what came before.
        case .total, .pageEnd, .pageAgain: break
        case .listAgain: found = [:]
        }
      }
    } catch  where error.reason == .forbidden {
      return ([:], objects)
    } catch {
      return (MetadataReadings(objects.map { ($0, .failure(error)) }) { $1 }, [])
    }
    for object in found.keys { wanted[object.name] = nil }
    if unreadable > 0 { return (found, Array(wanted.values)) }
    let gone = KubectlError(.notFound, "it is not in the list")
    for object in wanted.values { found[object] = .failure(gone) }
    return (found, [])
  }
}

/// What became of an object since it was read.
public enum VersionReading: Hashable, Sendable {
  case same
  /// It has this resourceVersion now; or it was deleted and made anew.
  case changed(now: String)
  case gone
  /// In kubectl's own words, which are not escaped.
  case unreadable(reason: String)

  init(_ source: Operation.Source, _ reading: Result<Metadata, KubectlError>) {
    switch reading {
    case .failure(let refusal) where refusal.reason == .notFound: self = .gone
    case .failure(let refusal): self = .unreadable(reason: refusal.words)
    case .success(let metadata):
      guard let then = source.resourceVersion, let now = metadata.resourceVersion else {
        self = .unreadable(reason: "its version was not recorded")
        return
      }
      let isAnother = source.uid != nil && metadata.uid != source.uid
      self = then == now && !isAnother ? .same : .changed(now: now)
    }
  }
}
