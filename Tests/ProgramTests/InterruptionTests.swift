import Foundation
import Site
import Testing

@Suite("Interrupted builds") struct InterruptionTests {
    @Test(arguments: [SIGINT, SIGTERM])
    func endAfterTheEpochAndGoOn(_ signal: Int32) throws {
        let long = ["train"] + Program.small.dropLast(2) + ["--epochs", "2000"]
        let program = try Program()
        let child = try program.start(long)
        try child.waitForOutput("epoch 3/2000")
        child.signal(signal)
        let outcome = try child.outcome()
        #expect(outcome.code == 128 + signal)
        #expect(outcome.complaints.count == 1)
        let words = /site-build: training of conv interrupted after epoch (\d+); the same command goes on from there/
        let match = try #require(outcome.errors.trimmingCharacters(in: .newlines).wholeMatch(of: words))
        let epoch = try #require(Int(match.1))

        let again = try program.start(long)
        try again.waitForOutput("epoch \(epoch + 1)/2000")
        again.signal(SIGKILL)
        #expect(try !again.outcome().output.contains("epoch \(epoch)/2000"))
    }

    /// Beside the run that is to be replaced, and with networks before and after the one under way.
    @Test func aTrainingAnewGoesOnAsWell() throws {
        let program = try Program(.networks)
        let anew = ["train", "--fresh"] + Program.small.dropLast(2) + ["--epochs", "300"]
        let networks = ["--network", "conv", "--network", "deep"]
        #expect(try program.run(anew + ["--network", "deep"]).code == 0)
        var outcome: Program.Outcome
        repeat {
            let child = try program.start(anew + networks)
            try child.waitForOutput("deep epoch 3/300")
            child.signal(SIGINT)
            outcome = try child.outcome()
            // It may be over before the signal comes; then the next one trains both anew.
        } while outcome.code == 0
        let words = /interrupted after epoch (\d+); the same command goes on from there/
        let match = try #require(outcome.errors.firstMatch(of: words), "\(outcome)")
        let epoch = try #require(Int(match.1))

        // Whoever does not ask for it gets what was there, and spoils nothing.
        let other = try program.run(anew.filter { $0 != "--fresh" } + networks)
        #expect(other.code == 0 && !other.output.contains("epoch 1/300"))

        let again = try program.start(anew + networks)
        try again.waitForOutput("deep epoch \(epoch + 1)/300")
        again.signal(SIGKILL)
        let output = try again.outcome().output
        #expect(output.contains("conv, 300 epochs, seed 0: already trained"))
        #expect(!output.contains("epoch \(epoch)/300"))
    }

    @Test func twiceEndsAtOnce() throws {
        let program = try Program()
        let child = try program.start(["train"] + Program.small.dropLast(2) + ["--epochs", "2000"])
        try child.waitForOutput("epoch 1/2000")
        // Stopped, it is sure to get both before the epoch ends.
        child.signal(SIGSTOP)
        child.signal(SIGINT)
        child.signal(SIGTERM)
        child.signal(SIGCONT)
        #expect([128 + SIGINT, 128 + SIGTERM].contains(try child.outcome().code))
    }

    @Test func inTheLastEpochIsNotForgotten() throws {
        // An epoch of a tiny network would be over too soon.
        let program = try Program(.large)
        let short = ["train"] + Program.small.dropLast(2) + ["--epochs", "1", "--log", "json"]
        var isCaught = false
        while !isCaught {
            try? program.remove("runs")
            let child = try program.start(short)
            try child.waitForOutput("\"data\"")
            // A training so short may be over before it is stopped; then the next one is.
            _ = try child.whileStopped {
                isCaught = try !child.outputSoFar().contains("\"epoch\"")
                if isCaught { child.signal(SIGINT) }
            }
            let outcome = try child.outcome()
            #expect(outcome.code == (isCaught ? 130 : 0))
            // The signal may come before the handler is there.
            #expect(outcome.errors.isEmpty || outcome.errors.contains("interrupted after epoch 1"))
        }
    }
}
