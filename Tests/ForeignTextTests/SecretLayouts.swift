/// Layouts of secrets, in which `CANARY` stands for the secret, and texts that hold none.
enum SecretLayouts {
  static let manifests = [
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  license: CANARY",
    "apiVersion: v1\ndata:\n  license: CANARY\nkind: Secret\nmetadata:\n  name: x",
    "data:\n  username: CANARY\n  name: CANARY\n  key: CANARY\nkind: Secret",
    "kind: Secret\nstringData:\n  username: CANARY\n  path: CANARY",
    "stringData:\n  name: CANARY\nkind: Secret",
    "kind: Secret\nstringData:\n  app.conf: |\n    user: bob\n    line CANARY\n    user: "
      + "CANARY\n\n    CANARY: x",
    "data:\n  uri: >-\n    CANARY\n    CANARY\nkind: Secret",
    "stringData:\n  uri: \"two\n    a: CANARY\"\nkind: Secret",
    "data: {license: CANARY, username: CANARY}\nkind: Secret",
    "data: {\n  license: CANARY }\nkind: Secret",
    "kind: \"Secret\"\ndata:\n  \"license\": \"CANARY\"",
    "kind: Secret # the license\ndata: # of it\n  license: CANARY",
    "kind: Secret\ndata:\n  ? license\n  : CANARY",
    // In lists.
    "apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    license: CANARY\n  kind: "
      + "Secret\nkind: List",
    "items:\n- data:\n    license: CANARY\n  metadata:\n    name: x\n- data:\n    b: "
      + "CANARY\nkind: SecretList",
    "kind: SecretList\nitems:\n  - metadata:\n      name: x\n    data:\n      license: CANARY",
    "kind: ConfigMap\ndata:\n  a: b\n---\ndata:\n  license: CANARY\nkind: Secret\n---\nkind: Pod",
    "kind: ConfigMap\ndata:\n  a: b\napiVersion: v1\ndata:\n  license: CANARY\nkind: Secret",
    // Further in, and in other words.
    "Error: cannot apply\n    apiVersion: v1\n    data:\n      license: CANARY\n    "
      + "kind: Secret\n",
    "could not apply: apiVersion: v1\ndata:\n  license: CANARY\nkind: Secret",
    "the object apiVersion: v1 data: license: CANARY username: CANARY kind: Secret is wrong",
    "kind: Secret metadata: name: x data: license: CANARY",
    "> data:\n>   license: CANARY\n> kind: Secret",
    "+apiVersion: v1\n+data:\n+  license: CANARY\n+kind: Secret",
    " data:\n-  license: CANARY\n+  license: CANARY\n kind: Secret",
    "| kind: Secret\n| data:\n|   license: CANARY",
    // In JSON.
    #"{"apiVersion":"v1","data":{"username":"CANARY"},"kind":"Secret"}"#,
    "{\n    \"apiVersion\": \"v1\",\n    \"data\": {\n        \"name\": \"CANARY\",\n    "
      + "    \"key\": \"CANARY\"\n    },\n    \"kind\": \"Secret\"\n}",
    "{\n  \"items\": [\n    {\n      \"data\": {\n        \"a\": \"CANARY\"\n      }\n   "
      + " }\n  ],\n  \"kind\": \"SecretList\"\n}",
    "{\"kind\": \"Secret\",\n \"data\":\n {\"username\": \"CANARY\"}}",
    #"{"kind":"List","items":[{"kind":"Secret","data":{"username":"CANARY"}}]}"#,
    #"last-applied: {\"data\":{\"username\":\"CANARY\"},\"kind\":\"Secret\"}"#,
    #"{"msg":"apiVersion: v1\ndata:\n  username: CANARY\nkind: Secret\n","a":1}"#,
    #"{"msg":"{\"m\":\"data:\\n  username: CANARY\\nkind: Secret\\n\"}"}"#,
    #"error="kind: Secret\nstringData:\n  name: CANARY\n" x=1"#,
    "{'data': {'username': 'CANARY'}, 'kind': 'Secret'}",
    "{\"data\":{\n\"user\":\"CANARY\",\"b\":\"CANARY\"\n},\"kind\":\"Secret\"}",
    "kind: !!str Secret\ndata:\n  a: CANARY", "kind: Secret\ndata: &x\n  a: CANARY",
    // Behind what a program puts before each line.
    "[pod/x] data:\n[pod/x]   license: CANARY\n[pod/x] kind: Secret",
    "2026-11-27T10:00:00Z data:\n2026-11-27T10:00:01Z   a: CANARY\n2026-11-27T10:00:02Z "
      + "kind: Secret",
    "    1\tkind: Secret\n    2\tdata:\n    3\t  license: CANARY",
  ]

