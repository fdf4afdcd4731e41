import TestWorld
import Testing

@Suite("Terminals of every kind", .waiting)
struct TerminfoTests {
  static let types = ["vt100", "xterm", "xterm-256color", "linux", "screen-256color"]
  static let looks: [([String: String], [String])] = [
    ([:], []), (["NO_COLOR": "1"], []), ([:], ["--ascii"]),
    (["NO_COLOR": "1", "LANG": "C"], ["--ascii"]),
  ]

  @Test(
    "What is written to a terminal is what terminfo has for it, and nothing else",
    arguments: types, looks)
  func transcript(type: String, look: ([String: String], [String])) throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let environment = look.0.merging(["TERM": type]) { $1 }
    let terminal = try world.start(["--demo"] + look.1, environment: environment)
    try terminal.scan()
    terminal.send("?")
    try terminal.waitFor("On, back and out")
    try terminal.resize(columns: 100, rows: 30)
    terminal.send("?", "b", "/")
    terminal.send(.paste("payment"), .enter, "p")
    try terminal.waitFor("[Import]")
    terminal.send("q", "q")
    #expect(try terminal.waitForExit().status == 0)

    try expectDescribed(terminal, type, world)
    // The test's terminal is no Linux console, which leaves its drawing set in a way of its own.
    #expect(terminal.unknownSequences.filter { type != "linux" || $0 != "SGR 10" } == [])
    let hasColours = type != "vt100" && look.0["NO_COLOR"] == nil
    #expect(colours(in: terminal.transcript).isEmpty != hasColours)
    if look.1 == ["--ascii"] {
      #expect(terminal.transcript.allSatisfy { $0 < 0x80 })
    }
  }

  @Test("So it is in a whole session, from the scan to the report, and in what is shown over it")
  func wholeSession() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let terminal = try world.start(["--demo"], environment: ["TERM": "xterm-256color"])
    try terminal.scan()
    terminal.send("1", "2", "3", "S")
    try terminal.waitFor("CHANGED")
    terminal.send(.escape)
    try terminal.confirm()
    terminal.send("x")
    try terminal.waitFor("What was chosen so far, without questions:")
    terminal.send(.escape)
    try terminal.create()
    try terminal.deliver()
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    try expectDescribed(terminal, "xterm-256color", world)
    #expect(terminal.unknownSequences == [])
  }

  /// All that was written is in the description of the terminal, see terminfo(5).
  private func expectDescribed(
    _ terminal: PseudoTerminal, _ type: String, _ world: Import
  ) throws {
    let described = try world.sandbox.run(Sandbox.find("infocmp"), ["-x", "-1", type])
    #expect(described.status == 0, "\(described.stderr)")
    var known: Set<String> = []
    for line in described.stdout.split(separator: "\n") {
      guard let sign = line.firstIndex(of: "=") else { continue }
      known.formUnion(shapes(in: withoutParameters(line[line.index(after: sign)...])))
    }
    #expect(known.count > 20)
    // What asks for the background ends with it.
    if described.stdout.contains("\tXT,") { known.insert("\\") }
    // Reports of the focus have no name there; a terminal with a clipboard has them, too.
    if described.stdout.contains("\tMs=") { known.formUnion(["1004h", "1004l"]) }
    let written = String(decoding: terminal.transcript, as: UTF8.self)
    #expect(shapes(in: written).subtracting(known) == [])
  }

  @Test("Every number of colours has its own, and the text is the same without any")
  func palettes() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let sixteen = try sixteenColours(world.sandbox)
    let direct = try directColours(world.sandbox)
    let usual: Set<Int> = [1, 2, 3, 6]
    let cases: [(environment: [String: String], allowed: Set<Int>)] = [
      (["TERM": "vt100"], []), (["TERM": "xterm-256color", "NO_COLOR": "1"], []),
      (["TERM": "linux"], usual), (["TERM": "xterm"], usual), (["TERM": "xterm-256color"], usual),
      (sixteen, usual.union([8])), (direct, usual),
    ]
    var screens: Set<String> = []
    for (environment, allowed) in cases {
      let terminal = try world.start(["--demo", "--new"], environment: environment)
      try terminal.scan()
      // The last row of the list, and none of the frame before: one that is half drawn is another.
      try terminal.waitFor("the last row in its place") { terminal in
        let rows = terminal.screen.filter { $0.contains("payment-worker") }
        return rows.count == 1 && rows[0].contains("[x]")
      }
      let used = foregrounds(terminal.terminal)
      #expect(used.isSubset(of: allowed), "\(environment): \(used)")
      // Each shows the grey or the accent of its own table.
      #expect(used.isEmpty == allowed.isEmpty, "\(environment)")
      if allowed.contains(8) { #expect(used.contains(8)) }
      // How long ago it was scanned is not the same on a busy machine.
      let lines = terminal.screen.dropLast(2).filter { !$0.contains("scanned ") }
      screens.insert(lines.joined(separator: "\n"))
      terminal.send("q")
      #expect(try terminal.waitForExit().status == 0)
    }
    #expect(screens.count == 1, "\(screens)")
  }

  /// Describes a terminal of sixteen colours that has no dim.
  private func sixteenColours(_ sandbox: Sandbox) throws -> [String: String] {
    let described = try sandbox.run(Sandbox.find("infocmp"), ["-1", "-x", "xterm-256color"])
    let lines = described.stdout.split(separator: "\n").filter { !$0.contains("dim=") }.dropFirst(2)
    let text = "map16|sixteen colours,\n" + lines.joined(separator: "\n") + "\n"
    return try compiled(text.replacing("colors#0x100", with: "colors#16"), "map16", sandbox)
  }

  /// One whose colours are numbers of red, green and blue.
  private func directColours(_ sandbox: Sandbox) throws -> [String: String] {
    let text = #"""
      direct|colours as ncurses describes them for xterm-direct,
      	RGB, colors#0x1000000, pairs#0x10000, CO#8,
      	setaf=\E[%?%p1%{8}%<%t3%p1%d%e38:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,
      	setab=\E[%?%p1%{8}%<%t4%p1%d%e48:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,
      	initc@, ccc@, oc@, use=xterm-256color,

      """#
    return try compiled(text, "direct", sandbox)
  }

  private func compiled(
    _ text: String, _ name: String, _ sandbox: Sandbox
  ) throws -> [String: String] {
    let source = try sandbox.write(text, to: "\(name).ti")
    let database = "\(sandbox.directory)/terminfo"
    let compiled = try sandbox.run(Sandbox.find("tic"), ["-x", "-o", database, source])
    #expect(compiled.status == 0, "\(compiled.stderr)")
    return ["TERM": name, "TERMINFO": database]
  }

  /// The colours of the palette that the text on the screen has.
  private func foregrounds(_ terminal: TerminalEmulator) -> Set<Int> {
    var found: Set<Int> = []
    for row in 0..<24 {
      for column in 0..<80 {
        let cell = terminal.cell(row, column)
        if case .indexed(let colour) = cell.style.foreground { found.insert(colour) }
      }
    }
    return found
  }

  /// The escape sequences of a text without their numbers, but for modes, whose numbers matter.
  private func shapes(in text: String) -> Set<String> {
    var shapes: Set<String> = []
    for part in text.unicodeScalars.split(separator: "\u{1B}", omittingEmptySubsequences: false)
      .dropFirst()
    {
      guard let first = part.first else { continue }
      guard first == "[" else {
        shapes.insert(
          String(String.UnicodeScalarView(part.prefix("()#".contains(Character(first)) ? 2 : 1))))
        continue
      }
      let body = part.dropFirst().prefix { !("@"..."~").contains($0) }
      guard let final = part.dropFirst(1 + body.count).first else { continue }
      let isMode = body.first == "?" && "hl".contains(Character(final))
      let modes = String(String.UnicodeScalarView(body)).split(separator: ";")
      if isMode {
        for mode in modes { shapes.insert("\(mode.drop { $0 == "?" })\(final)") }
      } else {
        let marks = body.filter { !("0"..."9").contains($0) && $0 != ";" }
        shapes.insert("[" + String(String.UnicodeScalarView(marks)) + String(final))
      }
    }
    return shapes
  }

  /// A capability as infocmp(1) prints it, with what stands for its parameters taken out.
  private func withoutParameters(_ capability: Substring) -> String {
    var text = ""
    var rest = capability.replacing("\\E", with: "\u{1B}")[...]
    while let next = rest.popFirst() {
      guard next == "%", let operation = rest.popFirst() else {
        text.append(next)
        continue
      }
      switch operation {
      case "p", "P", "g": _ = rest.popFirst()
      case "{": rest = rest.drop { $0 != "}" }.dropFirst()
      case "'": rest = rest.dropFirst(2)
      case "%": text.append("%")
      default: break
      }
    }
    return text
  }
}

/// The parameters of SGR sequences that set a colour.
func colours(in transcript: [UInt8]) -> [Int] {
  String(decoding: transcript, as: UTF8.self).split(separator: "\u{1B}[").flatMap { part in
    let numbers = part.prefix { $0.isNumber || $0 == ";" }
    guard part.dropFirst(numbers.count).first == "m" else { return [Int]() }
    return numbers.split(separator: ";").compactMap { Int($0) }
      .filter { (30...48).contains($0) && $0 != 39 || $0 >= 90 }
  }
}
