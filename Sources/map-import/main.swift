import CMalloc
import FoundationEssentials
import Glibc
import Screens
import Sessions
import Terminal
import TerminalText
import Wizard

malloc_keep_little()
exit(MapImport.run(CommandLine.arguments, ProcessInfo.processInfo.environment))
