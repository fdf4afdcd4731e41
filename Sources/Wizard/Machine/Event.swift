/// Everything that can happen to the state: what a person wants, or the result of an effect.
public enum Event: Hashable, Sendable {
  /// The first event of every run.
  case begin(Start)

  // MARK: What a person wants
  case resume, startNew, deleteAndStartNew
  /// Resume from the newest backup, because the file was edited by hand.
  case resumeBackup
  /// Read which sessions there are.
  case listSessions
  /// Save this session, let go of it, and open another one.
  case switchSession(String)
  /// Make an archived session active again, or an earlier generation the next one.
  case restoreSession(String, generation: Int?)
  /// What a session is called from now on; nothing, if the text is empty.
  case nameSession(String, String)
  case chooseContext(String)
  case setNamespaces([String], chosen: Bool)
  case setWorkloads(WorkloadSet, chosen: Bool)
  case rename(unit: WorkloadKey, slug: String)
  case leaveOut(units: [WorkloadKey])
  /// Make units of what was left out, as they were, or as they are proposed.
  case takeBack(units: [WorkloadKey])
  /// Put the members of units into the unit of that name. Of several, the first one takes a name that
  /// no unit has.
  case merge(units: [WorkloadKey], into: String)
  /// One unit for each of its workloads.
  case split(unit: WorkloadKey)
  /// Put members of a unit into the unit of that name, or into a new one.
  case move([ObjectReference], of: WorkloadKey, to: String)
  /// As typed: for one unit all its labels, `app=api, variant=prod`; for several what changes of them,
  /// `tier=web, variant=-`.
  case setLabels(units: [WorkloadKey], String)
  /// The whole proposal, as a person has edited it in a file.
  case replaceProposal(Plan)
  case preview(unit: WorkloadKey)
  case closePreview
  case setAppSpace(String)
  case setHub(String)
  /// Divide what was chosen into units and Spaces anew.
  case setLayout(Layout)
  case setUnitContents(UnitContents)
  case setReplicas(Replicas)
  case setUnclaimed(Unclaimed)
  case signIn
  /// Whether sessions of the organisation are kept in ConfigHub, too.
  case setSync(Bool)
  /// Show the sessions of elsewhere, or not any more; take one of them.
  case showArrivals(Bool)
  case takeArrival(String, context: String?)
  /// Read which sessions ConfigHub keeps of everybody.
  case listTeam
  case readTeamLog(String)
  /// Drive the session here that another copy drives.
  case takeOver
  /// Begin to write to ConfigHub, or to remove from it.
  case confirm
  case resolve(unit: WorkloadKey, Resolution)
  /// The same about all units that differ and are not decided; a rename takes a free name for each.
  case resolveAll(Resolution.Sort)
  /// Take back what was decided about a unit that differs, or about all of them.
  case undecide(unit: WorkloadKey)
  case undecideAll
  /// Show what would be written beside what ConfigHub has.
  case compare(unit: WorkloadKey)
  case chooseWorker(WorkerChoice)
  /// The word that was typed below what would be applied to the cluster; only `yes` applies it.
  case confirmInstallation(String)
  /// Whether a worker started here goes on when the run ends.
  case keepWorker(Bool)
  /// Try one failed unit again.
  case retryOne(unit: WorkloadKey)
  /// From a later step: try again the units that could not be created or bound.
  case retryFailed
  /// Leave this step out (worker, targets).
  case skip
  case goOn, goBack, retry, cancel
  /// Look at an object as the cluster has it.
  case readObject(ObjectReference)
  /// The cursor has rested on a row, and this stands beside the list.
  case glance(at: Glance.Subject)
  /// Take the import back: what it created and nobody changed is removed, once that is confirmed.
  case undoImport
  /// Begin another session in place of one whose import was taken back.
  case importAgain
  /// Take back the last choice of this step, or make it again.
  case undo, redo
  /// Leave; asks first while something is being written.
  case leave
  /// Leave now, saved.
  case leaveNow(WizardState.Leaving)
  /// Take back a `leave` that was asked about.
  case stay

  // MARK: What happened
  case progress(EffectID, ScanProgress)
  /// The cluster was busy, and is asked again.
  case waiting(EffectID, ClusterWait)
  /// Workloads that a scan under way has read; what belongs to them is not known yet.
  case found(EffectID, [Workload])
  case workerEnded(slug: String, reason: String)
  /// What the worker that we keep running says is not kept, or not all of it; why, as a sentence.
  case workerNotLogged(reason: String)
  case finished(EffectID, Outcome)
  /// Of the session of that id, as it goes up by itself.
  case sync(String, SyncNews)
  /// Time passed; nothing else did.
  case tick
}

/// How a run begins.
public enum Start: Hashable, Sendable {
  /// Ask if there is something to resume, else begin anew.
  case automatic
  /// Resume without asking; nothing to resume is an error.
  case resume(sessionID: String?)
  /// Begin anew; an existing session is archived.
  case new
  /// Take the import of this session back, and nothing else.
  case undo(sessionID: String)
}

public enum WorkerChoice: Hashable, Sendable {
  case existing(slug: String)
  case local(slug: String)
  /// Installed in the cluster, after what is applied was shown.
  case cluster(slug: String)
  /// ConfigHub's own; what it delivers are releases.
  case server(slug: String)
  case skip
}

/// What to do about a unit of our name that holds other content.
public enum Resolution: Hashable, Sendable {
  case skip, update
  case rename(String)

  public enum Sort: Hashable, Sendable { case skip, update, rename }
}
