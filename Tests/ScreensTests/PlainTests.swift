import TerminalText
import Testing

@testable import Screens
@testable import Wizard

/// A person who reads lines and types lines.
struct PlainReader {
  var state: WizardState
  var wizard: PlainWizard
  /// What the reader was told last.
  var lines: [String] = []

  init(_ state: WizardState, _ glyphs: Glyphs = .unicode) {
    self.state = state
    wizard = PlainWizard(theme: Theme(glyphs: glyphs))
    lines = wizard.news(state)
  }

  var question: String? { wizard.question(state) }

  /// Types a line; the events and other intents that it comes to.
  @discardableResult
  mutating func type(_ text: String) -> [Intent] {
    let reply = wizard.answer(text, state)
    lines = reply.lines
    for case .event(let event) in reply.intents {
      (state, _) = reduce(state, event, at: sampleNow)
    }
    lines += wizard.news(state)
    return reply.intents
  }
}

@Suite("On plain lines")
struct PlainTests {
  /// What a state alone shows: plain lines know no keys and nothing that lies over a screen.
  private static let shots = Shot.all.filter { $0.keys.isEmpty && $0.ui.log == nil }

  @Test(
    "Every screen is one line for each fact and a question, as it was looked at",
    arguments: shots)
  func golden(_ shot: Shot) {
    let reader = PlainReader(shot.state)
    let text = (reader.lines + [reader.question ?? "(goes on by itself)"]).joined(separator: "\n")
    #expect(!text.utf8.contains(0x1B))
    expectGolden(text + "\n", "plain/\(shot.name)")
  }

  @Test("No sentence there names a key that is not there", arguments: shots)
  func noKeys(_ shot: Shot) {
    let keys = Set(Binding.table.flatMap(\.keys).map(\.name)).subtracting(["a", "A", "I", "?"])
    let reader = PlainReader(shot.state)
    for line in reader.lines + [reader.question ?? ""] where !line.hasPrefix("  ") {
      let words = line.split(separator: " ").map { $0.filter { $0.isLetter || $0 == "-" } }
      for (word, next) in zip(words, words.dropFirst()) where keys.contains(word) {
        // `l lists`; other words of the language are no keys.
        let isNamed =
          word.count == 1 ? next.hasSuffix("s") && next.count > 2 : word.hasPrefix("esc")
        #expect(!isNamed, "\(word) in \(line)")
      }
    }
  }

  @Test("A context is chosen by its number, and an empty line takes the current one")
  func contexts() {
    var state = Sample.state(at: Position(.scan, .choosing))
    state.session.scope.context = ""
    var reader = PlainReader(state)
    #expect(reader.lines.contains("1. kind-atk, https://127.0.0.1:6443 (current)"))
    #expect(reader.type("2") == [.event(.chooseContext("prod-east"))])
    reader = PlainReader(state)
    #expect(reader.type("") == [.event(.chooseContext("kind-atk"))])
    #expect(reader.wizard.answer("3", state).lines == ["There is no row 3: the rows are 1 to 2."])
    #expect(reader.wizard.answer("1-2", state).lines == ["Answer with one number."])
  }

