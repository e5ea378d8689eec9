import Foundation
import Learn
import Testing

@Suite("Two builds at once") struct TwoAtOnceTests {
    @Test func comeToTheSameEndAsOne() throws {
        let alone = try Program()
        #expect(try alone.run(Program.build).code == 0)

        let program = try Program()
        // Held up at the first training, both are sure to meet.
        let names = try FileManager.default.contentsOfDirectory(atPath: alone.folder.appending(path: "runs").path)
        let first = try #require(names.first { $0.hasPrefix("lenet5-") })
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
        try waiting.waitForOutput("epoch 5/2000")
        waiting.signal(SIGKILL)
        _ = try child.outcome()
        _ = try waiting.outcome()
    }

    @Test func aRunInTrainingIsNotPruned() throws {
        let program = try Program()
        let long = ["train"] + Program.small.dropLast(2) + ["--epochs", "2000"]
        // Two that were cut short, on either side of the one under way: folders are gone through by name.
        for network in ["lenet5", "wide"] {
            let child = try program.start(long + ["--network", network])
            try child.waitForOutput("epoch 1/2000")
            child.signal(SIGKILL)
            _ = try child.outcome()
        }
        let child = try program.start(long + ["--network", "maxpool"])
        try child.waitForOutput("epoch 1/2000")
        let outcome = try program.run(["runs", "--runs", "runs", "--prune"])
        #expect(outcome.code == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains(/kept maxpool-[0-9a-f]{16}: it is being trained, or has been since\n/))
        let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.appending(path: "runs").path)
        #expect(left.filter { !$0.hasPrefix(".") }.map { $0.prefix { $0 != "-" } } == ["maxpool"])
        child.signal(SIGKILL)
        _ = try child.outcome()
    }
}
