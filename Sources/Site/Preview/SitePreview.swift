import Foundation
import Learn
import Synchronization

/// Shows the site on this machine while its templates are being written: each change builds it again, and the pages
/// that are open in a browser load it.
public final class SitePreview: Sendable {
    private let builder: SiteBuilder
    private let materials: SiteMaterials
    private let folder: URL
    private let server: HTTPServer
    private let report: @Sendable (BuildEvent) -> Void
    /// The templates as they were before the first build, so that no change meanwhile goes unseen.
    private let firstSeen: [String: FileState?]
    /// Counts the builds that succeeded.
    private let version = Mutex(0)

    /// Builds the site for the first time.
    ///
    /// - Parameters:
    ///   - templates: the folder of templates.
    ///   - folder: where the site is put meanwhile.
    ///   - port: on the loopback interface; 0 for any that is free.
    ///   - report: told each build's steps and mistakes, from any thread.
    /// - Throws: ``SiteError`` if the port is taken or the site cannot be built.
    public init(
        _ materials: SiteMaterials, templates: URL, folder: URL, port: UInt16,
        report: @escaping @Sendable (BuildEvent) -> Void
    ) throws {
        builder = SiteBuilder(templates: templates, output: folder)
        self.materials = materials
        self.folder = folder
        self.report = report
        server = try HTTPServer(port: port)
        firstSeen = SitePreview.state(of: templates)
        try builder.build(materials, report: report)
    }

    public var address: String { "http://127.0.0.1:\(server.port)/" }

    /// Serves the site and watches the templates for as long as the program runs.
    ///
    /// - Throws: ``SiteError`` if it can no longer be served.
    public func run() throws -> Never {
        Thread.detachNewThread { [self] in watch() }
        try server.serve(answer)
    }

    private func watch() {
        var seen = firstSeen
        while true {
            Thread.sleep(forTimeInterval: 0.1)
            let now = SitePreview.state(of: builder.templates)
            if now != seen {
                seen = now
                rebuild()
            }
        }
    }

    private func rebuild() {
        do {
            try builder.build(materials, report: report)
            version.withLock { $0 += 1 }
        } catch let error as SiteError {
            report(.failed(message: error.description, code: 1))
        } catch {
            report(.failed(message: "\(error)", code: 1))
        }
    }

    /// What shows that a file was written, or another one put in its place.
    private struct FileState: Equatable {
        let inode: ino_t
        let size: off_t
        let seconds: Int
        let nanoseconds: Int

        /// - Returns: nil for a file that vanishes meanwhile, or a link that leads nowhere.
        init?(_ file: URL) {
            var status = stat()
            guard stat(file.path, &status) == 0 else { return nil }
            #if canImport(Darwin)
                let modified = status.st_mtimespec
            #else
                let modified = status.st_mtim
            #endif
            (inode, size) = (status.st_ino, status.st_size)
            (seconds, nanoseconds) = (modified.tv_sec, modified.tv_nsec)
        }
    }

    /// The state of each file that the builds read, by path: what editors leave beside them calls for no build.
    private static func state(of templates: URL) -> [String: FileState?] {
        var state: [String: FileState?] = [:]
        // A folder that cannot be read is a change, and the build that follows tells of it.
        for part in (try? TemplateFolder.Part.all(in: templates)) ?? [] {
            for file in (try? TemplateFolder.files(in: templates, part)) ?? [] {
                state[file.path] = .some(FileState(file))
            }
        }
        return state
    }
}

extension SitePreview {
    private static let reloadPath = "/.reload"
    private static let scriptPath = "/.reload.js"

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        if request.path == SitePreview.reloadPath {
            return HTTPResponse(body: Data(String(version.withLock { $0 }).utf8))
        }
        if request.path == SitePreview.scriptPath {
            return HTTPResponse(type: HTTPResponse.type(of: "a.js"), body: Data(SitePreview.script.utf8))
        }
        guard let path = request.pathInFolder else { return HTTPResponse(status: 404) }
        var isFolder: ObjCBool = false
        let file = folder.appending(path: path)
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else { return missing() }
        if isFolder.boolValue { return .redirect(toFolder: path) }
        // The version comes before the page: should a build end in between, the page is loaded once more than needed.
        let version = version.withLock { $0 }
        guard let bytes = try? OpenFile.contents(of: file) else { return missing() }
        let content = Data(bytes)
        let isPage = path.hasSuffix(".html")
        return HTTPResponse(
            type: HTTPResponse.type(of: path), body: isPage ? SitePreview.reloading(content, version) : content)
    }

    private func missing() -> HTTPResponse {
        let page = try? OpenFile.contents(of: folder.appending(path: "404.html"))
        return HTTPResponse(status: 404, type: HTTPResponse.type(of: "404.html"), body: Data(page ?? []))
    }

    /// The page with a script that asks for versions other than the page's, which its own policy must let through.
    private static func reloading(_ page: Data, _ version: Int) -> Data {
        let text = String(decoding: page, as: UTF8.self)
            .replacing("default-src 'none';", with: "default-src 'none'; connect-src 'self';")
            .replacing("</head>", with: "<script src=\"\(scriptPath)?\(version)\" defer></script>\n</head>")
        return Data(text.utf8)
    }

    private static let script = """
        const version = new URL(document.currentScript.src).search.slice(1);
        setInterval(async () => {
          const now = await fetch("\(reloadPath)").then((response) => response.text()).catch(() => version);
          if (now !== version) location.reload();
        }, 100);
        """
}
