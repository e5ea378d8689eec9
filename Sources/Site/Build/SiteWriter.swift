import Foundation

/// Writes the files of a site into its folder and remembers them.
struct SiteWriter {
    let folder: URL
    private(set) var paths: [String] = []
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
    }

    mutating func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
        if path.hasSuffix(".html") { pages[path] = text }
    }
}

/// The operating system's words for why a file operation failed.
enum SystemReason {
    static func text(of error: any Error) -> String {
        var error: NSError? = error as NSError
        while let current = error {
            if current.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(current.code))) }
            guard let underlying = current.userInfo[NSUnderlyingErrorKey] as? NSError else {
                return current.localizedDescription
            }
            error = underlying
        }
        return ""
    }
}