  @Test("An answer that is not understood as a whole changes nothing, and says the form")
  func whole() {
    var state = Sample.state(at: Position(.scan, .choosing))
    state.session.scope.namespaces = []
    var reader = PlainReader(state)
    #expect(reader.type("choose 1 2").count == 1)
    #expect(reader.state.session.scope.namespaces == ["argocd", "default"])
    reader.type("not 1, 2")
    #expect(reader.state.session.scope.namespaces == [])
    reader.type("2-3,5")
    #expect(reader.state.session.scope.namespaces.count == 3)
    for (text, sentence) in [
      ("1 foo", #""1 foo" is not understood; write 3 or 1-3,7."#),
      ("not 2 foo", #""2 foo" is not understood; write 3 or 1-3,7."#),
      ("all 3", #""all 3" is not understood; write all alone."#),
    ] {
      #expect(reader.wizard.answer(text, reader.state).lines == [sentence])
      #expect(reader.wizard.answer(text, reader.state).intents == [])
    }
    let units = PlainReader(Sample.state(at: Position(.select)))
    var wizard = units.wizard
    let ids = (units.state.session.proposal?.units ?? []).map(\.id)
    #expect(
      wizard.answer("labels 5, 6 a=b c", units.state).intents
        == [.event(.setLabels(units: ids, "a=b c"))])
  }

  @Test("Namespaces are chosen with ranges, all and none, what the filter hides is left alone")
  func namespaces() {
    var state = Sample.state(at: Position(.scan, .choosing))
    state.session.scope.namespaces = []
    var reader = PlainReader(state)
    reader.type("1-2,5")
    #expect(reader.state.session.scope.namespaces == ["argocd", "default", "payment-prod"])
    #expect(reader.lines.contains("3 of 5 chosen."))
    #expect(reader.lines.contains("5. [x] payment-prod"))
    reader.type("not 2")
    #expect(reader.state.session.scope.namespaces == ["argocd", "payment-prod"])
    reader.type("undo")
    #expect(reader.state.session.scope.namespaces == ["argocd", "default", "payment-prod"])
    reader.type("redo")
    reader.type("/prod")
    #expect(reader.lines.first == "2 of 5 rows shown.")
    reader.type("only 1")
    #expect(reader.state.session.scope.namespaces == ["argocd", "order-prod"])
    reader.type("none")
    #expect(reader.state.session.scope.namespaces == ["argocd"])
    reader.type("/")
    reader.type("all")
    // A system namespace is chosen by its number alone.
    #expect(reader.state.session.scope.namespaces.count == 4)
    #expect(reader.type("") == [.event(.goOn)])
  }

  @Test("Workloads are chosen by number and shown with all about them, a page at a time")
  func review() {
    var state = Sample.state(at: Position(.review))
    state.session.selected = []
    var reader = PlainReader(state)
    #expect(reader.lines.contains { $0.contains("12 workloads") && $0.contains("0 chosen") })
    reader.type("1-3")
    #expect(reader.state.session.selected.count == 3)
    #expect(reader.lines.contains { $0.contains("3 chosen") })
    reader.type("show 1")
    #expect(reader.lines.contains { $0.hasPrefix("Owner: ") })
    reader.type("/owner:argo")
    #expect(reader.lines.first == "3 of 12 rows shown.")
    reader.type("missing")
    #expect(reader.lines == ["Left out: namespace kube-system: a system namespace"])

    state.session.scan?.workloads = (100..<150).map { Sample.workload("app-\($0)") }
    reader = PlainReader(state)
    #expect(reader.lines.contains { $0.hasPrefix("20. [ ] app-119") })
    #expect(reader.lines.last == "30 more; the word more shows them.")
    reader.type("more")
    #expect(reader.lines.first?.hasPrefix("21. [ ] app-120") == true)
    reader.type("more")
    #expect(reader.lines.last?.hasPrefix("50. [ ] app-149") == true)
    reader.type("more")
    #expect(reader.lines == ["These were all."])
  }

  @Test("Units are renamed, left out, split, merged, labelled and looked into by number")
  func select() throws {
    let state = Sample.state(at: Position(.select))
    var reader = PlainReader(state)
    reader.type("edit 5 api")
    #expect(reader.state.session.proposal?.units.first?.slug == "api")
    #expect(reader.lines.contains { $0.hasPrefix("5. api, ") })
    reader.type("rename 1")
    #expect(reader.question == "Instead of payment-team (enter keeps it): ")
    reader.type("checkout")
    #expect(reader.state.session.proposal?.appSpace == "checkout")
    reader.type("edit 1")
    reader.type("")
    #expect(reader.lines == ["Left as it was."])
    #expect(reader.type("") == [.event(.goOn)], "enter goes on wherever something was edited")

    reader = PlainReader(state)
    let units = try #require(state.session.proposal?.units)
    #expect(
      reader.wizard.answer("labels 6 a=b, c=d", state).intents
        == [.event(.setLabels(units: [units[1].id], "a=b, c=d"))])
    #expect(
      reader.wizard.answer("labels 6 a=b c=d", state).lines
        == ["The value of a has a character that ConfigHub does not take in a label."])
    #expect(
      reader.wizard.answer("out 5-6", state).intents
        == [.event(.leaveOut(units: units.map(\.id)))])
    #expect(
      reader.wizard.answer("preview 5", state).intents == [.event(.preview(unit: units[0].id))])
    #expect(reader.wizard.answer("split 6", state).intents == [.event(.split(unit: units[1].id))])
    #expect(reader.wizard.answer("out", state).lines == ["Which row? out N"])
    reader.type("merge 5 payment-fraud")
    #expect(reader.state.session.proposal?.units.count == 1)
    reader.type("open 5")
    #expect(reader.lines.contains { $0.hasPrefix("1. ") })
    #expect(reader.wizard.ui.openUnit != nil)
    reader.type("")
    #expect(reader.wizard.ui.openUnit == nil)
  }

  @Test("Nothing is written without the word yes")
  func confirm() {
    var reader = PlainReader(Sample.state(at: Position(.connect, .confirming)))
    #expect(reader.lines.contains { $0.hasPrefix("Units") })
    #expect(reader.question == "Create all this, yes or no? ")
    #expect(reader.type("").isEmpty)
    #expect(reader.lines.first == "Answer yes or no; nothing was written yet.")
    #expect(reader.wizard.answer("no", reader.state).intents == [.event(.goBack)])
    #expect(reader.type("yes") == [.event(.confirm)])
    #expect(reader.question == nil, "it is being written now")
  }

  @Test("A conflict is answered with keep, replace or another name")
  func conflict() throws {
    let shot = try #require(Shot.all.first { $0.name == "creating" })
    var state = shot.state
    state.running = [:]
    let unit = try #require(state.session.proposal?.units.first)
    let conflict = WizardState.Conflict(
      existing: ExistingUnit(id: "u", version: 1, isSame: false, markedBy: nil),
      content: UnitContent(yaml: "a: b\n", digest: "d", sources: []))
    state.conflicts = [unit.id: conflict]
    let reader = PlainReader(state)
    #expect(reader.question == "keep N, replace N, rename N NAME, or ? ")
    var wizard = reader.wizard
    #expect(
      wizard.answer("keep 1", state).intents == [.event(.resolve(unit: unit.id, .skip))])
    let asked = wizard.answer("replace 1", state)
    #expect(asked.intents.isEmpty)
    #expect(asked.lines.first?.hasPrefix("The word replace again replaces") == true)
    #expect(
      wizard.answer("replace 1", state).intents == [.event(.resolve(unit: unit.id, .update))])
    #expect(
      wizard.answer("rename 1 other", state).intents
        == [.event(.resolve(unit: unit.id, .rename("other")))])
  }

  @Test("A worker is chosen by its number; an empty line takes one that is ready, and no other")
  func worker() {
    let state = Sample.state(at: Position(.worker, .choosing))
    var wizard = PlainReader(state).wizard
    #expect(wizard.answer("", state).intents == [.event(.chooseWorker(.existing(slug: "dev")))])
    #expect(
      wizard.answer("3", state).intents
        == [.event(.chooseWorker(.local(slug: state.localWorkerSlug)))])
    #expect(wizard.answer("skip", state).intents == [.event(.skip)])
    var none = state
    none.workers = []
    wizard = PlainReader(none).wizard
    #expect(wizard.answer("", none).lines == ["Answer with the number of one."])
  }

  @Test("Only the typed word yes installs a worker in the cluster")
  func installing() {
    var state = Sample.state(at: Position(.worker, .connecting))
    state.session.workerSlug = "w"
    state.manifest = "kind: ClusterRoleBinding\nname: cluster-admin"
    var wizard = PlainReader(state).wizard
    _ = wizard.answer("", state)
    #expect(wizard.question(state) == "Type yes to apply it: ")
    #expect(wizard.answer("no", state).intents == [.event(.confirmInstallation("no"))])
    _ = wizard.answer("", state)
    #expect(wizard.answer("yes", state).intents == [.event(.confirmInstallation("yes"))])
  }

  @Test("A wait goes on by itself, and is asked about after half a minute and again after another")
  func waiting() {
    var state = Sample.state(at: Position(.targets, .waiting))
    var reader = PlainReader(state)
    #expect(reader.question == nil)
    state.now = Timestamp(seconds: sampleNow.seconds + 16)
    reader.state = state
    #expect(reader.question == "enter to wait on, skip, stop, or ? ")
    _ = reader.wizard.answer("", state)
    #expect(reader.question == nil)
    reader.state.now = Timestamp(seconds: sampleNow.seconds + 46)
    #expect(reader.question != nil)
    #expect(reader.wizard.news(reader.state) == ["Still waiting, 60 s."])
    #expect(reader.wizard.answer("skip", reader.state).intents == [.event(.skip)])
    #expect(reader.wizard.answer("stop", reader.state).intents == [.event(.cancel)])
  }

  @Test("A session that was found is resumed, replaced, or deleted after being asked twice")
  func prompt() throws {
    let shot = try #require(Shot.all.first { $0.name == "prompt" })
    var wizard = PlainReader(shot.state).wizard
    #expect(wizard.answer("R", shot.state).intents == [.event(.resume)])
    #expect(wizard.answer("n", shot.state).intents == [.event(.startNew)])
    let first = wizard.answer("delete", shot.state)
    #expect(first.intents.isEmpty)
    #expect(
      first.lines
        == ["The word delete again deletes it for good; anything else changes nothing."])
    #expect(wizard.answer("resume", shot.state).intents == [.event(.resume)])
    #expect(wizard.answer("delete", shot.state).intents.isEmpty, "something else came between")
    #expect(wizard.answer("delete", shot.state).intents == [.event(.deleteAndStartNew)])
  }

  @Test("Each wait for a busy cluster is told once; on the screen it counts down")
  func busyCluster() {
    var state = Sample.state(at: Position(.scan, .scanning))
    state.running = [
      EffectID(7): .init(work: .cluster(.scan(state.session.scope)), since: sampleNow)
    ]
    var reader = PlainReader(state)
    let wait = ClusterWait(
      what: "jobs", why: "the server answered 429 Too Many Requests", seconds: 4, attempt: 2,
      attempts: 6)
    (reader.state, _) = reduce(reader.state, .waiting(EffectID(7), wait), at: sampleNow)
    #expect(
      reader.wizard.news(reader.state) == [
        "The cluster put off jobs: the server answered 429 Too Many Requests. It is asked again "
          + "in 4 s, try 2 of 6."
      ])
    reader.state.now = Timestamp(seconds: sampleNow.seconds + 1)
    #expect(reader.wizard.news(reader.state).isEmpty, "it is told once")
    var shop = Workshop(reader.state)
    #expect(
      shop.frame.contains(
        "Again in 3 s, try 2 of 6: jobs; the server answered 429 Too Many"))
    shop.state.now = Timestamp(seconds: sampleNow.seconds + 4)
    #expect(!shop.frame.contains("Again in"))
  }

  @Test("A finished import is offered as that, and what became of old sessions is said")
  func finished() {
    var state = Sample.state(at: Position(.complete))
    state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 32 * 86_400)))
    state.tidied = ["1 old session is archived (import-2026-01-01-090000)."]
    let reader = PlainReader(state)
    let lines = reader.lines
    #expect(lines.contains("Found an import that was finished 32 days ago:"))
    #expect(lines.contains("1 old session is archived (import-2026-01-01-090000)."))
    #expect(!lines.contains { $0.contains("stale") })
    #expect(reader.question == "resume to look at it again, new, delete, or ? ")
  }

  @Test("An import is taken back after a yes, and begun again after it")
  func removal() {
    var state = Sample.state(at: Position(.complete))
    var reader = PlainReader(state)
    #expect(reader.wizard.answer("remove", state).intents == [.event(.undoImport)])
    takeBack(&state, .asking)
    reader = PlainReader(state)
    #expect(reader.lines.contains { $0.hasPrefix("Remove ") && $0.hasSuffix("created?") })
    #expect(reader.question == "Remove them, yes or no? ")
    #expect(reader.wizard.answer("yes", state).intents == [.event(.confirm)])
    #expect(reader.wizard.answer("no", state).intents == [.event(.goBack)])
    // Nobody removes anything with an empty line.
    #expect(reader.wizard.answer("", state).intents == [.event(.goBack)])
    takeBack(&state, .over)
    reader = PlainReader(state)
    #expect(reader.question == "new to import again, quit, or ? ")
    #expect(reader.wizard.answer("new", state).intents == [.event(.importAgain)])
    #expect(reader.wizard.answer("", state).intents == [.event(.goOn)])
  }

  @Test("A problem is told with what can be done, and retry does it")
  func problem() {
    var state = Sample.state(at: Position(.select))
    var reader = PlainReader(state)
    state.problem = Failure(.other, "The hub is on fire.")
    reader.state = state
    #expect(reader.wizard.news(state) == ["Problem: The hub is on fire."])
    #expect(reader.wizard.news(state).isEmpty, "it is told once")
    #expect(reader.question == "retry, back, q to leave, or ? ")
    #expect(reader.wizard.answer("retry", state).intents == [.event(.retry)])
    #expect(reader.wizard.answer("back", state).intents == [.event(.goBack)])
    #expect(reader.wizard.answer("q", state).intents == [.event(.leave)])
  }

  @Test("Whoever leaves while something is written is asked whether to wait")
  func leaving() {
    var state = Sample.state(at: Position(.select))
    state.isAskedToLeave = true
    var reader = PlainReader(state)
    #expect(reader.question == "yes to wait, save and leave, or no to stay? ")
    #expect(reader.wizard.answer("", state).lines == ["Answer yes or no."])
    #expect(reader.wizard.answer("yes", state).intents == [.event(.leave)])
    #expect(reader.wizard.answer("no", state).intents == [.event(.stay)])
  }

  @Test(
    "? lists words that work, and each of them does something",
    arguments: shots)
  func help(_ shot: Shot) {
    var reader = PlainReader(shot.state)
    reader.type("?")
    for line in reader.lines where line.contains(": ") && !line.hasPrefix("/") {
      let word = String(line.prefix { $0 != ":" && $0 != " " })
      var other = PlainReader(shot.state)
      let reply = other.wizard.answer(word, shot.state)
      #expect(!reply.lines.contains { $0.contains("does nothing here") }, "\(word)")
      #expect(
        !reply.intents.isEmpty || !reply.lines.isEmpty || other.wizard.ui.textEntry != nil
          || ["group", "sort", "reverse", "leftout"].contains(word), "\(word)")
    }
    reader.type("frobnicate")
    #expect(reader.lines.first == "frobnicate does nothing here; ? lists what does.")
  }

  @Test(
    "Ranges of numbers, and what is none",
    arguments: [
      ("7 2", [6, 1]), ("2, 7", [1, 6]), ("1 ,3", [0, 2]), ("2-3,5 7", [1, 2, 4, 6]),
      ("7 foo", nil), ("1 - 3", nil), ("1,", nil), ("7 8", nil),
      ("1-3,7", [0, 1, 2, 6]), ("2", [1]), ("3,1,3", [2, 0]), ("7-8", nil), ("0", nil),
      ("3-1", nil),
      ("1,,2", nil), ("1-2-3", nil), ("x", nil), ("-", nil), ("99999999999999999999", nil),
    ] as [(String, [Int]?)])
  func numbers(text: String, expected: [Int]?) {
    #expect((try? PlainNumbers.parse(text, count: 7).get()) == expected)
  }

  @Test("With ASCII alone, our own signs are ASCII; what comes from outside is escaped")
  func ascii() {
    var state = Sample.wide
    var reader = PlainReader(state, .ascii)
    #expect(reader.lines.contains { $0.contains("^[[31mred") })
    state = Sample.state(at: Position(.worker, .choosing))
    state.workers = nil
    reader = PlainReader(state, .ascii)
    #expect(reader.lines.contains("Reading the workers of payment-team..."))
  }
}
