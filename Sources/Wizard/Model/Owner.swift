/// Who manages a workload, and what says so.
public struct Owner: Hashable, Sendable {
  public enum Tool: String, CaseIterable, Sendable {
    case flux = "Flux"
    case argoCD = "ArgoCD"
    case configSync = "ConfigSync"
    case fleet = "Fleet"
    /// Of Carvel, by hand or through its kapp-controller.
    case kapp
    case sveltos = "Sveltos"
    case addonManager = "AddonManager"
    case helm = "Helm"
    case terraform = "Terraform"
    case configHub = "ConfigHub"
    case crossplane = "Crossplane"
    case kro = "kro"
    case olm = "OLM"
    case controller = "Controller"
    /// A tool that is not known here, by the name that it gives itself, or an object that what it
    /// owns goes with.
    case other = "Other"
    case native = "Native"

    /// What is to be known of a tool that would put an object back after somebody else changed it;
    /// `nil` for one that would not.
    public var gitOps: GitOpsTool? {
      switch self {
      case .flux: .flux
      case .argoCD: .argoCD
      case .configSync: .configSync
      case .fleet: .fleet
      case .kapp: .kapp
      case .sveltos: .sveltos
      case .addonManager: .addonManager
      case .olm: .olm
      case .other: .other
      case .helm, .terraform, .configHub, .crossplane, .kro, .controller, .native: nil
      }
    }

    public var reverts: Bool { gitOps != nil }

    /// The tool whose objects of that kind own workloads.
    public init?(objectKind kind: String) {
      guard let tool = Self.allCases.first(where: { $0.gitOps?.objectKinds.contains(kind) == true })
      else { return nil }
      self = tool
    }
  }

  public enum Confidence: String, Sendable { case high, medium, low }

  public var tool: Tool
  /// The kind of the object that owns: `Kustomization`, `HelmRelease`, `Application`, or that of an
  /// owner reference; `nil` where the mark names none.
  public var kind: String?
  /// The Kustomization, HelmRelease, Application, release, …; `nil` if the mark names none.
  public var name: String?
  public var namespace: String?
  /// `label:KEY`, `annotation:KEY` or `ownerRef:KIND/NAME`; `nil` for native workloads.
  public var source: String?
  public var confidence: Confidence

  public init(
    _ tool: Tool, kind: String? = nil, name: String? = nil, namespace: String? = nil,
    source: String? = nil, confidence: Confidence = .high
  ) {
    self.tool = tool
    self.kind = kind
    self.name = name
    self.namespace = namespace
    self.source = source
    self.confidence = confidence
  }

  public static let native = Owner(.native)
}

/// The object that owns workloads, as it was found when it was looked up: labels alone can lie.
public struct OwnerObject: Hashable, Sendable {
  public enum Standing: Hashable, Sendable {
    case found
    /// The cluster has no such object; another one, from which it applies, may.
    case missing
    /// Whether it exists is not known, and why.
    case unread(String)

    /// `found`, `missing` or `unread`.
    public var word: String {
      switch self {
      case .found: "found"
      case .missing: "missing"
      case .unread: "unread"
      }
    }
  }

  public var tool: Owner.Tool
  /// One of the tool's ``GitOpsTool/objectKinds``.
  public var kind: String
  public var namespace: String
  public var name: String
  public var standing: Standing
  /// Where it takes what it applies from, for a person: a path and its source, a chart and its
  /// version, a repository and a path in it. `nil` if it does not say.
  public var source: String?
  /// Whether it puts back what others change: not suspended, or synced automatically. `nil` if it
  /// does not say.
  public var isAutomatic: Bool?
  /// The Application that this one came from (an app of apps), as `NAMESPACE/NAME`.
  public var parent: String?

  public init(
    tool: Owner.Tool, kind: String, namespace: String, name: String, standing: Standing,
    source: String? = nil, isAutomatic: Bool? = nil, parent: String? = nil
  ) {
    self.tool = tool
    self.kind = kind
    self.namespace = namespace
    self.name = name
    self.standing = standing
    self.source = source
    self.isAutomatic = isAutomatic
    self.parent = parent
  }
}

extension Owner {
  /// `Kustomization flux-system/payment`, as far as it is known.
  public var objectName: String {
    let kind = kind ?? tool.rawValue
    guard let name else { return kind }
    return "\(kind) \(namespace.map { "\($0)/" } ?? "")\(name)"
  }
}

extension ScanResult {
  /// The object that an owner is, if it was looked up. What the owner's mark does not say matches
  /// anything.
  public func object(of owner: Owner) -> OwnerObject? {
    ownerObjects.first {
      $0.tool == owner.tool && $0.name == owner.name
        && (owner.kind == nil || $0.kind == owner.kind)
        && (owner.namespace == nil || $0.namespace == owner.namespace)
    }
  }
}
