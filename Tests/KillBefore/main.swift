import Glibc

// KillBefore N [--meanwhile COMMAND] PROGRAM [ARGUMENT…]
//
// Runs a program and kills it at once, all of its threads, before the Nth of its system calls is
// executed; calls that nobody else can see are not counted, and its children are left alone.
// N = 0 kills nothing. With a COMMAND of the shell, the program is not killed but waits there until
// that has ended. The last line on stderr says how many calls there were, and of how many
// threads. The exit status is the program's, or 137 if it was killed.
//
// strace(1) counts calls by thread and by name, which in a program of several threads is another
// call in every run; and it would kill children before they are another program.

let words = CommandLine.arguments
guard words.count >= 3, let number = Int(words[1]), number >= 0 else {
  complain("usage: KillBefore N PROGRAM [ARGUMENT...]")
  exit(2)
}
let hasCommand = words.count >= 5 && words[2] == "--meanwhile"
var tracer = Tracer(number: number, meanwhile: hasCommand ? words[3] : nil)
let status = tracer.run(Array(words.dropFirst(hasCommand ? 4 : 2)))
complain("\(tracer.calls) calls of \(tracer.threads) threads")
exit(status)

func complain(_ line: String) {
  let bytes = Array("\(line)\n".utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}
