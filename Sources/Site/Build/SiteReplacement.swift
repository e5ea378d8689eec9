import Foundation
import Learn

/// What has to change in an output folder for one site to take another's place.
struct SiteReplacement {
    private let content: SiteContent
    private let files: [String: SiteWriter.File]
    /// Paths of new and changed files, in the order in which they get their places: pages last, of these the innermost
    /// first, so that whoever comes in by the first page finds all others.
    private let changed: [String]
    /// Folders to be made for them, outer ones first.
    private let newFolders: [String]
    /// Files that belonged to the site and no longer do.
    private let stale: [String]
    /// The manifest afterwards.
    private let manifest: SiteManifest

    /// - Throws: ``SiteError/refusedOutput(folder:reason:)`` if something is in the way that is not the site's.
    init(of content: SiteContent, by files: [String: SiteWriter.File]) throws {
        let old = content.manifest
        let paths = files.keys.sorted()
        let there = try paths.concurrentMap { path in try content.digest(of: path) }
        let changed = zip(paths, there).filter { path, digest in digest != files[path]?.digest }.map(\.0)
        let isPart = { (path: String) in path.hasPrefix(SiteWriter.partsFolder) }
        let loadsOther = files.keys.contains { isPart($0) && old.files[$0] == nil }
        var (kept, stale): (SiteManifest.Digests, [String]) = ([:], [])
        for path in Set(old.files.keys).union(old.kept.keys).sorted() where files[path] == nil {
            guard let digest = try content.ownDigest(of: path) else { continue }
            if isPart(path) && (old.files[path] != nil || !loadsOther) {
                kept[path] = [digest]
            } else {
                stale.append(path)
            }
        }
        let needed = Set((Array(files.keys) + kept.keys).flatMap(SiteContent.folders))
        newFolders = try Set(changed.flatMap(SiteContent.folders)).sorted()
            .filter { try FileKind(at: content.place($0)) == nil }
        manifest = SiteManifest(
            files: files.mapValues { [$0.digest] }, kept: kept,
            folders: needed.intersection(old.folders + newFolders).sorted())
        self.content = content
        self.files = files
        self.changed = changed.sorted { SiteReplacement.rank($0) < SiteReplacement.rank($1) }
        self.stale = stale
    }

    private static func rank(_ path: String) -> (Int, Int, String) {
        path.hasSuffix(".html") ? (1, -SiteContent.folders(above: path).count, path) : (0, 0, path)
    }

    private var isNothing: Bool { changed.isEmpty && stale.isEmpty && manifest == content.manifest }

    /// Writes all that is new, and returns when it is on the disk.
    ///
    /// - Throws: ``SiteError`` if there is no room, or if files cannot be put in their places.
    func stage(in staging: URL) throws {
        if isNothing { return }
        @Sendable func write(_ data: Data, _ name: String, for path: String) throws {
            try SiteBuilder.step("write", path) { try FileSystem.write(data, to: staging.path + "/" + name) }
        }
        try SiteBuilder.step("create", staging.path) {
            try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: false)
        }
        try write(content.manifest.joined(with: manifest).json(), "joined", for: SiteManifest.fileName)
        try write(manifest.json(), "manifest", for: SiteManifest.fileName)
        _ = try changed.enumerated().map { ($0, files[$1]?.content ?? Data(), $1) }.concurrentMap { index, data, path in
            try write(data, "\(index)", for: path)
        }
        FileSystem.synchronize(staging)
        for folder in try touchedFolders() {
            if let reason = FileSystem.obstacle(toMoving: staging.appending(path: "manifest"), into: folder) {
                throw SiteError.refusedOutput(folder: content.url.path, reason: "\(folder) \(reason)")
            }
        }
    }

    /// Those folders that are there already and in which names will change.
    private func touchedFolders() throws -> [String] {
        let inner = (changed + stale).compactMap { SiteContent.folders(above: $0).first { !newFolders.contains($0) } }
        return [content.url.path] + Set(inner).sorted().map(content.place)
    }

    /// Puts the new files in their places and removes what is stale.
    ///
    /// - Parameter moment: called after each change.
    func carryOut(from staging: URL, atEachMoment moment: () -> Void) throws {
        if isNothing { return }
        func put(_ name: String, at path: String) throws {
            let (source, place) = (staging.appending(path: name).path, content.place(path))
            // Who made a file readable for fewer people meant all its versions.
            if let mode = try FileKind.mode(at: place) { chmod(source, mode & 0o7777) }
            guard rename(source, place) == 0 else { throw SiteError.failed("put in its place", place) }
            moment()
        }
        try put("joined", at: SiteManifest.fileName)
        for folder in newFolders {
            guard mkdir(content.place(folder), 0o777) == 0 || errno == EEXIST else {
                throw SiteError.failed("create", content.place(folder))
            }
            moment()
        }
        for (index, path) in changed.enumerated() {
            // Once more: it may have come since.
            _ = try content.digest(of: path)
            try put("\(index)", at: path)
        }
        try removeStale(atEachMoment: moment)
        try put("manifest", at: SiteManifest.fileName)
    }

    private func removeStale(atEachMoment moment: () -> Void) throws {
        // A build that was stopped may have emptied any.
        var emptied = Set(content.manifest.isChanging ? content.manifest.folders : [])
        for path in stale where try content.ownDigest(of: path) != nil {
            guard unlink(content.place(path)) == 0 else { throw SiteError.failed("remove", content.place(path)) }
            emptied.formUnion(SiteContent.folders(above: path).prefix(1))
            moment()
        }
        // A folder goes with the last file of ours in it: one that was empty before, somebody else has made anew.
        for folder in content.manifest.folders.sorted().reversed() where emptied.contains(folder) {
            guard try !manifest.folders.contains(folder) && content.hasFolder(folder) else { continue }
            if rmdir(content.place(folder)) == 0 {
                emptied.formUnion(SiteContent.folders(above: folder).prefix(1))
                moment()
            } else if ![ENOTEMPTY, EEXIST].contains(errno) {
                throw SiteError.failed("remove", content.place(folder))
            }
        }
    }
}

extension SiteContent {
    /// The digest of a file that the site had, or nil if it is gone or no longer the site's.
    fileprivate func ownDigest(of path: String) throws -> String? {
        do {
            return try digest(of: path)
        } catch SiteError.refusedOutput {
            return nil
        }
    }
}
