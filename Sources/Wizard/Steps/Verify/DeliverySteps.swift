/// What a person does at the end so that what ConfigHub holds is delivered. Nothing of it is done for
/// them.
public struct DeliveryStep: Hashable, Sendable {
  /// What it is for, as a sentence without its full stop.
  public var words: String
  /// Lines for bash or zsh, each as the parts between which it may be broken.
  public var commands: [[String]]

  /// - Parameters:
  ///   - width: in columns; only a part that is longer than that goes beyond.
  ///   - columns: how wide a text is.
  public func lines(width: Int, columns: (String) -> Int = { $0.count }) -> [String] {
    commands.flatMap { CommandLineText.broken($0, width: width, columns: columns) }
  }
}

extension WizardState {
  /// The steps for the cub at hand and what was chosen; empty before the import is complete, once it is
  /// taken back, and where it is not known which cub is there.
  public var deliverySteps: [DeliveryStep] {
    guard session.isComplete, !session.isUndone, case .signedIn(let identity)? = signIn,
      session.proposal != nil
    else { return [] }
    let isReleased = releasedSpaces.allSatisfy {
      operation(.publishRelease, on: .init(space: $0))?.state == .done
    }
    let commands = DeliveryCommands(self, identity, isReleased: isReleased)
    if identity.appliesUnits { return commands.applying }
    return (isReleased ? [] : commands.releasing) + commands.lettingIn + commands.pulling
  }

  /// First what keeps other tools from putting back what ConfigHub delivers, then the delivery.
  public var nextSteps: [DeliveryStep] {
    guard session.isComplete, !session.isUndone else { return [] }
    let handovers = session.handovers.flatMap { handover in
      handover.steps.enumerated().map { number, step in
        DeliveryStep(
          words: "Still applied by \(handover.owner), \(number + 1): \(step.words)",
          commands: step.command.map { [CommandLineText.parts(of: $0)] } ?? [])
      }
    }
    return handovers + deliverySteps
  }
}
