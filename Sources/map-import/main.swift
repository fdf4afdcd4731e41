import CMalloc
import Effects
import FoundationEssentials
import Glibc
import Program

malloc_keep_little()
if let logger = WorkerLogger(arguments: CommandLine.arguments) {
  exit(logger.run(ProcessInfo.processInfo.environment))
}
exit(MapImport.run(CommandLine.arguments, ProcessInfo.processInfo.environment))
