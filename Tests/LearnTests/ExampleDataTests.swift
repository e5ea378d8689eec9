import Foundation
import Testing

@testable import Learn

private let examples = ProcessInfo.processInfo.environment["EXAMPLE_DATA"].map { URL(filePath: $0) }

/// What `scripts/example-data FOLDER` makes, read from `$EXAMPLE_DATA`, if that names the folder.
@Suite("Example data", .enabled(if: examples != nil)) struct ExampleDataTests {
    private func load(_ name: String) async throws -> Dataset {
        let folder = try #require(examples)
        return try await DataSource(at: folder.appending(path: name)).load()
    }

    /// The images of a split, sorted by label and then by content.
    private func sorted(_ split: Split) -> [[UInt8]] {
        (0..<split.count).map { [split.labels[$0]] + split.image($0) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    @Test func digitsAreTheSameInBothForms() async throws {
        let (idx, png) = (try await load("digits-idx"), try await load("digits-png"))
        for dataset in [idx, png] {
            #expect(dataset.train.shape == ImageShape(height: 8, width: 8, channels: 1))
            #expect(dataset.train.count == 1437 && dataset.test.count == 360)
            #expect(dataset.classCount == 10)
        }
        #expect(png.classNames == (0..<10).map(String.init))
        #expect(sorted(idx.train) == sorted(png.train))
        #expect(sorted(idx.test) == sorted(png.test))
    }

    @Test func tintedClothesAreNearlyTheSameInBothForms() async throws {
        let (npz, jpeg) = (try await load("tinted.npz"), try await load("tinted-jpeg"))
        for dataset in [npz, jpeg] {
            #expect(dataset.train.shape == ImageShape(height: 28, width: 28, channels: 3))
            #expect(dataset.train.count == 6000 && dataset.test.count == 1000)
            #expect(dataset.classCount == 10)
        }
        #expect(jpeg.classNames?.first == "ankle-boot")
        func mean(_ split: Split) -> Double {
            Double(split.pixels.reduce(0) { $0 + Int($1) }) / Double(split.pixels.count)
        }
        // JPEG leaves ripples on black, which can only be brighter.
        #expect(abs(mean(npz.train) - mean(jpeg.train)) < 2)
    }
}
