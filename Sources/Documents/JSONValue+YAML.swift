extension JSONValue {
  /// A YAML document in block style, without a `---`, that every YAML 1.1 and 1.2 reader reads as
  /// this value.
  public func yaml() -> String {
    // JSON is YAML.
    String(decoding: serialized(pretty: true), as: UTF8.self)
  }
}
