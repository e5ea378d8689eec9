import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite struct RunListTests {
    @Test func noRuns() {
        #expect(RunList([]).text == "no runs\n")
    }

    @Test func aLineARun() {
        let run = StoredRun(
            folder: URL(filePath: "/runs/wide-0123456789abcdef"), network: "wide", state: .incomplete,
            configuration: Configuration(.wide, epochs: 100, seed: 7), epochsDone: 12, accuracy: 0.9012,
            date: Date(timeIntervalSince1970: 0), size: 1_234_567)
        #expect(
            RunList([run]).text == """
                network  seed  epochs  accuracy  date                  size    state       folder
                wide     7     12/100  90.12%    1970-01-01T00:00:00Z  1.2 MB  incomplete  wide-0123456789abcdef

                """)
    }
}
