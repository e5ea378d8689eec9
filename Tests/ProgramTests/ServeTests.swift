import Foundation
import Testing

@Suite("Preview by the program") struct ServeTests {
    /// Into a file as well, where nothing would come along before much has been written.
    @Test func saysAtOnceWhereAndLeavesNothingBehind() throws {
        let program = try Program()
        #expect(try program.run(["train"] + Program.small).code == 0)
        try program.write("", to: "temporary/.keep")
        let child = try program.start(
            ["serve", "--port", "0"] + Program.small + Program.site.prefix(2),
            environment: ["TMPDIR": program.folder.appending(path: "temporary").path])
        try child.waitForOutput("serving http://127.0.0.1:")
        #expect(try program.contents(of: "temporary").keys.contains { $0.hasSuffix("site/index.html") })
        child.signal(SIGTERM)
        #expect(try child.outcome().code == 128 + SIGTERM)
        #expect(try program.contents(of: "temporary").keys.allSatisfy { $0 == ".keep" })
    }
}
