import Documents
import Wizard

/// Where objects of each kind say what they are about.
extension Links {
  typealias Rule = @Sendable (LinkedObject) -> Links

  /// `nil` where the metadata of such an object is all that is looked at.
  static func rule(for resource: Resource) -> Rule? { rules[resource.fullName] }

  private static let rules: [String: Rule] = [
    "rolebindings.rbac.authorization.k8s.io": binding,
    "clusterrolebindings.rbac.authorization.k8s.io": binding,
    "servicemonitors.monitoring.coreos.com": { Links(services: selector(of: $0, "selector")) },
    "podmonitors.monitoring.coreos.com": { Links(pods: selector(of: $0, "selector")) },
    "certificates.cert-manager.io": certificate,
    "httproutes.gateway.networking.k8s.io": route, "grpcroutes.gateway.networking.k8s.io": route,
    "tcproutes.gateway.networking.k8s.io": route, "tlsroutes.gateway.networking.k8s.io": route,
    "udproutes.gateway.networking.k8s.io": route,
    "virtualservices.networking.istio.io": virtualService,
    "destinationrules.networking.istio.io": {
      Links(leadsTo: Set([service($0.spec["host"], $0)].compactMap(\.self)))
    },
    "authorizationpolicies.security.istio.io": { Links(pods: selector(of: $0, "selector")) },
    "peerauthentications.security.istio.io": { Links(pods: selector(of: $0, "selector")) },
    "requestauthentications.security.istio.io": { Links(pods: selector(of: $0, "selector")) },
    "telemetries.telemetry.istio.io": { Links(pods: selector(of: $0, "selector")) },
    "ciliumnetworkpolicies.cilium.io": { Links(pods: selector(of: $0, "endpointSelector")) },
    "scaledobjects.keda.sh": scaler,
    "verticalpodautoscalers.autoscaling.k8s.io": { object in
      Links(leadsTo: target(object.spec["targetRef"], object))
    },
    "externalsecrets.external-secrets.io": externalSecret,
    "sealedsecrets.bitnami.com": { Links(leadsTo: [secret($0.metadata.name, $0)]) },
    "ingressroutes.traefik.io": ingressRoute, "ingressroutes.traefik.containo.us": ingressRoute,
    "targetgroupbindings.elbv2.k8s.aws": { object in
      let name = object.spec["serviceRef", "name"]?.string
      return Links(leadsTo: Set(name.map { [ObjectName("Service", object.namespace, $0)] } ?? []))
    },
  ]

  // MARK: Rights

  private static let binding: Rule = { object in
    var links = Links()
    for subject in object.members["subjects"]?.array ?? []
    where subject["kind"] == "ServiceAccount" {
      guard let name = subject["name"]?.string else { continue }
      links.leadsTo.insert(
        ObjectName("ServiceAccount", subject["namespace"]?.string ?? object.namespace, name))
    }
    if let role = object.members["roleRef"], let name = role["name"]?.string {
      let kind = role["kind"]?.string ?? "ClusterRole"
      links.needs.insert(ObjectName(kind, kind == "Role" ? object.namespace : "", name))
    }
    return links
  }

  // MARK: Secrets that others make

  private static let certificate: Rule = { object in
    var links = Links()
    if let name = object.spec["secretName"]?.string { links.leadsTo = [secret(name, object)] }
    links.needs = reference(object.spec["issuerRef"], "Issuer", object)
    return links
  }

  private static let externalSecret: Rule = { object in
    let name = object.spec["target", "name"]?.string ?? object.metadata.name
    return Links(
      leadsTo: [secret(name, object)],
      needs: reference(object.spec["secretStoreRef"], "SecretStore", object))
  }

  // MARK: Routes

  private static let route: Rule = { object in
    var links = Links()
    for rule in object.spec["rules"]?.array ?? [] {
      for backend in rule["backendRefs"]?.array ?? [] {
        links.leadsTo.formUnion(reference(backend, "Service", object))
      }
    }
    for parent in object.spec["parentRefs"]?.array ?? [] {
      links.needs.formUnion(reference(parent, "Gateway", object))
    }
    return links
  }

