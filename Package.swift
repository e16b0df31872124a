// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// TLÁO Codex. Targets stand in the order of the flow: what a user calls, the four stages, what
// they share, the technology underneath, the C libraries. A module imports only what it declares
// here (`--explicit-target-dependency-import-check error`, see the Makefile).

/// Settings of every Swift target: an import is private to its file unless it says otherwise, and
/// a member is visible only where its module is imported.
let common: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

/// Settings of everything that is not a wrapper: an unsafe expression (a pointer that left its
/// wrapper, for example) is a build error.
let safe: [SwiftSetting] =
    common + [.strictMemorySafety(), .treatWarning("StrictMemorySafety", as: .error)]

// Third-party products, once each.
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncAlgorithms = Target.Dependency.product(
    name: "AsyncAlgorithms", package: "swift-async-algorithms")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioFileSystem = Target.Dependency.product(name: "_NIOFileSystem", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "tlao-codex",
    products: [
        .executable(name: "tlao", targets: ["CLI"]),
        .executable(name: "tlao-codex", targets: ["Server"]),
        .executable(name: "tlao-agent-host", targets: ["AgentHost"]),
        .library(name: "TlaoSDK", targets: ["TlaoSDK"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0",
            traits: ["JSON", "CommandLineArguments"]),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    ],
    targets: [
        // What a user calls: the client library and the command line.
        .target(
            name: "TlaoSDK",
            dependencies: ["Model", "API", "Curl", crypto, system],
            path: "Sources/Client/SDK", swiftSettings: safe),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "TlaoSDK", "Model", "API", "Archive", arguments, crypto, subprocess, system,
            ],
            path: "Sources/Client/CLI", swiftSettings: safe),

        // Stage 1, Intake: HTTP requests in, `run.requests` out.
        .target(
            name: "Intake",
            dependencies: [
                "Model", "Records", "API", "Access", "Storage", "Repositories", "Seams",
                "ServiceRuntime", hummingbird, hummingbirdCore, nioCore, nioHTTPTypes, httpTypes,
                crypto, cryptoExtras, logging, metrics, lifecycle,
            ],
            swiftSettings: safe),
        // Stage 2, Dispatcher: `run.requests` and heartbeats in, `run.assignments` out; the sweeper.
        .target(
            name: "Dispatcher",
            dependencies: [
                "Model", "Records", "Storage", "Repositories", "Seams", "ServiceRuntime",
                collections, logging, metrics, lifecycle,
            ],
            swiftSettings: safe),
        // Stage 3, Executor: `run.assignments` in, an agent's work done, `run.events` out.
        // The module is ExecutorService because Swift has a protocol named Executor.
        .target(
            name: "ExecutorService",
            dependencies: [
                "Model", "Records", "Storage", "Repositories", "Seams", "ServiceRuntime", "Archive",
                "Processes", asyncAlgorithms, collections, crypto, subprocess, system,
                nioFileSystem, nioCore, logging, metrics, lifecycle,
            ],
            path: "Sources/Executor", swiftSettings: safe),
        // Stage 4, Notifier: `run.events` in, Server-Sent Events out.
        .target(
            name: "Notifier",
            dependencies: [
                "Model", "Records", "API", "Access", "Storage", "Repositories", "Seams",
                "ServiceRuntime", hummingbird, hummingbirdCore, nioCore, nioHTTPTypes, httpTypes,
                collections, logging, metrics, lifecycle,
            ],
            swiftSettings: safe),

        // One stage, or all of them in one process, and the admin commands.
        .executableTarget(
            name: "Server",
            dependencies: [
                "Intake", "Dispatcher", "ExecutorService", "Notifier", "Model", "Records", "API",
                "Access", "Storage", "SQLiteStorage", "FolderStorage", "Repositories", "Seams",
                "ServiceRuntime", "Messaging", "Kafka", "Processes", arguments, configuration,
                crypto,
                hummingbird, hummingbirdCore, nioCore, nioPosix, httpTypes, logging, metrics,
                lifecycle, unixSignals, system,
            ],
            swiftSettings: safe),
        // The agent's parent: a small C program with no library but libc.
        .executableTarget(
            name: "AgentHost",
            cSettings: [.define("_GNU_SOURCE"), .unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),

        // What the stages share.
        .target(name: "Model", path: "Sources/Common/Model", swiftSettings: safe),
        .target(
            name: "Seams", dependencies: ["Model"], path: "Sources/Common/Seams",
            swiftSettings: safe),
        .target(
            name: "Records", dependencies: ["Model"], path: "Sources/Common/Records",
            swiftSettings: safe),
        .target(
            name: "API", dependencies: ["Model"], path: "Sources/Common/API", swiftSettings: safe),
        .target(name: "Storage", path: "Sources/Common/Storage/Protocols", swiftSettings: safe),
        .target(
            name: "Repositories", dependencies: ["Model", "Seams", "Storage", logging],
            path: "Sources/Common/Storage/Repositories", swiftSettings: safe),
        .target(
            name: "Access",
            dependencies: [
                "Model", "Seams", "Storage", "Repositories", crypto, cryptoExtras, jwt, logging,
            ],
            path: "Sources/Common/Access", swiftSettings: safe),
        .target(
            name: "ServiceRuntime",
            dependencies: ["Model", "Seams", configuration, logging, metrics, lifecycle, system],
            path: "Sources/Common/ServiceRuntime", swiftSettings: safe),
        .target(
            name: "Messaging",
            dependencies: ["Model", "Records", "Seams", "Kafka", logging, lifecycle],
            path: "Sources/Common/Messaging", swiftSettings: safe),

        // Technology: these never know the word "run".
        .target(
            name: "SQLiteStorage", dependencies: ["Storage", grdb, system],
            path: "Sources/Common/Storage/SQLite", swiftSettings: safe),
        .target(
            name: "FolderStorage",
            dependencies: ["Storage", crypto, nioFileSystem, nioCore, system],
            path: "Sources/Common/Storage/Folder", swiftSettings: safe),
        .target(
            name: "Kafka", dependencies: ["CRdKafka", logging, lifecycle],
            path: "Sources/Common/Kafka", swiftSettings: common),
        .target(
            name: "Curl", dependencies: ["CCurl"], path: "Sources/Common/Curl",
            swiftSettings: common),
        .target(
            name: "Archive", dependencies: ["CArchive", system], path: "Sources/Common/Archive",
            swiftSettings: common),
        .target(
            name: "Processes", dependencies: ["CProcesses"], path: "Sources/Common/Processes",
            swiftSettings: common),

        // The C libraries, each imported by exactly one wrapper above.
        .systemLibrary(
            name: "CRdKafka", path: "Sources/Common/CLibraries/CRdKafka", pkgConfig: "rdkafka",
            providers: [.apt(["librdkafka-dev"])]),
        .target(
            name: "CCurl", path: "Sources/Common/CLibraries/CCurl",
            linkerSettings: [.linkedLibrary("curl")]),
        .target(
            name: "CArchive", path: "Sources/Common/CLibraries/CArchive",
            linkerSettings: [.linkedLibrary("archive")]),
        .target(
            name: "CProcesses", path: "Sources/Common/CLibraries/CProcesses",
            cSettings: [.define("_GNU_SOURCE")]),

        // Tests mirror the sources. Helpers are targets of their own, never in Sources.
        .target(
            name: "PropertyTesting", path: "Tests/Support/PropertyTesting", swiftSettings: common),
        .target(
            name: "TestSupport",
            dependencies: [
                "Model", "Records", "Storage", "SQLiteStorage", "FolderStorage", "Repositories",
                "Seams", "ServiceRuntime", "PropertyTesting", nioCore, nioPosix,
                logging,
            ],
            path: "Tests/Support/TestSupport", swiftSettings: common),
        .target(
            name: "LoopbackServer", dependencies: [nioCore, nioPosix],
            path: "Tests/Support/LoopbackServer", swiftSettings: common),
        .executableTarget(
            name: "mock-broker", dependencies: ["Kafka"], path: "Tests/Support/mock-broker",
            swiftSettings: common),
        .testTarget(
            name: "PropertyTestingTests", dependencies: ["PropertyTesting", "TestSupport"],
            path: "Tests/Support/PropertyTestingTests", swiftSettings: common),
        .testTarget(
            name: "TlaoSDKTests",
            dependencies: [
                "TlaoSDK", "Model", "Seams", "API", "PropertyTesting", "TestSupport",
                "LoopbackServer", crypto,
            ],
            path: "Tests/Client/SDKTests", swiftSettings: common),
        .testTarget(
            name: "CLITests",
            dependencies: [
                "CLI", "TlaoSDK", "Model", "API", "Archive", "PropertyTesting", "TestSupport",
                "LoopbackServer", crypto, subprocess, system,
            ],
            path: "Tests/Client/CLITests", swiftSettings: common),
        .testTarget(
            name: "IntakeTests",
            dependencies: [
                "Intake", "Model", "Records", "API", "Access", "Storage", "SQLiteStorage",
                "FolderStorage", "Repositories", "Seams", "ServiceRuntime", "PropertyTesting",
                "TestSupport", hummingbird, nioCore, httpTypes, jwt, crypto, logging,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: common),
        .testTarget(
            name: "DispatcherTests",
            dependencies: [
                "Dispatcher", "Model", "Records", "Storage", "SQLiteStorage", "Repositories",
                "Seams", "ServiceRuntime", "PropertyTesting", "TestSupport", logging,
            ],
            swiftSettings: common),
        .testTarget(
            name: "ExecutorServiceTests",
            dependencies: [
                "ExecutorService", "Model", "Records", "Storage", "SQLiteStorage", "FolderStorage",
                "Repositories", "Seams", "ServiceRuntime", "Archive", "Processes",
                "PropertyTesting", "TestSupport", subprocess, system, crypto, lifecycle, logging,
            ],
            path: "Tests/ExecutorTests", swiftSettings: common),
        .testTarget(
            name: "NotifierTests",
            dependencies: [
                "Notifier", "Model", "Records", "API", "Access", "Storage", "SQLiteStorage",
                "Repositories", "Seams", "ServiceRuntime", "PropertyTesting", "TestSupport",
                hummingbird, hummingbirdCore, nioCore, nioPosix, nioEmbedded, nioHTTPTypes,
                httpTypes, logging,
            ],
            swiftSettings: common),
        .testTarget(
            name: "ModelTests", dependencies: ["Model", "Seams", "PropertyTesting", "TestSupport"],
            path: "Tests/Common/ModelTests", swiftSettings: common),
        .testTarget(
            name: "RecordsTests",
            dependencies: ["Records", "API", "Model", "Seams", "PropertyTesting", "TestSupport"],
            path: "Tests/Common/RecordsTests", swiftSettings: common),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Storage", "SQLiteStorage", "FolderStorage", "Repositories", "Model", "Seams",
                "PropertyTesting", "TestSupport", crypto, grdb, logging, subprocess, system,
            ],
            path: "Tests/Common/StorageTests", swiftSettings: common),
        .testTarget(
            name: "RepositoriesTests",
            dependencies: ["Repositories", "Model", "Storage", "PropertyTesting", "TestSupport"],
            path: "Tests/Common/RepositoriesTests", swiftSettings: common),
        .testTarget(
            name: "AccessTests",
            dependencies: [
                "Access", "Model", "Storage", "Repositories", "Seams", "PropertyTesting",
                "TestSupport", jwt, crypto,
            ],
            path: "Tests/Common/AccessTests", swiftSettings: common),
        .testTarget(
            name: "ServiceRuntimeTests",
            dependencies: [
                "ServiceRuntime", "Model", "Seams", "PropertyTesting", "TestSupport", configuration,
                jwt,
                crypto, logging,
            ],
            path: "Tests/Common/ServiceRuntimeTests", swiftSettings: common),
        .testTarget(
            name: "KafkaTests",
            dependencies: [
                "Kafka", "Messaging", "Records", "PropertyTesting", "TestSupport", logging,
            ],
            path: "Tests/Common/KafkaTests", swiftSettings: common),
        .testTarget(
            name: "CurlTests",
            dependencies: ["Curl", "PropertyTesting", "TestSupport", nioCore, nioPosix, nioHTTP1],
            path: "Tests/Common/CurlTests", swiftSettings: common),
        .testTarget(
            name: "ArchiveTests",
            dependencies: ["Archive", "PropertyTesting", "TestSupport", system],
            path: "Tests/Common/ArchiveTests", swiftSettings: common),
        .testTarget(
            name: "ProcessesTests", dependencies: ["Processes", "AgentHost"],
            path: "Tests/Common/ProcessesTests", swiftSettings: common),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "TlaoSDK", "Model", "Seams", "API", "Records", "Kafka", "Curl", "PropertyTesting",
                "TestSupport", subprocess, system,
            ],
            path: "Tests/EndToEnd", swiftSettings: common),
    ]
)
