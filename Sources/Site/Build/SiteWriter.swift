import Foundation
import Learn

/// Gathers the files of a site before any of them is written.
struct SiteWriter {
    struct File: Sendable {
        let content: Data
        /// SHA-256 of the content.
        let digest: String

        init(_ content: Data) {
            self.content = content
            digest = SHA256.hex(content)
        }
    }

    /// Each file by path in the site.
    private(set) var files: [String: File] = [:]
    /// Text of each page by path.
    private(set) var pages: [String: String] = [:]

    /// SHA-256 of each file by path.
    var digests: [String: String] { files.mapValues(\.digest) }

    mutating func write(_ files: [(path: String, file: File)]) {
        for (path, file) in files { self.files[path] = file }
    }

    mutating func write(_ text: String, to path: String) {
        files[path] = File(Data(text.utf8))
        if path.hasSuffix(".html") { pages[path] = text }
    }

    /// Adds what the pages load: together, in a folder named by what it holds, so that a page never finds the style,
    /// figures or data of another build under the names that it knows.
    ///
    /// - Parameter parts: files by path in that folder.
    /// - Returns: the folder's path in the site, ending in a slash.
    mutating func write(parts: [(path: String, file: File)]) -> String {
        let digests = parts.map { path, file in "\(path) \(file.digest)\n" }.sorted()
        let folder = SiteWriter.partsFolder + "\(SHA256.hex(digests.joined().utf8).prefix(12))/"
        write(parts.map { (folder + $0.path, $0.file) })
        return folder
    }

    /// Where the folders of what pages load are.
    static let partsFolder = "parts/"
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
        if let error = error as? SystemError { return error.reason }
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
