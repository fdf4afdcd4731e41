extension SecretLayouts {
  /// Statements of SQL, and what databases and their clients say of them.
  static let rows = [
    // Names in quotes of every kind.
    "UPDATE `users` SET `password`='CANARY' WHERE id = 1",
    "UPDATE `users` SET `password` = 'CANARY', `a` = 1",
    "SELECT * FROM `users` WHERE `api_token` = 'CANARY' LIMIT 1",
    "INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE `password`='CANARY'",
    "UPDATE [users] SET [password] = 'CANARY'", "config['password'] = 'CANARY'",
    "$config[\"password\"] = \"CANARY\";",
    // Comparisons, and strings of another kind.
    "WHERE token IN ('CANARY','CANARY')", "WHERE `token` NOT IN ('a', 'CANARY')",
    "WHERE token <> 'CANARY'", "WHERE token != 'CANARY' AND a = 1", "WHERE token <> N'CANARY'",
    "ALTER ROLE app PASSWORD E'CANARY'", "ALTER ROLE app PASSWORD E'two CANARY' VALID UNTIL 'x'",
    "UPDATE t SET password = E'two CANARY'",

    // What is called so where it is read.
    "SELECT 'CANARY' AS password", "SELECT 1 AS id, 'two CANARY' AS \"password\", 2 AS a",
    "MERGE INTO users u USING (SELECT 'CANARY' AS password FROM dual) s ON (1=1)",
    "INSERT INTO users (id, password) SELECT 1, 'CANARY'",
    "INSERT INTO users (id, password) SELECT f(1, 2), 'CANARY' FROM t WHERE a = 'b'",
    // Calls.
    "CALL set_password('app', 'CANARY')", "SELECT set_password(1, 'CANARY', 'a')",
    "SELECT AES_DECRYPT(x, 'CANARY')",
    "set_password('app', token=CANARY)", "encrypt(password: CANARY)",
    "SELECT pgp_sym_decrypt(data, 'CANARY') FROM t",
    // Rows below the statement.
    "COPY users (id, name, password) FROM stdin;\n1\tadmin\tCANARY\n2\tbob\tCANARY\n\\.",
    "COPY public.users (password, \"api_token\", a) FROM stdin WITH (FORMAT csv);\nCANARY,CANARY,b",
    "COPY users (password, name) TO stdout;\nCANARY\tbob\nCANARY\t\\N\n\\.",
    // Parameters behind it.
    #"INSERT INTO "users" ("name","password") VALUES ($1,$2) [admin CANARY]"#,
    #"INSERT INTO "users" ("name","password") VALUES ($1,$2) [admin two CANARY [x]]"#,
    #"UPDATE "users" SET "password"=$1 WHERE "id" = $2 [CANARY 1]"#,
    "INSERT INTO users (id, password) SELECT\n  1,\n  'CANARY'\nFROM t",
    "[SQL: UPDATE users SET password=? WHERE id=?]\n[parameters: ('CANARY', 1)]",
    "[SQL: INSERT INTO users (name, password) VALUES (%s, %s)]\n[parameters: ('a', 'CANARY')]",
    #"msg="INSERT INTO \"users\" (\"name\",\"password\") VALUES ($1,$2) [admin CANARY]""#,
    #"{"msg":"INSERT INTO \"t\" (\"a\",\"password\") VALUES (1,\"a\\\"b CANARY\")","b":"c"}"#,
    "SELECT 'CANARY'::text AS password", "EXEC sp_password NULL, 'CANARY', 'app'",
    "EXEC set_password 'app', 'CANARY'",
    "DETAIL:  parameters: $1 = 'admin', $2 = 'CANARY'",
    // What is said of a row.
    "DETAIL:  Key (api_token)=(CANARY) already exists.",
    "DETAIL: Key (tenant, api_token)=(1, CANARY) already exists.",

    #"Key (user_id, token)=(1, CANARY) is not present in table "users"."#,
    "DETAIL:  Failing row contains (1, admin, CANARY).",
    "Error 1062: Duplicate entry 'CANARY' for key 'users.api_token'",
    "Duplicate entry 'CANARY' for key 'users.api_token_UNIQUE'",
  ]

  static let keptRows = [
    "Duplicate entry 'bob' for key 'users.name'", "Duplicate entry '1' for key 'PRIMARY'",
    "DETAIL:  Key (name)=(bob) already exists.",
    "Key (tenant, name)=(1, bob) is not present in table \"users\".",
    "missing field `token` at line 3 column 5", "unknown field `password`: expected `a` or `b`",
    "UPDATE `users` SET `name`='bob' WHERE `id` IN (1, 2)", "WHERE name <> 'bob'",
    "SELECT 'bob' AS name", "COPY users (id, name) FROM stdin;\n1\tbob\n\\.",
    "COPY failed for token", "INSERT INTO users (id, name) SELECT 1, 'bob'",
    #"UPDATE "users" SET "name"=$1 WHERE "id" = $2 [bob 1]"#, "[rows:0] [0.5ms] done",
    "INSERT INTO t (password) VALUES ([redacted])\n[api-1] ready",
    "SELECT * FROM t WHERE password=$1\n[api-1] is ready [now]",
    "INSERT INTO t (a, password) SELECT a, b\ncannot 'go, on', or 'go'",
    "the file contains (1, bob)", "parameters: none", "get_name('bob')", "token in use",
    "tokens[0] is not valid", "parse entry 'a' for key 'b'", "the row contains (bob)",
  ]
}
