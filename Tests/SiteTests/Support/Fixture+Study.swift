import Learn

@testable import Site

extension Fixture {
    /// A study of made-up runs whose last test accuracy is so many right answers of the made-up test images.
    ///
    /// - Parameter right: right answers run by run, for the first, the second and the last network; those between the
    ///   last two do as the second.
    static func study(right: [[Int]] = [[170, 172, 175, 176], [176, 178, 181, 181], [185, 188, 186, 189]]) -> SeedStudy
    {
        guard
            let study = SeedStudy(
                around: runs().map(\.configuration), results: studyResults(right: right),
                images: dataset.test.count)
        else { preconditionFailure("a study needs enough runs") }
        return study
    }

    static func studyResults(right: [[Int]]) -> [RunResult] {
        let between = Array(repeating: right[1], count: Network.all.count - 2)
        return zip(runs(), right.prefix(1) + between + right.suffix(1)).flatMap { run, right in
            right.enumerated().map { place, right in
                var result = RunResult(configuration: run.configuration, history: run.history)
                // Seeds in falling order, so that nothing can rely on the order in which runs are found.
                result.configuration.seed = UInt64(right.isMultiple(of: 2) ? 100 - place : 200 - place)
                for epoch in result.history.indices {
                    result.history[epoch].testLoss *= 1 + 0.01 * Double(place)
                    result.history[epoch].testAccuracy = Double(right) / Double(dataset.test.count)
                    // Long before the end, where no verdict looks.
                    if epoch < 4 { result.history[epoch].testAccuracy -= 0.01 * Double(4 - epoch) }
                }
                return result
            }
        }
    }

    /// Stories that tell of a study, in which, between them, each of its claims turns out in each way.
    static let studyStories: [Story] = [
        studyStory("a gain beyond chance", [[170, 172, 175, 176], [176, 178, 181, 181], [185, 188, 186, 189]]),
        studyStory("a gain within chance", [[170, 172, 190, 176], [176, 178, 181, 181], [185, 171, 186, 189]]),
        studyStory("no gain", [[170, 172, 174, 176], [176, 178, 181, 181], [176, 174, 172, 170]]),
        studyStory("a loss within chance", [[185, 171, 186, 189], [176, 178, 181, 181], [170, 172, 190, 176, 180]]),
        studyStory("a loss beyond chance", [[185, 188, 186, 189], [176, 178, 181, 181], [170, 172, 175, 176]]),
        Story(name: "a gain in the last epoch alone", runs: fashionRuns(), study: lateStudy),
    ]

    /// A study in which the networks are alike up to the last epoch.
    private static let lateStudy: SeedStudy = {
        var results = studyResults(right: [[170, 172, 175, 176], [176, 178, 181, 181], [185, 188, 186, 189]])
        for index in results.indices {
            for epoch in results[index].history.indices.dropLast() {
                results[index].history[epoch].testAccuracy = 0.85 + 0.001 * Double(index % 4)
            }
        }
        guard
            let study = SeedStudy(
                around: runs().map(\.configuration), results: results, images: dataset.test.count)
        else { preconditionFailure("a study needs enough runs") }
        return study
    }()

    private static func studyStory(_ name: String, _ right: [[Int]]) -> Story {
        Story(name: name, runs: fashionRuns(), study: study(right: right))
    }
}
