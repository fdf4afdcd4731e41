/// What units and spaces are called, by the rules of ConfigHub's importer.
public enum Naming {
  /// The longest slug that ConfigHub takes.
  public static let longestSlug = 128

  /// Lower-case ASCII letters, digits and single dashes made from any text, at most 128 of them;
  /// empty if the text has neither letter nor digit.
  public static func slug(_ text: some StringProtocol) -> String {
    var slug = ""
    for scalar in text.unicodeScalars where slug.utf8.count < longestSlug {
      let kept = lowercased(scalar)
      if let kept {
        slug.unicodeScalars.append(kept)
      } else if !slug.isEmpty, !slug.hasSuffix("-") {
        slug.append("-")
      }
    }
    return slug.hasSuffix("-") ? String(slug.dropLast()) : slug
  }

  /// Whether ConfigHub takes it: `^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$`, at most 128.
  public static func isValidSlug(_ text: String) -> Bool {
    text.utf8.count <= longestSlug && isName(text, with: "-_.")
  }

  /// That rule, as the end of a sentence.
  public static let slugRule =
    "use letters, digits, - _ and ., begin and end with a letter or digit, at most \(longestSlug) "
    + "characters"

  /// ASCII letters and digits, which it begins and ends with, and `others` between them.
  static func isName(_ text: String, with others: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.utf8.allSatisfy { isAlphanumeric($0) || others.utf8.contains($0) }
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// The application: its name label, else `app`, else what the namespace is named after, else the
  /// workload's own name.
  public static func app(of workload: Workload) -> String {
    for label in ["app.kubernetes.io/name", "app"] {
      if let value = workload.labels[label],
        value.unicodeScalars.contains(where: { lowercased($0) != nil })
      {
        return value
      }
    }
    let (stem, variant) = parts(ofNamespace: workload.key.namespace)
    // A namespace without a variant is as likely named after a team or a cluster's corner.
    if let stem, variant != nil { return stem }
    return workload.key.name
  }

  /// Which of an application's environments it is: the instance label's suffix, else the
  /// environment label, else the namespace's suffix or prefix; `nil` if nothing says.
  public static func variant(of workload: Workload) -> String? {
    if let word = workload.labels["app.kubernetes.io/instance"]?.split(separator: "-").last,
      let variant = variants[String(word)]
    {
      return variant
    }
    for label in ["environment", "env"] {
      guard let value = workload.labels[label].map({ slug($0) }), !value.isEmpty else { continue }
      return variants[value] ?? value
    }
    return parts(ofNamespace: workload.key.namespace).variant
  }

  /// `payment-prod` is the `prod` of `payment`; so is `prod-payment`.
  static func parts(ofNamespace namespace: String) -> (stem: String?, variant: String?) {
    let words = namespace.split(separator: "-").map(String.init)
    func stem(_ words: ArraySlice<String>) -> String? {
      words.isEmpty ? nil : words.joined(separator: "-")
    }
    if let last = words.last, let variant = variants[last] {
      return (stem(words.dropLast()), variant)
    }
    if let first = words.first, let variant = variants[first] {
      return (stem(words.dropFirst()), variant)
    }
    return (namespace, nil)
  }

  /// The words that name an environment, and the one of each meaning that is used.
  private static let variants = [
    "prod": "prod", "production": "prod", "staging": "staging", "stage": "staging", "stg": "stg",
    "dev": "dev", "development": "dev", "test": "test", "testing": "test", "qa": "qa",
    "uat": "uat", "sit": "sit", "demo": "demo", "sandbox": "sandbox", "preview": "preview",
    "canary": "canary",
  ]

  private static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "a"..."z", "0"..."9": scalar
    case "A"..."Z": Unicode.Scalar(UInt8(scalar.value) | 0x20)
    default: nil
    }
  }
}
