import Foundation
import Learn

/// What an output folder holds of the site that its manifest tells of. Links are not followed, be they at the end of a
/// path or on the way there.
struct SiteContent {
    let url: URL
    /// Empty if there is no site.
    let manifest: SiteManifest

    init(of url: URL) throws {
        self.url = url
        manifest = try SiteManifest(in: url) ?? SiteManifest()
    }

    func place(_ path: String) -> String { url.path + "/" + path }

    /// SHA-256 of the site's file at a path, or nil if nothing is there.
    ///
    /// - Throws: ``SiteError/refusedOutput(folder:reason:)`` if there is anything else, or on the way there.
    func digest(of path: String) throws -> String? {
        for folder in SiteContent.folders(above: path).reversed() {
            switch try FileKind(at: place(folder)) {
            case nil: return nil
            case .folder: continue
            default: throw SiteContent.refusal(url, folder, "is not from a build")
            }
        }
        guard let kind = try FileKind(at: place(path)) else { return nil }
        let digests = manifest.digests(of: path)
        guard kind == .file, !digests.isEmpty else { throw SiteContent.refusal(url, path, "is not from a build") }
        let content = try SiteBuilder.step("read", place(path)) { try Data(contentsOf: URL(filePath: place(path))) }
        let digest = SHA256.hex(content)
        guard digests.contains(digest) else { throw SiteContent.refusal(url, path, "was changed since it was built") }
        return digest
    }

    /// Whether there is a folder at a path.
    func hasFolder(_ path: String) throws -> Bool {
        try (SiteContent.folders(above: path) + [path]).allSatisfy { try FileKind(at: place($0)) == .folder }
    }

    static func refusal(_ folder: URL, _ path: String, _ fault: String) -> SiteError {
        SiteError.refusedOutput(folder: folder.path, reason: "\(path) there \(fault); move it away")
    }

    /// The folders that a path leads through, the innermost first.
    static func folders(above path: String) -> [String] {
        var folders: [String] = []
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            folders.append(String(rest))
        }
        return folders
    }
}
