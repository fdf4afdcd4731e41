import TestWorld
import Testing

@testable import ForeignText

/// The many ways in which a name and its secret are laid out.
@Suite("Layouts of secrets")
struct SecretLayoutsTests {
  /// Looks like one where nothing but its look tells.
  private static let secret = "Zq038dxYw9"

  private func check(_ layout: String) {
    let text = "2026/11/27 ready.\n\n\(layout.replacing("CANARY", with: Self.secret))\nall done.\n"
    let whole = "\(ForeignText(text))"
    #expect(!whole.contains(Self.secret), "\(whole)")
    #expect(whole.hasPrefix("2026/11/27 ready.\n") && whole.hasSuffix("\nall done.\n"), "\(whole)")
    var lines = ForeignLines()
    let written = String(
      decoding: lines.take(Array(text.utf8)[...]) + lines.finish(), as: UTF8.self)
    #expect(!written.contains(Self.secret), "\(written)")
    #expect(written.hasSuffix("\nall done.\n"), "\(written)")
  }

  @Test(
    "strings of JSON in strings of JSON",
    arguments: [
      #"{"config":"{\"password\":\"a\\\"b CANARY\"}"}"#,
      #"{\"password\":\"a\\\"b CANARY\"}"#, #"{\\\"password\\\":\\\"CANARY\\\"}"#,
      #"{"password":"a\\","token":"CANARY"}"#, #"{"password":"a\"b CANARY"}"#,
    ])
  func strings(layout: String) { check(layout) }

  @Test(
    "values of YAML",
    arguments: [
      "password: !!binary |\n  CANARY", "password: !!str >-\n  CANARY", "password: &pw |\n  CANARY",
      "password: !!str \"two\n  CANARY\"", "password: &pw CANARY", "password: !CANARY",
      "password: first line\n  CANARY goes on", "password: [\n  CANARY\n]",
      "password: [\n  a,\n  CANARY ]", "password: {\n  value: CANARY\n}",
      "password:\n  value: CANARY",
      "password:\n  value: |\n    CANARY", "Failed: password:\n  value: CANARY",
      "env:\n- value: CANARY\n  name: DB_PASSWORD",
      "env:\n- name: DB_PASSWORD\n  value:\n    CANARY",
      "stringData:\n  uri: CANARY", "tokens:\n- CANARY",
    ])
  func yaml(layout: String) { check(layout) }

  @Test(
    "maps and lists under the name of one",
    arguments: [
      #"{"credentials":{"value":"CANARY"}}"#, #"{"tokens":["CANARY"]}"#,
      #"{"auths":{"r.io":{"auth":"CANARY"}}}"#, #"{"SecretString":"CANARY"}"#,
      #"{"Secret": {"value": "CANARY"}}"#, #"{"password":{"a":[{"b":"x"},"CANARY"]}}"#,
      "{\"password\": {\n  \"value\":\n  \"CANARY\"\n}}", "\"tokens\": [\n\"a\",\n\"CANARY\"\n]",
      #"{\"credentials\":{\"value\":\"CANARY\"}}"#,
      #"{"env":[{"value":"CANARY","name":"DB_PASSWORD"}]}"#,
      "{\n \"value\": \"CANARY\",\n \"name\": \"DB_PASSWORD\"\n}",
      #"{"apiVersion":"v1","data":{"uri":"CANARY"},"kind":"Secret"}"#,
      #"{"kind":"Secret","stringData":{"uri":"CANARY"}}"#,
    ])
  func containers(layout: String) { check(layout) }

  @Test(
    "sentences",
    arguments: [
      "worker secret CANARY is invalid", "worker secret CANARY created", "invalid token \"CANARY\"",
      "token is CANARY", "the password is \"CANARY\"", "password 'CANARY' was refused",
      "Token CANARY expired", "secret value is CANARY", "password -> CANARY", "api_key CANARY",
      "New secret (copy it now):\n\n  CANARY", "Your token is:\n\n    CANARY",
      "Password for user:\nCANARY", "Secret created: CANARY", "passphrase for key: CANARY",
      "password=\\\n  CANARY", "login admin password CANARY", "<password>CANARY</password>",
      "curl -H 'X-Api-Key: CANARY'", "login -password CANARY", "--auth CANARY",
      "DB_PASSWORD CANARY",
    ])
  func sentences(layout: String) { check(layout) }

