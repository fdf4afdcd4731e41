extension SecretLayouts {
  /// Said of a secret, and no value of it.
  static let states = [
    "token: expired", "password: not set", "Secret: not found", "auth: disabled",
    "Authorization: user lacks permission unit:create",
    "credentials: none found in chain EnvProvider, SharedConfig",
    "env DB_PASSWORD: use secretKeyRef instead of value",
    "oauth2: cannot fetch token: 400 Bad Request",
    "failed to fetch oauth token: unexpected status: 401 Unauthorized",
    "Access denied for user 'root'@'10.0.0.1' (using password: YES)",
    "MountVolume.SetUp failed for volume \"creds\" : secret \"db-credentials\" not found",
    "could not get secret data from provider", "tokens used: 4200", "max_tokens=4096",
    "max_tokens=4096.", "flag --token: no value", "releaseName: payments token: not set",
    "open /var/run/token: no such file or directory", "token: expired, sign in again",
    "cannot fetch token: Post \"https://h/oauth\": dial tcp: connection refused",
    #"{"msg":"token: expired","a":1}"#, "passphrase: not set", "passphrase: required",
    "passwords: must be 12 characters",
  ]

  /// A value all the same.
  static let noStates = [
    "password: CANARY", "password: not CANARY", "token: rejected: CANARY",
    "token: expired (CANARY)", "password: not-CANARY", "passphrase: no man is CANARY",
    "password: 400 CANARY", "token: none/CANARY", "token: Get CANARY",
    "password: unknown \"CANARY\"",
  ]
}
