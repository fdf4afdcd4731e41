/// How what was released is pulled.
extension DeliveryCommands {
  /// One of two ways; Argo CD's first, unless the cluster has only Flux.
  var pulling: [DeliveryStep] {
    let tools = Set((state.session.scan?.workloads ?? []).map(\.owner.tool))
    let isFluxFirst = tools.contains(.flux) && !tools.contains(.argoCD)
    let (first, second) = isFluxFirst ? (flux, argo) : (argo, flux)
    let other = second.map { DeliveryStep(words: "Or \($0.words)", commands: $0.commands) }
    return first + other + [
      DeliveryStep(
        words: "After each change in ConfigHub, publish again",
        commands: [
          spaces == [home]
            ? ["cub", "release", "publish", home]
            : forEachSpace(["cub release publish", #""$space""#])
        ])
    ]
  }

  private var argo: [DeliveryStep] {
    let namespace = quoted("argocd")
    return [
      DeliveryStep(
        words: "Argo CD (3.1 or later), 1: let it pull as worker \(worker)\(hint)",
        commands: [
          settings,
          kubectl + [
            "-n", namespace, "create", "secret", "generic",
            // It says which addresses it is for, and these differ by layout.
            "confighub-\(name)\(spaces == [home] ? "" : "-spaces")",
            "--from-literal=type=oci",
            spaces == [home]
              ? #"--from-literal=url="oci://$host/space/$space""#
              : #"--from-literal=url="oci://$host/space""#,
            "--from-file=username=<(\(workerField[0])",
          ] + workerField.dropFirst() + [
            "-o jq=.BridgeWorker.BridgeWorkerID", #"| tr -d '"\n')"#,
            "--from-file=password=<(\(workerField[0])",
          ] + workerField.dropFirst() + [
            "--include-secret", "-o jq=.BridgeWorker.Secret", #"| tr -d '"\n')"#,
            "--dry-run=client -o yaml", "| kubectl label --local -f -",
            "argocd.argoproj.io/secret-type=repo-creds", "-o yaml",
          ] + apply,
        ]),
      DeliveryStep(
        words: "Argo CD, 2: an Application, which changes nothing before you sync it",
        commands: [
          settings,
          forEachSpace(
            [
              #"echo "{apiVersion:"#, "argoproj.io/v1alpha1,", "kind: Application,",
              "metadata: {name: \(objectName),", "namespace: \(namespace)},",
              "spec: {project: default,", "source: {repoURL: 'oci://$host/space/$space',",
              "targetRevision: latest, path: .},",
              "destination:", #"{server: 'https://kubernetes.default.svc'}}}""#,
            ], isPiped: true) + apply,
          forEachSpace(["argocd", "app", "diff", "\(namespace)/\(objectName)"]),
        ]),
      DeliveryStep(
        words: "Argo CD, 3: sync it, which applies what was released",
        commands: [
          settings, forEachSpace(["argocd", "app", "sync", "\(namespace)/\(objectName)"]),
        ]),
    ]
  }

  private var flux: [DeliveryStep] {
    [
      DeliveryStep(
        words: "Flux, 1: let it pull as worker \(worker)\(hint)",
        commands: [
          settings,
          kubectl + [
            "-n flux-system", "create", "secret", "docker-registry", "confighub-\(name)",
            #"--docker-server="$host""#, #"--docker-username="$(\#(workerField[0])"#,
          ] + workerField.dropFirst() + [
            "-o jq=.BridgeWorker.BridgeWorkerID", #"| tr -d '"\n')""#,
            #"--docker-password="$(\#(workerField[0])"#,
          ] + workerField.dropFirst() + [
            "--include-secret", "-o jq=.BridgeWorker.Secret", #"| tr -d '"\n')""#,
            "--dry-run=client -o yaml",
          ] + apply,
        ]),
      DeliveryStep(
        words: "Flux, 2: a source and a Kustomization, which applies at once and deletes nothing",
        commands: [
          settings,
          forEachSpace(
            [
              #"echo "{apiVersion:"#, "source.toolkit.fluxcd.io/v1,", "kind: OCIRepository,",
              "metadata: {name: \(objectName),", "namespace: flux-system},",
              "spec: {interval: 1m,\(isPlain ? " insecure: true," : "")",
              "url: 'oci://$host/space/$space',", "ref: {tag: latest},",
              #"secretRef: {name: confighub-\#(name)}}}""#,
            ], isPiped: true) + apply,
          forEachSpace(
            [
              #"echo "{apiVersion:"#, "kustomize.toolkit.fluxcd.io/v1,", "kind: Kustomization,",
              "metadata: {name: \(objectName),", "namespace: flux-system},",
              "spec: {interval: 10m, path: ./, prune: false,",
              "sourceRef: {kind: OCIRepository,", #"name: \#(objectName)}}}""#,
            ], isPiped: true) + apply,
        ]),
    ]
  }
}
