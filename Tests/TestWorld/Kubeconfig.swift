import FoundationEssentials
import Glibc

/// Kubeconfig files: which clusters there are, and who asks them.
public enum Kubeconfig {
  /// One context, with a cluster and a user of its own.
  public struct Context: Sendable {
    /// The context's name.
    public var name: String
    /// The cluster's address.
    public var server: String
    /// The certificate to trust, as PEM text; nil for the system's.
    public var certificateAuthority: String?
    /// How the user is known to the cluster.
    public var credentials: Credentials
    /// The namespace used where none is named; nil for the cluster's own default.
    public var namespace: String?

    /// A context for any address; see `RecordedAPIServer.context` for one of a test's server.
    public init(
      _ name: String, server: String, certificateAuthority: String? = nil,
      credentials: Credentials, namespace: String? = nil
    ) {
      self.name = name
      self.server = server
      self.certificateAuthority = certificateAuthority
      self.credentials = credentials
      self.namespace = namespace
    }
  }

  /// How a user is known to a cluster.
  public enum Credentials: Sendable {
    /// Not at all; kubectl then asks for a name and a password.
    case none
    /// By this bearer token.
    case token(String)
    /// By what a credential plugin says: the path of a program, and its arguments. kubectl runs it
    /// for every command.
    case plugin(String, arguments: [String] = [])
  }

  /// Writes a kubeconfig file with mode 0600; `current` is the current context, if there is one.
  public static func write(to path: String, contexts: [Context], current: String? = nil) throws {
    let text = text(contexts: contexts, current: current)
    try Data(text.utf8).write(to: URL(filePath: path))
    try check(chmod(path, 0o600), "set the mode of \(path)")
  }

  /// The YAML text of a kubeconfig file.
  public static func text(contexts: [Context], current: String? = nil) -> String {
    var lines = ["apiVersion: v1", "kind: Config"]
    if let current { lines.append("current-context: \(quoted(current))") }
    lines.append("clusters:" + (contexts.isEmpty ? " []" : ""))
    for context in contexts {
      lines += ["- name: \(quoted(context.name))", "  cluster:"]
      lines.append("    server: \(quoted(context.server))")
      if let certificate = context.certificateAuthority {
        let data = Data(certificate.utf8).base64EncodedString()
        lines.append("    certificate-authority-data: \(data)")
      }
    }
    lines.append("users:" + (contexts.isEmpty ? " []" : ""))
    for context in contexts {
      lines.append("- name: \(quoted(context.name))")
      switch context.credentials {
      case .none: lines.append("  user: {}")
      case .token(let token): lines += ["  user:", "    token: \(quoted(token))"]
      case .plugin(let command, let arguments):
        lines += [
          "  user:", "    exec:", "      apiVersion: client.authentication.k8s.io/v1beta1",
          "      command: \(quoted(command))",
          "      args: [\(arguments.map(quoted).joined(separator: ", "))]",
        ]
      }
    }
    lines.append("contexts:" + (contexts.isEmpty ? " []" : ""))
    for context in contexts {
      lines += ["- name: \(quoted(context.name))", "  context:"]
      lines.append("    cluster: \(quoted(context.name))")
      lines.append("    user: \(quoted(context.name))")
      if let namespace = context.namespace { lines.append("    namespace: \(quoted(namespace))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A YAML double-quoted scalar, with every character that is not plain ASCII escaped.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case " "..."~": quoted.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return quoted + "\""
  }
}

extension RecordedAPIServer {
  /// A context for this server as one of its users, `admin` or `viewer`.
  public func context(
    _ name: String, user: String = "admin", namespace: String? = nil
  ) -> Kubeconfig.Context {
    context(name, credentials: .token(user), namespace: namespace)
  }

  /// A context for this server with other credentials, for instance a plugin's.
  public func context(
    _ name: String, credentials: Kubeconfig.Credentials, namespace: String? = nil
  ) -> Kubeconfig.Context {
    Kubeconfig.Context(
      name, server: url, certificateAuthority: certificateAuthority, credentials: credentials,
      namespace: namespace)
  }
}

extension Sandbox {
  /// Writes the sandbox's kubeconfig; the first context is the current one unless `current` says
  /// otherwise.
  public func writeKubeconfig(
    _ contexts: [Kubeconfig.Context], current: String? = nil
  ) throws {
    try Kubeconfig.write(
      to: kubeconfig, contexts: contexts, current: current ?? contexts.first?.name)
  }

  /// Writes a credential plugin, a script `bin/NAME` that adds a line to `NAME.runs` in the
  /// sandbox's directory whenever it is run and then hands out `token`. Answers its path.
  public func writeCredentialPlugin(_ name: String, token: String) throws -> String {
    let credential =
      #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","#
      + #""status":{"token":"\#(token)"}}"#
    let script = """
      #!/bin/sh
      echo "$@" >> '\(directory)/\(name).runs'
      echo '\(credential)'

      """
    return try write(script, to: "bin/\(name)", mode: 0o700)
  }

  /// The arguments of every run of a credential plugin so far, oldest first.
  public func runs(ofCredentialPlugin name: String) -> [String] {
    guard let bytes = try? fileBytes("\(directory)/\(name).runs") else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropLast().map(String.init)
  }
}
