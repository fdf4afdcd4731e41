import Documents
import Files
import Glibc
import Screens
import SessionStore

/// What a person has set for every run, in one file: keys, and defaults of flags and limits. The
/// environment beats it, and flags beat both.
struct Config {
  static let name = "config.json"
  static let shownPath = SettingsFile.shownPath(name)
  private static let limit = 256 << 10

  /// A value that was found, and the line it is on.
  struct Found {
    var text: String
    var line: Int
  }

  /// By the long name of a flag; `true` for one without an argument.
  private(set) var flags: [Flag.Name: Found] = [:]
  /// By the variable of the environment that says the same.
  private(set) var limits: [String: Found] = [:]
  private(set) var keys = try? KeyMap([:])
  private(set) var keyNames: [String] = []
  /// Whether there is such a file.
  private(set) var isThere = false

  /// What can be set: those flags that are about how one works, and not about what is imported.
  static let settable: [Flag.Name] = [
    .kubeconfig, .kubectl, .cub, .scanTimeout, .cubTimeout, .parallel, .keepWorker, .plain, .ascii,
    .noColor, .noMouse,
  ]

  /// The limits, as the environment calls them.
  static let variables = [
    "STALE_HOURS", "ARCHIVE_DAYS", "KEEP_SESSIONS", "DELETE_DAYS", "KEEP_ARCHIVED", "LOG_DAYS",
    "LOG_MB", "ABANDONED_HOURS", "KEEP_UNDO", "KEEP_HISTORY", "WARN_SESSIONS", "WARN_MB",
  ].map { "MAP_IMPORT_\($0)" }

  /// `stale-hours` for `MAP_IMPORT_STALE_HOURS`
  static func setting(ofVariable name: String) -> String {
    name.dropFirst("MAP_IMPORT_".count).lowercased().replacing("_", with: "-")
  }

  init() {}

  /// Reads the file; without one, nothing is set.
  init(environment: [String: String]) throws(UsageError) {
    guard let bytes = try SettingsFile.read(Self.name, atMost: Self.limit, environment) else {
      return
    }
    isThere = true
    try take(bytes)
  }

  /// Takes what the file says.
  init(_ bytes: [UInt8]) throws(UsageError) {
    isThere = true
    try take(bytes)
  }

  private mutating func take(_ bytes: [UInt8]) throws(UsageError) {
    for (name, value) in try SettingsFile.members(bytes, of: Self.name) {
      switch name {
      case "defaults": try takeDefaults(value)
      case "keys": try takeKeys(value)
      default:
        throw Self.problem(value.line, "\"\(name)\" is not known here, only defaults and keys")
      }
    }
  }

  private mutating func takeDefaults(_ value: LocatedJSON) throws(UsageError) {
    guard let members = value.members else {
      throw Self.problem(value.line, "\"defaults\" is not {name: value}")
    }
    let table = Flag.table.filter { Self.settable.contains($0.name) }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      if let variable = Self.variables.first(where: { Self.setting(ofVariable: $0) == name }) {
        guard let text = value.number ?? value.text else {
          throw Self.problem(value.line, "\"\(name)\" is not a whole number")
        }
        limits[variable] = Found(text: text, line: value.line)
        do {
          _ = try Retention(environment: [variable: text])
        } catch {
          throw Self.problem(value.line, error.sentence.replacing(variable, with: "\"\(name)\""))
        }
      } else if let flag = table.first(where: { $0.long == name }) {
        flags[flag.name] = Found(text: try Self.text(value, of: flag), line: value.line)
      } else {
        let known = table.map(\.long) + Self.variables.map(Self.setting(ofVariable:))
        throw Self.problem(
          value.line, "\"\(name)\" is not known here, only \(known.joined(separator: ", "))")
      }
    }
  }

  private static func text(_ value: LocatedJSON, of flag: Flag) throws(UsageError) -> String {
    guard flag.argument != nil else {
      guard let isSet = value.truth else {
        throw problem(value.line, "\"\(flag.long)\" is true or false")
      }
      return isSet ? "true" : "false"
    }
    guard let text = value.text ?? value.number, !text.isEmpty else {
      throw problem(value.line, "\"\(flag.long)\" is a text or a number, and not empty")
    }
    return text
  }

  private mutating func takeKeys(_ value: LocatedJSON) throws(UsageError) {
    guard let members = value.members else {
      throw Self.problem(value.line, "\"keys\" is not {action: key}")
    }
    var wishes: [String: [String]] = [:]
    for (name, value) in members {
      let elements = value.elements ?? [value]
      wishes[name] = elements.compactMap(\.text)
      if wishes[name]?.count != elements.count {
        throw Self.problem(value.line, "\"\(name)\" is the name of a key, or a list of names")
      }
    }
    do throws(KeyMap.Problem) {
      keys = try KeyMap(wishes)
      keyNames = wishes.keys.sorted()
    } catch {
      throw Self.problem(
        members[error.name]?.line ?? value.line, "\"\(error.name)\": \(error.sentence)")
    }
  }

  static func problem(_ line: Int, _ sentence: String) -> UsageError {
    SettingsFile.problem(in: name, line, sentence)
  }
}

// MARK: map-import config

extension Config {
  /// What is set, and by what.
  func text(_ environment: [String: String]) -> String {
    var text = isThere ? "\(Self.shownPath) is in order.\n" : "There is no \(Self.shownPath).\n"
    text += "Flags beat the environment, and the environment beats this file.\n\n"
    text += "defaults:\n"
    for flag in Flag.table where Self.settable.contains(flag.name) {
      let (value, source) = origin(of: flag, environment)
      text += line(flag.long, value, source)
    }
    for variable in Self.variables {
      let own = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
      let value = own ?? limits[variable]?.text
      text += line(
        Self.setting(ofVariable: variable), value,
        own != nil ? variable : limits[variable].map { "line \($0.line)" })
    }
    text += "\nkeys:\n"
    for (name, keys, help) in KeyMap.table {
      let isOwn = keyNames.contains(name)
      text +=
        "  " + name.padding(toColumn: 24) + keys.joined(separator: " ").padding(toColumn: 18)
        + (isOwn ? "(set here) " : "") + help + "\n"
    }
    return text
  }

  private func origin(of flag: Flag, _ environment: [String: String]) -> (String?, String?) {
    let variables: [Flag.Name: String] = [
      .kubectl: "MAP_IMPORT_KUBECTL", .cub: "MAP_IMPORT_CUB", .noColor: "NO_COLOR",
      .kubeconfig: "KUBECONFIG",
    ]
    if let variable = variables[flag.name], let value = environment[variable], !value.isEmpty {
      return (flag.argument == nil ? "true" : value, variable)
    }
    return (flags[flag.name]?.text, flags[flag.name].map { "line \($0.line)" })
  }

  private func line(_ name: String, _ value: String?, _ source: String?) -> String {
    let told = value.map { "\($0)  (\(source ?? ""))" } ?? "as usual"
    return "  " + name.padding(toColumn: 24) + told + "\n"
  }
}
