import Foundation
import TestSupport
import Testing

@testable import Site

/// Pipes, devices and folders under the name of a file that is to be read: told in one line, and never waited for.
@Suite struct OtherKindsTests {
    private let folder = try! TemporaryFolder()

    static let kinds: [(name: String, make: @Sendable (URL) throws -> Void)] = [
        ("pipe", { try #require(mkfifo($0.path, 0o600) == 0) }),
        ("folder", { try FileManager.default.createDirectory(at: $0, withIntermediateDirectories: false) }),
        ("device", { try FileManager.default.createSymbolicLink(atPath: $0.path, withDestinationPath: "/dev/zero") }),
    ]

    /// Makes something of the kind in place of what is there.
    private func make(_ kind: Int, _ path: String) throws -> URL {
        let url = folder.url.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        if FileManager.default.fileExists(atPath: url.path) { try FileManager.default.removeItem(at: url) }
        try Self.kinds[kind].make(url)
        return url
    }

    private func expectRefusal(
        _ name: String, as type: (some Error).Type = SiteError.self, _ read: () async throws -> Void
    ) async {
        let error = await #expect(throws: type) { try await read() }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains(name) && text.contains("Not a regular file"), "\(text)")
    }

    @Test(arguments: kinds.indices)
    func areNoTemplates(kind: Int) async throws {
        let templates = folder.url.appending(path: "templates")
        for path in ["partials/a.mustache", "strings/en/a.json", "article/a.en.md", "layout.mustache"] {
            try FileManager.default.copyItem(at: TestSite.templates, to: templates)
            _ = try make(kind, "templates/\(path)")
            await expectRefusal(path) {
                _ = try TemplateFolder(templates)
                _ = try TemplateFolder.prose(in: templates)
                _ = try Words(language: .english, templates: templates)
            }
            try FileManager.default.removeItem(at: templates)
        }
    }

    @Test(arguments: kinds.indices)
    func areNoExperimentManifestOrSource(kind: Int) async throws {
        let experiment = try make(kind, "e.yml")
        await expectRefusal("e.yml", as: ExperimentError.self) { _ = try Experiment(contentsOf: experiment) }
        let manifest = try make(kind, "site/\(SiteManifest.fileName)")
        await expectRefusal(SiteManifest.fileName) { _ = try SiteManifest(in: manifest.deletingLastPathComponent()) }
        // A folder whose name ends so is looked into, not read.
        if Self.kinds[kind].name != "folder" {
            _ = try make(kind, "Sources/A.swift")
            await expectRefusal("Sources/A.swift") { _ = try Excerpts(package: folder.url) }
        }
    }

    @Test(arguments: kinds.indices)
    func areNoPreviousSite(kind: Int) async throws {
        try folder.write("[\"lenet5\"]", to: "site/networks.json")
        _ = try make(kind, "site/data/lenet5.json")
        await expectRefusal("lenet5.json") {
            _ = try await PublishedSite(at: folder.url.appending(path: "site").path)
        }
    }
}
