import Documents
import Testing

@Test("A document comes back in the order of its keys")
func roundTrip() throws {
  let value = try JSONValue(parsing: Array(#"{"b":[1,2.5,null,true],"a":"x/y"}"#.utf8))
  #expect(value["b"] == [1, 2.5, .null, true])
  #expect(
    String(decoding: value.serialized(pretty: false), as: UTF8.self)
      == #"{"a":"x/y","b":[1,2.5,null,true]}"#)
}
