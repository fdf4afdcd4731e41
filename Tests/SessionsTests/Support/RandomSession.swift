import TestWorld
import Wizard

@testable import Files
@testable import SessionFormat
@testable import SessionStore

/// Sessions of every shape the type allows, with names that hurt.
struct RandomSession {
  private var random: Seeded

  init(seed: UInt64) { random = Seeded(seed) }

  mutating func make() -> Session {
    let created = time()
    let suffix = bool() ? "" : "-\(number(2...9999))"
    var session = Session(
      id: "import-\(created.stamp)\(suffix)", lineage: uuid(), createdAt: created)
    session.generation = number(0...1_000_000)
    session.updatedAt = time()
    session.cluster = ClusterIdentity(
      context: text(), server: maybe { $0.text() }, uid: maybe { $0.text() })
    session.credentialPlugin = maybe { $0.text() }
    session.position = position()
    session.stepsCompleted = Array(Step.seven.prefix(number(0...7)))
    session.stepsSkipped = Step.allCases.filter { _ in bool() }
    session.scope = ScanScope(
      context: text(), namespaces: list { $0.text() }, allNamespaces: bool(),
      excluded: list { $0.text() }, selector: bool() ? "" : text(),
      kinds: list { $0.one(of: WorkloadKind.allCases) }, includesSystem: bool())
    if bool() {
      session.given.appSpace = maybe { $0.text() }
      session.given.hub = maybe { $0.text() }
      session.given.layout = maybe { $0.one(of: Layout.allCases) }
      session.given.unitContents = maybe { $0.one(of: UnitContents.allCases) }
      session.given.replicas = maybe { $0.one(of: Replicas.allCases) }
      session.given.unclaimed = maybe { $0.one(of: Unclaimed.allCases) }
      session.given.workerMode = maybe { $0.one(of: WorkerMode.allCases) }
      session.given.worker = maybe { $0.text() }
      session.given.onConflict = maybe { $0.one(of: ConflictPolicy.allCases) }
      session.given.plan = maybe { $0.text() }
    }
    session.scan = maybe { $0.scan() }
    session.selected = list {
      Session.SelectedWorkload(key: $0.key(), owner: $0.text())
    }
    session.proposal = maybe { $0.proposal() }
    session.hub = maybe {
      HubIdentity(
        server: $0.maybe { $0.text() }, organization: $0.maybe { $0.text() },
        organizationID: $0.maybe { $0.text() }, user: $0.maybe { $0.text() })
    }
    session.workerMode = maybe { $0.one(of: WorkerMode.allCases) }
    session.workerSlug = maybe { $0.text() }
    session.workerStatus = maybe { $0.text() }
    session.targetSlug = maybe { $0.text() }
    session.operations = OperationList(
      (0..<number(0...6)).map { operation(id: "op-\($0)\(text())") })
    session.report = maybe {
      Report(
        checks: $0.list {
          Report.Check(
            subject: $0.text(), verdict: $0.one(of: [.ok, .mismatch, .notVerified]),
            detail: $0.text())
        }, at: $0.maybe { $0.time() })
    }
    session.logFile = maybe { $0.text() }
    session.logs = list { $0.text() }
    session.history = list {
      Session.Visit(position: $0.position(), at: $0.time(), leftAt: $0.maybe { $0.time() })
    }
    session.name = maybe { SessionTitle.usable($0.text()).flatMap { $0.isEmpty ? nil : $0 } } ?? nil
    session.begunBy = maybe { $0.text() }
    for key in list({ $0.key() }) {
      session.pastChoices.remember(key, asChosen: bool(), in: text())
    }
    for key in list({ $0.text() }) {
      session.decisions[.init(text: key)] = Decision(
        sort: one(of: [.skip, .update]), digest: text())
    }
    session.undo = list { $0.edit() }
    session.redo = list { $0.edit() }
    session.sync = maybe { $0.sync() }
    return session
  }

  private mutating func sync() -> SyncState {
    SyncState(
      space: text(), unit: text(), revision: maybe { $0.number(0...99) },
      dataHash: maybe { $0.text() }, digest: maybe { $0.text() },
      generation: maybe { $0.number(0...99) }, at: maybe { $0.time() },
      scope: one(of: SyncState.Scope.allCases), epoch: maybe { $0.number(0...99) },
      copy: maybe { $0.text() }, error: maybe { $0.text() })
  }

  private mutating func scan() -> ScanResult {
    var keys: Set<WorkloadKey> = []
    for _ in 0..<number(0...5) { keys.insert(key()) }
    let workloads = keys.sorted().map { workload($0) }
    var scan = ScanResult(
      namespaces: list { $0.text() }, workloads: workloads,
      ownerObjects: list { $0.ownerObject() },
      leftOut: list { Omission(what: $0.text(), why: $0.text(), isGap: $0.bool()) },
      objects: list { $0.foundObject() },
      scannedAt: maybe { $0.time() })
    scan.detected = workloads.count + number(0...20)
    scan.owners = Dictionary(list { ($0.text(), $0.number(0...99)) }) { $1 }
    return scan
  }

  private mutating func workload(_ key: WorkloadKey) -> Workload {
    Workload(
      key: key, apiVersion: text(), owner: owner(), otherOwners: list { $0.owner() },
      isReady: bool(), reason: maybe { $0.text() }, labels: labels(), images: list { $0.text() },
      uid: maybe { $0.text() }, generation: maybe { $0.number(0...99) },
      belongings: list { $0.reference() }, needed: needed(key),
      reservation: maybe { $0.one(of: Reservation.allCases) },
      replicas: maybe { ReadyReplicas(ready: $0.number(0...9), of: $0.number(0...9)) },
      created: maybe { $0.time() })
  }

