import Foundation
import Learn
import Render

/// What the part that shows each mistake's examples reads, as scripts that each put one value into the object
/// `widgetData`: `index`, and `<name>-confusions` for each network.
struct ConfusionData {
    let dataset: Dataset
    let runs: [Run]

    /// The scripts by path.
    func files() throws -> [(path: String, content: Data)] {
        let index = Index(
            networks: runs.map(\.name), shape: dataset.shape.extents, colors: ColorTables.all)
        return try [WidgetWords.scripts.script("index", index)]
            + runs.map { try WidgetWords.scripts.script("\($0.name)-confusions", confusions(of: $0)) }
    }
}

extension ConfusionData {
    private struct Index: Encodable {
        /// Names, in the order of the article.
        let networks: [String]
        /// `[height, width, channels]`
        let shape: [Int]
        let colors: [String: ColorTables]
    }

    private struct Confusions: Encodable {
        struct Cell: Encodable {
            let truth: Int
            let guess: Int
            /// Positions in the test set, from 1, of the images that it shows.
            let numbers: [Int]
            /// Their levels, `[images, height, width, channels]`, base64 of bytes.
            let pixels: String
        }

        let matrix: [[Int]]
        let cells: [Cell]
    }

    /// Images shown of each confusion.
    private static let examples = 3

    private func confusions(of run: Run) -> Confusions {
        var images: [[Int]: [Int]] = [:]
        for (index, guess) in run.guesses.enumerated() where guess != Int(dataset.test.labels[index]) {
            images[[Int(dataset.test.labels[index]), guess], default: []].append(index)
        }
        let cells = images.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { pair, indices in
            let shown = indices.prefix(ConfusionData.examples)
            return Confusions.Cell(
                truth: pair[0], guess: pair[1], numbers: shown.map { $0 + 1 },
                pixels: Data(shown.flatMap { dataset.test.image($0) }).base64EncodedString())
        }
        return Confusions(matrix: run.confusionMatrix, cells: cells)
    }
}
