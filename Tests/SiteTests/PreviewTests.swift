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

    /// A name of another site that was made to lead to this machine is none of its own.
    @Test(arguments: [
        ("Host: localhost:8000", true), ("host:127.0.0.1", true), ("HOST: \t[::1]:1 ", true), ("Host: LocalHost", true),
        ("Accept: */*", true), ("Host: example.org", false), ("Host: localhost.example.org", false),
        ("Host: 127.0.0.1.nip.io:8000", false), ("Host: 127x0.0.1", false), ("Host:", false),
        ("Host: localhost:x", false), ("Host: localhost\r\nHost: localhost", false),
        ("Host: localhost\r\nHost: example.org", false), ("X: \u{2028}Host: localhost\r\nHost: example.org", false),
        ("Host: example.org\nAccept: a", false), ("Host: example.org@localhost", false),
    ])
    func onlyThisMachinesNamesAreAnswered(_ fields: String, _ isAnswered: Bool) throws {
        let request = try #require(HTTPRequest(head: "GET / HTTP/1.1\r\n\(fields)\r\n\r\n"))
        #expect(request.isForThisMachine == isAnswered)
    }

    @Test(arguments: [
        ("en", "/en/"), ("a b", "/a%20b/"), ("\\example.org", "/%5Cexample.org/"), ("日本", "/%E6%97%A5%E6%9C%AC/"),
    ])
    func redirectsStayOnThisHost(_ path: String, _ location: String) {
        #expect(HTTPResponse.redirect(toFolder: path).location == location)
    }

    @Test func aHeadRequestGetsNoBody() {
        let response = HTTPResponse(body: Data("abc".utf8))
        let (whole, head) = (response.bytes(hasBody: true), response.bytes(hasBody: false))
        #expect(String(decoding: head, as: UTF8.self).contains("Content-Length: 3\r\n"))
        #expect(whole == head + Array("abc".utf8))
    }
}

@Suite struct HTTPServerTests {
    /// A server whose only page is "page"; it goes on as long as the tests do.
    private func server(patience: Duration) throws -> HTTPServer {
        let server = try HTTPServer(port: 0, patience: patience)
        Thread.detachNewThread { try? server.serve { _ in HTTPResponse(body: Data("page".utf8)) } }
        return server
    }

    private func ask(_ server: HTTPServer, host: String = "localhost") throws -> String {
        let reader = try Reader(server.port)
        reader.send("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
        return reader.rest()
    }

    /// The limit ends a test that waits for what never comes: nobody here loses patience.
    @Test(.timeLimit(.minutes(30))) func thoseWhoSayNothingKeepNobodyWaiting() throws {
        let server = try server(patience: .seconds(86_400))
        let silent = try (0..<200).map { number in
            let reader = try Reader(server.port)
            // Every other begins, and does not go on.
            if number.isMultiple(of: 2) { reader.send("GET / HT") }
            return reader
        }
        #expect(try ask(server).hasSuffix("\r\n\r\npage"))
        // Room is made by leaving the oldest, not all.
        for reader in silent.suffix(5) {
            reader.send("TP/1.1\r\n\r\n")
            #expect(reader.rest().hasPrefix("HTTP/1.1 "))
        }
        #expect(silent[0].rest() == "")
    }

    @Test(.timeLimit(.minutes(30))) func patienceEnds() throws {
        let server = try server(patience: .milliseconds(1))
        #expect(try Reader(server.port).rest() == "")
    }

    /// Bytes that come one by one do not prolong it: the server hangs up long before they are too many for a request,
    /// which at this pace takes a minute.
    @Test(.timeLimit(.minutes(30))) func patienceEndsWithATrickleAsWell() throws {
        let trickling = try Reader(server(patience: .milliseconds(200)).port)
        var sent = 0
        while trickling.send("a") {
            sent += 1
            usleep(1000)
        }
        #expect(sent < 1 << 16)
    }

    @Test func anAnswerMayBeLong() throws {
        let body = Data((0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
        let server = try HTTPServer(port: 0)
        Thread.detachNewThread { try? server.serve { _ in HTTPResponse(body: body) } }
        let reader = try Reader(server.port)
        reader.send("GET / HTTP/1.0\r\n\r\n")
        let answer = reader.bytes()
        #expect(answer.suffix(body.count).elementsEqual(body) && answer.count < body.count + 500)
    }

    @Test func otherNamesAreRefused() throws {
        let server = try server(patience: .seconds(10))
        #expect(try ask(server, host: "127.0.0.1:\(server.port)").hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(try ask(server, host: "example.org").hasPrefix("HTTP/1.1 421 "))
    }
}

/// A connection to a server on this machine.
private final class Reader {
    private let descriptor: Int32

    init(_ port: UInt16) throws {
        #if canImport(Darwin)
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(isConnected)
    }

    deinit { close(descriptor) }

    @discardableResult func send(_ text: String) -> Bool {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        return Array(text.utf8).withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, flags) > 0 }
    }

    /// All that comes until the server hangs up.
    func bytes() -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = recv(descriptor, &chunk, chunk.count, 0), count > 0 { bytes += chunk.prefix(count) }
        return bytes
    }

    func rest() -> String { String(decoding: bytes(), as: UTF8.self) }
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
        #expect(try get(preview, "//en").location == "/en/")
        let style = try #require(text.firstMatch(of: /href="\.\.(\/parts\/[0-9a-f]+\/assets\/site.css)"/)).1
        #expect(try get(preview, String(style)).type == "text/css; charset=utf-8")
        #expect(try get(preview, "/nothing").status == 404)
        #expect(try get(preview, "/../package/templates/layout.mustache").status == 404)
        #expect(String(decoding: try get(preview, "/.reload").body, as: UTF8.self) == "0")
    }

    /// The limit ends a test that waits for what never comes, not one for which a busy machine has no thread.
    @Test(.timeLimit(.minutes(60))) func aChangedSentenceIsSeenAndAMistakeTold() async throws {
        let templates = try templates()
        let mistakes = Mutex<[String]>([])
        let preview = try preview(templates) { event in
            if case .failed(let message, _) = event { mistakes.withLock { $0.append(message) } }
        }
        let url = try #require(URL(string: preview.address + ".reload"))
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 3600
        let session = URLSession(configuration: configuration)
        func nextVersion(than old: String) async throws -> String {
            while true {
                let version = String(decoding: try await session.data(from: url).0, as: UTF8.self)
                if version != old { return version }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        func page() throws -> String { String(decoding: try get(preview, "/en/").body, as: UTF8.self) }

        // A change between the first build and the first look at the templates must not be lost.
        let file = templates.appending(path: "article/01-introduction.en.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let date = Date(timeIntervalSinceReferenceDate: 800_000_000)
        try write(text + "\n{.only} A new sentence.\n", to: file, modified: date)
        Thread.detachNewThread { try? preview.run() }
        let first = try await nextVersion(than: "0")
        #expect(try page().contains("A new sentence.") && page().contains("/.reload.js?\(first)"))

        // As long as before, and within the same second.
        try write(text + "\n{.only} A newer phrase.\n", to: file, modified: date + 0.25)
        _ = try await nextVersion(than: first)
        #expect(try page().contains("A newer phrase."))

        try write(text + "\n{.only} {nonsense}      \n", to: file, modified: date + 0.5)
        while mistakes.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(50)) }
        #expect(mistakes.withLock { $0[0] }.contains("no fact \"nonsense\""))
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
