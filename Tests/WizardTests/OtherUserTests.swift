import Testing
import Wizard

@Suite("A session that another user began")
struct OtherUserTests {
  private func signedIn(as user: String?, organizationID: String = "org-1") -> HubIdentity {
    HubIdentity(
      server: "https://hub.confighub.com", organization: "acme-corp",
      organizationID: organizationID, user: user)
  }

  /// Begun by alice, with units created, and taken up by somebody else.
  private func takenUp(by identity: HubIdentity, _ answers: Answers = Answers()) -> WizardRun {
    var world = SimulatedWorld()
    world.hub = signedIn(as: "alice@example.com")
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .worker, .choosing, in: &world)
    run.saveAll(in: &world)
    #expect(run.state.session.begunBy == "alice@example.com")
    #expect(run.state.session.otherUser == nil && run.state.warnings == [])
    world.hub = identity
    run = .resumed(in: &world, answers)
    run.answer(.recheck, in: &world)
    return run
  }

  private let sentence =
    "This session was begun as alice@example.com; you are signed in as bob@example.com. "
    + "Its 3 units stay as they are; the rest is done as bob@example.com."

  @Test("says so once the other is signed in, and stays alice's")
  func resumed() {
    let run = takenUp(by: signedIn(as: "bob@example.com"))
    #expect(run.state.warnings == [sentence])
    #expect(run.state.notice == sentence)
    #expect(run.state.session.begunBy == "alice@example.com")
    #expect(
      run.state.session.usersLine
        == "Begun as alice@example.com, last signed in as bob@example.com.")
  }

  @Test("says so on stderr, and is no refusal, where nobody is there")
  func unattended() {
    let run = takenUp(by: signedIn(as: "bob@example.com"), Answers(context: "kind-atk", isUnattended: true))
    #expect(run.state.warnings == [sentence])
    #expect(run.state.notice == nil)
  }

  @Test(
    "is no matter for whoever began it, nor where nobody is named",
    arguments: ["alice@example.com", nil])
  func same(user: String?) {
    let run = takenUp(by: signedIn(as: user))
    #expect(run.state.warnings == [] && run.state.problem == nil)
  }

  @Test("of an older file was begun by whoever was seen last")
  func olderFile() {
    var world = SimulatedWorld()
    var session = Session.seed
    session.hub?.organizationID = "org-1"
    world = .seed
    world.put(session)
    world.hub = signedIn(as: "bob@example.com")
    var run = WizardRun.resumed(in: &world)
    run.answer(.recheck, in: &world)
    #expect(run.state.session.begunBy == "user@example.com")
    #expect(run.state.warnings.first?.contains("begun as user@example.com") == true)
  }

  @Test("in another organisation of the same name is not gone on with, and told apart")
  func namesake() {
    let run = takenUp(by: signedIn(as: "bob@example.com", organizationID: "org-2"))
    #expect(run.state.warnings == [])
    #expect(
      run.state.problem?.message.hasPrefix(
        "This session created units in acme-corp at https://hub.confighub.com, the organisation "
          + "with ID org-1, but cub is signed in to another organisation of that name, with ID "
          + "org-2. Sign in there again") == true)
  }
}
