import Foundation
import Learn

/// The folder in which the site is published. The folder is the user's, the site is his guest: its own is what its
/// manifest lists and what still holds what a build wrote. Nothing else there is removed, replaced, moved or given
/// another mode, at any moment; if it is in the way, the build says so before it has changed anything.
///
/// The site is replaced file by file, in place. To put another folder in this one's place would be a single stroke, but
/// all that is the user's would have to follow it, and is missing until it has; a folder that is mounted, bound to
/// another place or in use as working directory cannot be replaced at all. Nor does it help who reads: a page is
/// loaded by a hundred requests, many of them when its reader comes to a figure. So each page changes at one stroke, by
/// a rename, after what it loads, which lies in a folder named by its content and stays until the site after next is
/// another one. A build that is killed leaves of each page the old or the new one, whole with all it loads; the
/// manifest then lists the files of both sites, and the next build brings all to one. Of two builds, one waits.
struct OutputFolder {
    let url: URL
    /// Holds the lock and ``staging`` during a build; it lies in the folder because nothing can be moved into a mounted
    /// folder from beside it.
    private let workshop: URL
    /// Where the new files are written before any of them is put in its place.
    let staging: URL

    static let workshopName = ".site-build"

    /// - Parameters:
    ///   - url: the folder; it need not exist.
    ///   - sources: folders that must be neither in the output folder nor around it.
    /// - Throws: ``SiteError/refusedOutput(folder:reason:)``.
    init(_ url: URL, keepingClearOf sources: [URL]) throws {
        self.url = OutputFolder.resolved(url)
        workshop = self.url.appending(path: OutputFolder.workshopName)
        staging = workshop.appending(path: "next")
        try check(keepingClearOf: sources.map(OutputFolder.resolved))
    }

    /// Replaces the site by a new one.
    ///
    /// - Parameters:
    ///   - waiting: told the process, if known, that another build runs in if this one has to wait for it.
    ///   - moment: called after each change of the folder.
    ///   - write: hands over all files.
    /// - Returns: how many files the site has.
    /// - Throws: `FolderLockError` if there can be no lock, ``SiteError``, and what `write` throws; the old site is
    ///   then as it was, unless it is the disk that fails while files are put in their places.
    func publish(
        waiting: @escaping (Int32?) -> Void, atEachMoment moment: () -> Void = {},
        writing write: (inout SiteWriter) throws -> Void
    ) throws -> Int {
        let (isNew, isWorkshopTheirs) = try (FileKind(at: url.path) == nil, isWorkshopForeign())
        try SiteBuilder.step("create", url.path) {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }
        let lock = try FolderLock(workshop, whenHeld: .wait(telling: waiting))
        let published = Result {
            try removeLeftovers()
            return try publish(atEachMoment: moment, write)
        }
        let tidied = Result { try removeLeftovers() }
        do {
            try lock.releaseRemovingFolder(unless: isWorkshopTheirs)
        } catch {
            _ = try published.get()
            throw error
        }
        // Fails if there is anything in it.
        if isNew, case .failure = published { rmdir(url.path) }
        let count = try published.get()
        try tidied.get()
        return count
    }

    private func publish(
        atEachMoment moment: () -> Void, _ write: (inout SiteWriter) throws -> Void
    ) throws -> Int {
        var writer = SiteWriter()
        try write(&writer)
        let replacement = try SiteReplacement(of: SiteContent(of: url), by: writer.files)
        try replacement.stage(in: staging)
        try replacement.carryOut(from: staging, atEachMoment: moment)
        return writer.files.count
    }

    /// What a build that was killed had written and not yet put in its place.
    private func removeLeftovers() throws {
        guard try FileKind(at: staging.path) != nil else { return }
        try SiteBuilder.step("remove", staging.path) { try FileManager.default.removeItem(at: staging) }
    }

    /// Whether the folder for our work was there before, empty: then it stays.
    ///
    /// - Throws: ``SiteError/refusedOutput(folder:reason:)`` if there is something that no build has left.
    private func isWorkshopForeign() throws -> Bool {
        let names = try? FileManager.default.contentsOfDirectory(atPath: workshop.path)
        guard let kind = try FileKind(at: workshop.path) else { return false }
        let lock = try FileKind(at: workshop.appending(path: FolderLock.fileName).path)
        // Another build may remove the lock's file, its last one, at this moment.
        guard kind == .folder, let names, Set(names).isSubset(of: [FolderLock.fileName, staging.lastPathComponent]),
            lock == .file || lock == nil && !names.contains(staging.lastPathComponent)
        else { throw SiteContent.refusal(url, OutputFolder.workshopName, "is not from a build") }
        return names.isEmpty
    }
}

extension OutputFolder {
    private func check(keepingClearOf sources: [URL]) throws {
        func refuse(_ reason: String) -> SiteError { SiteError.refusedOutput(folder: url.path, reason: reason) }
        let home = OutputFolder.resolved(FileManager.default.homeDirectoryForCurrentUser)
        if url.path == "/" { throw refuse("it is the root of all folders") }
        if url.contains(home) { throw refuse("it holds your home folder") }
        for source in sources {
            if url.contains(source) { throw refuse("it holds \(source.path)") }
            if source.contains(url) { throw refuse("it is part of \(source.path)") }
        }
        // Links have been followed as far as they lead.
        switch try FileKind(at: url.path) {
        case nil, .folder: break
        case .file: throw refuse("it is not a folder")
        case .other: throw refuse("it is not a folder, nor a link to one")
        }
    }

    /// Whether a site could be put here, as far as that shows without writing.
    ///
    /// - Parameter paths: files that the site will have.
    /// - Throws: ``SiteError``.
    func check(for paths: [String]) throws {
        var folder = url
        while try FileKind(at: folder.path) == nil { folder = folder.deletingLastPathComponent() }
        guard try FileKind(at: folder.path) == .folder else {
            throw SiteError.refusedOutput(folder: url.path, reason: "\(folder.path) is not a folder")
        }
        guard access(folder.path, W_OK) == 0 else {
            throw SiteError.step(
                "find room for the site", path: folder.path,
                cause: String(cString: strerror(errno)) + "; make it writable or name another with --output")
        }
        _ = try isWorkshopForeign()
        let content = try SiteContent(of: url)
        for path in paths { _ = try content.digest(of: path) }
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
