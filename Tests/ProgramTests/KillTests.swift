import Foundation
import TestSupport
import Testing

/// Builds that are killed come to the same end as one that is not.
@Suite("Killed builds") struct KillTests {
    /// `$KILLS`, or a number that takes moments.
    private static let kills = environment("KILLS") ?? 8
    /// Whoever asks for many has the time for the article; all builds take the same steps.
    private static let isLong = environment("KILLS") != nil
    private static func environment(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    /// A program's results by path, without those that tell what belongs to the site.
    private typealias Files = [String: Data]

    @Test func endWithTheSameBytes() throws {
        var moments = Moments(seed: KillTests.environment("SEED") ?? 1)
        let subject: Program.Subject = KillTests.isLong ? .article : .networks
        let undisturbed = try Program(subject)
        let began = ContinuousClock.now
        #expect(try undisturbed.run(Program.build).code == 0)
        var duration = ContinuousClock.now - began
        let expected = try undisturbed.results()
        #expect(expected.keys.contains("output/index.html") && expected.keys.contains("output/en/index.html"))

        let program = try Program(subject)
        var kills = 0
        while kills < KillTests.kills {
            let start = ContinuousClock.now
            let child = try program.start(Program.build)
            let end = start + duration * moments.next()
            while child.isRunning, ContinuousClock.now < end { usleep(1000) }
            child.signal(SIGKILL)
            let code = try child.outcome().code
            try #require([0, 128 + SIGKILL].contains(code))
            try expectWholePages(program, of: [expected], areThere: false)
            if code == 0 {
                // Other tests may have slowed down the first.
                duration = min(duration, ContinuousClock.now - start)
                try expectSame(program, expected)
                for folder in ["runs", "output"] { try program.remove(folder) }
            } else {
                kills += 1
            }
        }
        #expect(try program.run(Program.build).code == 0)
        try expectSame(program, expected)
    }

    /// One site takes the place of another, in a folder where the user has things of all kinds.
    @Test func leaveWholePagesAndTheUsersThings() throws {
        var moments = Moments(seed: KillTests.environment("SEED") ?? 1)
        let program = try Program(KillTests.isLong ? .article : .network)
        let renders = ["3", "4"].map { Program.render + ["--epochs", $0] }
        var sites: [(files: Files, duration: Duration)] = []
        for (epochs, render) in zip(["3", "4"], renders) {
            #expect(try program.run(["train"] + Program.small + ["--epochs", epochs]).code == 0)
            let began = ContinuousClock.now
            #expect(try program.run(render).code == 0)
            let files = try program.results().filter { $0.key.hasPrefix("output/") }
            sites.append((files, ContinuousClock.now - began))
            try program.remove("output")
        }
        let foreign = try UsersThings(in: program)
        #expect(try program.run(renders[0]).code == 0)
        for kill in 1...KillTests.kills {
            let (render, site) = (renders[kill % 2], sites[kill % 2])
            let child = try program.start(render)
            // Half of them hit the moments in which the files get their places.
            let isLate = moments.next() < 0.5
            if isLate { try child.waitForOutput("put the site in its place") }
            let end = ContinuousClock.now + (isLate ? .milliseconds(80) : site.duration) * moments.next()
            while child.isRunning, ContinuousClock.now < end { usleep(200) }
            child.signal(SIGKILL)
            let outcome = try child.outcome()
            try #require([0, 128 + SIGKILL].contains(outcome.code), "\(outcome)")
            try expectWholePages(program, of: sites.map(\.files), areThere: true)
            #expect(try foreign.now() == foreign.before, "kill \(kill)")
        }
        for (render, site) in zip(renders, sites) {
            #expect(try program.run(render).code == 0)
            // The manifest tells of the site before as well.
            let (now, manifest) = (try program.results(), "output/.site-build.json")
            #expect(site.files.filter { $0.key != manifest && now[$0.key] != $0.value }.isEmpty)
            #expect(try foreign.now() == foreign.before)
        }
        let all = Set(sites.flatMap(\.files.keys))
        let things = try program.results().keys.filter { $0.hasPrefix("output/") && foreign.before[$0] == nil }
        #expect(Set(things).subtracting(all) == [])
        #expect(!program.exists("output/.site-build"))
    }

    private func expectSame(_ program: Program, _ expected: Files) throws {
        let results = try program.results()
        #expect(results.keys.sorted() == expected.keys.sorted())
        #expect(expected.keys.filter { results[$0] != expected[$0] } == [])
        #expect(!program.exists("output/.site-build"))
    }

    /// What a reader sees at any moment: pages of one of these sites, with all that they load and offer.
    private func expectWholePages(_ program: Program, of sites: [Files], areThere: Bool) throws {
        let seen = try program.results()
        for page in ["output/index.html", "output/en/index.html"] {
            guard let text = seen[page] else {
                #expect(!areThere)
                continue
            }
            let site = try #require(sites.first { $0[page] == text }, "\(page) is of no site")
            let missing = site.keys.filter { path in
                path.hasPrefix("output/parts/") && seen[path] != site[path]
                    || path.hasPrefix("output/") && seen[path] == nil
            }
            #expect(missing.isEmpty)
        }
    }
}

/// Things of the user's beside those of a site, and among them.
private struct UsersThings {
    let before: [String: String]
    private let program: Program
    private static let name = "mine"

    init(in program: Program) throws {
        let output = program.folder.appending(path: "output")
        for folder in ["", "data/", "en/", "models/", "parts/", "deep/er/"] {
            let place = folder + UsersThings.name
            try program.write("mine", to: "output/\(place).txt")
            try program.write("mine", to: "output/\(place)/.git/config")
            for (link, target) in [("here", "index.html"), ("nowhere", "nothing"), ("away", "/usr/lib")] {
                try FileManager.default.createSymbolicLink(
                    atPath: output.appending(path: "\(place)-\(link)").path, withDestinationPath: target)
            }
            try #require(chmod(output.appending(path: place).path, 0o700) == 0)
            try #require(chmod(output.appending(path: "\(place).txt").path, 0o444) == 0)
            try #require(mkfifo(output.appending(path: "\(place)-pipe").path, 0o600) == 0)
        }
        try #require(chmod(output.path, 0o750) == 0)
        try #require(chmod(output.appending(path: "data").path, 0o711) == 0)
        self.program = program
        before = try UsersThings.now(program)
    }

    func now() throws -> [String: String] { try UsersThings.now(program) }

    private static func now(_ program: Program) throws -> [String: String] {
        try program.things(in: "").filter { path, _ in
            path.hasPrefix("output/") && path.contains("/\(name)") || ["output", "output/data"].contains(path)
        }
    }
}

/// Moments between 0 and 1, the same for the same seed.
private struct Moments {
    private var state: UInt64

    init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 33) / Double(1 << 31 as UInt64)
    }
}
