import FoundationEssentials
import Glibc

// Prints ratios against a baseline that is measured in the same run; figures are medians.
if CommandLine.arguments.count == 4, CommandLine.arguments[1] == ScanChild.argument {
  ScanChild.run(kubectl: CommandLine.arguments[2], kubeconfig: CommandLine.arguments[3])
  exit(0)
}
let wanted = Set(CommandLine.arguments.dropFirst())
let benchmarks: [(name: String, run: () throws -> [Comparison])] = [
  ("save", { [try SaveBenchmark().compare()] }),
  ("status", { [try StatusBenchmark().compare()] }),
  ("start", { try StartBenchmark().compare() }),
  (
    "keys",
    {
      var keys = KeysBenchmark(workloads: 50_000)
      var units = KeysBenchmark(workloads: 50_000)
      var fewer = KeysBenchmark(workloads: 5_000)
      return keys.review() + keys.scanning(workloads: 50_000)
        + units.units(created: 2_000, "50,000 units") + fewer.units(created: 10_000, "5,000 units")
    }
  ),
  (
    "import",
    {
      try ImportBenchmark().compare()
        + ImportBenchmark(units: 32, parallel: 32, delay: 0.7).compareAtOnce()
    }
  ),
]
let known = Set(benchmarks.map(\.name) + ["scan"])
guard wanted.isSubset(of: known) else {
  print("usage: benchmarks [\(known.sorted().joined(separator: " | "))]...")
  exit(2)
}
if wanted != ["scan"] { print(Comparison.head) }
for benchmark in benchmarks where wanted.isEmpty || wanted.contains(benchmark.name) {
  for comparison in try benchmark.run() { print(comparison.line) }
}
// A table of its own: its figures are seconds and bytes.
if wanted.isEmpty || wanted.contains("scan") {
  do {
    try ScanBenchmark().run()
  } catch {
    print(error)
    exit(1)
  }
}
