// swift-tools-version: 6.0
import PackageDescription

// For debug builds of what the tests run most, where it takes a fraction of the time: redacting,
// parsing and saving are loops over bytes. For others it costs more than it brings.
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

// One target per concern; arrows go from the executable down and never sideways.
// The leaves (Wizard, TerminalText, Documents) import no other target.
let package = Package(
  name: "map-import",
  products: [
    .executable(name: "map-import", targets: ["map-import"]),
    .executable(name: "map-import-stand-in", targets: ["map-import-stand-in"]),
  ],
  targets: [
    // MARK: Leaves
    .target(name: "Wizard"),
    .target(name: "TerminalText", swiftSettings: optimized),
    .target(name: "Files", swiftSettings: optimized),
    .target(name: "ForeignText", dependencies: ["TerminalText"], swiftSettings: optimized),
    .systemLibrary(name: "CSpawn"),
    .target(
      name: "Subprocess", dependencies: ["CSpawn", "ForeignText"], swiftSettings: optimized),
    .systemLibrary(name: "CMessageDigest", providers: [.apt(["libmd-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "Documents", dependencies: ["CMessageDigest", "CZlib"], swiftSettings: optimized),

    // MARK: The world
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(
      name: "Cluster", dependencies: ["CCurl", "Documents", "ForeignText", "Subprocess", "Wizard"],
      swiftSettings: optimized),
    .target(
      name: "Hub", dependencies: ["Documents", "ForeignText", "Subprocess", "Wizard"],
      swiftSettings: optimized),

    // MARK: Sessions
    .target(
      name: "SessionFormat", dependencies: ["Documents", "ForeignText", "Wizard"],
      swiftSettings: optimized),
    .target(
      name: "Sync", dependencies: ["Documents", "ForeignText", "SessionFormat", "Wizard"],
      swiftSettings: optimized),
    .target(
      name: "Logs",
      dependencies: [
        "Documents", "Files", "ForeignText", "SessionFormat", "TerminalText", "Wizard",
      ]),
    .target(
      name: "SessionStore",
      dependencies: ["Documents", "Files", "Logs", "SessionFormat", "TerminalText", "Wizard"],
      swiftSettings: optimized),

    // MARK: The screen
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
    .target(name: "Terminal", dependencies: ["CNcurses", "TerminalText"]),
    .target(name: "Screens", dependencies: ["ForeignText", "TerminalText", "Wizard"]),

    // MARK: The program
    .target(
      name: "Effects",
      dependencies: [
        "CMalloc", "Cluster", "Documents", "Files", "ForeignText", "Hub", "Logs", "SessionFormat",
        "SessionStore", "Subprocess", "Sync", "TerminalText", "Wizard",
      ]),
    .target(
      name: "Program",
      dependencies: [
        "CGetopt", "Cluster", "Documents", "Effects", "Files", "ForeignText", "Hub", "Logs",
        "Screens", "SessionFormat", "SessionStore", "Subprocess", "Sync", "Terminal",
        "TerminalText", "Wizard",
      ]),
    .executableTarget(name: "map-import", dependencies: ["CMalloc", "Effects", "Program"]),
    .systemLibrary(name: "CGetopt"),
    .systemLibrary(name: "CMalloc"),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "CMalloc", "Cluster", "Files", "Screens", "SessionFormat", "SessionStore", "Subprocess",
        "TerminalText", "Wizard",
      ]),

    // MARK: The tests' world
    .executableTarget(
      name: "map-import-stand-in", path: "fixtures",
      exclude: [
        "cases", "recordings/cub", "recordings/fleet", "recordings/kind-atk/viewer",
        "recordings/kind-atk/index.json",
        "recordings/kind-atk/apis_apps_v1_deployments@limit=5.json",
        "recordings/kind-atk/apis_batch_v1_cronjobs.json",
        "recordings/kind-atk/apis_policy_v1_poddisruptionbudgets.json",
      ],
      sources: ["stand-in"], resources: [.embedInCode("recordings/kind-atk")]),
    .target(name: "TestWorld", path: "Tests/TestWorld"),
    .executableTarget(
      name: "SessionFighter",
      dependencies: [
        "Files", "Logs", "SessionFormat", "SessionStore", "Subprocess", "Wizard",
      ],
      path: "Tests/SessionFighter"),
    .executableTarget(
      name: "SaveDriver", dependencies: ["Files", "SessionFormat", "SessionStore", "Wizard"],
      path: "Tests/SaveDriver"),
    .systemLibrary(name: "CTracing", path: "Tests/CTracing"),
    .executableTarget(name: "KillBefore", dependencies: ["CTracing"], path: "Tests/KillBefore"),

    // MARK: Tests
    .testTarget(
      name: "WizardTests", dependencies: ["Screens", "TerminalText", "TestWorld", "Wizard"]),
    .testTarget(name: "TerminalTextTests", dependencies: ["TerminalText", "TestWorld"]),
    .testTarget(name: "ForeignTextTests", dependencies: ["ForeignText", "TestWorld"]),
    .testTarget(name: "SubprocessTests", dependencies: ["Subprocess", "TestWorld"]),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Subprocess", "TestWorld"]),
    .testTarget(
      name: "ClusterTests", dependencies: ["Cluster", "TestWorld"], exclude: ["Golden"]),
    .testTarget(name: "HubTests", dependencies: ["Hub", "TestWorld"]),
    .testTarget(
      name: "SessionsTests",
      dependencies: ["Files", "Logs", "SessionFormat", "SessionStore", "TestWorld"]),
    .testTarget(
      name: "SyncTests", dependencies: ["Sync", "TestWorld"], swiftSettings: optimized),
    .testTarget(
      name: "DamageTests",
      dependencies: [
        "Documents", "Files", "KillBefore", "SessionFighter", "SessionFormat", "SessionStore",
        "TestWorld", "Wizard",
      ]),
    .testTarget(name: "ScreensTests", dependencies: ["Screens", "TestWorld"], exclude: ["Golden"]),
    .testTarget(name: "EffectsTests", dependencies: ["Effects", "TestWorld"]),
    .testTarget(
      name: "ProgramTests", dependencies: ["Program", "Screens", "Terminal", "TestWorld"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "TestWorld"]),
    .testTarget(name: "EndToEndTests", dependencies: ["TestWorld", "Wizard"]),
    .testTarget(name: "StandInTests", dependencies: ["TestWorld"]),
    .testTarget(
      name: "CrashTests",
      dependencies: ["Files", "SessionFormat", "SessionStore", "Subprocess", "TestWorld", "Wizard"]),
    .testTarget(name: "TestWorldTests", dependencies: ["TestWorld"]),
  ],
  swiftLanguageModes: [.v6]
)
