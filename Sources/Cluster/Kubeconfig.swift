import ForeignText
import FoundationEssentials
import Subprocess
import Wizard

/// A context of the kubeconfig.
public struct KubeContext: Hashable, Sendable {
  public var name: String
  public var cluster: String
  /// The API server's URL.
  public var server: String?
  /// The name of the kubeconfig's entry, not of a person.
  public var user: String?
  /// What kubectl reads where it is not told otherwise, if that is not `default`.
  public var namespace: String?
  /// The program that kubectl runs for credentials, with its arguments, as a shell would take it,
  /// but for secrets among them; of the variables that it gets, the names.
  public var credentialPlugin: String?

  public init(
    name: String, cluster: String, server: String? = nil, user: String? = nil,
    namespace: String? = nil, credentialPlugin: String? = nil
  ) {
    self.name = name
    self.cluster = cluster
    self.server = server
    self.user = user
    self.namespace = namespace
    self.credentialPlugin = credentialPlugin
  }
}

extension ClusterClient {
  /// The kubeconfig's contexts, sorted by name, and the name of the current one. Reads files only:
  /// no cluster is asked and no credential plugin started.
  public func contexts(
    cancellation: Cancellation? = nil
  ) throws(ClusterFailure) -> (contexts: [KubeContext], current: String?) {
    do {
      let bytes = try kubectl.configuration(cancellation: cancellation)
      let configuration = try Kubeconfig(bytes)
      let contexts = configuration.kubeContexts.sorted { $0.name < $1.name }
      let current = configuration.currentContext.flatMap { $0.isEmpty ? nil : $0 }
      return (contexts, current)
    } catch {
      throw ClusterFailure("The kubeconfig could not be read", error)
    }
  }

  /// The URL of a context's API server, as the kubeconfig said when it was read last.
  func server(of context: String, cancellation: Cancellation?) -> String? {
    let bytes = try? kubectl.knownConfiguration(cancellation: cancellation)
    let configuration = bytes.flatMap { try? Kubeconfig($0) }
    return configuration?.kubeContexts.first { $0.name == context }?.server
  }
}

/// What `kubectl config view -o json` prints; credentials have no field here.
private struct Kubeconfig: Decodable {
  var contexts: [Context]?
  var clusters: [Cluster]?
  var users: [User]?
  var currentContext: String?

  init(_ bytes: [UInt8]) throws(KubectlError) {
    do {
      self = try JSONDecoder().decode(Kubeconfig.self, from: Data(bytes))
    } catch {
      throw KubectlError(.unreadable, "the answer, \(bytes.count) bytes, is not what was asked for")
    }
  }

  enum CodingKeys: String, CodingKey {
    case contexts, clusters, users
    case currentContext = "current-context"
  }

  struct Context: Decodable {
    var name: String
    var context: Reference?
    struct Reference: Decodable {
      var cluster: String?
      var user: String?
      var namespace: String?
    }
  }

  struct Cluster: Decodable {
    var name: String
    var cluster: Address?
    struct Address: Decodable {
      var server: String?
    }
  }

  struct User: Decodable {
    var name: String
    var user: Credentials?
  }

  struct Credentials: Decodable {
    var exec: Plugin?
    var authProvider: Provider?

    enum CodingKeys: String, CodingKey {
      case exec
      case authProvider = "auth-provider"
    }
  }

  struct Plugin: Decodable {
    var command: String
    var args: [String]?
    var env: [Variable]?
    /// Its value is not for people.
    struct Variable: Decodable {
      var name: String
    }
  }

  /// Until Kubernetes 1.26, the provider `gcp` could start a program, too.
  struct Provider: Decodable {
    var config: Config?
    struct Config: Decodable {
      var path: String?
      var arguments: String?

      enum CodingKeys: String, CodingKey {
        case path = "cmd-path"
        case arguments = "cmd-args"
      }
    }
  }

  var kubeContexts: [KubeContext] {
    (contexts ?? []).map { context in
      let reference = context.context
      let cluster = clusters?.first { $0.name == reference?.cluster }?.cluster
      let user = users?.first { $0.name == reference?.user }?.user
      return KubeContext(
        name: context.name, cluster: reference?.cluster ?? "",
        server: cluster?.server.map { "\(ForeignText($0))" }, user: reference?.user,
        namespace: reference?.namespace.flatMap { $0.isEmpty ? nil : $0 },
        credentialPlugin: user?.plugin)
    }
  }
}

extension Kubeconfig.Credentials {
  /// Without secrets; two commands that differ do not read the same.
  fileprivate var plugin: String? {
    if let exec {
      let quoted = CommandLineText.quoted
      let variables = (exec.env ?? []).map { "\(quoted($0.name))=\(Redactor.mark)" }
      let words = redactedWords([exec.command] + (exec.args ?? []))
      return (variables + words.map(quoted)).joined(separator: " ")
    }
    guard let config = authProvider?.config, let path = config.path else { return nil }
    let words = (config.arguments ?? "").split(separator: " ").map(String.init)
    return ([CommandLineText.quoted("\(ForeignText(path))")] + redactedWords(words))
      .joined(separator: " ")
  }
}
