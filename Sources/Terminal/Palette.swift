import TerminalText

/// The colours of the tones on one terminal. The background is always the terminal's own, light or
/// dark, and no tone is told by its colour alone.
///
/// The colours are the terminal's own sixteen. Where the terminal has said what it looks like, one that
/// cannot be read on its background gives way to another of its kind.
struct Palette: Equatable {
  /// The foreground of each tone that has a colour.
  private(set) var colours: [Tone: Int16]

  /// No colours, or none wanted.
  static let mono = Palette(colours: [:])

  /// In the order of the colour pairs, from 1 on.
  static let tones: [Tone] = [.accent, .good, .warning, .bad, .muted]

  /// So much has text to stand out from its background: WCAG 2.1, level AA.
  static let leastContrast = 4.5

  private init(colours: [Tone: Int16]) { self.colours = colours }

  /// - Parameters:
  ///   - count: how many colours the terminal has.
  ///   - hasDim: whether it can show text dim.
  ///   - looks: what it has said about its colours.
  ///   - skin: what the person wants, whatever can be read best.
  init(count: Int, hasDim: Bool, looks: Looks = Looks(), skin: Skin = Skin()) {
    colours = [:]
    guard count >= 8 else { return }
    for tone in Self.tones {
      switch skin.colours[tone] {
      case .own?: continue
      case .number(let number)? where Int(number) < count: colours[tone] = number
      case .number?, nil: colours[tone] = Self.usual(tone, count: count, hasDim: hasDim, looks)
      }
    }
  }

  /// The pair of a tone; 0 where it has no colour.
  func pair(of tone: Tone) -> Int16 {
    guard colours[tone] != nil, let place = Self.tones.firstIndex(of: tone) else { return 0 }
    return Int16(place + 1)
  }

  private static func usual(
    _ tone: Tone, count: Int, hasDim: Bool, _ looks: Looks
  ) -> Int16? {
    // Of direct colours (xterm-direct), a number is red, green and blue, but for the first eight.
    let own = candidates(tone).filter { Int($0) < (count > 256 ? 8 : count) }
    // What is told about the background alone says nothing about the sixteen.
    guard let background = looks.background, count == 256 || !looks.sixteen.isEmpty else {
      // Nobody knows whether a grey of the terminal's can be told from its background.
      return tone == .muted && hasDim ? nil : own.first
    }
    func isReadable(_ number: Int16) -> Bool {
      guard let colour = looks.colour(number) else { return false }
      return colour.contrast(with: background) >= leastContrast
    }
    // Some themes have greys among the sixteen where others have bright colours.
    if let number = own.first(where: {
      isReadable($0) && (tone == .muted) == (looks.colour($0)?.isGrey == true)
    }) {
      return number
    }
    // No theme changes these, so they can be known.
    return count == 256 ? fixed(tone).first(where: isReadable) : nil
  }

  /// Those of the sixteen that suit the tone, the usual one first.
  static func candidates(_ tone: Tone) -> [Int16] {
    switch tone {
    case .plain: []
    case .accent: [6, 14, 4, 12]
    case .good: [2, 10]
    case .warning: [3, 11]
    case .bad: [1, 9]
    case .muted: [8]
    }
  }

  /// Of the cube and the greys, from the middle to the dark ones and then the light ones.
  private static func fixed(_ tone: Tone) -> [Int16] {
    switch tone {
    case .plain: []
    case .accent: [31, 30, 24, 23, 37, 38, 44, 45, 51, 87, 123]
    case .good: [28, 22, 34, 40, 71, 77, 113, 120, 157]
    case .warning: [130, 94, 136, 172, 178, 214, 220, 221, 228]
    case .bad: [160, 124, 88, 196, 203, 209, 210, 217, 224]
    case .muted: [243, 242, 241, 240, 239, 245, 246, 247, 248, 249, 250, 251]
    }
  }
}