  private static let virtualService: Rule = { object in
    var links = Links()
    for kind in ["http", "tls", "tcp"] {
      for rule in object.spec[kind]?.array ?? [] {
        let hosts =
          (rule["route"]?.array ?? []).map { $0["destination", "host"] } + [rule["mirror", "host"]]
        links.leadsTo.formUnion(hosts.compactMap { service($0, object) })
      }
    }
    for gateway in (object.spec["gateways"]?.array ?? []).compactMap(\.string)
    where gateway != "mesh" {
      let parts = gateway.split(separator: "/").map(String.init)
      guard let name = parts.last else { continue }
      links.needs.insert(
        ObjectName("Gateway", parts.count == 2 ? parts[0] : object.namespace, name))
    }
    return links
  }

  private static let ingressRoute: Rule = { object in
    var links = Links()
    for route in object.spec["routes"]?.array ?? [] {
      for backend in route["services"]?.array ?? [] {
        links.leadsTo.formUnion(reference(backend, "Service", object))
      }
      for middleware in route["middlewares"]?.array ?? [] {
        links.needs.formUnion(reference(middleware, "Middleware", object))
      }
    }
    return links
  }

  // MARK: Scalers

  private static let scaler: Rule = { object in
    var links = Links(leadsTo: target(object.spec["scaleTargetRef"], object))
    for trigger in object.spec["triggers"]?.array ?? [] {
      links.needs.formUnion(
        reference(trigger["authenticationRef"], "TriggerAuthentication", object))
    }
    return links
  }

  private static func target(_ reference: JSONValue?, _ object: LinkedObject) -> Set<ObjectName> {
    self.reference(reference, "Deployment", object)
  }

  // MARK: Parts

  /// `{kind?, namespace?, name}`
  private static func reference(
    _ value: JSONValue?, _ kind: String, _ object: LinkedObject
  ) -> Set<ObjectName> {
    guard let value, let name = value["name"]?.string else { return [] }
    let kind = value["kind"]?.string ?? kind
    let namespace = kind.hasPrefix("Cluster") ? "" : value["namespace"]?.string ?? object.namespace
    return [ObjectName(kind, namespace, name)]
  }

  private static func secret(_ name: String, _ object: LinkedObject) -> ObjectName {
    ObjectName("Secret", object.namespace, name)
  }

  /// By a name within the cluster: `web`, `web.shop`, `web.shop.svc.cluster.local`.
  private static func service(_ host: JSONValue?, _ object: LinkedObject) -> ObjectName? {
    let parts = host?.string?.split(separator: ".").map(String.init) ?? []
    guard let name = parts.first, parts.count <= 2 || parts[2] == "svc" else { return nil }
    return ObjectName("Service", parts.count > 1 ? parts[1] : object.namespace, name)
  }

  /// `nil` for one that selects everything, or looks into other namespaces.
  private static func selector(of object: LinkedObject, _ key: String) -> LabelSelector? {
    let elsewhere = object.spec["namespaceSelector"]
    let names = (elsewhere?["matchNames"]?.array ?? []).compactMap(\.string)
    guard elsewhere?["any"] != true, names.allSatisfy({ $0 == object.namespace }),
      let value = object.spec[key]
    else { return nil }
    let selector = LabelSelector(value)
    return selector.isEmpty ? nil : selector
  }
}

extension LabelSelector {
  fileprivate init(_ value: JSONValue) {
    self.init(matchLabels: value["matchLabels"]?.object?.compactMapValues(\.string))
    requirements = (value["matchExpressions"]?.array ?? []).map { requirement in
      Requirement(
        key: requirement["key"]?.string ?? "", operator: requirement["operator"]?.string ?? "",
        values: (requirement["values"]?.array ?? []).compactMap(\.string))
    }
  }
}
