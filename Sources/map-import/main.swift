import FoundationEssentials
import Glibc
import Screens
import Sessions
import Terminal
import TerminalText
import Wizard

exit(MapImport.run(CommandLine.arguments, ProcessInfo.processInfo.environment))
