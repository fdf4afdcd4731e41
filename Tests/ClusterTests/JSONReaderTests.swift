import Testing

@testable import Cluster

@Suite("Reading the JSON of an object")
struct JSONReaderTests {
  private func read(_ json: String) throws -> Metadata {
    try decode(AnyObjectMetadata.self, Array("{\"metadata\":\(json)}".utf8)).metadata
  }

  @Test("What is asked for is read, whatever stands between it")
  func values() throws {
    let metadata = try read(
      #"""
       { "other" : [ 1 , {"a":"}]\"","b":[]} , "\\" ] , "name":"a", "generation" : -7 ,
        "namespace":null,"labels":{},"uid":"\u00e4\n\"\ud83d\ude00","last":1.5e3,"rest":[-0,0.5E-7,true,false,null,[],{}],"managedFields":
        [ {"manager":"m","fieldsV1":{"f:x":{}}} , {} ] }
      """#)
    #expect(metadata.name == "a" && metadata.generation == -7 && metadata.namespace == nil)
    #expect(metadata.labels == [:] && metadata.uid == "ä\n\"😀")
    #expect(metadata.managedFields?.map(\.manager) == ["m", nil])
  }

  @Test(
    "What is not as it should be is refused",
    arguments: [
      "{}", "[]", "null", "3", #"{"name":null}"#, #"{"name":3}"#, #"{"name":"a"]"#,
      #"{"name":"a","generation":"3"}"#, #"{"name":"a","generation":99999999999999999999}"#,
      #"{"name":"a","labels":{"x":1}}"#, #"{"name":"a","labels":{"x":null}}"#,
      #"{"name":"a","labels":[]}"#, #"{"name":"a" "b":1}"#, #"{"name":"a",}"#, #"{"name" "a"}"#,
      #"{"name":"a","managedFields":{}}"#, #"{"name":"a","uid":nil}"#, #"{"name":"\ud800"}"#,
      #"{"name":"a","x":}"#, #"{"name":"a","#, #"{"name":"a\"#, "{\"name\":\"a\u{1}\"}",
      #"{"name":"a"}}"#,
      // In what nobody asks for.
      #"{"name":"a","x":01}"#, #"{"name":"a","x":1.}"#, #"{"name":"a","x":1e}"#,
      #"{"name":"a","x":-}"#, #"{"name":"a","x":+1}"#, #"{"name":"a","x":nul}"#,
      #"{"name":"a","x":[1 2]}"#, #"{"name":"a","x":[1,]}"#, #"{"name":"a","x":{"y" 1}}"#,
      #"{"name":"a","x":{"y":1,}}"#, #"{"name":"a","x":{1:1}}"#, #"{"name":"a","x":[}]}"#,
      #"{"name":"a","x":[:]}"#, #"{"name":"a","x":0x1}"#, #"{"name":"a","x":NaN}"#,
    ])
  func refused(json: String) {
    #expect(throws: KubectlError.self) { try read(json) }
  }

  @Test("Bytes that are no text are refused, not replaced")
  func noText() {
    let bytes = Array(#"{"metadata":{"name":"a"#.utf8) + [0xff] + Array(#""}}"#.utf8)
    #expect(throws: KubectlError.self) { try decode(AnyObjectMetadata.self, bytes) }
  }

  @Test("A volume of an unknown shape hides none of the others")
  func volumes() throws {
    let object = try decode(
      WorkloadObject.self,
      Array(
        #"""
        {"metadata":{"name":"a"},"spec":{"template":{"spec":{"volumes":[
          {"name":"1","odd":{"secretName":7}},{"name":"2","odder":[{}]},
          {"name":"3","secret":{"secretName":"s"}},{"name":"4","configMap":{"name":"c"}}]}}}}
        """#.utf8))
    #expect(object.podTemplate?.secrets == ["s"] && object.podTemplate?.configMaps == ["c"])
  }
}
