import Foundation
import Learn

/// The folder in which the site is published, replaced at one stroke.
///
/// A new site is written into a workshop beside it, and the two change places. What is in the output folder and was
/// not written by a build stays there; a build that is stopped at any moment leaves the old site or the new one,
/// and the next build puts away what it left lying about. Of two builds at the same time, one waits.
struct OutputFolder {
    let url: URL
    /// Holds the lock and, during a build, ``staging``.
    private let workshop: URL
    /// Where the new site is written, and where the old one is for a moment after they changed places.
    let staging: URL
    /// Where ``staging`` is begun and where it is removed: what lies here after a stop is of no use to anybody. A
    /// half-removed site under its own name might have lost its manifest, and would look like foreign files.
    private let scrap: URL

    /// - Parameters:
    ///   - url: the folder; it need not exist.
    ///   - sources: folders that must be neither in the output folder nor around it.
    /// - Throws: ``SiteError/refusedOutput(folder:reason:)``.
    init(_ url: URL, keepingClearOf sources: [URL]) throws {
        self.url = OutputFolder.resolved(url)
        workshop = self.url.deletingLastPathComponent().appending(path: ".\(self.url.lastPathComponent).site-build")
        staging = workshop.appending(path: "next")
        scrap = workshop.appending(path: "scrap")
        try check(keepingClearOf: sources.map(OutputFolder.resolved))
    }

    /// Writes a new site and puts it in the old one's place.
    ///
    /// - Parameters:
    ///   - waiting: told the process, if known, that another build runs in if this one has to wait for it.
    ///   - write: writes all files.
    /// - Returns: how many files were written.
    /// - Throws: `RunStoreError` if there can be no lock, ``SiteError``, and what `write` throws; the old site is
    ///   then as it was.
    func publish(
        waiting: @escaping (Int32?) -> Void, writing write: (inout SiteWriter) throws -> Void
    ) throws -> Int {
        let lock = try FolderLock(workshop, whenHeld: .wait(telling: waiting))
        let count = try publish(write)
        lock.release()
        return count
    }

    private func publish(_ write: (inout SiteWriter) throws -> Void) throws -> Int {
        try putAwayLeftovers()
        let published = try SiteManifest(in: url)
        let paths: [String]
        do {
            try FileManager.default.createDirectory(at: scrap, withIntermediateDirectories: false)
            try SiteManifest(isComplete: false, files: []).write(to: scrap)
            try FolderSwap.move(scrap, to: staging)
            var writer = SiteWriter(folder: staging)
            try write(&writer)
            paths = writer.paths.sorted()
            try refuseCollisions(of: paths, with: published)
            try SiteManifest(isComplete: true, files: paths).write(to: staging)
        } catch {
            try putAwayLeftovers()
            throw error
        }
        if FileManager.default.fileExists(atPath: url.path) {
            try FolderSwap.exchange(staging, url)
            try putAwayLeftovers()
        } else {
            try FolderSwap.move(staging, to: url)
        }
        return paths.count
    }

    /// Moves foreign files out of the staging folder into the site and removes the rest of it.
    private func putAwayLeftovers() throws {
        let files = FileManager.default
        if files.fileExists(atPath: scrap.path) { try files.removeItem(at: scrap) }
        guard files.fileExists(atPath: staging.path) else { return }
        let manifest = try SiteManifest(in: staging)
        if manifest?.isComplete != false {
            try carryForeignFiles(owned: Set((manifest?.files ?? []) + [SiteManifest.fileName]))
        }
        try FolderSwap.move(staging, to: scrap)
        try files.removeItem(at: scrap)
    }

    private func carryForeignFiles(owned: Set<String>) throws {
        let paths = try Set(FileManager.default.subpathsOfDirectory(atPath: staging.path))
        let foreign = paths.subtracting(owned).subtracting(OutputFolder.folders(of: owned))
        for path in foreign.subtracting(OutputFolder.folders(of: foreign)).sorted() {
            let target = url.appending(path: path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FolderSwap.move(staging.appending(path: path), to: target)
        }
    }

    /// Every folder on the way to one of the paths.
    private static func folders(of paths: Set<String>) -> Set<String> {
        var folders: Set<String> = []
        for path in paths {
            var rest = path[...]
            while let slash = rest.lastIndex(of: "/") {
                rest = rest[..<slash]
                guard folders.insert(String(rest)).inserted else { break }
            }
        }
        return folders
    }

    /// A file that a build did not write is not overwritten.
    private func refuseCollisions(of paths: [String], with published: SiteManifest?) throws {
        let owned = Set((published?.files ?? []) + [SiteManifest.fileName])
        for path in paths where !owned.contains(path) {
            if FileManager.default.fileExists(atPath: url.appending(path: path).path) {
                throw SiteError.refusedOutput(
                    folder: url.path, reason: "\(path) there is not from a build; move it away")
            }
        }
    }
}

extension OutputFolder {
    private func check(keepingClearOf sources: [URL]) throws {
        let home = OutputFolder.resolved(FileManager.default.homeDirectoryForCurrentUser)
        if url.path == "/" { throw SiteError.refusedOutput(folder: "/", reason: "it is the root of all folders") }
        if url.contains(home) { throw SiteError.refusedOutput(folder: url.path, reason: "it holds your home folder") }
        for source in sources {
            if url.contains(source) {
                throw SiteError.refusedOutput(folder: url.path, reason: "it holds \(source.path)")
            }
            if source.contains(url) {
                throw SiteError.refusedOutput(folder: url.path, reason: "it is part of \(source.path)")
            }
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue {
            throw SiteError.refusedOutput(folder: url.path, reason: "it is not a folder")
        }
    }

    /// Whether a site could be put here, as far as that shows without writing.
    ///
    /// - Throws: ``SiteError/step(_:path:cause:)``.
    func checkWritable() throws {
        // The site and its workshop both get their names in the folder above.
        var folder = url.deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
            folder = folder.deletingLastPathComponent()
        }
        guard access(folder.path, W_OK) == 0 else {
            throw SiteError.step(
                "find room for the site", path: folder.path,
                cause: String(cString: strerror(errno)) + "; make it writable or name another with --output")
        }
    }

    /// The absolute path with symbolic links followed as far as the folders exist.
    private static func resolved(_ url: URL) -> URL {
        var existing = url.absoluteURL.standardizedFileURL
        var missing: [String] = []
        while !FileManager.default.fileExists(atPath: existing.path), existing.path != "/" {
            missing.append(existing.lastPathComponent)
            existing = existing.deletingLastPathComponent()
        }
        return missing.reversed().reduce(existing.resolvingSymlinksInPath()) { $0.appending(path: $1) }
    }
}

extension URL {
    /// Whether another folder is this one or lies in it.
    fileprivate func contains(_ other: URL) -> Bool {
        other.pathComponents.starts(with: pathComponents)
    }
}
