import Foundation

/// A folder that is removed when the test ends.
public final class TemporaryFolder: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "site-build-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file, with its folders.
    public func write(_ text: String, to path: String) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Content of every file by path, and of what links lead to if that is a file.
    public func contents(of folder: String = "") throws -> [String: Data] {
        let base = url.appending(path: folder)
        var contents: [String: Data] = [:]
        guard let paths = FileManager.default.enumerator(atPath: base.path) else { return [:] }
        for case let path as String in paths {
            let file = base.appending(path: path)
            var status = stat()
            if stat(file.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
                contents[path] = try Data(contentsOf: file)
            }
        }
        return contents
    }

    /// Everything in a folder by path, links and pipes too: kind, permissions, and what it holds or where it leads.
    public func things(in folder: String = "") throws -> [String: String] {
        let base = url.appending(path: folder).path
        var things: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: base) ?? .init() {
            var status = stat()
            guard lstat(base + "/" + path, &status) == 0 else { throw POSIXError(.ENOENT) }
            let mode = String(status.st_mode & 0o7777, radix: 8)
            things[path] =
                switch status.st_mode & S_IFMT {
                case S_IFREG:
                    try "file \(mode) \(Data(contentsOf: URL(filePath: base + "/" + path)).base64EncodedString())"
                case S_IFDIR: "folder \(mode)"
                case S_IFLNK: "link to \(try FileManager.default.destinationOfSymbolicLink(atPath: base + "/" + path))"
                default: "other \(mode)"
                }
        }
        return things
    }
}
