import FoundationEssentials

/// What tests look at in a list.
struct Listing: Decodable {
  struct Item: Decodable {
    struct Metadata: Decodable {
      var name: String
      var namespace: String?
    }
    var metadata: Metadata
  }
  struct Metadata: Decodable {
    var `continue`: String?
    var remainingItemCount: Int?
  }
  var kind: String
  var metadata: Metadata
  var items: [Item]

  init(_ text: String) throws {
    self = try JSONDecoder().decode(Listing.self, from: Data(text.utf8))
  }
}
