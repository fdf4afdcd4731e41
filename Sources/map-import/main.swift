import CMalloc
import FoundationEssentials
import Glibc
import Screens
import Terminal
import TerminalText
import Wizard

malloc_keep_little()
if let logger = WorkerLogger(arguments: CommandLine.arguments) {
  exit(logger.run(ProcessInfo.processInfo.environment))
}
exit(MapImport.run(CommandLine.arguments, ProcessInfo.processInfo.environment))
