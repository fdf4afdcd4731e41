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
    ])
  func kept(text: String) { #expect("\(ForeignText(text + "\n"))" == text + "\n") }
}
