import Crypto
import Foundation
import Learn

/// Writes the files of a site into its folder and remembers them.
struct SiteWriter {
    let folder: URL
    private(set) var paths: [String] = []
    /// SHA-256 of each file by path.
    private(set) var digests: [String: String] = [:]
    /// Text of each page by path.
    private(set) var pages: [String: String] = [:]

    init(folder: URL) { self.folder = folder }

    /// - Parameter path: where in the site.
    mutating func write(_ content: Data, to path: String) throws {
        let url = folder.appending(path: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try content.write(to: url)
        } catch {
            throw SiteError.step("write", path: path, cause: SystemReason.text(of: error))
        }
        paths.append(path)
        digests[path] = SHA256.hex(content)
    }

    mutating func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
        if path.hasSuffix(".html") { pages[path] = text }
    }
}

/// Why an operation failed, in a few words.
enum SystemReason {
    /// What Foundation tells without the operating system's code beneath.
    private static let codes = [
        CocoaError.fileWriteOutOfSpace.rawValue: ENOSPC, CocoaError.fileWriteVolumeReadOnly.rawValue: EROFS,
        CocoaError.fileWriteNoPermission.rawValue: EACCES, CocoaError.fileReadNoPermission.rawValue: EACCES,
        CocoaError.fileNoSuchFile.rawValue: ENOENT, CocoaError.fileReadNoSuchFile.rawValue: ENOENT,
    ]

    /// The operating system's words for a failed file operation, any other error's own.
    static func text(of error: any Error) -> String {
        var cause = error as NSError
        guard [NSCocoaErrorDomain, NSPOSIXErrorDomain].contains(cause.domain) else { return "\(error)" }
        while cause.domain != NSPOSIXErrorDomain {
            guard let underlying = cause.userInfo[NSUnderlyingErrorKey] as? NSError else {
                return codes[cause.code].map { String(cString: strerror($0)) } ?? cause.localizedDescription
            }
            cause = underlying
        }
        return String(cString: strerror(Int32(cause.code)))
    }
}
