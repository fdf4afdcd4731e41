/// A session file as the product's brief prints it: what others write has to load, byte for byte.
public let seedSession = """
  {
    "version": "1.0",
    "type": "import",
    "created_at": "2026-01-09T14:30:22Z",
    "updated_at": "2026-01-09T14:45:33Z",
    "cluster_context": "kind-atk",
    "step": "worker_connecting",
    "steps_completed": ["scan", "review", "select", "connect"],

    "scan_result": {
      "namespaces": ["payment-prod", "order-prod"],
      "workloads_detected": 12,
      "owners": {
        "Flux": 8,
        "ArgoCD": 3,
        "Native": 1
      }
    },

    "selections": {
      "app_space": "payment-team",
      "hub": "platform-team",
      "selected_workloads": [
        {"namespace": "payment-prod", "name": "payment-api", "owner": "Flux"},
        {"namespace": "payment-prod", "name": "payment-worker", "owner": "Flux"}
      ]
    },

    "confighub": {
      "authenticated": true,
      "org": "acme-corp",
      "user": "user@example.com",
      "units_created": ["payment-api", "payment-worker"],
      "worker_slug": "dev",
      "worker_status": "connecting"
    }
  }

  """
