import Glibc

/// A system call that failed: which one, on which file, and why.
package struct CallError: Error, Hashable, Sendable {
  /// As in section 2 of the manual, e.g. `fsync`.
  package let call: String
  /// For a person: the home directory as `~`.
  package let file: String
  /// See errno(3).
  package let code: Int32

  package init(_ call: String, _ file: String, _ code: Int32) {
    self.call = call
    self.file = file
    self.code = code
  }

  /// The system's own words, e.g. `No space left on device`.
  package var reason: String { String(cString: strerror(code)) }

  /// The file system cannot lock files at all.
  package var meansNoLocks: Bool { call == "flock" && [ENOLCK, EOPNOTSUPP, ENOSYS].contains(code) }

  /// The file system has no hard links, or not between these two places, or not for such a file.
  package var meansNoLinks: Bool {
    call == "link" && [EPERM, EMLINK, EOPNOTSUPP, ENOSYS, EXDEV].contains(code)
  }

  /// What a person can do about it.
  package var advice: String {
    switch code {
    case ENOSPC: "Free some space on that file system."
    case EDQUOT: "Free some space: your disk quota is used up."
    case EFBIG: "Raise the limit on file sizes (`ulimit -f`)."
    case EROFS: "Make the file system writable again, or set HOME to one that is."
    case EACCES, EPERM: "Check that the directory belongs to you and that you may write there."
    case EIO: "The disk reports errors: check it, or set HOME to another one."
    case EMFILE, ENFILE: "Too many files are open: raise the limit (`ulimit -n`)."
    // No link is ever followed.
    case ELOOP: "It is a symbolic link, which is not followed: move it away."
    case EISDIR, ENOTDIR: "Something else is in its place: move it away."
    default: "Try again."
    }
  }
}

extension CallError: Problem, CustomStringConvertible {
  package var description: String { explanation }
  package var explanation: String { "\(call) of \(file) failed: \(reason). \(advice)" }
}

/// Something found on disk that is not used, and why, as a sentence.
package struct Refusal: Error, Hashable, Sendable {
  package let sentence: String

  package init(_ sentence: String) { self.sentence = sentence }
}

extension Refusal: Problem, CustomStringConvertible {
  package var description: String { sentence }
  package var explanation: String { sentence }
}

/// Makes a call that answers -1 on failure; makes it again, a bounded number of times, if a signal
/// came in between.
package func attempt<Answer: SignedInteger>(
  _ call: String, _ file: String, _ body: () -> Answer
) throws(CallError) -> Answer {
  for _ in 0..<100 {
    let answer = body()
    if answer != -1 { return answer }
    if errno != EINTR { throw CallError(call, file, errno) }
  }
  throw CallError(call, file, EINTR)
}
