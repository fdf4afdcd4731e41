import Files
import Glibc
import SessionStore
import Wizard

// SaveDriver HOME ID|new SAVES [--control]
//
// Opens a session and saves it so many times, as the wizard does, so that the tests can kill this
// process, or fail its system calls, at any point of it. What it says goes out through writev(2),
// which nothing else here calls: the words of the promise stay apart from the writes under test.

guard CommandLine.arguments.count >= 4, let count = Int(CommandLine.arguments[3]),
  let root = StateRoot(environment: ["HOME": CommandLine.arguments[1]])
else {
  say("usage: SaveDriver HOME ID|new SAVES [--control]")
  exit(2)
}
let id = CommandLine.arguments[2]
let isControl = CommandLine.arguments.dropFirst(4).first == "--control"

let driver = Driver(
  store: FileStore(root: root, program: "SaveDriver"), id: id == "new" ? nil : id)
exit(isControl ? try driver.saveBadly(count) : driver.save(count))
