import FoundationEssentials
import Glibc

// Prints ratios against a baseline that is measured in the same run; figures are medians.
let wanted = Set(CommandLine.arguments.dropFirst())
let benchmarks: [(name: String, run: () throws -> [Comparison])] = [
  ("save", { [try SaveBenchmark().compare()] }),
  ("status", { [try StatusBenchmark().compare()] }),
  ("import", { try ImportBenchmark().compare() }),
]
let known = Set(benchmarks.map(\.name))
guard wanted.isSubset(of: known) else {
  print("usage: benchmarks [\(known.sorted().joined(separator: " | "))]...")
  exit(2)
}
print(Comparison.head)
for benchmark in benchmarks where wanted.isEmpty || wanted.contains(benchmark.name) {
  for comparison in try benchmark.run() { print(comparison.line) }
}
