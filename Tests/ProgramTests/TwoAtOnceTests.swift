import Foundation
import Testing

@Suite("Two builds at once") struct TwoAtOnceTests {
    @Test func comeToTheSameEndAsOne() throws {
        let alone = try Program()
        #expect(try alone.run(Program.build).code == 0)

        let program = try Program()
        let children = try (0..<2).map { _ in try program.start(Program.build) }
        let outcomes = try children.map { try $0.outcome() }
        #expect(outcomes.map(\.code) == [0, 0])
        #expect(outcomes.map(\.errors) == ["", ""])
        #expect(try program.results() == alone.results())
        #expect(outcomes.contains { $0.output.contains("waiting for process") })
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
}
