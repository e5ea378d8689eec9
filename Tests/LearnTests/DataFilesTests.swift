import Foundation
import Testing
@testable import Learn

@Suite struct DebianDataTests {
    static let folder = URL(fileURLWithPath: "/usr/share/datasets/fashion-mnist")

    @Test(.enabled(if: FileManager.default.fileExists(atPath: folder.path)))
    func debianFilesAreFashionMNIST() async throws {
        let dataset = try await FashionMNIST.load(from: DebianDataTests.folder)
        #expect(dataset.train.count == 60_000)
        #expect(dataset.test.count == 10_000)
        #expect(dataset.digests == FashionMNIST.digests)
        for label in 0..<10 { #expect(dataset.train.labels.count { $0 == label } == 6000) }
    }
}
