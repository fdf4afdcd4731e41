extension SecretLayouts {
  /// What holds a secret by the object that is meant, which no `kind` tells.
  static let objects = [
    // Commands, requests and patches of kubectl.
    #"+ kubectl patch secret db -p '{"data":{"license":"CANARY"}}'"#,
    #"kubectl -n a patch secret/db --type=merge -p '{"data":{"license":"CANARY"}}'"#,
    #"kubectl patch secrets db --type json -p '[{"op":"replace","path":"/data/license","value":"CANARY"}]'"#,
    "I0101 round_trippers.go:463] PATCH https://h/api/v1/namespaces/a/secrets/db\n"
      + #"I0101 request.go:1154] Request Body: {"data":{"license":"CANARY"}}"#,
    "PATCH https://h/api/v1/namespaces/a/secrets/db\nRequest Headers:\n  Accept: a\n"
      + #"Response Body: {"data":{"license":"CANARY"}}"#,
    #"patch: [{"op":"add","path":"/data/password","value":"CANARY"}]"#,
    #"[{"op":"add","path":"/stringData/license","value":"CANARY"}]"#,
    "- op: replace\n  path: /data/password\n  value: CANARY",
    #"{"op":"replace","path":"/spec/template/spec/containers/0/env/0/value","value":"CANARY"}"#,
    "error validating data: ValidationError(Secret.data.license): invalid type for "
      + #"io.k8s.api.core.v1.Secret.data.license: got "CANARY", expected "string""#,
    #"ValidationError(Secret.stringData.a): invalid type: got "CANARY""#,
    "- auth.password: Invalid type. Expected: string, given: CANARY",
    "oc set data secret/db license=CANARY",
    #"curl -X PATCH https://h/api/v1/namespaces/a/secrets/db -d '{"data":{"license":"CANARY"}}'"#,
    "resource \"kubernetes_secret\" \"db\" {\n  data = merge({ a = \"b\" }, { license = \"CANARY\" })\n}",
    "│   on main.tf line 3, in resource \"kubernetes_secret\" \"db\":\n│    3:     license = \"CANARY\"\n│",
    // Terraform.
    #"resource "kubernetes_secret" "db" { data = { license = "CANARY" } }"#,
    "resource \"kubernetes_secret_v1\" \"db\" {\n  data = { license = \"CANARY\" }\n}",
    "resource \"kubernetes_secret\" \"db\" {\n  metadata {\n    name = \"db\"\n  }\n  data = {\n"
      + "    license = \"CANARY\"\n    user    = \"CANARY\"\n  }\n}",
    "  + resource \"kubernetes_secret\" \"db\" {\n      + data = {\n          + \"license\" = \"CANARY\""
      + "\n          # (1 unchanged element hidden)\n        }\n      + type = \"Opaque\"\n    }",
    "  ~ resource \"kubernetes_secret\" \"db\" {\n      ~ data = {\n          ~ \"license\" = "
      + "\"CANARY\" -> \"two CANARY\"\n        }\n    }",
    "  + resource \"kubernetes_secret_v1\" \"db\" {\n      + binary_data = {\n          + \"license\" = "
      + "\"CANARY\"\n        }\n    }",
    "Error: x\n\n  on main.tf line 3, in resource \"kubernetes_secret\" \"db\":\n   3:   data = { "
      + "license = \"CANARY\" }",
    "resource \"kubernetes_manifest\" \"s\" {\n  manifest = {\n    kind = \"Secret\"\n    data = {\n"
      + "      license = \"CANARY\"\n    }\n  }\n}",
    "resource \"random_password\" \"db\" {\n    bcrypt_hash = (sensitive value)\n    result      = "
      + "\"CANARY\"\n}",
    "resource \"azurerm_key_vault_secret\" \"x\" {\n  name = \"db\"\n  value = \"CANARY\"\n}",
    "resource \"vault_generic_secret\" \"x\" {\n  data_json = \"{\\\"login\\\":\\\"CANARY\\\"}\"\n}",
    "resource \"vault_kv_secret_v2\" \"x\" {\n  data_json = jsonencode({\n    login = \"CANARY\"\n  })\n}",
    #"{"type":"random_password","instances":[{"attributes":{"length":16,"result":"CANARY"}}]}"#,
    "{\n  \"type\": \"random_password\",\n  \"instances\": [\n    {\n      \"attributes\": {\n        \"result\": \"CANARY\"\n      }\n"
      + "    }\n  ]\n}",
    // kustomize.
    "secretGenerator:\n- name: db\n  literals:\n  - license=CANARY\n  - \"user=two CANARY\"",
    "secretGenerator:\n- name: db\n  literals: [\"license=CANARY\", 'user=CANARY']",
    // Vault.
    "====== Data ======\nKey         Value\n---         -----\nlicense     CANARY\nuser        CANARY",
    "Unseal Key 1: CANARY\nUnseal Key 2: CANARY", "Recovery Key 1: CANARY",
    #"{"unseal_keys_b64":["CANARY"],"unseal_keys_hex":["CANARY"]}"#,
    // Go.
    "  (string) (len=7) \"license\": ([]uint8) (len=12 cap=12) {\n   00000000  CANARY  |CANARY|\n"
      + "   00000010  CANARY                    |CANARY|\n  }",
    // PHP and shells.
    "[\"password\"]=> string(12) \"CANARY\"", "password = ''CANARY'';",
    "service_key: CANARY", "routing_key: CANARY",
  ]

  /// Where a line comes before the one that tells, only its look does.
  static let encodedObjects = [
    #"I0101 request.go:1154] Request Body: {"data":{"license":"CANARY"}}"# + "\n"
      + "I0101 round_trippers.go:463] PATCH https://h/api/v1/namespaces/a/secrets/db?x=y",
    #"[{"op":"replace","path":"/data/license","value":"CANARY"}]"#,
  ]

  static let keptObjects = [
    #"kubectl patch configmap x -p '{"data":{"mode":"debug"}}'"#,
    "PATCH https://h/api/v1/namespaces/a/configmaps/x\nRequest Body: {\"data\":{\"mode\":\"debug\"}}",
    "PATCH https://h/api/v1/namespaces/a/secrets/x\nResponse Body: {\"kind\":\"Status\",\"data\":{\"a\""
      + ":\"b\"}}",
    #"[{"op":"replace","path":"/spec/replicas","value":3}]"#,
    #"[{"op":"add","path":"/data/LOG_LEVEL","value":"debug"}]"#,
    "kubectl create secret generic db: data: illegal base64 data at input byte 4",
    "resource \"kubernetes_config_map\" \"x\" {\n  data = {\n    id = \"AbCd0123\"\n  }\n}",
    "resource \"kubernetes_secret\" \"db\" {\n  metadata {\n    name = \"db\"\n  }\n}\n\nvalue = \"a\"",
    "cannot list resource \"secrets\" in API group \"\"", "random_password.db: Creation complete",
    #"{"type":"invalid_token","message":"the value is expired","content":"none"}"#,
    #"{"type":"random_id","instances":[{"attributes":{"result":"a"}}]}"#,
    "configMapGenerator:\n- name: db\n  literals:\n  - mode=fast",
    "secretGenerator:\n- name: db\n  files:\n  - a.txt\nconfigMapGenerator:\n- literals:\n  - a=b",
    "======= Metadata =======\nKey        Value\n---        -----\nversion    1",
    "00000000  63 6f 72  |cor|", "Unseal Progress: 1/3", "(string) (len=7) \"a\": (int) 3",
    "ValidationError(Secret.data.a): invalid type for io.k8s.api.core.v1.Secret.data: got \"array\", "
      + "expected \"map\"",
    "│   on main.tf line 3, in resource \"kubernetes_secret\" \"db\":\n│    3:     name = \"db\"\n│\n"
      + "│ The argument a = \"b\" is not expected here.",
    "ValidationError(Pod.spec): unknown field \"a\": got \"b\"",
    "given: b", "invalid token: expected 3 segments, got 1",
    "- auth.password: Invalid type. Expected: string, given: integer",
    // What is said of a secret, or where it is.
    "environment variable DB_PASSWORD: set by Secret db key password",
    "authorization: mode RBAC denied: clusterrole view lacks verb create on units.confighub.com",
    "Helm release payments: values key auth.existingSecret=payments-db is required",
    "token: read from file /a/b", "password: taken from the Secret db",
  ]
}
