import FoundationEssentials
import TerminalText
import Testing

@testable import Screens
@testable import Wizard

// Every screen is looked at in one size, twenty-four also in others and in ASCII. The rest of those is
// held to what is looked at: the same words stand there, and the same signs in ASCII.

private let small = Size(columns: 60, rows: 16)
private let usual = Size(columns: 80, rows: 24)
private let large = Size(columns: 120, rows: 40)
private let huge = Size(columns: 200, rows: 50)
private let ascii = Look(glyphs: .ascii)

extension Shot {
  /// One of each kind of layout, and those that the rules for the others say nothing about.
  fileprivate static let chosen: Set = [
    "complete", "confirming-replace", "contexts", "creating-failed", "details", "help-review",
    "arrivals", "panel-sync-lost", "panel-team", "sync-asked",
    "installing", "leaving", "left-out", "logs-right", "members-move", "panel", "panel-wide",
    "preview-right", "prompt-stale", "review-changed", "review-grouped", "review-wide", "scanning",
    "sessions",
  ]

  /// Those of which most is decided: wide windows are used there.
  fileprivate static let huge: Set = ["review", "select", "confirming-plan", "complete"]

  /// What the pane beside a list shows, besides details.
  fileprivate static let panes: [Shot] = {
    func shot(_ name: String, _ pane: PaneContent, on shot: Shot?, _ glance: Glance? = nil) -> Shot
    {
      var shot = shot ?? Shot(name: name, state: Sample.arranged)
      shot = Shot(name: name, state: shot.state, keys: shot.keys, ui: shot.ui)
      shot.ui.pane = pane
      return glance.map { glance in shot.glancing(glance) } ?? shot
    }
    var plan = Shot.every.first { $0.name == "confirming-plan" }
    plan?.keys += [.down, .down, .down]
    let unit = plan?.state.session.proposal?.units[3]
    let api = Sample.workloads.first { $0.key.name == "debug-shell" }
    let yaml = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: debug-shell\n"
    var running = Shot.every.first { $0.name == "creating-running" }
    running?.ui.runLog = LogText(
      name: "log", lines: (1...60).map { "entry \($0) of this run, which says what was done" })
    return [
      shot(
        "pane-yaml", .yaml, on: nil, api.map { Glance(.object($0.reference), .object(yaml: yaml)) }),
      shot(
        "pane-diff", .difference, on: plan,
        unit.map { Glance(.difference($0), .unit(.compared(as: $0.slug))) }),
      shot("pane-log", .log, on: running),
    ]
  }()

  /// A size has another arrangement of these, or another part of them.
  fileprivate var isArrangedBySize: Bool {
    name.hasPrefix("panel") || ["logs-right", "preview-right"].contains(name)
  }
}

@Test("Every screen is drawn as it was looked at", arguments: Shot.every)
func golden(_ shot: Shot) {
  expectGolden(shot.draw(usual), "80x24/\(shot.name)")
}

@Test(
  "Twenty-four are drawn in a small window, in a large one, and in ASCII as they were looked at",
  arguments: Shot.every.filter { Shot.chosen.contains($0.name) })
func chosen(_ shot: Shot) {
  expectGolden(shot.draw(small), "60x16/\(shot.name)")
  expectGolden(shot.draw(large), "120x40/\(shot.name)")
  expectGolden(shot.draw(usual, ascii), "80x24-ascii/\(shot.name)")
}

@Test("A chosen few are drawn in a very wide window as they were looked at")
func veryWide() {
  for shot in Shot.every where Shot.huge.contains(shot.name) {
    expectGolden(shot.draw(huge), "200x50/\(shot.name)")
  }
}

@Test("The pane is drawn as it was looked at", arguments: Shot.panes)
func panes(_ shot: Shot) {
  expectGolden(shot.draw(huge), "200x50/\(shot.name)")
}

@Test("Every golden screen is one of these")
func noneLeftOver() throws {
  let every = Set(Shot.every.map(\.name))
  #expect(Shot.chosen.isSubset(of: every))
  for (folder, names) in [
    ("200x50", Shot.huge.union(Shot.panes.map(\.name))), ("80x24", every), ("60x16", Shot.chosen),
    ("120x40", Shot.chosen), ("80x24-ascii", Shot.chosen),
  ] {
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(goldens)/\(folder)")
    #expect(Set(files) == Set(names.map { "\($0).txt" }), "\(folder)")
  }
}

// MARK: Sizes

/// The whole words in the middle of a screen; without what counts, and signs.
private func words(_ frame: Frame) -> Set<Substring> {
  let rows = frame.text.split(separator: "\n", omittingEmptySubsequences: false)
  // The steps are spaced as there is room, and the last row has as many keys as there is room for.
  let middle = rows.prefix(1) + rows.dropFirst(2).dropLast()
  return Set(
    middle.flatMap { $0.split { $0.isWhitespace || $0 == "│" } }.filter { word in
      word.allSatisfy(\.isASCII) && word.contains(where: \.isLetter)
    })
}

