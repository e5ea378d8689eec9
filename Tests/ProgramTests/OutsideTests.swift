import Foundation
import TestSupport
import Testing

/// What comes from outside may hold anything, and a training may go anywhere.
@Suite("What nobody expects") struct OutsideTests {
    @Test func pathsAreShownOnOneLineAndMoveNoCursor() throws {
        let outcome = try Program().run(Program.render + ["--templates", "a\u{1B}[2J\nb"])
        #expect(outcome.code == 1)
        #expect(outcome.complaints.count == 1)
        #expect(outcome.errors.contains("a\\u{1b}[2J\\nb") && !outcome.errors.contains("\u{1B}"))
    }

    @Test func aTrainingThatWentAstrayIsShown() throws {
        let program = try Program(.article)
        let outcome = try program.run(Program.build + ["--learning-rate", "1e5"])
        #expect(outcome.code == 0)
        #expect(program.exists("output/en/index.html"))
    }
}
