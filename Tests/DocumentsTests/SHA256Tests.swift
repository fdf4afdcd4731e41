import Documents
import Testing

@Test(
  "A digest is that of FIPS 180-4, in lower-case hexadecimal",
  arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
func digest(text: String, expected: String) {
  #expect(SHA256.hex(of: text.utf8) == expected)
  #expect(SHA256.hex(of: text.utf8.lazy.map { $0 }) == expected)
}
