import Foundation
import TestSupport
import Testing

/// Builds that are killed come to the same end as one that is not.
@Suite("Killed builds") struct KillTests {
    /// `$KILLS`, or a number that takes moments.
    private static let kills = ProcessInfo.processInfo.environment["KILLS"].flatMap { Int($0) } ?? 20

    @Test func endWithTheSameBytes() throws {
        let undisturbed = try Program()
        let began = ContinuousClock.now
        #expect(try undisturbed.run(Program.build).code == 0)
        var duration = ContinuousClock.now - began
        let expected = try undisturbed.results()
        #expect(expected.keys.contains("output/index.html") && expected.keys.contains("output/en/index.html"))

        let program = try Program()
        var kills = 0
        while kills < KillTests.kills {
            let start = ContinuousClock.now
            let child = try program.start(Program.build)
            let end = start + duration * Double.random(in: 0...1)
            while child.isRunning, ContinuousClock.now < end { usleep(1000) }
            child.signal(SIGKILL)
            let code = try child.outcome().code
            try #require([0, 128 + SIGKILL].contains(code))
            try expectWholeSiteOrNone(program, expected)
            if code == 0 {
                // Other tests may have slowed down the first.
                duration = min(duration, ContinuousClock.now - start)
                try expectSame(program, expected)
                for folder in ["runs", "output", ".output.site-build"] { try program.remove(folder) }
            } else {
                kills += 1
            }
        }
        #expect(try program.run(Program.build).code == 0)
        try expectSame(program, expected)
    }

    private func expectSame(_ program: Program, _ expected: [String: Data]) throws {
        let results = try program.results()
        #expect(results.keys.sorted() == expected.keys.sorted())
        #expect(expected.keys.filter { results[$0] != expected[$0] } == [])
        #expect(try program.contents(of: ".output.site-build").keys.sorted() == [".lock"])
    }

    /// What a reader sees at any moment.
    private func expectWholeSiteOrNone(_ program: Program, _ expected: [String: Data]) throws {
        let seen = try program.results().filter { $0.key.hasPrefix("output/") }
        #expect(seen.isEmpty || seen == expected.filter { $0.key.hasPrefix("output/") })
    }
}
