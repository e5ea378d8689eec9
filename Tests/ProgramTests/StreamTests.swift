import Foundation
import Testing

/// Where what the program tells does not arrive: a full disk, a reader that left, a closed stream.
@Suite("Standard streams") struct StreamTests {
    private static let places = Array(Program.small.dropLast(2))
    private static let templates = Array(Program.site.prefix(2))
    /// What prints and does nothing else.
    private static let listings: [[String]] = [
        ["predict", "--network", "conv"] + places, ["runs", "--runs", "runs"],
        ["facts"] + places + templates, ["facts", "--json"] + places + templates,
        ["study", "plan", "--seeds", "1-9"] + places,
        ["study", "plan", "--seeds", "1-9", "--format", "slurm"] + places,
        ["study", "plan", "--seeds", "1-9", "--format", "github", "--all"] + places, ["study", "summary"] + places,
        ["compare", "output", "--output", "output"], ["--help"], ["help", "study", "plan"], ["train", "--help"],
        ["--version"], ["--generate-completion-script", "zsh"], ["--experimental-dump-help"],
    ]
    /// What does some work and tells of it on the way, and a file that is there afterwards.
    private static let works: [([String], String)] = [
        (["train", "--log", "json", "--seed", "1"] + Program.small, "runs"),
        (Program.build, "output/index.html"), (Program.render, "output/index.html"),
        (["gallery", "--output", "gallery"] + Program.small + Program.site.prefix(2), "gallery/index.html"),
    ]

    /// Runs the program with its streams as a shell redirects them; the signals of a broken pipe and of a file that is
    /// too large would end it, whoever ignores them here.
    private func run(
        _ arguments: [String], _ redirection: String, in program: Program, preparing preparation: String = ""
    ) throws -> Program.Outcome {
        try program.run(
            shell: "\(preparation)\nexec env --default-signal=PIPE,XFSZ \"$site_build\" \"$@\" \(redirection)",
            arguments: arguments)
    }

    /// Makes a file that is larger than any may become. The signal that comes with a write to it is a thread's own, and
    /// some threads block it.
    private static let fullFile = "head -c 2000 /dev/zero >full.txt; ulimit -f 1"

    /// Makes the descriptor 3 lead to nobody.
    private static let lostReader = "rm -f pipe; mkfifo pipe; : <pipe & exec 3>pipe; wait"