@Test(
  "What stands in a window stands in a larger one, too, and so does the cursor",
  arguments: Shot.every)
func sizes(_ shot: Shot) {
  let frames = [small, usual, large, huge].map { shot.frame($0) }
  // The box of a question may lie upon it; a small window has no room for the sessions of the team.
  if !shot.name.hasPrefix("leaving"), !shot.name.hasPrefix("panel-team") {
    let cursors = frames.map { $0.text.count { $0 == "❯" } }
    #expect(Set(cursors).count == 1, "\(cursors)")
  }
  guard !shot.isArrangedBySize else { return }
  let found = frames.map(words)
  #expect(!found[0].isEmpty)
  #expect(found[0].subtracting(found[1]) == [])
  #expect(found[1].subtracting(found[2]) == [])
  // A word that a narrow pane breaks is whole in a wider one.
  let lost = found[2].subtracting(found[3]).filter { word in
    !found[3].contains { $0.contains(word) }
  }
  #expect(lost == [])
}

@Test("The rule tells: words that a larger window has not")
func sizesControl() {
  let shots = Shot.every.filter { ["complete", "review"].contains($0.name) }
  #expect(!words(shots[0].frame(small)).subtracting(words(shots[1].frame(usual))).isEmpty)
}

// MARK: ASCII

private let signs: [Character: Character] = {
  let (unicode, ascii) = (Glyphs.unicode, Glyphs.ascii)
  let pairs: [(String, String)] = [
    (unicode.done, ascii.done), (unicode.current, ascii.current), (unicode.todo, ascii.todo),
    (unicode.failed, ascii.failed), (unicode.warning, ascii.warning),
    (unicode.marked, ascii.marked), (unicode.unfolded, ascii.unfolded),
    (unicode.ascending, ascii.ascending),
    (unicode.cursor, ascii.cursor), (unicode.uploading, ascii.uploading),
    (unicode.spinner[0], ascii.spinner[0]),
    (unicode.barDone, ascii.barDone), (unicode.barToDo, ascii.barToDo),
    (String(unicode.branch.prefix(1)), String(ascii.branch.prefix(1))),
    (unicode.lines.horizontal, ascii.lines.horizontal),
    (unicode.lines.vertical, ascii.lines.vertical),
    (unicode.lines.topLeft, ascii.lines.topLeft), (unicode.lines.topRight, ascii.lines.topRight),
    (unicode.lines.bottomLeft, ascii.lines.bottomLeft),
    (unicode.lines.bottomRight, ascii.lines.bottomRight),
  ]
  return Dictionary(uniqueKeysWithValues: pairs.map { (Character($0), Character($1)) })
}()

/// The rows of a screen in ASCII that are not what the same screen in Unicode has, sign for sign.
private func differences(_ unicode: String, _ ascii: String) -> [Substring] {
  func rows(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
  let (unicode, ascii) = (rows(String(unicode.map { signs[$0] ?? $0 })), rows(ascii))
  guard unicode.count == ascii.count else { return ascii }
  return zip(unicode, ascii).filter { !isSame($0, $1) }.map { $1 }
}

/// Where text is cut, three dots take the place of one, and of two columns more.
private func isSame(_ unicode: Substring, _ ascii: Substring) -> Bool {
  guard unicode.contains("…") else { return unicode == ascii }
  func parts(_ row: Substring, _ cut: String) -> [String] {
    row.split(separator: cut, omittingEmptySubsequences: false).map { part in
      part.split(separator: " ").joined(separator: " ")
    }
  }
  let (unicode, ascii) = (parts(unicode, "…"), parts(ascii, "..."))
  return unicode.count == ascii.count
    && zip(unicode, ascii).allSatisfy { $0.contains($1) && $0.count - $1.count <= 4 }
}

@Test("In ASCII a screen is what it is in Unicode, sign for sign", arguments: Shot.every)
func inASCII(_ shot: Shot) {
  for size in [small, usual, large, huge] {
    #expect(differences(shot.draw(size), shot.draw(size, ascii)) == [], "\(size)")
  }
}

@Test("The rule tells: another sign, another word, a sign that is not ASCII")
func inASCIIControl() {
  let unicode = " ❯  ✓  order-api  created and…"
  #expect(differences(unicode, " >  +  order-api  created a...") == [])
  for wrong in [
    " >  X  order-api  created a...", " >  +  order-web  created a...",
    " ❯  +  order-api  created a...", " >  +  order-api  crea...", " >  +  order-api  created and…",
  ] {
    #expect(differences(unicode, wrong) == [Substring(wrong)], "\(wrong)")
  }
}
