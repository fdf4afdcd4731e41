import Wizard

/// What is kept of a page.
protocol KeptPage {
  associatedtype Kept
  init()
  mutating func append(_ kept: Kept)
}

/// Where a resource is listed: in the whole cluster, or namespace by namespace.
enum ReadingWay {
  case whicheverWorks
  case atOnce, oneByOne
}

/// The reading of one resource wherever a scan wants it: what was found, and what could not be
/// read.
struct ResourceReading<Item: ListedObject, Page: KeptPage> {
  typealias Kept = Page.Kept

  let resource: Resource
  let lister: Lister
  let choice: NamespaceChoice
  let selector: String
  let findings: Findings
  /// Metadata alone will do.
  var form = AnswerForm.whole
  var way = ReadingWay.whicheverWorks
  var news: ReadingNews<Kept>
  /// Is also given the version of the API that the object came in.
  let keep: (Item, _ apiVersion: String) -> Kept?

  /// What was kept of the wanted namespaces' objects.
  private(set) var pages: [Page] = []
  /// It may not be listed everywhere at once, and was not asked for otherwise.
  private(set) var isRefusedAtOnce = false
  /// The same of the list that is being read, and of its page.
  private var list: [Page] = []
  private var page = Page()
  private var readBefore = 0
  private var readOfList = 0
  private var readOfPage = 0
  /// Of the list that was read, or refused, last.
  private var readOfLast = 0
  private var total: Int?

  private var isRead = false
  private var seen: Set<String> = []
  /// The namespaces that were listed by themselves.
  private var answered: Set<String> = []
  private var leftOut: [Omission] = []
  private var refusals: [KubectlError] = []
  private var refusedNamespaces = RefusedNamespaces()
  /// What is left of the resource's versions: the first is asked for.
  private var versions: ArraySlice<String> = []

  init(
    _ resource: Resource, _ lister: Lister, _ choice: NamespaceChoice, _ findings: Findings,
    selector: String = "", news: ReadingNews<Kept>,
    keep: @escaping (Item, _ apiVersion: String) -> Kept?
  ) {
    self.resource = resource
    self.lister = lister
    self.choice = choice
    self.selector = selector
    self.findings = findings
    self.news = news
    self.keep = keep
  }

  /// Reads, and tells the findings how it went.
  mutating func conduct() {
    versions = resource.apiVersions[...]
    if let end = findings.end {
      refused(KubectlError(end.reason, "not asked for: \(end.words)"))
    } else {
      readEverywhere()
    }
    leftOut += refusedNamespaces.gaps(of: resource, among: choice.names ?? [])
    if isRead, refusals.isEmpty { total = read }
    news.progress(progress)
    news.tellWaiting()
    let (seen, leftOut, refusals, isRead, resource) = (seen, leftOut, refusals, isRead, resource)
    let answered = answered
    findings.change {
      $0.seen.formUnion(seen)
      $0.answered.formUnion(answered)
      $0.leftOut += leftOut
      if isRead, !leftOut.contains(where: \.isGap) { $0.whole.insert(resource.kind) }
      $0.outcomes[resource.name] =
        isRead ? .read : refusals.first.map { .failed($0) } ?? .notServed
      if $0.refusal == nil, let refusal = refusals.first(where: \.reason.concernsAllRequests) {
        $0.refusal = (resource.name, refusal)
      }
      if !isRead, $0.silence == nil { $0.silence = refusals.first { $0.reason == .timedOut } }
    }
  }

  /// In one list if many namespaces are wanted; namespace by namespace if not, or if that is all
  /// that this user may.
  private mutating func readEverywhere() {
    guard choice.areMany && way != .oneByOne || resource.isOfCluster else { return readOneByOne() }
    do {
      try add(namespace: nil)
    } catch  where error.reason == .forbidden && way == .atOnce && !resource.isOfCluster {
      isRefusedAtOnce = true
    } catch  where error.reason == .forbidden && readOfLast == 0 && !resource.isOfCluster {
      guard choice.names != nil else {
        let way = "and the namespaces cannot be listed: name those to read"
        return refused(KubectlError(.forbidden, "\(error.words), \(way)"))
      }
      readOneByOne()
      // One sentence for what is the same everywhere.
      if choice.scope.allNamespaces, !isRead, refusals.allSatisfy({ $0.reason == .forbidden }) {
        (leftOut, refusals, refusedNamespaces) = ([], [], RefusedNamespaces())
        refused(error)
      }
    } catch {
      refused(error)
    }
  }

