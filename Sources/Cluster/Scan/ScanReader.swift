import Wizard

/// Reads the resources of a scan into its findings.
struct ScanReader: Sendable {
  var lister: Lister
  var choice: NamespaceChoice
  var findings: Findings
  var progress: @Sendable (ScanProgress) -> Void
  var found: @Sendable ([Workload]) -> Void

  func readWorkloads(_ resource: Resource) {
    var interner = Interner()
    let tell = found
    let news = ReadingNews<FoundWorkload>(progress: progress) { tell($0.map(\.workload)) }
    var reading = ResourceReading<WorkloadObject, FoundWorkloads>(
      resource, lister, choice, findings, selector: choice.scope.selector, news: news
    ) {
      FoundWorkload($0, resource, apiVersion: $1, &interner)
    }
    reading.conduct()
    let pages = reading.pages
    findings.change { $0.workloads += pages }
  }

  func readBelongings(_ resource: Resource) {
    switch resource.kind {
    case "Service": readBelongings(resource, as: ServiceObject.self)
    case "ConfigMap": readBelongings(resource, as: ConfigMapObject.self)
    case "ServiceAccount": readBelongings(resource, as: ServiceAccountObject.self)
    case "HorizontalPodAutoscaler": readBelongings(resource, as: AutoscalerObject.self)
    case "PodDisruptionBudget": readBelongings(resource, as: DisruptionBudgetObject.self)
    case "NetworkPolicy": readBelongings(resource, as: NetworkPolicyObject.self)
    default: readBelongings(resource, as: IngressObject.self)
    }
  }

  private func readBelongings<Item: BelongingObject>(_ resource: Resource, as type: Item.Type) {
    var interner = Interner()
    let findings = findings
    var reading = ResourceReading<Item, FoundBelongings>(
      resource, lister, choice, findings, news: ReadingNews(progress: progress)
    ) { item, apiVersion in
      let object = ObjectReference(
        apiVersion: apiVersion, kind: interner(resource.kind),
        namespace: item.metadata.namespace.map { interner($0) }, name: item.metadata.name)
      guard !RelatedObject.isEverywhere(object) else {
        findings.change { _ = $0.everywhere.insert("\(object.kind) \(object.name)") }
        return nil
      }
      return RelatedObject(object, item.link, item.metadata, &interner)
    }
    reading.conduct()
    findings.add(reading.pages)
  }
}
