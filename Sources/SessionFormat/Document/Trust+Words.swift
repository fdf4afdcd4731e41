extension Trust {
  /// What is particular about it, as the rest of a sentence; `nil` if nothing is.
  package var remark: String? {
    switch self {
    case .sound: nil
    case .editedByHand: "edited by hand"
    case .newer(let version): "written by a later version (\(version)); it can only be looked at"
    }
  }
}