  private mutating func readOneByOne() {
    let names = choice.names ?? []
    for (index, name) in names.enumerated() {
      if let end = findings.end {
        for name in names[index...] { refused(end, in: name) }
        return
      }
      do {
        try add(namespace: name)
      } catch  where error.reason == .notServed {
        return refused(error)
      } catch  where error.reason == .timedOut || error.reason.concernsAllRequests {
        // It would be the same, and take as long, in every other one.
        for name in names[index...] { refused(error, in: name) }
        return
      } catch {
        refused(error, in: name)
      }
    }
  }

  /// Adds one list, in the best version that is served.
  private mutating func add(namespace: String?) throws(KubectlError) {
    while let version = versions.first {
      do {
        return try add(namespace, version)
      } catch  where error.reason == .notServed && versions.count > 1 && readOfLast == 0 {
        versions.removeFirst()
      }
    }
  }

  private mutating func add(_ namespace: String?, _ version: String) throws(KubectlError) {
    news.beginList()
    // What was read before a refusal was read all the same.
    defer { endList() }
    try lister.list(
      resource, version, namespace: namespace, selector: selector, form: form, as: Item.self
    ) { take($0, version, isWhole: namespace == nil) }
    isRead = true
    if let namespace { answered.insert(namespace) }
  }

  // MARK: What comes in

  private var read: Int { readBefore + readOfList + readOfPage }

  private var progress: ScanProgress {
    ScanProgress(resource: resource.name, read: read, total: total)
  }

  private mutating func take(_ news: Lister.News<Item>, _ version: String, isWhole: Bool) {
    switch news {
    case .item(let item):
      readOfPage += 1
      let namespace = item.metadata.namespace ?? ""
      if !resource.isOfCluster { seen.insert(namespace) }
      if isWanted(item.metadata), let one = keep(item, version) {
        page.append(one)
        self.news.tell(one)
      }
      self.news.report(progress)
    case .total(let number): if isWhole { total = number }
    case .pageEnd: endPage()
    case .pageAgain:
      (page, readOfPage) = (Page(), 0)
      self.news.pageAgain()
    case .listAgain:
      (page, list, total) = (Page(), [], nil)
      (readOfList, readOfPage) = (0, 0)
      self.news.listAgain()
    case .unreadable(let count):
      readOfPage += count
      let what = count == 1 ? "one of the \(resource.name)" : "\(count) of the \(resource.name)"
      leftOut.append(
        Omission(what: what, why: "it is not what a \(resource.kind) looks like", isGap: true))
    }
  }

  private func isWanted(_ metadata: Metadata) -> Bool {
    guard resource.isOfCluster else { return choice.isWanted(metadata.namespace ?? "") }
    return resource != .namespaces || choice.isWanted(metadata.name)
  }

  private mutating func endPage() {
    list.append(page)
    page = Page()
    readOfList += readOfPage
    readOfPage = 0
    news.endPage()
    news.report(progress)
  }

  private mutating func endList() {
    endPage()
    pages += list
    list = []
    if readOfList > 0 { isRead = true }
    readBefore += readOfList
    (readOfLast, readOfList) = (readOfList, 0)
  }

  /// Something that a cluster need not have is no gap if it does not have it.
  private mutating func refused(_ refusal: KubectlError, in namespace: String? = nil) {
    guard refusal.reason == .notServed, resource.isOptional else {
      refusals.append(refusal)
      let why = refusal.words + part
      if let namespace {
        refusedNamespaces.note(namespace, refusal.reason, why)
      } else {
        leftOut.append(Omission(what: resource.name, why: why, isGap: true))
      }
      readOfLast = 0
      return
    }
    leftOut.append(
      Omission(what: resource.name, why: "this cluster does not have them", isGap: false))
  }

  /// How much of the list was read before it was refused.
  private var part: String {
    guard readOfLast > 0 else { return "" }
    return total.map { "; \(readOfLast) of \($0) were read" } ?? "; \(readOfLast) were read"
  }
}