  /// Where no line before tells what it is.
  static let encoded = [
    "apiVersion: v1\ndata:\n  license: CANARY", "data:\n  license: \"CANARY\"\n",
    "{\n  \"data\": {\n    \"license\": \"CANARY\"\n  },",
    "cannot list resource \"x_y\" in group\ndata:\n  license: CANARY",
  ]

  static let complaints = [
    #"The Secret "x" is invalid: data[foo]: Invalid value: "CANARY": must be base64"#,
    "The Secret \"x\" is invalid: \n* data[a b]: Invalid value: \"CANARY\": no\n* "
      + "data[c]: Invalid value: \"CANARY\": no",
    #"Secret "x" is invalid: stringData.foo: Invalid value: "CANARY": no"#,
    #"Secret "x" is invalid: data: Invalid value: map[string]interface {}{"a":"CANARY"}: no"#,
    #"Secret in version "v1" cannot be handled as a Secret: v1.Secret.Data: decode "#
      + #"base64: illegal base64 data at input byte 3, error found in #10 byte of "#
      + #"...|sword":"CANARY","us|..., bigger context "#
      + #"...|"data":{"password":"CANARY","username":"x"},"kin|..."#,
    "cannot be handled as a Secret: error found in #10 byte of ...|a\": \"CANARY\",\n  "
      + "\"b\": \"CANARY\"\n|...",
    "&Secret{ObjectMeta:{x  default},Data:map[string][]byte{license: [67 65 78],name: "
      + "CANARY,},Type:Opaque,StringData:map[string]string{user: CANARY,},Immutable:nil,}",
    "map[apiVersion:v1 data:map[license:CANARY user:CANARY] kind:Secret metadata:map[name:x]]",
    "v1.Secret{TypeMeta:v1.TypeMeta{Kind:\"Secret\"}, "
      + "Data:map[string][]uint8{\"a\":[]uint8{CANARY}}}",
    "unstructured{Object:map[string]interface {}{\"data\":map[string]interface "
      + "{}{\"a\":\"CANARY\"}, \"kind\":\"Secret\"}}",
    "credentials:map[user:CANARY] x",
    "secret data: map[a:CANARY b:CANARY]",
    "password=map[a:CANARY]",
    // Bytes as numbers.
    "secret.Data = map[string][]byte{\"a\":[]byte{CANARY, 0x65}}",
  ]

  static let markup = [
    "<key>password</key><string>CANARY</string>", "<key>password</key>\n\t<string>CANARY</string>",
    "<key>password</key>\n<string>\nCANARY\n</string>", "<password>CANARY</password>",
    "<password>\n  CANARY\n</password>", "<password type=\"plain\">CANARY</password>",
    "<ns:password>two CANARY</ns:password>", "<password><![CDATA[two CANARY]]></password>",
    "<user name=\"bob\" password=\"CANARY\"/>", "<property name=\"password\" value=\"CANARY\"/>",
    "<add key='DB_PASSWORD' value='CANARY'/>", "<entry key=\"password\">CANARY</entry>",
    "<param name=\"db.password\" type=\"text\">CANARY</param>",
    "<Key>DB_PASSWORD</Key><Value>CANARY</Value>", "<name>password</name>\n<value>CANARY</value>",
    "<th>Password</th><td>CANARY</td>", "<password value=\"CANARY\"/>",
    "before <password>CANARY</password> after",
    "<setting name=\"Password\">\n  <value>CANARY</value>\n</setting>",
    "<key>password</key>\n<!-- of it -->\n<string>CANARY</string>",
  ]

