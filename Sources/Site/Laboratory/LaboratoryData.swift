import Foundation
import Learn

/// What the laboratory's scripts compute with: the networks of a site and the test images that it shows.
///
/// Each is a script that puts a value into the object `laboratoryData`: `index`, `network-<name>` for each network,
/// `epoch-<name>-<epoch>` for what it was in the midst of its training: every parameter by its name, and `test`, images
/// to measure accuracy on.
package struct LaboratoryData {
    private struct Index: Encodable {
        /// Those that the article shows.
        let images: [ShownImage]
        /// `[height, width, channels]`
        let shape: [Int]
        /// Names, in the order of the article.
        let networks: [String]
        let colors: [String: ColorTables]
    }

    private struct Test: Encodable {
        let labels: [Int]
        /// Levels 0...255, `[images, height, width, channels]`, base64 of bytes.
        let pixels: String
    }

    /// So many test images are enough to see accuracy fall by a percent or two; of large images it is as many as pages
    /// can be asked to load.
    private static let (testImages, testBytes) = (500, 4_000_000)

    private let dataset: Dataset
    private let networks: [LaboratoryNetwork]
    private let epochs: [String: [EpochWeights]]

    /// - Parameter epochs: what was kept of each network's training, by its name.
    package init(_ dataset: Dataset, networks: [LaboratoryNetwork], epochs: [String: [EpochWeights]] = [:]) {
        self.dataset = dataset
        self.networks = networks
        self.epochs = epochs
    }

    /// The scripts by path.
    package func files() throws -> [(path: String, content: Data)] {
        let scripts = DataScripts(object: "laboratoryData", folder: "laboratory/")
        let index = Index(
            images: dataset.shownSamples.map { ShownImage($0, of: dataset.test) }, shape: dataset.shape.extents,
            networks: networks.map(\.name), colors: ColorTables.all)
        let trained = networks.flatMap { network in (epochs[network.name] ?? []).map { (network.name, $0) } }
        return try [try scripts.script("index", index), try scripts.script("test", test)]
            + networks.concurrentMap { try scripts.script("network-\($0.name)", $0) }
            + trained.concurrentMap { name, kept in
                try scripts.script("epoch-\(name)-\(kept.epoch)", kept.weights.mapValues { PackedTensor($0) })
            }
    }

    /// Evenly out of all: data in folders come class by class.
    private var test: Test {
        let split = dataset.test
        let count = min(LaboratoryData.testImages, split.count, max(1, LaboratoryData.testBytes / dataset.shape.count))
        let places = (0..<count).map { $0 * split.count / count }
        return Test(
            labels: places.map { Int(split.labels[$0]) },
            pixels: Data(places.flatMap { split.image($0) }).base64EncodedString())
    }
}

extension LaboratoryData {
    /// - Parameters:
    ///   - facts: of the runs.
    ///   - epochs: what was kept of each run's training, by its name.
    init(_ dataset: Dataset, runs: [Run], facts: Facts, epochs: [String: [EpochWeights]]) {
        let networks = runs.concurrentMap { run in
            let measured = facts.measurements[run.name]?.inspection.switchedOff ?? []
            let means = Dictionary(measured.map { ($0.layer, $0.means) }) { first, _ in first }
            return LaboratoryNetwork(
                run.network, weights: run.weights, means: means, epochs: (epochs[run.name] ?? []).map(\.epoch),
                losses: run.training.map { LaboratoryNetwork.Losses($0.history) })
        }
        self.init(dataset, networks: networks, epochs: epochs)
    }
}
