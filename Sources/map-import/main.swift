import CMalloc
import Effects
import FoundationEssentials
import Glibc
import Program

malloc_keep_little()
// It ends with _exit(2): exit(3) takes the libraries of libcurl apart, in which threads that were given up
// may still be. No output is buffered.
if let logger = WorkerLogger(arguments: CommandLine.arguments) {
  _exit(logger.run(ProcessInfo.processInfo.environment))
}
_exit(MapImport.run(CommandLine.arguments, ProcessInfo.processInfo.environment))