  static let entries = [
    #"[{"ParameterKey":"DBPassword","ParameterValue":"CANARY"}]"#,
    #"{"Name":"/prod/db/password","Type":"String","Value":"CANARY"}"#,
    #"{"Name":"/prod/db/uri","Type":"SecureString","Value":"CANARY","Version":1}"#,
    #"{"Key":"db_password","Value":"CANARY"}"#,
    "{\n  \"ParameterKey\": \"DBPassword\",\n  \"UsePreviousValue\": false,\n  "
      + "\"ParameterValue\": \"CANARY\"\n}",
    "ParameterKey=DBPassword,ParameterValue=CANARY", "- Key: token\n  Value: CANARY",
    #"{"variable_name":"api_token","variable_value":"CANARY"}"#,
    // Terraform.
    "  ~ password = \"a\" -> \"CANARY\"", "  ~ password = \"CANARY\" -> \"b\"",
    "  ~ token = null -> \"CANARY\"", "      - secret_key = \"CANARY\" -> null",
    "~ api_token = abc -> CANARY", "\"password\" => \"old\" => \"CANARY\"",
    "variable \"db_password\" { default = \"CANARY\" }",
    "variable \"db_password\" {\n  type    = string\n  default = \"CANARY\"\n}",
    #"{"name":"password","default":"CANARY"}"#, "~ password = <<-EOT\n    CANARY\n  EOT",
    "db_password = (sensitive) -> \"CANARY\"", "output \"api_token\" {\n  value = \"CANARY\"\n}",
  ]

  static let statements = [
    "INSERT INTO t (a, password) VALUES (1, 'CANARY');",
    "insert into t(a,password,b) values (1,'x','y'),(2,'it''s CANARY','z')",
    "INSERT INTO `app`.`users` (`id`, `api_token`) VALUES (1, 'a, (b) CANARY'), (2, \"CANARY\")",
    "INSERT INTO t (\n  a,\n  password\n)\nVALUES\n  (1, 'CANARY'),\n  (2, 'CANARY');",
    "REPLACE INTO t (a, password) VALUES (f(1, 2), SHA2('CANARY', 256))",
    "INSERT INTO [t] ([password], [a]) VALUES (N'CANARY', 1)",
    "insert ignore into t (password) value ('CANARY')",
    "WHEN NOT MATCHED THEN INSERT (a, password) VALUES (1, 'CANARY')",
    "SELECT a FROM t WHERE password LIKE 'CANARY'",
    #"ERROR: INSERT INTO t (a, password) VALUES ('a\'b', 'CANARY')"#,
    "SET PASSWORD FOR 'u'@'h' = 'CANARY'", "SET PASSWORD FOR u = PASSWORD('two CANARY')",
    "SET PASSWORD FOR 'u'@'h' TO 'CANARY'", "SET PASSWORD = 'CANARY'",
    "IDENTIFIED BY PASSWORD 'CANARY'", "UPDATE t SET password = 'CANARY', a = 1",
  ]

  static let spellings = [
    "-----BEGIN%20RSA%20PRIVATE%20KEY-----%0ACANARY%0A-----END%20RSA%20PRIVATE%20KEY-----",
    "k=%2D%2D%2D%2D%2DBEGIN+PRIVATE+KEY%2D%2D%2D%2D%2D%0ACANARY%0A-----END+PRIVATE+KEY-----",
    #"{"k":"\u002d----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----"}"#,
    "user\tpassword\thost\nbob\tCANARY\tdb\neve\tCANARY\tdb",
    "\"user\"\t\"token\"\n\"bob\"\t\"CANARY\"",
    "id\tapi_key\n1\tCANARY", "password\tuser\tage\nCANARY\tbob\t3",
  ]