  private mutating func needed(_ key: WorkloadKey) -> [ObjectReference] {
    let secrets = list { $0.text() }.map {
      ObjectReference(apiVersion: "v1", kind: "Secret", namespace: key.namespace, name: $0)
    }
    return (secrets + list { $0.reference() }.filter { $0.kind != "Secret" }).sorted()
  }

  private mutating func owner() -> Owner {
    Owner(
      one(of: Owner.Tool.allCases), kind: maybe { $0.text() }, name: maybe { $0.text() },
      namespace: maybe { $0.text() }, source: maybe { $0.text() },
      confidence: one(of: [.high, .medium, .low]))
  }

  private mutating func foundObject() -> FoundObject {
    let places =
      [.claimed, .shared, .leftOut] + NamespacePart.allCases.map(FoundObject.Place.unclaimed)
    return FoundObject(reference(), one(of: places), why: text())
  }

  private mutating func ownerObject() -> OwnerObject {
    OwnerObject(
      tool: one(of: Owner.Tool.allCases), kind: text(), namespace: text(), name: text(),
      standing: one(of: [.found, .missing, .unread(text())]), source: maybe { $0.text() },
      isAutomatic: maybe { $0.bool() }, parent: maybe { $0.text() })
  }

  private mutating func unit() -> UnitPlan {
    UnitPlan(
      id: key(), slug: text(), space: maybe { $0.text() }, labels: labels(),
      members: list { $0.reference() })
  }

  private mutating func operation(id: String) -> Wizard.Operation {
    Wizard.Operation(
      id: id, kind: one(of: [.createSpace, .createUnit, .createWorker, .setTarget]),
      key: .init(text: text()),
      source: list {
        Wizard.Operation.Source(
          object: $0.reference(), uid: $0.maybe { $0.text() },
          resourceVersion: $0.maybe { $0.text() })
      },
      digest: maybe { $0.one(of: [Integrity.placeholder, $0.text()]) },
      state: one(of: [.intent, .done, .failed, .skipped]),
      result: maybe { $0.one(of: [.created, .unchanged, .updated]) }, attempt: number(1...9),
      remoteID: maybe { $0.text() }, remoteVersion: maybe { $0.number(0...99) },
      reason: maybe { $0.text() }, detail: maybe { $0.text() }, epoch: maybe { $0.number(0...99) })
  }

  private mutating func edit() -> Edit {
    switch number(0...9) {
    case 0: .namespaces(added: list { $0.text() }, removed: list { $0.text() })
    case 1:
      .workloads(
        added: WorkloadSet(list { $0.key() }), removed: WorkloadSet(list { $0.key() }))
    case 2: .appSpace(from: text(), to: text())
    case 3: .hub(from: text(), to: text())
    case 4: .slug(unit: key(), from: text(), to: text())
    case 5: .leaveOut(unit(), at: number(0...9))
    case 6: .labels(unit: key(), from: labels(), to: labels())
    case 7:
      .units(
        title: text(), removed: list { PlacedUnit($0.unit(), at: $0.number(0...9)) },
        added: list { PlacedUnit($0.unit(), at: $0.number(0...9)) })
    case 8: .proposal(from: proposal(), to: proposal())
    default: .putBack(unit(), at: number(0...9))
    }
  }

  private mutating func proposal() -> Proposal {
    Proposal(
      hub: text(), appSpace: text(), layout: one(of: Layout.allCases),
      unitContents: one(of: UnitContents.allCases),
      replicas: one(of: Replicas.allCases), units: list { $0.unit() })
  }

  private mutating func key() -> WorkloadKey {
    WorkloadKey(
      kind: maybe { $0.one(of: WorkloadKind.allCases) }, namespace: text(), name: text())
  }

  private mutating func reference() -> ObjectReference {
    ObjectReference(
      apiVersion: text(), kind: text(), namespace: maybe { $0.text() }, name: text())
  }

  private mutating func labels() -> [String: String] {
    Dictionary(list { ($0.text(), $0.text()) }) { $1 }
  }

  private mutating func position() -> Position {
    let step = one(of: Step.allCases)
    return Position(step, maybe { $0.one(of: Phase.allCases) })
  }

  /// Any second of the years 1970 to 9999.
  private mutating func time() -> Timestamp {
    Timestamp(seconds: Int64.random(in: 0...253_402_300_799, using: &random))
  }

  private mutating func uuid() -> String {
    func digits(_ count: Int) -> String {
      (0..<count).map { _ in String("0123456789abcdef".randomElement(using: &random) ?? "0") }
        .joined()
    }
    return [8, 4, 4, 4, 12].map(digits).joined(separator: "-")
  }

  private mutating func text() -> String {
    one(of: [
      "", "payment-api", "a/b", "null", "\"", "\\", "\\u0000", "\u{0}", "\u{1b}[2J", "\r\n\t",
      "é", "e\u{301}", "名前", "👩‍👩‍👧", "\u{2028}\u{202e}", "\u{7f}\u{9b}", "\u{feff}", "}],{[",
      "integrity", "sha256\": \"", "\(random.next())", Integrity.placeholder,
      String(repeating: "x", count: 300),
    ])
  }

  private mutating func one<Value>(of values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func bool() -> Bool { Bool.random(using: &random) }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func maybe<Value>(_ make: (inout RandomSession) -> Value) -> Value? {
    bool() ? make(&self) : nil
  }

  private mutating func list<Value>(_ make: (inout RandomSession) -> Value) -> [Value] {
    (0..<number(0...4)).map { _ in make(&self) }
  }
}
