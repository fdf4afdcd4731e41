import Testing

/// What a program does while the power may go, in the words of `Script`.
struct Scenario: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let words: [String]
  /// System calls that fail, as strace(1) takes them.
  let errors: [String]

  init(_ description: String, _ words: String, errors: [String] = []) {
    testDescription = description
    self.words = words.split(separator: " ").map(String.init)
    self.errors = errors
  }

  static let twoSaves = Scenario("two saves of a new session", "begin save save")
  static let threeSaves = Scenario("three saves of a new session", "begin save save save")

  static let saves = [
    threeSaves,
    Scenario("a second session after the first", "begin save save release begin save save"),
    Scenario(
      "a session that is opened again",
      "begin save release acquire=import-2026-01-09-143023 resume save save"),
    Scenario("backups that are pruned", "backups=1 begin save save save save"),
    Scenario("directories that another program has just made", "mkdir begin save save"),
    Scenario("a start after a save", "begin save release readAndRepair save"),
    Scenario("a last copy elsewhere", "begin save saveElsewhere"),
  ]

  static let archiving = Scenario("a session that is archived", "begin save save archive")
  static let unarchiving = Scenario(
    "a session that is brought back from the archive", "begin save save archive unarchive")
  /// What was edited by hand is archived as it is, the others compressed.
  static let editedArchiving = Scenario(
    "a session edited by hand that is archived", "begin save save edit archive")
  static let editedUnarchiving = Scenario(
    "a session edited by hand that is brought back from the archive",
    "begin save save edit archive unarchive")
  static let damage = Scenario(
    "a damaged session that is opened", "begin save save damage release readAndRepair save")
  static let edit = Scenario(
    "a backup that is taken for a session edited by hand", "begin save save edit takeBackup save")

  static let others = [
    archiving, unarchiving, editedArchiving, editedUnarchiving, damage, edit,
    Scenario("a session that is deleted", "begin save release begin save save delete"),
    Scenario("an archived session that is deleted", "begin save save archive delete"),
    Scenario(
      "old sessions that are put away",
      "archived=1 begin save release begin save release later=8 begin save expire"),
    Scenario("sessions that are all deleted", "begin save archive begin save carryOut"),
    Scenario("an earlier generation that is restored", "begin save save save restore=1"),
    Scenario("a damaged session that is restored", "begin save save damage restore"),
    Scenario("a damaged session that is repaired", "begin save save damage repair"),
    Scenario("a damaged session that the doctor finds", "begin save save damage examine"),
    Scenario("a session that is made anew from its log", "begin save save forget rebuild"),
    Scenario("a session that is edited while it is open", "begin save save edit saveOver save"),
    Scenario(
      "an edit that is taken back", "begin save save edit saveOver takeConflict"),
    Scenario("what was put aside and is deleted", "begin save save edit saveOver clearConflict"),
    Scenario("a state of elsewhere that goes on", "begin save saveAside save"),
    Scenario("a last copy that is taken back", "begin save saveElsewhere takeCopy"),
    Scenario("a session that is imported", "begin save importSession"),
    Scenario("a session that gets a name", "begin save rename"),
  ]

  /// The moves on a file system without hard links.
  static let withoutLinks = [
    archiving, unarchiving, editedArchiving, editedUnarchiving, damage, edit,
  ].map {
    Scenario(
      "\($0.testDescription), without hard links", $0.words.joined(separator: " "),
      errors: ["linkat:error=EPERM"])
  }

  static let all = saves + others + withoutLinks
}
