import Foundation
import TestSupport
import Testing

@testable import Site

/// What the user may have put into the output folder.
enum ForeignThing: String, CaseIterable {
    case file, emptyFile, folder, fullFolder, link, linkToFolder, linkToNothing, pipe

    /// Puts it at a path, in the stead of what is there.
    func put(at path: String, in folder: TemporaryFolder) throws {
        let url = folder.url.appending(path: path)
        let files = FileManager.default
        if (try? files.attributesOfItem(atPath: url.path)) != nil { try files.removeItem(at: url) }
        try files.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        switch self {
        case .file: try Data("mine".utf8).write(to: url)
        case .emptyFile: try Data().write(to: url)
        case .folder, .fullFolder:
            try files.createDirectory(at: url, withIntermediateDirectories: true)
            if self == .fullFolder { try Data("mine".utf8).write(to: url.appending(path: "mine.txt")) }
        case .link: try files.createSymbolicLink(atPath: url.path, withDestinationPath: "/etc/passwd")
        case .linkToFolder: try files.createSymbolicLink(atPath: url.path, withDestinationPath: "/usr/lib")
        case .linkToNothing: try files.createSymbolicLink(atPath: url.path, withDestinationPath: "nowhere")
        case .pipe: try #require(mkfifo(url.path, 0o600) == 0)
        }
        switch self {
        case .file, .emptyFile: try #require(chmod(url.path, 0o640) == 0)
        case .folder, .fullFolder: try #require(chmod(url.path, 0o700) == 0)
        default: break
        }
    }

    var isFolder: Bool { self == .folder || self == .fullFolder }
}

/// Whatever kind of thing is wherever in the output folder and came there whenever: it stays, or the build is refused.
@Suite struct ForeignThingsTests {
    private let folder = try! TemporaryFolder()

    /// A site whose pages each load something, and of which each version has something that the others lack.
    private func publish(
        _ version: String, to name: String = "site", meanwhile: () throws -> Void = {}, atEachMoment: () -> Void = {}
    ) throws {
        let output = try OutputFolder(folder.url.appending(path: name), keepingClearOf: [])
        _ = try output.publish(waiting: { _ in }, atEachMoment: atEachMoment) { writer in
            let parts = writer.write(parts: [("figures/a.svg", SiteWriter.File(Data(version.utf8)))])
            for page in ["index.html", "en/index.html"] { writer.write("\(version) \(parts)figures/a.svg", to: page) }
            for path in ["data/a.csv", "data/\(version).csv", "only/\(version)/a.csv"] {
                writer.write(version, to: path)
            }
            try meanwhile()
        }
    }

    /// The version of each page, after a look at what it loads.
    private func versions(of name: String = "site") throws -> [String] {
        let files = try folder.contents(of: name).mapValues { String(decoding: $0, as: UTF8.self) }
        return ["index.html", "en/index.html"].compactMap { page in
            guard let words = files[page]?.split(separator: " ") else { return nil }
            #expect(files[String(words[1])] == String(words[0]))
            return String(words[0])
        }
    }

    private static let inTheWay = [
        "index.html", "en", "en/index.html", "data", "data/a.csv", "parts", "only", SiteManifest.fileName,
        OutputFolder.workshopName,
    ]
    private static let free = ["notes", "data/notes", "en/notes", "parts/notes", "only/1/notes", ".hidden/deep/notes"]
    private enum Moment: CaseIterable { case beforeTheFirst, between, meanwhile }

    /// Paths of what is the site's, or of folders that it needs.
    private func isOurs(_ path: String) -> Bool {
        let ours = ["index.html", "en/index.html", SiteManifest.fileName]
        return ours.contains(path) || path.hasSuffix(".csv") || path.hasSuffix(".svg")
            || ["en", "data", "parts", "only"].contains(path) || path.hasPrefix("only/") && !path.hasSuffix("notes")
            || path.hasPrefix("parts/") && !path.contains("notes")
    }

