import Learn

/// What a confusion matrix says about each class and each mistake.
public struct Confusion: Equatable, Sendable {
    /// Test images by true class (row) and predicted class (column).
    let matrix: [[Int]]

    public struct Pair: Equatable, Sendable {
        let truth: Int
        let guess: Int
        let count: Int
    }

    var total: Int { matrix.joined().reduce(0, +) }
    var correct: Int { matrix.indices.map { matrix[$0][$0] }.reduce(0, +) }
    var wrong: Int { total - correct }

    /// Share of a class's images that were recognised; 1 for a class without images.
    func recall(_ label: Int) -> Double {
        let row = matrix[label].reduce(0, +)
        return row == 0 ? 1 : Double(matrix[label][label]) / Double(row)
    }

    /// Share of the guesses of a class that were right; 1 if it was never guessed.
    func precision(_ label: Int) -> Double {
        let column = matrix.map { $0[label] }.reduce(0, +)
        return column == 0 ? 1 : Double(matrix[label][label]) / Double(column)
    }

    /// Harmonic mean of precision and recall; 0 if both are.
    func f1(_ label: Int) -> Double {
        let sum = precision(label) + recall(label)
        return sum == 0 ? 0 : 2 * precision(label) * recall(label) / sum
    }

    /// Mistakes from the most to the least frequent, those that never happened left out.
    var mistakes: [Pair] {
        var pairs: [Pair] = []
        for (truth, row) in matrix.enumerated() {
            for (guess, count) in row.enumerated() where guess != truth && count > 0 {
                pairs.append(Pair(truth: truth, guess: guess, count: count))
            }
        }
        return pairs.sorted { ($1.count, $0.truth, $0.guess) < ($0.count, $1.truth, $1.guess) }
    }

    /// The mistake that happened most often, or those that happened equally often.
    var mostFrequentMistakes: [Pair] { mistakes.filter { $0.count == mistakes.first?.count } }

    /// Classes with the lowest score and with the highest: several where scores are written alike.
    ///
    /// - Parameter score: a class's share of something, written as a percentage with one decimal place.
    func extremes(of score: (Int) -> Double) -> (lowest: [Int], highest: [Int]) {
        let written = matrix.indices.map { Words.written(score($0) * 100, places: 1) }
        return (
            matrix.indices.filter { written[$0] == written.min() },
            matrix.indices.filter { written[$0] == written.max() }
        )
    }

    /// Share of the mistakes in which both the true and the guessed class are among `labels`; 0 without mistakes.
    func shareOfMistakes(within labels: Set<Int>) -> Double {
        guard wrong > 0 else { return 0 }
        let inside = mistakes.filter { labels.contains($0.truth) && labels.contains($0.guess) }
        return Double(inside.map(\.count).reduce(0, +)) / Double(wrong)
    }
}
