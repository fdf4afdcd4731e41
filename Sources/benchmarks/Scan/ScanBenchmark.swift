import FoundationEssentials
import Glibc
import Subprocess

/// A scan of generated clusters against kubectl and jq reading the same from the same server.
struct ScanBenchmark {
  private let scratch: Scratch
  private let kubectl: String
  private let jq: String
  private let own: String

  init() throws {
    scratch = try Scratch()
    let path = ProcessInfo.processInfo.environment["PATH"]
    guard let kubectl = Programs.find("kubectl", path: path) else {
      throw BenchmarkFailure("There is no kubectl on PATH; Debian's package is kubernetes-client.")
    }
    guard let jq = Programs.find("jq", path: path) else {
      throw BenchmarkFailure("There is no jq on PATH; Debian's package is jq.")
    }
    self.kubectl = kubectl
    self.jq = jq
    own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  }

  /// What one scan brought.
  private struct Scan {
    var seconds: Double
    var peak: Int
    var kept: Int
    /// From the first byte of a list to the first workload.
    var firstAfter: Double
  }

  func run() throws {
    let small = 5_000
    let large = 50_000
    let (scans, baseline, wholeSmall) = try withServer(small) { server in
      // By turns, so that what else the machine does is in both.
      let pairs = try (0..<3).map { _ in (try scan(small, server), try kubectlAndJQ()) }
      return (pairs.map(\.0), pairs.map(\.1), try whole(small))
    }
    let (slow, wholeLarge) = try withServer(large) { (try scan(large, $0), try whole(large)) }
    let fast = scans.sorted { $0.seconds < $1.seconds }[1]
    let reference = baseline.sorted()[1]

    print("\nscan, generated workloads of 5 to 10 KiB each, a real kubectl, a loopback server")
    row("what", "figure", "beside", "ratio", "limit")
    let kept = Double(slow.kept) / Double(large)
    let (transientSmall, transientLarge) = (fast.peak - fast.kept, slow.peak - slow.kept)
    row(
      "5,000: scan", s(fast.seconds), "\(s(reference)) kubectl | jq", n(fast.seconds / reference),
      "0.2")
    row(
      "50,000: scan", s(slow.seconds), "\(s(fast.seconds)) at 5,000",
      n(slow.seconds / fast.seconds), "12")
    row("first workload after", ms(slow.firstAfter), "the first byte", "", "300 ms")
    row(
      "50,000: peak, scan alone", mb(slow.peak), "\(mb(fast.peak)) at 5,000",
      n(ratio(slow.peak, fast.peak)), "150 MB")
    row(
      "50,000: transient part", mb(transientLarge), "\(mb(transientSmall)) at 5,000",
      n(ratio(transientLarge, transientSmall)), "1.5")
    row("kept per workload", "\(Int(kept)) B", "", "", "1024 B")
    row(
      "5,000: map-import --dry-run", s(wholeSmall.seconds), "\(s(reference)) kubectl | jq",
      n(wholeSmall.seconds / reference), "")
    row(
      "50,000: map-import --dry-run", s(wholeLarge.seconds), "\(s(wholeSmall.seconds)) at 5,000",
      n(wholeLarge.seconds / wholeSmall.seconds), "")
    row(
      "50,000: peak of map-import", mb(wholeLarge.peak), "\(mb(wholeSmall.peak)) at 5,000",
      n(ratio(wholeLarge.peak, wholeSmall.peak)), "150 MB")
  }

  // MARK: Runs

  private func withServer<Answer>(
    _ workloads: Int, _ body: (GeneratedServer) throws -> Answer
  ) throws -> Answer {
    let server = try GeneratedServer(GeneratedCluster(workloads: workloads))
    defer { server.stop() }
    let kubeconfig = """
      apiVersion: v1
      kind: Config
      current-context: generated
      clusters: [{name: generated, cluster: {server: "http://127.0.0.1:\(server.port)"}}]
      contexts: [{name: generated, context: {cluster: generated, user: generated}}]
      users: [{name: generated, user: {}}]
      """
    try Data(kubeconfig.utf8).write(to: URL(filePath: self.kubeconfig))
    return try body(server)
  }

