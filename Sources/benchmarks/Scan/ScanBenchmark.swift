import FoundationEssentials
import Glibc
import Subprocess

/// A scan of generated clusters against kubectl and jq reading the same from the same server: of
/// workloads of 5 to 10 KiB each, through a real kubectl, from a server on the loopback interface.
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

  func compare() throws -> [Comparison] {
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

    let kept = Double(slow.kept) / Double(large)
    let (transientSmall, transientLarge) = (fast.peak - fast.kept, slow.peak - slow.kept)
    return [
      Comparison(
        name: "5,000: scan", figure: fast.seconds, unit: .s, baseline: "kubectl | jq",
        baselineFigure: reference, limit: .ratio(0.1)),
      Comparison(
        name: "50,000: scan", figure: slow.seconds, unit: .s, baseline: "5,000",
        baselineFigure: fast.seconds, limit: .ratio(12)),
      Comparison(
        name: "first workload after the first byte", figure: slow.firstAfter * 1000, baseline: "",
        limit: .most(300)),
      Comparison(
        name: "50,000: peak, scan alone", figure: megabytes(slow.peak), unit: .megabytes,
        baseline: "5,000", baselineFigure: megabytes(fast.peak), limit: .most(150)),
      Comparison(
        name: "50,000: transient part", figure: megabytes(transientLarge), unit: .megabytes,
        baseline: "5,000", baselineFigure: megabytes(transientSmall), limit: .ratio(1.5)),
      Comparison(
        name: "kept per workload", figure: kept, unit: .bytes, baseline: "", limit: .most(1024)),
      Comparison(
        name: "5,000: map-import --dry-run", figure: wholeSmall.seconds, unit: .s,
        baseline: "kubectl | jq", baselineFigure: reference),
      Comparison(
        name: "50,000: map-import --dry-run", figure: wholeLarge.seconds, unit: .s,
        baseline: "5,000", baselineFigure: wholeSmall.seconds),
      Comparison(
        name: "50,000: peak of map-import", figure: megabytes(wholeLarge.peak), unit: .megabytes,
        baseline: "5,000", baselineFigure: megabytes(wholeSmall.peak), limit: .most(150)),
    ]
  }

  // MARK: Runs

  private func withServer<Answer>(
    _ workloads: Int, _ body: (GeneratedServer) throws -> Answer
  ) throws -> Answer {
    let server = try GeneratedServer(GeneratedCluster(workloads: workloads))
    defer { server.stop() }
    try Data(server.kubeconfig("generated").utf8).write(to: URL(filePath: self.kubeconfig))
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

  private func megabytes(_ bytes: Int) -> Double { Double(bytes) / 1e6 }
}
