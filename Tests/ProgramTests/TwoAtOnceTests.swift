import Foundation
import Learn
import Testing

@Suite("Two builds at once") struct TwoAtOnceTests {
    @Test func comeToTheSameEndAsOne() throws {
        let alone = try Program.finished(.networks)
        let program = try Program(.networks)
        // Held up at the first training, both are sure to meet.
        let names = try FileManager.default.contentsOfDirectory(atPath: alone.folder.appending(path: "runs").path)
        let first = try #require(names.first { $0.hasPrefix("conv-") })
        let lock = try FolderLock(program.folder.appending(path: "runs/\(first)"), whenHeld: .fail)
        let children = try (0..<2).map { _ in try program.start(Program.build) }
        for child in children { try child.waitForOutput("waiting for process \(getpid())") }
        lock.release()
        let outcomes = try children.map { try $0.outcome() }
        #expect(outcomes.map(\.code) == [0, 0])
        #expect(outcomes.map(\.errors) == ["", ""])
        #expect(try program.results() == alone.results())
    }

    @Test func aDeadHoldersLockIsNoObstacle() throws {
        let program = try Program()
        let child = try program.start(["train"] + Program.small.dropLast(2) + ["--epochs", "2000"])
        try child.waitForOutput("epoch 1/2000")
        let waiting = try program.start(["train"] + Program.small.dropLast(2) + ["--epochs", "2000"])
        try waiting.waitForOutput("waiting for process")
        child.signal(SIGKILL)
        // It goes on from wherever the other was.
        try waiting.wait { output, _ in output.ranges(of: "/2000: ").count >= 4 }
        waiting.signal(SIGKILL)
        _ = try child.outcome()
        _ = try waiting.outcome()
    }

    /// Whatever moment it comes at, pruning takes no folder from a training that would then blame the disk.
    @Test func pruningHindersNoTraining() throws {
        let program = try Program()
        let outcome = try program.run(
            shell: """
                for i in 1 2 3 4 5 6 7 8 9 10 11 12; do "$site_build" runs --runs runs --prune; done > pruned & pruning=$!
                for i in 1 2 3 4 5 6 7 8 9 10; do
                    "$site_build" train \(Program.small.joined(separator: " ")) --seed $i > trained
                done
                wait $pruning
                """)
        #expect(outcome.code == 0 && outcome.errors == "", "\(outcome.errors)")
        #expect(try program.run(["runs", "--runs", "runs"]).output.split(separator: " complete ").count == 11)
    }

    /// On file systems without locks, the disk is not said to be full. The kernel itself refuses here.
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "needs python3"),
        arguments: [
            (ENOSYS, "Function not implemented"), (ENOLCK, "No locks available"),
            (EOPNOTSUPP, "Operation not supported"),
        ]
    )
    func withoutLocksItSaysSo(_ code: Int32, _ reason: String) throws {
        let program = try Program()
        try program.write(TwoAtOnceTests.withoutLocks, to: "without-locks.py")
        // The first locks the folder of all runs, the others that of one.
        for arguments in [
            ["train", "--fresh"] + Program.small, ["train"] + Program.small, ["runs", "--runs", "runs", "--prune"],
        ] {
            try FileManager.default.createDirectory(
                at: program.folder.appending(path: "runs/conv-0123456789abcdef"), withIntermediateDirectories: true)
            let outcome = try Child(
                "/usr/bin/python3",
                ["without-locks.py", "\(code)", Program.executable.path] + arguments, in: program.folder,
                environment: [:]
            ).outcome()
            #expect(outcome.code == 3)
            #expect(outcome.complaints.count == 1)
            #expect(
                outcome.errors.contains("its file system cannot lock files (\(reason)): name a folder on one that can"),
                "\(outcome.errors)")
        }
    }

    /// Has the kernel answer flock(2) with an error, and becomes another program.
    static let withoutLocks = """
        import ctypes, os, platform, struct, sys
        number = {"x86_64": 73, "aarch64": 32}[platform.machine()]
        def step(code, yes, no, value): return struct.pack("=HBBI", code, yes, no, value)
        program = (step(0x20, 0, 0, 0)                                  # load the number of the system call
            + step(0x15, 0, 1, number)                                  # is it flock?
            + step(0x06, 0, 0, 0x00050000 | int(sys.argv[1]))           # yes: fail
            + step(0x06, 0, 0, 0x7FFF0000))                             # no: go on
        class Filter(ctypes.Structure): _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]
        libc = ctypes.CDLL(None, use_errno=True)
        for call in ((38, 1, 0, 0, 0), (22, 2, ctypes.byref(Filter(4, program)), 0, 0)):
            if libc.prctl(*call) != 0: sys.exit("prctl: " + os.strerror(ctypes.get_errno()))
        os.execv(sys.argv[2], sys.argv[2:])
        """

    @Test func aRunInTrainingIsNotPruned() throws {
        let program = try Program(.networks)
        let long = ["train"] + Program.small.dropLast(2) + ["--epochs", "2000"]
        // Two that were cut short, on either side of the one under way: folders are gone through by name.
        for network in ["conv", "flat"] {
            let child = try program.start(long + ["--network", network])
            try child.waitForOutput("epoch 1/2000")
            child.signal(SIGKILL)
            _ = try child.outcome()
        }
        let child = try program.start(long + ["--network", "deep"])
        try child.waitForOutput("epoch 1/2000")
        let outcome = try program.run(["runs", "--runs", "runs", "--prune"])
        #expect(outcome.code == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains(/kept deep-[0-9a-f]{16}: it is being trained, or has been since\n/))
        let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.appending(path: "runs").path)
        #expect(left.filter { !$0.hasPrefix(".") }.map { $0.prefix { $0 != "-" } } == ["deep"])
        child.signal(SIGKILL)
        _ = try child.outcome()
    }
}
