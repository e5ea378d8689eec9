// swift-tools-version: 6.2
import PackageDescription

// The numeric code is optimised in debug builds too, so that plain `swift run` trains at full speed.
// `Learn` keeps its checks (-O); only the kernels, which see nothing but checked shapes, drop them.
let wholeModule = ["-wmo", "-num-threads", "2", "-disable-batch-mode"]
let optimised: [SwiftSetting] = [
    .unsafeFlags(["-O"] + wholeModule, .when(configuration: .debug))
]

/// With `CHECKED_KERNELS` the pointers of the kernels check each access, and only the tests of Learn are there to run.
let checked = Context.environment["CHECKED_KERNELS"] != nil

/// The kernels are compiled once for each instruction set from the same files; `Learn` picks one when it starts.
func kernelSettings(march: String?, lanes: Int) -> [SwiftSetting] {
    let cpu = march.map { ["-Xcc", "-march=\($0)"] } ?? []
    let optimisation = checked ? "-O" : "-Ounchecked"
    return [.unsafeFlags([optimisation] + wholeModule + cpu), .define("LANES_\(lanes)")]
}

#if arch(x86_64)
    let wideKernels: [Target] = [
        .target(
            name: "KernelsAVX2", dependencies: ["CVector", "KernelInterface"], path: "Sources/Learn/Kernels/AVX2",
            swiftSettings: kernelSettings(march: "x86-64-v3", lanes: 8)),
        .target(
            name: "KernelsAVX512", dependencies: ["CVector", "KernelInterface"], path: "Sources/Learn/Kernels/AVX512",
            swiftSettings: kernelSettings(march: "x86-64-v4", lanes: 16)),
    ]
#else
    let wideKernels: [Target] = []
#endif

/// Readers of outside data under fuzz: a test with seeded mutations, or, for `scripts/fuzz`, a program of libFuzzer.
let fuzzing = Context.environment["FUZZ"] != nil
let fuzz: Target =
    fuzzing
    ? .executableTarget(
        name: "fuzz-readers", dependencies: ["Learn", "ONNX", "Site"], path: "Tests/FuzzTests",
        exclude: ["Corpus", "ReaderTests.swift"], swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    : .testTarget(
        name: "FuzzTests", dependencies: ["Learn", "ONNX", "Site", "TestSupport"], exclude: ["Corpus", "Fuzzer.swift"])

let package = Package(
    name: "fashion-mnist-visualized",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "site-build", targets: ["site-build"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CNettle", path: "Sources/Learn/Store/CNettle", pkgConfig: "nettle",
            providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
        .systemLibrary(
            name: "CZlib", path: "Sources/Learn/Data/CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CPNG", path: "Sources/Learn/Data/CPNG", pkgConfig: "libpng",
            providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(
            name: "CTurboJPEG", path: "Sources/Learn/Data/CTurboJPEG", pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
        .systemLibrary(
            name: "CZip", path: "Sources/Learn/Data/CZip", pkgConfig: "libzip",
            providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
        .systemLibrary(name: "CVector", path: "Sources/Learn/Kernels/CVector"),
        .target(name: "CProcessor", path: "Sources/Learn/Kernels/CProcessor"),
        .target(
            name: "KernelInterface", path: "Sources/Learn/Kernels/Interface",
            swiftSettings: checked ? [.define("CHECKED_KERNELS")] : optimised),
        .target(
            name: "KernelsBaseline", dependencies: ["CVector", "KernelInterface"], path: "Sources/Learn/Kernels/SIMD",
            swiftSettings: kernelSettings(march: nil, lanes: 4)),
        .target(
            name: "Learn",
            dependencies: [
                "CNettle", "CPNG", "CProcessor", "CTurboJPEG", "CZip", "CZlib", "KernelInterface", "KernelsBaseline",
            ] + wideKernels.map { .target(name: $0.name) },
            exclude: [
                "Data/CPNG", "Data/CTurboJPEG", "Data/CZip", "Data/CZlib", "Kernels/CVector", "Kernels/CProcessor",
                "Kernels/Interface", "Kernels/SIMD",
                "Kernels/AVX2",
                "Kernels/AVX512", "ONNX", "Store/CNettle",
            ],
            swiftSettings: optimised),
        .systemLibrary(
            name: "CCairo", path: "Sources/Render/CCairo", pkgConfig: "cairo-fc",
            providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
        .target(
            name: "Render", dependencies: ["CCairo"], exclude: ["CCairo"], swiftSettings: optimised),
        .systemLibrary(
            name: "CCmark", path: "Sources/Site/Prose/CCmark", pkgConfig: "libcmark",
            providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
        .target(
            name: "ONNX", dependencies: ["Learn"], path: "Sources/Learn/ONNX", swiftSettings: optimised),
        .target(
            name: "Site",
            dependencies: [
                "CCmark", "Learn", "ONNX", "Render", "Yams",
            ],
            exclude: ["Command", "Prose/CCmark"],
            swiftSettings: optimised),
        .executableTarget(
            name: "site-build",
            dependencies: ["Site", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Sources/Site/Command"),
        .target(name: "CPeak", path: "Benchmarks/CPeak", cSettings: [.unsafeFlags(["-O2"])]),
        .executableTarget(
            name: "learn-bench",
            dependencies: [
                "CPeak", "KernelInterface", "Learn", "Site",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/LearnBench", swiftSettings: optimised),
        .target(name: "TestSupport", dependencies: ["Learn", "Yams"], path: "Tests/Support", swiftSettings: optimised),
        .testTarget(
            name: "LearnTests", dependencies: ["Learn", "KernelInterface", "TestSupport"],
            resources: [.copy("Golden")], swiftSettings: optimised),
        .testTarget(
            name: "ONNXTests", dependencies: ["Learn", "ONNX", "TestSupport"], exclude: ["Models"]),
        .testTarget(name: "RenderTests", dependencies: ["Render", "CCairo"]),
        .testTarget(
            name: "SiteTests",
            dependencies: [
                "Site", "TestSupport", "site-build", "Yams",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Snapshots"], swiftSettings: optimised),
        .executableTarget(
            name: "laboratory-cases", dependencies: ["Learn", "ONNX", "Site"], path: "Tests/LaboratoryCases"),
        .executableTarget(name: "imported-layers", dependencies: ["Learn", "ONNX"], path: "Tests/ImportedLayers"),
        fuzz,
        .testTarget(name: "ProgramTests", dependencies: ["Site", "TestSupport", "site-build"]),
    ] + wideKernels,
    swiftLanguageModes: [.v6]
)

if checked {
    let needed = [
        "CNettle", "CPNG", "CProcessor", "CTurboJPEG", "CVector", "CZip", "CZlib", "KernelInterface", "KernelsBaseline",
    ]
    let kept = needed + wideKernels.map(\.name) + ["Learn", "TestSupport", "LearnTests"]
    package.targets.removeAll { !kept.contains($0.name) }
    package.products.removeAll()
}
