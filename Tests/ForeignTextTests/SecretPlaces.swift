extension SecretLayouts {
  /// Commands and settings whose secret has neither a flag nor a name.
  static let operands = [
    "vault login CANARY", "vault kv put secret/x foo=CANARY bar=CANARY",
    "vault kv patch -mount=secret x foo=CANARY",
    "vault write auth/approle/login role_id=x secret_id=CANARY", "htpasswd -b file bob CANARY",
    "htpasswd -nb bob CANARY", "htpasswd -bBC 10 file bob CANARY",
    "echo -n CANARY | docker login --password-stdin",
    "echo 'two CANARY' | docker login -u a --password-stdin h",
    "printf CANARY | helm registry login --password-stdin", "lftp -u bob,CANARY ftp.h",
    "jdbc:oracle:thin:scott/CANARY@//h:1521/x", "jdbc:oracle:thin:scott/CANARY@h:1521:x",
    "AUTH CANARY", "AUTH default CANARY", "127.0.0.1:6379> AUTH CANARY", "masterauth CANARY",
    "requirepass CANARY", "db.prod:5432:app:bob:CANARY", "*:*:*:bob:CANARY",
    #"parse "postgres://app:CANARY#x@h:5432/db": invalid port ":CANARY" after host"#,
    #"parse "postgres://app:CANARY/x@h/db": invalid port ":CANARY" after host"#,
    #"parse "postgres://app:CANARY?x@h/db": invalid port ":CANARY" after host"#,
    #"parse \"postgres://app:CANARY?x@h/db\": invalid port \":CANARY\" after host"#,
    #"parse "https://app:CANARY @h": invalid character " " in host name"#,
  ]

  /// By the table of what programs take, and by settings of two words.
  static let operandsOfPrograms = [
    "aws configure set aws_secret_access_key CANARY",
    "aws configure set aws_secret_access_key CANARY --profile x", "ENV DB_PASSWORD CANARY",
    "echo CANARY | gh auth login --with-token", "echo CANARY | kinit bob",
    "echo CANARY | sudo -S ls", "echo 'CANARY' | passwd --stdin root",
    "echo CANARY | cryptsetup open x", "echo \"root:CANARY\" | chpasswd",
    "htpasswd -nb admin CANARY", "htpasswd -bc file admin CANARY", "useradd -p CANARY bob",
    "rabbitmqctl add_user bob CANARY", "rabbitmqctl change_password bob CANARY",
    "rabbitmqctl -n a add_user bob CANARY", "mc alias set m http://h AKEY CANARY",
    "nmcli dev wifi connect x password CANARY", "flux create secret git x -u bob -p CANARY",
    "vault login CANARY", "vault operator unseal CANARY",
    "openssl enc -aes-256-cbc -k CANARY -in x",
    "net use \\\\h\\s CANARY /user:bob", "curl -b \"session=CANARY\" h",
    "curl -b 'a=two CANARY; b=CANARY' h", #"["curl","-b","session=CANARY"]"#,
    "git config --global sendemail.smtpPass CANARY", "npm config set x:_authToken CANARY",
    "nmcli device wifi connect x password CANARY ifname wlan0", "curl -sb \"a=CANARY\" h",
    "htpasswd -nbB admin CANARY > f", "net use Z: \\\\h\\s CANARY /user:bob",
    "requirepass CANARY", "masterauth CANARY", "rocommunity CANARY", "AUTH CANARY",
  ]

  /// In the query of a URL and in a form.
  static let grants = [
    "GET https://h/cb?code=CANARY&state=x", "GET /callback?state=x&code=CANARY HTTP/1.1",
    "grant_type=authorization_code&code=CANARY", "code_verifier=CANARY&redirect_uri=x",
    "SAMLResponse=CANARY&RelayState=x", "grant_type=x&assertion=CANARY",
    "client_assertion=CANARY&a=b", "https://h/x?jwt=CANARY",
    "code=CANARY&grant_type=x", #"{"code_verifier":"CANARY"}"#, #"{"SAMLResponse":"CANARY"}"#,
    "wss://h/ws?ticket=CANARY",
    "GET https://h/x?key=CANARY&y=1: 401",
  ]

  /// The same, but a word is none.
  static let namedFurther = [
    #"container app: env DB_PASSWORD has literal value "CANARY""#,
    #"env DB_PASSWORD must not be a literal, found "CANARY""#,
    "env var DB_PASSWORD has value CANARY which looks like a secret",
    "env var DB_PASSWORD must not be set to CANARY",
    "container app sets DB_PASSWORD to \"CANARY\", use a Secret",
    "Save this secret, it will not be shown again: CANARY",
    "Copy this token now, you will not see it again:\nCANARY", "role secret_id CANARY",
    "activation key CANARY", "Enter passphrase for key '/root/.ssh/id': CANARY",
  ]

  static let hashes = [
    "bob:$apr1$CANARY$abcdefghijklmnop", "root:$6$abcdefgh$CANARY:18000:0:99999:7:::",
    "root:$2y$10$abcdefghijCANARY", "root:$y$j9T$abc$CANARY",
  ]

  static let namesOfCodes = [
    "secret_id", "SECRET_ID", "STRIPE_KEY", "COOKIE_KEY", "GPG_KEY", "OPENAI_KEY", "psk",
    "wpa_psk", "PresharedKey", "preshared_key", "passcode", "recovery_code", "recoveryCodes",
    "backup_codes", "seed_phrase", "activation_key", "device_code", "SESSION_SALT",
  ]
  static let pairs = [
    "recovery code: CANARY", "Recovery codes: CANARY CANARY", "backup codes: 12345678 CANARY",
    "seed phrase: use CANARY two CANARY", "activation key: CANARY", "pre-shared key: CANARY",
    "- name: STRIPE_KEY\n  value: CANARY", "license key: CANARY",
  ]

  static let keptBeside = [
    "vault login failed: permission denied", "run vault login again", "vault write failed",
    "vault kv put failed", "htpasswd -b is not there", "echo done | cat", "echo a | tee x",
    "lftp -u is no flag", "AUTH failed", "AUTH required", "AUTH not supported", "ERR AUTH PLAIN",
    "masterauth missing", "main.go:12:5:x:y", "12:34:56", "00:11:22:33:44:55", "h:5432:db",
    "2001:db8:1:2:3:4:5:6", "sed s/a/$1$2/", "price: $6 and $7", "user_code: ABCD-EFGH",
    "PRIMARY_KEY=id", "PUBLIC_KEY=abc", "SSL_KEY=/etc/tls/tls.key", "exit code: 3",
    "country code: 41", "response codes: 200", "--secret-id prod/db", "SecretId: prod/db",
    "error: DUPLICATE_KEY: a is there", "set STRIPE_KEY: see the manual", "secret_ids are numbers",
    "env DB_PASSWORD must be set to a reference", "DB_PASSWORD is required but not set",
    "env DB_PASSWORD must use \"secretKeyRef\"", "env DB_PASSWORD in container \"app\" is literal",
    "env DB_PASSWORD has a literal value, found \"value\"", "Save this secret, then go on again",
    "jdbc:oracle:thin:@//h:1521/x", "parse \"https://h:443/a b\": invalid character",
    "salt: the minion is up", "invalid port number 70000", "net use failed: no such host",
    "mc alias set failed", "curl -b is no flag", "openssl enc -k is deprecated",
    "ENV token is not set", "aws token expired", "git credentials missing",
    "ENV DB_PASSWORD must be set", #"{"assertion":"failed at once"}"#,
    "git does not honor the core.askPass configuration", "AUTH LOGIN",
    "vault operator unseal again", "useradd -p is missing", "echo a | kinit-helper",
    "GET https://h/x?code=12345678&key=a/b/c/d/e", "?ticket=OPS-12345", "requirepass is not set",
    "key=payment-db", "rabbitmqctl add_user failed: exit 70", "kubectl config set a",
  ]
}
