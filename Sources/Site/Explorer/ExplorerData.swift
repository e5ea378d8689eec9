import Foundation
import Learn
import Render

/// The data behind the pages' interactive parts, as scripts that each put one value into the object `explorerData`.
///
/// Arrays of numbers are base64 of little-endian 16-bit integers, a share of `largest` (0...65535) or of `reach`
/// (-32767...32767).
struct ExplorerData {
    let dataset: Dataset
    let runs: [Run]
    let facts: Facts

    /// The scripts by path.
    func files() throws -> [(path: String, content: Data)] {
        var files = [try ExplorerData.script("index", index())]
        for run in runs {
            let network = run.name
            let layers = largest(in: run)
            for (number, sample) in run.samples.enumerated() {
                files.append(try ExplorerData.script("\(network)-\(number)", maps(of: sample, largest: layers)))
            }
            if let training = run.training {
                files.append(try ExplorerData.script("\(network)-epochs", Epochs(training, weights: run.weights)))
            }
            files.append(try ExplorerData.script("\(network)-confusions", confusions(of: run)))
        }
        return files
    }

    /// - Parameter name: of the script, and of the value in it.
    static func script(_ name: String, _ value: some Encodable) throws -> (path: String, content: Data) {
        try DataScripts(object: "explorerData", folder: "explorer/").script(name, value)
    }
}

// MARK: - Feature maps

extension ExplorerData {
    private struct Index: Encodable {
        struct Network: Encodable {
            let name: String
            let layers: [Layer]
            /// Probabilities for each sample.
            let answers: [[Float]]
        }

        struct Layer: Encodable {
            let name: String
            /// `[height, width, channels]`, or `[units]`
            let shape: [Int]
            let largest: Float
        }

        let samples: [ShownImage]
        let networks: [Network]
        let colors: [String: ColorTables]
    }

    private func index() -> Index {
        let samples = (runs.first?.samples ?? []).map { ShownImage($0.index, of: dataset.test) }
        let networks = runs.map { run in
            Index.Network(
                name: run.name,
                layers: largest(in: run).map { Index.Layer(name: $0.name, shape: $0.shape, largest: $0.largest) },
                answers: run.samples.map { run.probabilities(of: $0.index) })
        }
        return Index(samples: samples, networks: networks, colors: ColorTables.all)
    }

    /// The layers but the last, whose outputs are the answers, and each one's largest activation over all samples.
    private func largest(in run: Run) -> [(name: String, shape: [Int], largest: Float)] {
        (run.samples.first?.outputs ?? []).dropLast().map { output in
            let measured = facts.measurements[run.name]?.maps(of: output.name)
            return (output.name, output.tensor.shape, measured?.largest ?? 0)
        }
    }

    /// The outputs for one sample by layer.
    private func maps(
        of sample: SampleActivations, largest: [(name: String, shape: [Int], largest: Float)]
    ) -> [String: String] {
        let maps = largest.map { layer in
            (layer.name, sample.output(of: layer.name).values.packed(largest: layer.largest))
        }
        return Dictionary(uniqueKeysWithValues: maps)
    }
}

// MARK: - Epochs

extension ExplorerData {
    /// The first convolution's kernels and the losses, epoch by epoch, and the trained kernels of those after it.
    private struct Epochs: Encodable {
        struct Kernels: Encodable {
            let layer: String
            /// `[height, width, in, out]`
            let shape: [Int]
            let reach: Float
            let values: String

            init(layer: String, _ kernel: Tensor) {
                self.layer = layer
                shape = kernel.shape
                reach = kernel.values.reach
                values = kernel.values.packed(reach: reach)
            }
        }

        /// `[height, width, filters]`
        let shape: [Int]
        let reach: Float
        /// `[epochs + 1, height, width, filters]`
        let kernels: String
        /// Evaluated as the test loss is; null after epochs where it was not.
        let trainLoss: [Double?]
        let testLoss: [Double]
        let testAccuracy: [Double]
        let later: [Kernels]

        init(_ training: TrainingRecord, weights: [NamedTensor]) {
            let history = training.kernelHistory
            shape = [history.shape[1], history.shape[2], history.shape[4]]
            reach = history.values.reach
            kernels = history.values.packed(reach: reach)
            trainLoss = training.history.map { $0.evaluatedTrain?.loss }
            testLoss = training.history.map(\.testLoss)
            testAccuracy = training.history.map(\.testAccuracy)
            let suffix = ".kernel"
            later = weights.filter { $0.tensor.shape.count == 4 && $0.name.hasSuffix(suffix) }.dropFirst().map {
                Kernels(layer: String($0.name.dropLast(suffix.count)), $0.tensor)
            }
        }
    }
}

// MARK: - Confusions

extension ExplorerData {
    private struct Confusions: Encodable {
        struct Cell: Encodable {
            let truth: Int
            let guess: Int
            /// Positions in the test set, from 1, of the images that it shows.
            let numbers: [Int]
            /// Their grey levels, one image after the other, base64 of bytes.
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
            let shown = indices.prefix(ExplorerData.examples)
            return Confusions.Cell(
                truth: pair[0], guess: pair[1], numbers: shown.map { $0 + 1 },
                pixels: Data(shown.flatMap { dataset.test.image($0) }).base64EncodedString())
        }
        return Confusions(matrix: run.confusionMatrix, cells: cells)
    }
}

extension [Float] {
    /// Base64 of the values as 16-bit shares of the largest.
    fileprivate func packed(largest: Float) -> String {
        // As Doubles, in which the inverse of the smallest Float is not infinite.
        let scale = largest > 0 ? 65535 / Double(largest) : 0
        return map { UInt16(saturating: (Double($0) * scale).rounded()) }.base64()
    }

    /// The largest magnitude, never zero.
    fileprivate var reach: Float { Swift.max(lazy.map(abs).max() ?? 0, .leastNormalMagnitude) }

    /// Base64 of the values as signed 16-bit shares of their reach.
    fileprivate func packed(reach: Float) -> String {
        let scale = 32767 / Double(reach)
        return map { Int16(saturating: (Double($0) * scale).rounded()) }.base64()
    }
}
