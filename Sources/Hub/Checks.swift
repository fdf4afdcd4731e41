/// What may go into a command line of cub.
enum Checks {
  /// ConfigHub's rule for slugs: letters, digits, `-` and `_`, with a letter or digit at both
  /// ends, at most 128 characters. What passes cannot be taken for a flag, a path or a URL.
  static func isSlug(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 128 else { return false }
    return isLetterOrDigit(first) && isLetterOrDigit(last)
      && bytes.allSatisfy {
        isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }

  /// cub reads `--label` as comma-separated values and splits each at `=`, so a label with one of
  /// those characters, a quote or a control character would become another label.
  static func isLabel(key: String, value: String) -> Bool {
    func isPlain(_ text: String) -> Bool {
      text.unicodeScalars.allSatisfy { scalar in
        !"=,\"".unicodeScalars.contains(scalar) && scalar.properties.generalCategory != .control
      }
    }
    return !key.isEmpty && key.count <= 128 && isPlain(key) && isPlain(value)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