  @Test(
    "logins and tokens that are known by themselves",
    arguments: [
      "login to oci.example.com as u:CANARY@oci.example.com", "root:CANARY@tcp(db:3306)/x",
      "curl -u admin:CANARY https://h/", "admin:a@CANARY@h",
      "sha256~CANARY0123456789012345678901234567890", "pypi-AgEIcHlwaCANARYaaaaaaaaa",
      "dop_v1_CANARYaaaaaaaaaaaaaaaaaaaaaaaaa", "ya29.CANARYaaaaaaaaaaaaaaaaaaaa",
      "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nCANARY\n---- END SSH2 ENCRYPTED PRIVATE KEY ----",
      "PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 2\nCANARY\nCANARY",
    ])
  func known(layout: String) { check(layout) }

  @Test(
    "names",
    arguments: [
      "SECRET_KEY_BASE", "JWT_SECRET_V2", "DB_PASSWORD_PROD", "PASSWORD_OLD", "PASSWORD_HASH",
      "APP_KEY", "SSH_KEY", "MASTER_KEY", "AZURE_STORAGE_KEY", "AccountKey", "REDIS_AUTH", "_auth",
      "GITHUB_PAT", "SecretString", "apiKeys", "passwords", "sig", "OTP", "privateKeyPem",
      "userpass",
    ])
  func names(name: String) { check("\(name)=\(Self.secret)") }

  @Test(
    "tables",
    arguments: [
      "NAME\tTOKEN\nfoo\tCANARY", "Name     Token    Age\nfoo      CANARY   3d",
      "User  Password\nfoo   CANARY", "Name\tToken\tAge\nfoo\tCANARY\t3d",
    ])
  func tables(layout: String) { check("\(layout)\n") }

  @Test(
    "cells",
    arguments: [
      "name,value\nDB_PASSWORD,CANARY\nHOST,db", "DB_PASSWORD,CANARY", "DB_PASSWORD;CANARY",
      "prod,DB_PASSWORD,CANARY", "\"DB_PASSWORD\",\"one, \"\"CANARY\"",
      "user,password,host\nalice,CANARY,db", "user,password,nickname\na,CANARY,b\nc,\"d,CANARY\",e",
      "\"user\",\"token\"\n\"a\",\"first\nCANARY\"", "password,nickname\nCANARY,bob",
      "| NAME | VALUE |\n|---|---|\n| DB_PASSWORD | CANARY |", "| DB_PASSWORD | two CANARY |",
      "| User | Token | Age |\n|------|:-----:|-----|\n| a | CANARY | 3d |",
      " name        | value\n-------------+--------\n DB_PASSWORD | CANARY",
      "│ API key │ CANARY │", "┃ TOKEN ┃ CANARY ┃",
      #"["DB_PASSWORD","CANARY"]"#, #"[["HOST","db"],["DB_PASSWORD", "two CANARY"]]"#,
      #"["prod", "DB_PASSWORD", "CANARY"]"#, #"{"rows":[["DB_PASSWORD","a\"b CANARY"]]}"#,
      #"{"rows":"[[\"DB_PASSWORD\",\"CANARY\"]]"}"#, "[\n  \"DB_PASSWORD\",\n  \"CANARY\"\n]",
      "('DB_PASSWORD', 'CANARY')", "INSERT INTO s VALUES ('DB_PASSWORD','it''s CANARY');",
    ])
  func cells(layout: String) { check(layout) }

  @Test(
    "signs that are spelled another way",
    arguments: [
      "password%253DCANARY", "a%25253Db%252526password%25253DCANARY", "password=a%26CANARY",
      "password%3Da%2526CANARY", "password%3Da%2520CANARY", "%22password%22%3A%22a%20CANARY%22",
      #"{"url":"?password\u003dCANARY"}"#, #"password\u003DCANARY"#, #"password\x3dCANARY"#,
      #"password\\u003dCANARY"#, #"{\u0022password\u0022:\u0022a b CANARY\u0022}"#,
      "password&#61;CANARY", "password&#x3D;CANARY", "&quot;token&quot;: &quot;a CANARY&quot;",
      "password\u{A0}=\u{A0}CANARY", "password:\u{A0}CANARY", "password\u{FF1A}CANARY",
      "password\u{FF1D}CANARY", "password\u{3000}\u{FF1D}\u{3000}CANARY",
      "ｐａｓｓｗｏｒｄ＝CANARY", "password is\u{202F}CANARY",
      "https%3A%2F%2Fuser%3ACANARY%40host%2Fa", "bearer%20CANARY",
      "a%3DghpX%26t%3Dghp_CANARYaaaaaaaaaa",
    ])
  func spellings(layout: String) { check(layout) }

