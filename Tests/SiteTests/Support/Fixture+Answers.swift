import Learn

@testable import Site

/// Stories of answers: which network gives more right ones, and how sure they are of them.
extension Fixture {
    static let answerStories: [Story] = [
        Story(name: "first best by a hair", runs: answers(wrong: [20, 22, 24])),
        Story(name: "last best by a hair", runs: answers(wrong: [24, 22, 20])),
        Story(name: "ever better", runs: answers(wrong: [60, 40, 10])),
        Story(name: "ever worse", runs: answers(wrong: [10, 40, 60])),
        Story(name: "better in the last epoch alone", runs: suddenly(answers(wrong: [60, 40, 10]))),
        Story(name: "as sure as right", runs: answers(wrong: [10, 11, 9])),
        Story(name: "near the threshold of being sure", runs: answers(wrong: [60, 60, 60], sure: 0.91)),
        Story(name: "guessing", runs: scoring(20)),
        Story(name: "perhaps guessing", runs: scoring(28)),
    ]

    /// The runs as if, before the last epoch, each had answered as its neighbour does.
    private static func suddenly(_ runs: [Run]) -> [Run] {
        runs.map { run in
            var run = run
            let images = dataset.test.count
            let before = answerHistory(runs[0].guesses.map(UInt8.init), epochs: run.history.count - 1)
            run.answerHistory = ByteTensor(
                shape: run.answerHistory.shape, values: before.values + run.answerHistory.values.suffix(images))
            for epoch in run.history.indices.dropLast() { run.history[epoch].testAccuracy = 0.7 + 0.01 * Double(epoch) }
            return run
        }
    }

    /// Runs that get so many test images right, in every epoch.
    private static func scoring(_ right: Int) -> [Run] {
        usual.map { run in
            var run = run
            for epoch in run.history.indices {
                run.history[epoch].testAccuracy = Double(right) / Double(dataset.test.count)
            }
            return run
        }
    }
}
