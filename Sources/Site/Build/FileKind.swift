import Foundation

/// What has a name in a folder; a link is a link, wherever it leads.
enum FileKind: Equatable {
    case file, folder
    /// A link, a pipe, a device.
    case other

    /// - Returns: nil if nothing has the name.
    /// - Throws: ``SiteError/step(_:path:cause:)``.
    init?(at path: String) throws {
        guard let mode = try FileKind.mode(at: path) else { return nil }
        self = mode & S_IFMT == S_IFREG ? .file : mode & S_IFMT == S_IFDIR ? .folder : .other
    }

    /// Kind and permissions as lstat(2) tells them.
    static func mode(at path: String) throws -> mode_t? {
        var status = stat()
        if lstat(path, &status) == 0 { return status.st_mode }
        guard errno == ENOENT || errno == ENOTDIR else { throw SiteError.failed("look at", path) }
        return nil
    }
}

extension SiteError {
    /// What the last system call had to say.
    static func failed(_ step: String, _ path: String) -> SiteError {
        SiteError.step(step, path: path, cause: String(cString: strerror(errno)))
    }
}