  @Test(
    "statements of SQL",
    arguments: [
      "CREATE USER a IDENTIFIED BY 'CANARY';", "create user 'a'@'%' identified by \"two CANARY\"",
      "ALTER USER a IDENTIFIED WITH mysql_native_password BY 'CANARY'",
      "ALTER USER a IDENTIFIED BY CANARY;", "IDENTIFIED BY VALUES 'S:CANARY'",
      "CREATE ROLE a WITH LOGIN PASSWORD 'CANARY';", "CREATE ROLE a WITH PASSWORD 'two CANARY'",
      "ALTER USER a ENCRYPTED PASSWORD 'it''s CANARY' VALID",
      "SET PASSWORD = PASSWORD('two CANARY')",
    ])
  func sql(layout: String) { check(layout) }

  @Test(
    "a name and its value in one pair of quotes",
    arguments: [
      "run \"--password=two CANARY\" --user x", "run '--password=two CANARY' --user x",
      #"["--password=two CANARY","x"]"#, #"{"a":"[\"--password=two CANARY\"]"}"#,
      #"{"Env":["DB_PASSWORD=a&b, CANARY","B=c"]}"#, "%22--password%3Dtwo%20CANARY%22",
    ])
  func whole(layout: String) { check(layout) }

  @Test(
    "but what is only called so stays",
    arguments: [
      "creating unit payment-api-token: done", "unit payment-api-token: created",
      "image: registry.example.com/secret:v1.2", "image api-token:v1 is not there",
      "image registry.example.com/team/token:v1.2 is not there", "registry/api-token:v1 pulled",
      "team/payment-api-token: 3 replicas", "deployment.apps/token-service configured",
      "secret/payment-db created", "secret \"db-creds\" not found",
      "secrets \"db-creds\" not found",
      "mounted secret payment-db-creds as /etc/creds", "secrets: 3",
      "secrets: payment-db, order-db",
      "the password is not set", "token is missing or expired", "invalid token",
      "worker secret is invalid", "password is required", "Error: secret is not there",
      "secretKeyRef:\n  name: db\n  key: password", "imagePullSecrets:\n- name: regcred",
      #"{"imagePullSecrets":[{"name":"regcred"}],"secret":{"secretName":"a"}}"#,
      #"{"secretKeyRef":{"key":"password","name":"db"}}"#,
      #"{"secrets":[{"name":"token-x"}],"a":"b"}"#,
      #"{"kind":"Secret","metadata":{"name":"db","namespace":"prod"}}"#,
      "- name: a\n  value: b", #"{"name":"a","value":"b"}"#, "PRIMARY_KEY=id", "monkey: banana",
      "author=alex", "authentication: none", "mailto:alex@example.com", "git@github.com:acme/p.git",
      "nginx:1.25@sha256:0123456789abcdef", "alex@example.com: permission denied",
      "NAME     SECRETS  AGE\ndefault  1        3d", "Name     Kind\napi      Deployment",
      "name,value\nHOST,db.example.com\nPORT,5432", "namespace,name,replicas\nprod,token-service,3",
      "user,password,host\n", "| NAME | TOKEN | AGE |", "name,secrets,age\ndefault,1,3d",
      "| NAME | READY | STATUS |\n|------|-------|--------|\n| api-token-7d9f | 1/1 | Running |",
      "│ NAME │ READY │\n│ api  │ 1/1   │", "kind,name\nSecret,payment-db\nConfigMap,payment",
      "| Secret | payment-db |", #"{"resources":["secrets","configmaps"],"verbs":["get"]}"#,
      #"{"required":["password","username","token"]}"#, "missing: password, replicas and image",
      "kubectl get secrets,configmaps -n a", "token, if there is one", "secrets,configmaps",
      "[\n  \"secrets\",\n  \"configmaps\"\n]", "cat token | base64 -d",
      "progress: 100%25 of 3", "GET /api?labelSelector=app%3Dtoken%2Ctier%3Ddb", "a\u{A0}=\u{A0}b",
      #"{"a":"\u003chtml\u003e"}"#, "pods are identified by name",
      "objects identified by name", "\"replicas=two words\"", "the field \"password\", then go on",
    ])
  func kept(text: String) { #expect("\(ForeignText(text + "\n"))" == text + "\n") }
}