  static let commands = [
    "curl -ubob:CANARY https://h/", "curl -u bob:CANARY https://h/", "curl -u 'bob:a CANARY' -k",
    "curl --user=bob:CANARY h", "curl --proxy-user bob:CANARY h", "curl '-ubob:a CANARY' h",
    #"["curl","-u","bob:CANARY"]"#, #"["curl","-ubob:CANARY"]"#,
    "mysql -u root -p CANARY db",
    "mysql -uroot -pCANARY db",
    "/usr/bin/mysqldump -p'two CANARY' db",
    "mysql -h h -p\"CANARY\"", "sshpass -p CANARY ssh -p 22 h", "sshpass -pCANARY ssh h",
    "sshpass -p 'two CANARY' ssh h", "sqlplus scott/CANARY@db", "sqlplus -s scott/CANARY @a.sql",
    "docker login -u bob -p CANARY h",
    "docker login -pCANARY",
    "helm registry login h -u a -p CANARY",
    "redis-cli -h h -a CANARY ping", "mongosh -u a -p CANARY", "ldapsearch -D cn=x -w CANARY",
    "curl -sSu bob:CANARY h", "- mysqladmin\n- -pCANARY\n- ping", "- --from-literal\n- a=CANARY",
    "- curl\n- -u\n- bob:CANARY\n- h",
    "sqlplus -S scott/\"CANARY\"@db",
    "expdp userid=scott/CANARY@db",
    "smbclient -U bob%CANARY //h",
    "mysql -p$CANARY", #"["mysql","-u","root","-pCANARY"]"#, #"["docker","login","-p","CANARY"]"#,
    "kubectl create secret generic x --from-literal=a=CANARY --from-literal=b=CANARY",
    "kubectl create secret generic x --from-literal a=CANARY",
    "kubectl create secret generic x --from-literal='a=two CANARY' -n y",
    "kubectl create secret generic x --from-literal=a='two CANARY' -n y",
    "kubectl create secret generic x '--from-literal=a=two CANARY'",
    #"["create","secret","--from-literal","a=CANARY"]"#, #"["--from-literal=a=two CANARY"]"#,
  ]

  static let names = [
    "bindpw",
    "rootpw",
    "DB_PW",
    "olcRootPW",
    "admin_pw",
    "creds",
    "AWS_CREDS",
    "Passwort",
    "db_passwort",
    "contrase\u{F1}a", "contrasena", "mot_de_passe", "motdepasse", "X-Amz-Signature",
    "X-Amz-Credential",
    "X-Amz-Security-Token",
    "dbpass",
    "storepass",
    "\u{43F}\u{430}\u{440}\u{43E}\u{43B}\u{44C}",
    "\u{5BC6}\u{7801}",
  ]

  static let addresses = [
    "GET https://h/a?X-Amz-Credential=a&X-Amz-Signature=CANARY&b=c",
    "https://h/a?sv=1&sig=CANARY&se=2",
    "https://h/a?sv=1%26sig%3DCANARY", "https://h/a?Signature=CANARYabcdefgh&Expires=1",
    "https://h/api/f?code=CANARYabcdefgh==",
    "https://hooks.example.com/services/T01234567/B01234567/CANARY",
    "POST /services/T01234567/B01234567/CANARY failed",
    "https://example.com/api/webhooks/12345/CANARYabcdefg",
    "https://chat.example.com/hooks/CANARYabcdefgh",
    "https://api.example.com/bot123456789:CANARYabc/send",
    "machine h login bob password CANARY", "read: machine h login bob password hunter2CANARY x",
    "machine h\n  login bob\n  password CANARY",
    "machine h\nlogin bob\naccount a\npassword CANARY",
  ]

  /// A secret that looks like a word.
  static let said = [
    "the password is CANARY", "password is CANARY.", "the password is: CANARY", "password: CANARY",
    "login failed for bob, password: CANARY", "Enter this (password: CANARY) now",
    "Password for bob: CANARY", "your new token is CANARY", "mot de passe: CANARY",
    "Das Passwort ist: CANARY",
    "machine h login bob password CANARY",
    "password is \"CANARY\", bob",
    "the passphrase was CANARY", "password is now CANARY", "Password set to CANARY",
    "default login a password CANARY", "password was: CANARY", "password => CANARY",
  ]
}
