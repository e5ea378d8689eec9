import Foundation
import Learn

/// The list of what a site consists of, kept in the site itself: only what it names, and what still is as it says, is
/// ever replaced or removed.
struct SiteManifest: Codable, Equatable {
    /// SHA-256 by path in the site. Several of one path while one site replaces another.
    typealias Digests = [String: [String]]

    static let fileName = ".site-build.json"

    private(set) var format = 2
    /// Whether another site is taking this one's place, or was when a build was stopped.
    private(set) var isChanging = false
    /// The files of the site; the manifest itself is not among them.
    var files: Digests
    /// Files of the site before that its pages, open in somebody's browser, may still load.
    var kept: Digests
    /// The folders that builds made for these files, sorted.
    var folders: [String]

    init(files: Digests = [:], kept: Digests = [:], folders: [String] = []) {
        self.files = files
        self.kept = kept
        self.folders = folders
    }

    /// The manifest of a folder, or nil if it has none.
    ///
    /// - Throws: ``SiteError`` if there is one that cannot be understood, or something else in its place.
    init?(in folder: URL) throws {
        let url = folder.appending(path: SiteManifest.fileName)
        switch try FileKind(at: url.path) {
        case nil: return nil
        case .file:
            try self.init(SiteBuilder.step("read", url.path) { try OpenFile.contents(of: url) }, path: url.path)
        default:
            throw SiteError.malformed(
                file: url.path, line: nil,
                problem: "cannot be read: Not a regular file; move it away or name another folder with --output")
        }
    }

    init(_ bytes: [UInt8], path: String) throws {
        guard let manifest = try? JSONDecoder().decode(SiteManifest.self, from: Data(bytes)), manifest.format == 2,
            (Array(manifest.files.keys) + manifest.kept.keys + manifest.folders).allSatisfy(SiteManifest.leadsInside)
        else { throw SiteManifest.nonsense(path) }
        self = manifest
    }

    private static func nonsense(_ path: String) -> SiteError {
        SiteError.malformed(
            file: path, line: nil, problem: "cannot be understood; move the folder away or name another with --output")
    }

    /// A path that led out of the site would have something else removed.
    private static func leadsInside(_ path: String) -> Bool {
        !path.utf8.contains(0)
            && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !["", ".", ".."].contains($0)
            }
    }

    /// What the file at a path may hold and be the site's.
    func digests(of path: String) -> [String] { (files[path] ?? []) + (kept[path] ?? []) }

    /// The manifest for the time in which another site takes this one's place: what either wrote is the site's.
    func joined(with next: SiteManifest) -> SiteManifest {
        func either(_ one: [String], _ other: [String]) -> [String] { Set(one + other).sorted() }
        var joined = SiteManifest(
            files: files.merging(next.files, uniquingKeysWith: either),
            kept: kept.merging(next.kept, uniquingKeysWith: either), folders: either(folders, next.folders))
        joined.isChanging = true
        return joined
    }

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
