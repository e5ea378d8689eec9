import Foundation
import Learn
import Synchronization
import TestSupport
import Testing

@testable import Site

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct HTTPMessageTests {
    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/", "index.html"),
        ("HEAD /en/?q#f HTTP/1.0\r\n\r\n", "HEAD", "/en/", "en/index.html"),
        ("GET /a%20b.svg HTTP/1.1\r\n\r\n", "GET", "/a b.svg", "a b.svg"),
        ("GET //a//b HTTP/1.1\r\n\r\n", "GET", "//a//b", "a/b"),
    ])
    func requestsAreRead(_ head: String, _ method: String, _ path: String, _ file: String) throws {
        let request = try #require(HTTPRequest(head: head))
        #expect(request.method == method)
        #expect(request.path == path)
        #expect(request.pathInFolder == file)
    }

    @Test(arguments: [
        "", "GET", "GET / FTP/1.0", "GET a HTTP/1.1", "GET /%zz HTTP/1.1", "GET /%00 HTTP/1.1", "\r\n\r\n",
    ])
    func whatIsNoRequestIsRefused(_ head: String) {
        #expect(HTTPRequest(head: head) == nil)
    }

    @Test(arguments: ["/../x", "/a/%2e%2e/x", "/..", "/a/..%2fx"])
    func noPathLeadsOut(_ path: String) throws {
        #expect(try #require(HTTPRequest(head: "GET \(path) HTTP/1.1")).pathInFolder == nil)
    }

    @Test func aHeadRequestGetsNoBody() {
        let response = HTTPResponse(body: Data("abc".utf8))
        let (whole, head) = (response.bytes(hasBody: true), response.bytes(hasBody: false))
        #expect(String(decoding: head, as: UTF8.self).contains("Content-Length: 3\r\n"))
        #expect(whole == head + Data("abc".utf8))
    }
}

@Suite struct SitePreviewTests {
    private let folder = try! TemporaryFolder()

    /// A copy of the templates, beside a link to the sources.
    private func templates() throws -> URL {
        let package = folder.url.appending(path: "package")
        try FileManager.default.createDirectory(at: package, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: package.appending(path: "Sources"), withDestinationURL: TestSite.package.appending(path: "Sources"))
        try FileManager.default.copyItem(at: TestSite.templates, to: package.appending(path: "templates"))
        return package.appending(path: "templates")
    }

    private func preview(
        _ templates: URL, report: @escaping @Sendable (BuildEvent) -> Void = { _ in }
    ) throws -> SitePreview {
        let materials = SiteMaterials(dataset: Fixture.dataset, runs: Fixture.runs(), figures: TestSite.figures)
        return try SitePreview(
            materials, templates: templates, folder: folder.url.appending(path: "site"), port: 0, report: report)
    }

    private func get(_ preview: SitePreview, _ path: String) throws -> HTTPResponse {
        preview.answer(try #require(HTTPRequest(head: "GET \(path) HTTP/1.1")))
    }

    @Test func pagesAreServedWithAScriptThatReloadsThem() throws {
        let preview = try preview(templates())
        let page = try get(preview, "/en/")
        #expect(page.status == 200 && page.type == "text/html; charset=utf-8")
        let text = String(decoding: page.body, as: UTF8.self)
        #expect(text.contains("<script src=\"/.reload.js?0\" defer></script>") && text.contains("connect-src 'self'"))
        #expect(try get(preview, "/en").location == "/en/")
        let style = try #require(text.firstMatch(of: /href="\.\.(\/parts\/[0-9a-f]+\/assets\/site.css)"/)).1
        #expect(try get(preview, String(style)).type == "text/css; charset=utf-8")
        #expect(try get(preview, "/nothing").status == 404)
        #expect(try get(preview, "/../package/templates/layout.mustache").status == 404)
        #expect(String(decoding: try get(preview, "/.reload").body, as: UTF8.self) == "0")
    }

    /// The limit ends a test that waits for what never comes.
    @Test(.timeLimit(.minutes(5))) func aChangedSentenceIsSeenAndAMistakeTold() async throws {
        let templates = try templates()
        let mistakes = Mutex<[String]>([])
        let preview = try preview(templates) { event in
            if case .failed(let message, _) = event { mistakes.withLock { $0.append(message) } }
        }
        let url = try #require(URL(string: preview.address + ".reload"))
        func nextVersion(than old: String) async throws -> String {
            while true {
                let version = String(decoding: try await URLSession.shared.data(from: url).0, as: UTF8.self)
                if version != old { return version }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        func page() throws -> String { String(decoding: try get(preview, "/en/").body, as: UTF8.self) }

        // A change between the first build and the first look at the templates must not be lost.
        let file = templates.appending(path: "article/01-introduction.en.mustache")
        let text = try String(contentsOf: file, encoding: .utf8)
        let date = Date(timeIntervalSinceReferenceDate: 800_000_000)
        try write(text + "<p>A new sentence.</p>", to: file, modified: date)
        Thread.detachNewThread { preview.run() }
        let first = try await nextVersion(than: "0")
        #expect(try page().contains("A new sentence.") && page().contains("/.reload.js?\(first)"))

        // As long as before, and within the same second.
        try write(text + "<p>A newer phrase.</p>", to: file, modified: date + 0.25)
        _ = try await nextVersion(than: first)
        #expect(try page().contains("A newer phrase."))

        try write(text + "{{value.nonsense}}    ", to: file, modified: date + 0.5)
        while mistakes.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(50)) }
        #expect(mistakes.withLock { $0[0] }.contains("value \"nonsense\""))
        #expect(try page().contains("A newer phrase."))
    }

    /// Writes in place, as an editor may, and never leaves the file shorter than before: no look at it finds half.
    private func write(_ text: String, to file: URL, modified date: Date) throws {
        let handle = try FileHandle(forWritingTo: file)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
    }
}
