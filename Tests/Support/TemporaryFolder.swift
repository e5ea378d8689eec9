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

    /// Text of every file by path, links and folders without files left out.
    public func contents(of folder: String = "") throws -> [String: Data] {
        let base = url.appending(path: folder)
        var contents: [String: Data] = [:]
        guard let paths = FileManager.default.enumerator(atPath: base.path) else { return [:] }
        for case let path as String in paths {
            var isFolder: ObjCBool = false
            let file = base.appending(path: path)
            if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue {
                contents[path] = try Data(contentsOf: file)
            }
        }
        return contents
    }
}
