import Glibc
import Subprocess

/// Takes the lock, starts a program that outlives this one, as a worker in a session of its own
/// does, and waits to be killed. `pidFile` gets that program's process id.
func hold(_ world: World, id: String, pidFile: String) throws {
  guard let lock = try world.lock(id) else { throw Failure("\(id) is held") }
  let script = """
    setsid --fork sh -c 'echo $$ > "$1.new"; mv "$1.new" "$1"; exec sleep 300' sh "$1" \
      > /dev/null 2>&1
    until test -e "$1"; do sleep 0.01; done
    """
  let completion = try run(Command("/bin/sh", ["-c", script, "sh", pidFile], timeout: 180))
  guard completion.ending == .exited(0) else { throw Failure("\(completion.ending)") }
  acknowledge("holding")
  withExtendedLifetime(lock) { while true { pause() } }
}
