import Glibc

/// A colour as a screen mixes it: red, green and blue from 0 to 1.
struct Colour: Hashable, Sendable {
  var red, green, blue: Double

  /// From `0xRRGGBB`.
  init(_ hex: UInt32) {
    red = Double(hex >> 16 & 0xFF) / 255
    green = Double(hex >> 8 & 0xFF) / 255
    blue = Double(hex & 0xFF) / 255
  }

  /// As a terminal answers (XParseColor): `rgb:ff/80/00` or `rgb:ffff/8080/0000`.
  init?(answer: some StringProtocol) {
    guard answer.hasPrefix("rgb:") else { return nil }
    let parts = answer.dropFirst(4).split(separator: "/", omittingEmptySubsequences: false)
    let values = parts.compactMap { part -> Double? in
      guard (1...4).contains(part.count), let value = UInt32(part, radix: 16) else { return nil }
      return Double(value) / Double((1 << (4 * part.count)) - 1)
    }
    guard parts.count == 3, values.count == 3 else { return nil }
    (red, green, blue) = (values[0], values[1], values[2])
  }

  /// How bright it is to the eye, from 0 to 1: WCAG 2.1, relative luminance.
  var luminance: Double {
    func linear(_ value: Double) -> Double {
      if value <= 0.04045 { return value / 12.92 }
      return pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Whether its colour can hardly be told.
  var isGrey: Bool { max(red, green, blue) - min(red, green, blue) < 0.15 }

  /// From 1 to 21; text can be read from 4.5 on: WCAG 2.1, contrast ratio.
  func contrast(with other: Colour) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
