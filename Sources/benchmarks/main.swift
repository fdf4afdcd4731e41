import FoundationEssentials
import Glibc

// Prints figures beside a baseline that is measured in the same run, or a limit; they are medians
// where nothing else is said. Ends with 1 if a limit is missed.
if CommandLine.arguments.count == 4, CommandLine.arguments[1] == ScanChild.argument {
  ScanChild.run(kubectl: CommandLine.arguments[2], kubeconfig: CommandLine.arguments[3])
  exit(0)
}
let wanted = Set(CommandLine.arguments.dropFirst())
let benchmarks: [(name: String, run: () throws -> [Comparison])] = [
  ("save", { [try SaveBenchmark().compare()] }),
  ("saves", { try SavesBenchmark().compare() }),
  ("looks", { try LooksBenchmark().compare() }),
  ("status", { [try StatusBenchmark().compare()] }),
  ("start", { try StartBenchmark().compare() }),
  (
    "keys",
    {
      var keys = KeysBenchmark(workloads: 50_000)
      var units = KeysBenchmark(workloads: 50_000)
      var fewer = KeysBenchmark(workloads: 5_000)
      return try keys.review() + keys.scanning(workloads: 50_000)
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
  ("scan", { try ScanBenchmark().compare() }),
]
guard wanted.isSubset(of: benchmarks.map(\.name)) else {
  print("usage: benchmarks [\(benchmarks.map(\.name).joined(separator: " | "))]...")
  exit(2)
}
print(Comparison.head)
var missed = 0
for benchmark in benchmarks where wanted.isEmpty || wanted.contains(benchmark.name) {
  do {
    for comparison in try benchmark.run() {
      print(comparison.line)
      missed += comparison.isMissed ? 1 : 0
    }
  } catch {
    print("\(benchmark.name) could not be measured: \(error)")
    exit(1)
  }
}
guard missed == 0 else {
  print("\(missed) of the limits \(missed == 1 ? "is" : "are") missed.")
  exit(1)
}