    /// What is not, folders on the way to it left out.
    private func foreignThings(in name: String = "site") throws -> [String: String] {
        try folder.things(in: name).filter { !isOurs($0.key) && !$0.key.hasPrefix(OutputFolder.workshopName) }
    }

    @Test(arguments: ForeignThing.allCases, inTheWay)
    func whatIsInTheWayIsTold(_ thing: ForeignThing, _ place: String) throws {
        // A folder where the site needs one is no obstacle, nor is an empty one where it works.
        let isNoObstacle =
            ["en", "data", "parts", "only"].contains(place) && thing.isFolder
            || place == OutputFolder.workshopName && thing == .folder
        for moment in Moment.allCases where moment != .meanwhile || place != OutputFolder.workshopName {
            try? FileManager.default.removeItem(at: folder.url.appending(path: "site"))
            let put = { try thing.put(at: "site/" + place, in: folder) }
            if moment != .beforeTheFirst { try publish("1") }
            if moment != .meanwhile { try put() }
            try #require(chmod(folder.url.appending(path: "site").path, 0o750) == 0)
            var before = try folder.things(in: "")
            let build = {
                try publish(
                    "2",
                    meanwhile: { [moment] in
                        guard moment == .meanwhile else { return }
                        try put()
                        before = try folder.things(in: "").filter { !$0.key.contains(OutputFolder.workshopName + "/") }
                        before["site/" + OutputFolder.workshopName] = nil
                    })
            }
            if isNoObstacle {
                try build()
                #expect(try versions() == ["2", "2"])
                let after = try folder.things(in: "")
                for path in ["site", "site/" + place, "site/\(place)/mine.txt"] { #expect(after[path] == before[path]) }
                continue
            }
            let message = #expect(throws: SiteError.self, "\(moment)") { try build() }?.description ?? ""
            #expect(message.contains(place) && message.contains("move") && !message.contains("\n"), "\(message)")
            #expect(try folder.things(in: "") == before, "\(moment)")
            // Once it is out of the way, the build goes on.
            try FileManager.default.removeItem(at: folder.url.appending(path: "site/" + place))
            if place == SiteManifest.fileName, moment != .beforeTheFirst { continue }
            try publish("2")
            #expect(try versions() == ["2", "2"])
        }
    }

    @Test(arguments: ForeignThing.allCases, free)
    func whatIsElsewhereStays(_ thing: ForeignThing, _ place: String) throws {
        for moment in Moment.allCases {
            try? FileManager.default.removeItem(at: folder.url.appending(path: "site"))
            if moment != .beforeTheFirst { try publish("1") }
            var expected: [String: String] = [:]
            let put = {
                try thing.put(at: "site/" + place, in: folder)
                expected = try foreignThings()
            }
            if moment != .meanwhile { try put() }
            for version in ["2", "3", "4"] {
                let isFirst = version == "2"
                try publish(version, meanwhile: { if isFirst, moment == .meanwhile { try put() } }) {
                    do {
                        #expect(try foreignThings() == expected)
                    } catch {
                        Issue.record(error)
                    }
                }
                #expect(try foreignThings() == expected)
                #expect(try versions() == [version, version])
            }
        }
    }

    /// A file of the site's that the user has changed is his; one whose permissions he has changed keeps these.
    @Test func whatTheUserMadeOfOurFilesIsHis() throws {
        try publish("1")
        let page = folder.url.appending(path: "site/index.html")
        try #require(chmod(page.path, 0o600) == 0)
        try publish("2")
        #expect(try folder.things(in: "site")["index.html"]?.hasPrefix("file 600 ") == true)

        for path in ["index.html", "data/a.csv"] {
            let file = folder.url.appending(path: "site/" + path)
            let original = try Data(contentsOf: file)
            try Data("changed".utf8).write(to: file)
            let before = try folder.things()
            let message = #expect(throws: SiteError.self) { try publish("3") }?.description ?? ""
            #expect(message.hasSuffix("\(path) there was changed since it was built; move it away"), "\(message)")
            #expect(try folder.things() == before)
            try original.write(to: file)
        }
        // What no longer belongs to the site and was changed stays.
        try Data("changed".utf8).write(to: folder.url.appending(path: "site/data/2.csv"))
        try publish("3")
        #expect(try String(contentsOf: folder.url.appending(path: "site/data/2.csv"), encoding: .utf8) == "changed")
        #expect(try folder.things(in: "site")["only/2"] == nil)
        // So does a folder that he has made anew where one of ours was.
        let folder = self.folder.url.appending(path: "site/only/3")
        try FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try publish("4")
        #expect(try self.folder.things(in: "site")["only/3"] != nil)
    }

    /// What takes a file's place after the last look at all of them is seen before it is overwritten.
    @Test(arguments: ["index.html", "data/2.csv"]) func whatComesWhileOthersArePutInTheirPlacesStays(_ path: String)
        throws
    {
        try publish("1")
        let file = folder.url.appending(path: "site/" + path)
        var moments = 0
        let putAtFirst = {
            moments += 1
            if moments == 1 { #expect(throws: Never.self) { try Data("mine".utf8).write(to: file) } }
        }
        let message =
            #expect(throws: SiteError.self) {
                try publish("2", atEachMoment: putAtFirst)
            }?.description ?? ""
        #expect(message.contains("\(path) there "), "\(message)")
        #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
        try FileManager.default.removeItem(at: file)
        try publish("2")
        #expect(try versions() == ["2", "2"])
    }

    @Test func whatAnOpenPageLoadsStaysForAnotherSite() throws {
        func figures() throws -> [String] {
            try folder.contents(of: "site").filter { $0.key.hasSuffix(".svg") }.map {
                String(decoding: $1, as: UTF8.self)
            }
            .sorted()
        }
        for (version, expected) in [("1", ["1"]), ("2", ["1", "2"]), ("2", ["1", "2"]), ("3", ["2", "3"])] {
            try publish(version)
            #expect(try figures() == expected)
        }
        try publish("2")
        #expect(try figures() == ["2", "3"])
        #expect(try folder.things(in: "site").keys.filter { $0.hasPrefix("parts/") }.count == 2 * 3)
    }

    /// At each moment of a build the folder is copied as a kill would leave it, and a build of the copy comes to the
    /// same end as one that nothing has disturbed.
    @Test(arguments: [[], ["1"], ["2", "1"]]) func aKillAtAnyMomentDoesNoHarm(_ earlier: [String]) throws {
        func prepare(_ name: String) throws {
            for thing in ForeignThing.allCases {
                for place in ["", "data/", "parts/", "en/"] {
                    try thing.put(at: "\(name)/\(place)\(thing)", in: folder)
                }
            }
            for version in earlier { try publish(version, to: name) }
        }
        try prepare("site")
        try prepare("undisturbed")
        try publish("3", to: "undisturbed")
        try publish("4", to: "undisturbed")
        let (expected, foreign) = try (folder.things(in: "undisturbed"), foreignThings())
        var (moments, states) = (0, Set<[String]>())
        let look = {
            moments += 1
            do {
                #expect(try foreignThings() == foreign)
                let versions = try versions()
                states.insert(versions)
                #expect(
                    Set(versions).isSubset(of: ["3", earlier.last ?? ""]) && (earlier.isEmpty || versions.count == 2))
                let copy = Process()
                copy.executableURL = URL(filePath: "/bin/cp")
                copy.arguments = ["-a", folder.url.appending(path: "site").path, folder.url.path + "/killed"]
                try copy.run()
                copy.waitUntilExit()
                // The first build after the kill may be of another site than the next.
                for version in ["3", "4"] { try publish(version, to: "killed") }
                #expect(try folder.things(in: "killed") == expected, "moment \(moments)")
                try FileManager.default.removeItem(at: folder.url.appending(path: "killed"))
            } catch {
                Issue.record(error)
            }
        }
        try publish("3", atEachMoment: look)
        #expect(moments > 10)
        #expect(states.count == 3)
    }
}
