import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("Preview by the program") struct ServeTests {
    /// More readers at once than it may open files, who say nothing: it neither ends nor keeps the next one waiting. Nor
    /// does it end where fewer files can be opened than it reckons with; as soon as they can, it answers.
    @Test(.timeLimit(.minutes(30)), arguments: [0, 210]) func outlivesMoreReadersThanItMayHave(taken: Int) async throws
    {
        let program = try Program.trained()
        // A descriptor that is open already stays: by one of them, `Process` sees the end of its child, and would wait for
        // that at once, and so for no other child, if it were closed.
        let script = """
            ulimit -n 256
            for ((i = 10; i < \(taken) + 10; i++)); do [ -e /dev/fd/$i ] || eval "exec $i</dev/null"; done
            exec "$site_build" serve --port 0 "$@"
            """
        let child = try Child(
            "/usr/bin/env", ["bash", "-ec", script, "bash"] + Program.small + Program.site.prefix(2),
            in: program.folder,
            environment: ["site_build": Program.executable.path, "TMPDIR": program.folder.path])
        try child.waitForOutput("serving http://127.0.0.1:")
        let port = try #require(try child.outputSoFar().firstMatch(of: /serving http:\/\/127.0.0.1:(\d+)\//)?.1)
        let readers = try (0..<300).map { _ in try connection(to: UInt16(port) ?? 0) }
        if taken > 0 { for reader in readers { close(reader) } }
        let page = try #require(URL(string: "http://127.0.0.1:\(port)/en/"))
        let (content, response) = try await URLSession.shared.data(from: page)
        #expect((response as? HTTPURLResponse)?.statusCode == 200 && content.count > 1000)
        if taken == 0 { for reader in readers { close(reader) } }
        child.signal(SIGTERM)
        let outcome = try child.outcome()
        #expect(outcome.code == 128 + SIGTERM, "\(outcome)")
    }

    private func connection(to port: UInt16) throws -> Int32 {
        #if canImport(Darwin)
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
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
        return descriptor
    }

    /// Into a file as well, where nothing would come along before much has been written.
    @Test func saysAtOnceWhereAndLeavesNothingBehind() throws {
        let program = try Program.trained()
        try program.write("", to: "temporary/.keep")
        let child = try program.start(
            ["serve", "--port", "0"] + Program.small + Program.site.prefix(2),
            environment: ["TMPDIR": program.folder.appending(path: "temporary").path])
        try child.waitForOutput("serving http://127.0.0.1:")
        #expect(try program.contents(of: "temporary").keys.contains { $0.hasSuffix("site/index.html") })
        child.signal(SIGTERM)
        let outcome = try child.outcome()
        #expect(outcome.code == 128 + SIGTERM, "\(outcome)")
        #expect(try program.contents(of: "temporary").keys.allSatisfy { $0 == ".keep" })
    }
}
