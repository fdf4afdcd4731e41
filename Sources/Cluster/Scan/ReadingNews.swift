import Wizard

/// Tells of a reading's progress, and of what it found, not more often than a person can see.
struct ReadingNews<Kept> {
  let progress: (ScanProgress) -> Void
  let found: ([Kept]) -> Void

  private let clock = ContinuousClock()
  private var nextProgress: ContinuousClock.Instant?
  private var nextFound: ContinuousClock.Instant?
  private var waiting: [Kept] = []
  /// What comes of the list for the second time has been told already.
  private var ofList = 0
  private var ofPage = 0
  private var told = 0

  init(
    progress: @escaping (ScanProgress) -> Void, found: @escaping ([Kept]) -> Void = { _ in }
  ) {
    self.progress = progress
    self.found = found
  }

  mutating func report(_ step: ScanProgress) {
    if Self.isDue(&nextProgress, clock.now) { progress(step) }
  }

  mutating func tell(_ kept: Kept) {
    ofPage += 1
    guard ofList + ofPage > told else { return }
    told = ofList + ofPage
    waiting.append(kept)
    if Self.isDue(&nextFound, clock.now) { tellWaiting() }
  }

  mutating func tellWaiting() {
    if !waiting.isEmpty { found(waiting) }
    waiting = []
  }

  mutating func beginList() { (ofList, ofPage, told) = (0, 0, 0) }
  mutating func listAgain() { (ofList, ofPage) = (0, 0) }
  mutating func pageAgain() { ofPage = 0 }

  mutating func endPage() {
    ofList += ofPage
    ofPage = 0
    // The next page may take long to come.
    tellWaiting()
  }

  private static func isDue(
    _ next: inout ContinuousClock.Instant?, _ now: ContinuousClock.Instant
  ) -> Bool {
    if let next, now < next { return false }
    next = now + .milliseconds(50)
    return true
  }
}
