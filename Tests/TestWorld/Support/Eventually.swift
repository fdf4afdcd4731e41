import Glibc

/// Looks again and again until it is so; `false` if it never comes true, which only a hang takes.
public func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
  let end = ContinuousClock.now + patience
  while try !condition() {
    if ContinuousClock.now > end { return false }
    usleep(5_000)
  }
  return true
}
