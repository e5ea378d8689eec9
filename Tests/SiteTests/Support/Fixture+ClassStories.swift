import Learn

@testable import Site

extension Fixture {
    /// Stories whose mistakes are spread over the classes as they are not in the others.
    static let classStories: [Story] = [
        Story(name: "mostly tops throughout", runs: mistaking([0: 2, 2: 4, 4: 6, 6: 0, 1: 3], times: 3)),
        Story(name: "about half are tops", runs: mistaking([0: 2, 2: 4, 4: 6, 1: 3, 5: 7], times: 3)),
        Story(name: "one class a little worse", runs: mistaking([0: 1], times: 1)),
    ]

    /// Runs that take so many images of these classes for others, in each half of the test images.
    private static func mistaking(_ guesses: [Int: Int], times: Int) -> [Run] {
        usual.map { run in
            var run = run
            var mistakes: [[Int]: Int] = [:]
            run.confusionMatrix = Array(repeating: Array(repeating: 0, count: 10), count: 10)
            var answers: [UInt8] = []
            run.predictions.values = dataset.test.labels.enumerated().flatMap { index, label -> [Float] in
                var guess = Int(label)
                let place = [guess, index * 2 / dataset.test.count]
                if let wrong = guesses[guess], mistakes[place, default: 0] < times {
                    mistakes[place, default: 0] += 1
                    guess = wrong
                }
                run.confusionMatrix[Int(label)][guess] += 1
                answers.append(UInt8(guess))
                return (0..<10).map { $0 == guess ? 0.95 : 0.05 / 9 }
            }
            run.answerHistory = answerHistory(answers, epochs: run.history.count)
            run.history[run.history.count - 1].testAccuracy =
                Double(Confusion(matrix: run.confusionMatrix).correct) / Double(dataset.test.count)
            return run
        }
    }
}