    @Test func aListingThatIsCutIsNoSuccess() throws {
        let program = try Program.finished()
        for arguments in StreamTests.listings {
            let full = try run(arguments, ">/dev/full", in: program)
            #expect(full.code == 74, "\(arguments)")
            #expect(
                full.errors == "site-build: standard output: No space left on device: it ends before its time; "
                    + "make room, or send it elsewhere\n", "\(arguments)")
            let closed = try run(arguments, ">&-", in: program)
            #expect(closed.code == 74 && closed.complaints.count == 1, "\(arguments): \(closed)")
            #expect(closed.errors.contains("standard output: Bad file descriptor"))
            let left = try run(arguments, ">&3", in: program, preparing: StreamTests.lostReader)
            #expect(left.code == 128 + SIGPIPE && left.errors == "", "\(arguments): \(left)")
        }
    }

    /// One file grows a little, others are too large already.
    @Test func aListingIntoAFileThatMayNotGrowFails() throws {
        let program = try Program.finished()
        for (arguments, file) in [(StreamTests.listings[0], ">answers.csv")]
            + StreamTests.listings.map({ ($0, ">>full.txt") })
        {
            let outcome = try run(arguments, file, in: program, preparing: StreamTests.fullFile)
            #expect(outcome.code == 74 && outcome.complaints.count == 1, "\(arguments): \(outcome)")
            #expect(outcome.errors.contains("standard output: File too large"), "\(arguments)")
        }
    }

    /// Of more than a pipe holds, so that the program is still writing when its reader leaves.
    @Test func headHasItsLines() throws {
        let program = try Program()
        try program.writeData(test: 2000)
        #expect(try program.run(["train", "--network", "conv"] + Program.small).code == 0)
        let outcome = try program.run(
            shell: "{ \"$site_build\" \"$@\" && echo 0 >&2 || echo $? >&2; } | head -n 2",
            arguments: StreamTests.listings[0])
        #expect(outcome.output.split(whereSeparator: \.isNewline).count == 2 && outcome.errors == "141\n", "\(outcome)")
    }

    @Test(
        arguments: [
            (">/dev/full", "", 74, "site-build: standard output: No space left on device: the work goes on, untold\n"),
            (">&3 2>&3", StreamTests.lostReader, 0, ""),
        ] as [(String, String, Int32, String)])
    func workGoesOnUntold(_ redirection: String, _ preparation: String, _ code: Int32, _ errors: String) throws {
        let program = try Program()
        for (arguments, result) in StreamTests.works {
            if program.exists("output") { try program.remove("output") }
            let outcome = try run(arguments, redirection, in: program, preparing: preparation)
            #expect(outcome.code == code && outcome.errors == errors, "\(arguments): \(outcome)")
            #expect(program.exists(result), "\(arguments)")
        }
        let runs = try program.run(["runs", "--runs", "runs"]).output.split(separator: "\n").dropFirst()
        #expect(runs.count == 2 && runs.allSatisfy { $0.contains(" complete ") }, "\(runs)")
    }

    /// What is told gets into no file that takes the place of a closed stream.
    @Test func closedStreamsStopNoWork() throws {
        let undisturbed = try Program.finished()
        let program = try Program()
        let outcome = try run(Program.build, "<&- >&- 2>&-", in: program)
        #expect(outcome.code == 0)
        #expect(try program.results() == undisturbed.results())
    }

    @Test func previewsGoOnUntold() throws {
        let program = try Program.trained()
        for (redirection, preparation) in [(">/dev/full", ""), (">&3 2>&3", StreamTests.lostReader)] {
            try program.write("", to: "temporary/.keep")
            let child = try program.start(
                shell: "\(preparation)\nexec env --default-signal=PIPE TMPDIR=\"$PWD/temporary\" "
                    + "\"$site_build\" \"$@\" \(redirection)",
                arguments: ["serve", "--port", "0"] + Program.small + Program.site.prefix(2))
            // By names alone: what a build has not put in its place yet may be gone when it is to be read.
            let temporary = program.folder.appending(path: "temporary").path
            try child.wait {
                FileManager.default.enumerator(atPath: temporary)?
                    .contains { ($0 as? String)?.hasSuffix("site/index.html") == true } == true
            }
            child.signal(SIGTERM)
            let outcome = try child.outcome()
            #expect(outcome.code == 128 + SIGTERM, "\(outcome)")
        }
    }

    @Test func errorsThatCannotBeToldKeepTheirCode() throws {
        let program = try Program()
        for (redirection, preparation) in [
            ("2>/dev/full", ""), ("2>&-", ""), ("2>&3", StreamTests.lostReader), (">/dev/full 2>/dev/full", ""),
            ("2>>full.txt", StreamTests.fullFile),
        ] {
            let outcome = try run(
                ["train", "--learning-rate", "1e38"] + Program.small, redirection, in: program, preparing: preparation)
            #expect(outcome.code == 3, "\(redirection)")
            #expect(try run(["--nonsense"], redirection, in: program, preparing: preparation).code == 64)
        }
    }

    /// A remark that is lost is a loss, unless nobody wanted it.
    @Test func remarksAreChecked() throws {
        let program = try Program()
        let plan = ["study", "plan", "--seeds", "1-9", "--format", "slurm", "--jobs", "2"] + StreamTests.places
        #expect(try run(plan, "2>/dev/full", in: program).code == 74)
        for (redirection, preparation) in [("2>&-", ""), ("2>&3", StreamTests.lostReader)] {
            let outcome = try run(plan, redirection, in: program, preparing: preparation)
            #expect(outcome.code == 0 && outcome.output.contains("--array=1-2\n"))
        }
    }

    /// The verdict of a comparison does not hang on whether somebody reads its table.
    @Test func aComparisonIsJudgedUnread() throws {
        let program = try Program.finished()
        let copy = program.folder.appending(path: "before")
        try FileManager.default.copyItem(at: program.folder.appending(path: "output"), to: copy)
        let record = copy.appending(path: "data/conv.json")
        let text = try String(contentsOf: record, encoding: .utf8)
        try program.write(
            text.replacing(/"testLoss" : [0-9.]+/, with: "\"testLoss\" : 9"), to: "before/data/conv.json")
        let compare = ["compare", "before", "--output", "output"]
        #expect(try run(compare, ">/dev/full", in: program).code == 4)
        #expect(try run(compare, ">&3", in: program, preparing: StreamTests.lostReader).code == 4)
        #expect(try run(compare + ["--accept-changes"], ">/dev/full", in: program).code == 74)
    }

    @Test func nothingIsPrunedUntold() throws {
        let program = try Program()
        let child = try program.start(["train"] + StreamTests.places + ["--epochs", "2000"])
        // By then the first has been stored.
        try child.waitForOutput("epoch 2/2000")
        child.signal(SIGKILL)
        _ = try child.outcome()
        let before = try program.results()
        #expect(try run(["runs", "--runs", "runs", "--prune"], ">/dev/full", in: program).code == 74)
        #expect(try program.results() == before && !before.isEmpty)
    }
}
