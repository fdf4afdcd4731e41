import Glibc
import Wizard

// A program that does to session files what the wizard does, for tests that watch it, kill it or
// set two of it against each other.
//
//   SessionFighter run HOME WORD...               each word done and acknowledged, see Script
//   SessionFighter fight HOME ID JOURNAL NAME     until it is killed, see Fighter
//   SessionFighter hold HOME ID PIDFILE           locks, leaves a process behind, waits

let arguments = CommandLine.arguments.dropFirst()
guard let mode = arguments.first, arguments.count >= 3 else { exit(64) }
let rest = Array(arguments.dropFirst(2))
let world = try World(home: arguments[arguments.startIndex + 1])

switch (mode, rest.count) {
case ("run", _):
  var script = Script(world)
  try script.run(rest)
case ("fight", 3): try Fighter(world, id: rest[0], journal: rest[1], name: rest[2]).fight()
case ("hold", 2): try hold(world, id: rest[0], pidFile: rest[1])
default: exit(64)
}
