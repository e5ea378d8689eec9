import Foundation
import Learn

/// The list of the files that a site consists of, kept in the site itself: only these are ever removed.
struct SiteManifest: Codable, Equatable {
    static let fileName = ".site-build.json"

    var format = 1
    /// False while the site is being written: then everything in its folder is its own.
    var isComplete: Bool
    /// Paths in the site, sorted; the manifest itself is not among them.
    var files: [String]

    /// The manifest of a folder, or nil if it has none.
    ///
    /// - Throws: ``SiteError`` if there is one that cannot be understood.
    init?(in folder: URL) throws {
        let url = folder.appending(path: SiteManifest.fileName)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        try self.init(SiteBuilder.step("read", url.path) { try OpenFile.contents(of: url) }, path: url.path)
    }

    init(_ bytes: [UInt8], path: String) throws {
        do {
            self = try JSONDecoder().decode(SiteManifest.self, from: Data(bytes))
        } catch {
            throw SiteError.malformed(
                file: path, line: nil,
                problem: "cannot be understood; move the folder away or name another with --output")
        }
    }

    init(isComplete: Bool, files: [String]) {
        self.isComplete = isComplete
        self.files = files
    }

    func write(to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: folder.appending(path: SiteManifest.fileName), options: .atomic)
    }
}
