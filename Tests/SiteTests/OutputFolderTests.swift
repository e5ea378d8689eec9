import Foundation
import TestSupport
import Testing

@testable import Site

@Suite struct OutputFolderTests {
    private struct Interruption: Error {}

    private let folder = try! TemporaryFolder()

    private func output(_ name: String = "site") throws -> OutputFolder {
        try OutputFolder(folder.url.appending(path: name), keepingClearOf: [])
    }

    private func publish(_ files: [String: String], in output: OutputFolder? = nil) throws {
        _ = try (output ?? self.output()).publish(
            waiting: { _ in },
            writing: { writer in
                for (path, text) in files { writer.write(text, to: path) }
            })
    }

    /// Text of the site's files by path, without the manifest.
    private func site() throws -> [String: String] {
        try folder.contents(of: "site").filter { $0.key != SiteManifest.fileName }
            .mapValues { String(decoding: $0, as: UTF8.self) }
    }

    @Test func aSiteReplacesTheOneBefore() throws {
        try publish(["index.html": "1", "figures/a.svg": "a", "figures/old/b.svg": "b"])
        #expect(try site() == ["index.html": "1", "figures/a.svg": "a", "figures/old/b.svg": "b"])
        try publish(["index.html": "2", "figures/a.svg": "c"])
        #expect(try site() == ["index.html": "2", "figures/a.svg": "c"])
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "site/figures/old").path))
    }

    @Test func theManifestListsTheSite() throws {
        try folder.write("mine", to: "site/a/notes.txt")
        try publish(["index.html": "1", "a/b.svg": "a", "b/c.svg": "a"])
        let manifest = try #require(try SiteManifest(in: folder.url.appending(path: "site")))
        #expect(manifest.files.keys.sorted() == ["a/b.svg", "b/c.svg", "index.html"])
        #expect(manifest.files["index.html"] == ["6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"])
        #expect(manifest.folders == ["b"])
        #expect(manifest.kept.isEmpty)
    }

    @Test func anUnchangedSiteIsNotWrittenAgain() throws {
        let files = ["index.html": "1", "a/b.svg": "a"]
        try publish(files)
        var moments = 0
        _ = try output().publish(waiting: { _ in }, atEachMoment: { moments += 1 }) { writer in
            for (path, text) in files { writer.write(text, to: path) }
        }
        #expect(moments == 0)
    }

    @Test func aFailedBuildLeavesTheSiteAsItWas() throws {
        try publish(["index.html": "1", "figures/a.svg": "a"])
        let before = try folder.things()
        #expect(throws: Interruption.self) {
            _ = try output().publish(
                waiting: { _ in },
                writing: { writer in
                    writer.write("2", to: "index.html")
                    throw Interruption()
                })
        }
        #expect(try folder.things() == before)
    }

    @Test func aFailedFirstBuildLeavesNoFolder() throws {
        #expect(throws: Interruption.self) {
            _ = try output().publish(waiting: { _ in }) { _ in throw Interruption() }
        }
        #expect(try folder.things().isEmpty)
    }

    @Test func aSymbolicLinkIsFollowed() throws {
        try publish(["index.html": "1"])
        let link = folder.url.appending(path: "link")
        try FileManager.default.createSymbolicLink(
            atPath: link.path, withDestinationPath: folder.url.appending(path: "site").path)
        try publish(["index.html": "2"], in: OutputFolder(link, keepingClearOf: []))
        #expect(try site() == ["index.html": "2"])
    }

    @Test func dangerousFoldersAreRefused() throws {
        let home = FileManager.default.homeDirectoryForCurrentUser.standardizedFileURL
        let sources = folder.url.appending(path: "package/Sources")
        try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
        func reason(_ url: URL) -> String? {
            do {
                _ = try OutputFolder(url, keepingClearOf: [sources])
                return nil
            } catch SiteError.refusedOutput(_, let reason) {
                return reason
            } catch {
                return "\(error)"
            }
        }
        #expect(reason(URL(filePath: "/")) == "it is the root of all folders")
        #expect(reason(home) == "it holds your home folder")
        #expect(reason(home.deletingLastPathComponent()) != nil)
        #expect(reason(sources)?.hasPrefix("it holds") == true)
        #expect(reason(sources.deletingLastPathComponent())?.hasPrefix("it holds") == true)
        #expect(reason(sources.appending(path: "Site/new"))?.hasPrefix("it is part of") == true)
        #expect(reason(sources.appending(path: "../output")) == nil)
        #expect(reason(sources.appending(path: "../output/../Sources")) != nil)
        try folder.write("", to: "file")
        #expect(reason(folder.url.appending(path: "file")) == "it is not a folder")
        let link = folder.url.appending(path: "link")
        try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "nowhere")
        #expect(reason(link) == "it is not a folder, nor a link to one")
    }

    @Test(arguments: [
        "{", "{}", #"{"format":3,"isChanging":false,"files":{},"kept":{},"folders":[]}"#,
        #"{"format":2,"isChanging":false,"files":{"../mine":[]},"kept":{},"folders":[]}"#,
        #"{"format":2,"isChanging":false,"files":{},"kept":{"/mine":[]},"folders":[]}"#,
        #"{"format":2,"isChanging":false,"files":{},"kept":{},"folders":["a/./b"]}"#,
    ])
    func aManifestThatMakesNoSenseStopsTheBuild(_ text: String) throws {
        try folder.write(text, to: "site/" + SiteManifest.fileName)
        let before = try folder.things()
        #expect(throws: SiteError.self) { try publish(["index.html": "1"]) }
        #expect(try folder.things() == before)
    }

    @Test func aFolderThatCannotBeWrittenIsNamed() throws {
        try folder.write("", to: "file")
        let output = try OutputFolder(folder.url.appending(path: "file/site"), keepingClearOf: [])
        #expect(throws: (any Error).self) { try publish(["index.html": "1"], in: output) }
    }
}
