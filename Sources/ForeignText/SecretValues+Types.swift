/// What a line leaves open, and what is found in it.
extension SecretValues {
  /// What the lines to come are, after one that ended with a name.
  enum Awaited {
    case nothing
    /// A value, unless a key comes. The number is where the line with the name begins.
    case value(Int, Reach)
    /// All that is further in than this, and what comes first.
    case block(Int, isBegun: Bool)
    case items
    /// What is in a map or a list that is open, but for keys.
    case container(Container)
    case map(Map)
    /// What is further in than this, but for keys: the value goes on.
    case rest(Int)
    /// So many lines.
    case lines(Int)
    /// A value on a line of its own, if it looks like one.
    case announced
    /// Of a list of arguments, or of a command.
    case argument
    /// What is after this sign in an argument.
    case half(after: UInt8)
    /// The same of each item of a list.
    case halves(after: UInt8)
    /// Rows of bytes in hexadecimal digits.
    case hexDump
    case endOfQuote(Quote)
    /// What an element of XML holds; of the next one, if it is not open yet.
    case element(isOpen: Bool, left: Int)
    /// A line with this word alone.
    case here([UInt8], left: Int)
    /// The end of what the API server quotes; so many bytes may still come before it.
    case context(left: Int)
  }

  /// What of a map is secret.
  enum Reach {
    /// All but what tells where a secret is.
    case named
    /// All, whatever its name is.
    case all
    /// What looks as in a Secret.
    case encoded
  }

  /// The values of keys.
  struct Map {
    /// They are further in than this.
    var indent: Int
    var reach = Reach.named
    /// Where they begin, once one has come.
    var column: Int?
  }

  struct Quote {
    var sign: UInt8
    /// Backslashes before it: one in a string of JSON, three in a string of that, and so on.
    var escapes: Int
    /// How deep it is encoded.
    var depth: UInt8 = 0
    /// Bytes that may still come before its end.
    var left = Redactor.longestKey

    var count: Int { escapes + 1 }
  }

  /// The name of an entry, whose value is told beside it.
  struct Entry {
    var column: Int
    var line: Int
    /// Its value is further in, in braces.
    var isBlock = false
    /// What it is called by.
    var key: [UInt8] = []
    var reach = Reach.named
  }

  /// A word that may be the name of a secret.
  struct Name {
    var range: Range<Int>
    var depth: Int
    var isDouble = false
    var isInString = false
    /// In a table whose heading is above.
    var isInRow = false
    /// What parts it from its value after `IDENTIFIED` in SQL.
    var isIdentified = false
    /// How deep the sign is encoded that parts it from its value.
    var signDepth: UInt8 = 0
    var reach = Reach.named

    /// As a key of JSON is.
    func isQuoted(_ bytes: [UInt8]) -> Bool {
      range.lowerBound > 0 && range.upperBound < bytes.count
        && isQuote(bytes[range.lowerBound - 1])
        && isQuote(bytes[range.upperBound])
    }
  }
}
