import Foundation
import Synchronization
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
                for (path, text) in files { try writer.write(text, to: path) }
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
        try publish(["index.html": "1", "b/a.svg": "a"])
        let manifest = try SiteManifest(in: folder.url.appending(path: "site"))
        #expect(manifest == SiteManifest(isComplete: true, files: ["b/a.svg", "index.html"]))
    }

    @Test func foreignFilesStay() throws {
        try folder.write("mine", to: "site/.git/config")
        try folder.write("mine", to: "site/figures/mine.png")
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "site/empty"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appending(path: "site/link").path, withDestinationPath: "nowhere")
        for text in ["1", "2"] {
            try publish(["index.html": text, "figures/a.svg": text])
            #expect(
                try site() == [
                    "index.html": text, "figures/a.svg": text, ".git/config": "mine", "figures/mine.png": "mine",
                ])
            let link = folder.url.appending(path: "site/link").path
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "nowhere")
            #expect(FileManager.default.fileExists(atPath: folder.url.appending(path: "site/empty").path))
        }
    }

    /// While sites replace one another, somebody looks at the folders all the time.
    @Test func atNoMomentIsThereLessThanASite() throws {
        try publish(["index.html": "0"])
        let (page, staging) = (folder.url.appending(path: "site/index.html").path, try output().staging.path)
        let isOver = Mutex(false)
        let missed = Mutex((page: 0, manifest: 0, looks: 0))
        let watch = Thread {
            while !isOver.withLock({ $0 }) {
                let (lacksPage, lacksManifest) = (access(page, F_OK) != 0, isFolderWithoutManifest(staging))
                missed.withLock {
                    $0.looks += 1
                    if lacksPage { $0.page += 1 }
                    if lacksManifest { $0.manifest += 1 }
                }
            }
        }
        watch.start()
        defer { isOver.withLock { $0 = true } }
        for text in 1...60 { try publish(["index.html": "\(text)"]) }
        // Large ones, which take a while to remove.
        let figures = Dictionary(uniqueKeysWithValues: (0..<80).map { ("figures/\($0).svg", "a") })
        for text in 1...5 { try publish(figures.merging(["index.html": "\(text)"]) { $1 }) }
        let found = missed.withLock { $0 }
        #expect(found.page == 0 && found.manifest == 0 && found.looks > 40, "\(found)")
    }

    @Test func aForeignFileIsNotOverwritten() throws {
        try folder.write("mine", to: "site/index.html")
        let output = try output()
        #expect(
            throws: SiteError.refusedOutput(
                folder: output.url.path, reason: "index.html there is not from a build; move it away")
        ) { try publish(["index.html": "1"], in: output) }
        #expect(try site() == ["index.html": "mine"])
    }

    @Test func aFailedBuildLeavesTheSiteAsItWas() throws {
        try publish(["index.html": "1", "figures/a.svg": "a"])
        let before = try folder.contents(of: "site")
        #expect(throws: Interruption.self) {
            _ = try output().publish(
                waiting: { _ in },
                writing: { writer in
                    try writer.write("2", to: "index.html")
                    throw Interruption()
                })
        }
        #expect(try folder.contents(of: "site") == before)
        #expect(!FileManager.default.fileExists(atPath: try output().staging.path))
    }

    @Test func whatAKilledBuildLeftIsPutAway() throws {
        try publish(["index.html": "1"])
        // Killed while writing.
        let staging = try output().staging
        try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
        try SiteManifest(isComplete: false, files: []).write(to: staging)
        try Data("half".utf8).write(to: staging.appending(path: "half.svg"))
        try publish(["index.html": "2"])
        #expect(try site() == ["index.html": "2"])
        // Killed after the two sites changed places, before the foreign files followed.
        try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
        try SiteManifest(isComplete: true, files: ["old.html"]).write(to: staging)
        try Data("old".utf8).write(to: staging.appending(path: "old.html"))
        try Data("mine".utf8).write(to: staging.appending(path: "notes.txt"))
        try publish(["index.html": "3"])
        #expect(try site() == ["index.html": "3", "notes.txt": "mine"])
    }

    @Test func whatWasHalfRemovedIsNotTakenForForeignFiles() throws {
        try publish(["index.html": "1"])
        // The manifest went first.
        try folder.write("0", to: ".site.site-build/scrap/figures/a.svg")
        try publish(["index.html": "2"])
        #expect(try site() == ["index.html": "2"])
        #expect(try folder.contents(of: ".site.site-build").keys.sorted() == [".lock"])
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
    }

    @Test func aManifestThatMakesNoSenseStopsTheBuild() throws {
        try folder.write("{", to: "site/" + SiteManifest.fileName)
        #expect(throws: SiteError.self) { try publish(["index.html": "1"]) }
        #expect(try folder.contents(of: "site").count == 1)
    }

    @Test func aFolderThatCannotBeWrittenIsNamed() throws {
        try folder.write("", to: "file")
        let output = try OutputFolder(folder.url.appending(path: "file/site"), keepingClearOf: [])
        #expect(throws: (any Error).self) { try publish(["index.html": "1"], in: output) }
    }
}

/// Whether the folder of this name lacks a manifest; one that lost the name meanwhile does not count.
private func isFolderWithoutManifest(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard faccessat(descriptor, SiteManifest.fileName, F_OK, 0) != 0 else { return false }
    var (opened, named) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
}