  private var kubeconfig: String { "\(scratch.path)/kubeconfig" }

  private var environment: [String] {
    ["HOME=\(scratch.path)", "PATH=/usr/bin:/bin", "LANG=C.UTF-8"]
  }

  private func scan(_ workloads: Int, _ server: GeneratedServer) throws -> Scan {
    _ = server.takeFirstByte()
    let process = try MeasuredProcess(
      [own, ScanChild.argument, kubectl, kubeconfig], environment: environment)
    let figures = process.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard figures.count == 7, Int(figures[0]) == workloads, figures[4] == 0,
      let first = server.takeFirstByte()
    else { throw BenchmarkFailure("The scan did not find everything: \(process.output)") }
    return Scan(
      seconds: process.seconds, peak: Int(figures[3]), kept: Int(figures[2]),
      firstAfter: figures[1] - first)
  }

  private func whole(_ workloads: Int) throws -> MeasuredProcess {
    let process = try MeasuredProcess(
      [
        builtProgram("map-import"), "--dry-run", "-A", "-o", "json", "--kubectl=\(kubectl)",
        "--kubeconfig=\(kubeconfig)",
      ], environment: environment)
    guard process.output.hasSuffix("}\n") else {
      throw BenchmarkFailure("map-import printed no report: \(process.output.prefix(500))")
    }
    return process
  }

  /// The fields that a scan reads, by the tools that a person would take.
  private func kubectlAndJQ() throws -> Double {
    let filter = """
      .items[] | {kind, apiVersion, name: .metadata.name, namespace: .metadata.namespace, \
      uid: .metadata.uid, generation: .metadata.generation, labels: .metadata.labels, \
      owners: .metadata.ownerReferences, tracking: .metadata.annotations["argocd.argoproj.io/tracking-id"], \
      release: .metadata.annotations["meta.helm.sh/release-name"], \
      managers: [.metadata.managedFields[]?.manager], \
      pod: ((.spec.template // .spec.jobTemplate.spec.template) | {labels: .metadata.labels, \
      images: [.spec.containers[].image], account: .spec.serviceAccountName, \
      maps: [.spec.containers[].envFrom[]?.configMapRef.name], \
      secrets: [.spec.containers[].envFrom[]?.secretRef.name]}), \
      replicas: .spec.replicas, status: (.status | {observedGeneration, replicas, readyReplicas, \
      updatedReplicas, availableReplicas, conditions})}
      """
    let script =
      "\"$1\" --kubeconfig=\"$2\" get deploy,sts,ds,cronjob -A -o json | \"$3\" -c \"$4\" | wc -l"
    let process = try MeasuredProcess(
      ["/bin/sh", "-c", script, "sh", kubectl, kubeconfig, jq, filter], environment: environment)
    guard Int(process.output.filter(\.isNumber)) == 5_000 else {
      throw BenchmarkFailure("kubectl and jq did not find everything: \(process.output)")
    }
    return process.seconds
  }

  // MARK: The table

  private func row(_ cells: String...) {
    print(
      zip(cells, [32, 12, 26, 8, 8]).map { cell, width in
        cell + String(repeating: " ", count: max(1, width - cell.count))
      }.joined())
  }

  private func ratio(_ a: Int, _ b: Int) -> Double { Double(a) / Double(max(1, b)) }
  private func n(_ number: Double) -> String { "\((number * 100).rounded() / 100)" }
  private func s(_ seconds: Double) -> String { n(seconds) + " s" }
  private func ms(_ seconds: Double) -> String { "\(Int(seconds * 1000)) ms" }
  private func mb(_ bytes: Int) -> String { n(Double(bytes) / 1e6) + " MB" }
}
