import ArgumentParser
import Foundation
import Learn

/// Trains on the first images of the data set; whatever computes, the digest must be the same.
struct Digest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains a little and prints the SHA-256 of the run: weights, history, predictions, activations.")

    @OptionGroup var data: DataOptions
    @OptionGroup var kernels: KernelOptions
    @OptionGroup var network: NetworkOptions
    @Option(help: "Threads that share a batch.") var threads = ProcessInfo.processInfo.activeProcessorCount
    @Option(help: "Epochs to train.") var epochs = 2
    @Option(help: "Training images, the first of the data set.") var trainSamples = 600
    @Option(help: "Test images, the first of the data set.") var testSamples = 200
    @Option(help: "Samples that one optimiser step sees.") var batch = 500

    func validate() throws {
        let numbers = [
            ("--threads", threads), ("--epochs", epochs), ("--train-samples", trainSamples),
            ("--test-samples", testSamples), ("--batch", batch),
        ]
        for (name, value) in numbers where value < 1 { throw ValidationError("\(name) must be at least 1") }
    }

    func run() async throws {
        let kernels = try kernels.chosen()
        let whole = try await data.load()
        let dataset = Dataset(
            train: whole.train.first(trainSamples), test: whole.test.first(testSamples), classCount: whole.classCount,
            digests: whole.digests)
        let configuration = Configuration(try network.chosen(), epochs: epochs, seed: 1, batchSize: batch)
        let trainer = try Trainer(
            configuration: configuration, dataset: dataset, threads: threads, kernels: kernels)
        for _ in 0..<epochs { try trainer.trainEpoch() }
        print(kernels.name, try trainer.finishedRun().storedDigest(of: configuration))
    }
}

extension Run {
    /// SHA-256 of the run as it is stored: of `run.json`, which holds the digests of the files beside it.
    fileprivate func storedDigest(of configuration: Configuration) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "learn-bench-\(UUID().uuidString)")
        let store = RunStore(folder: folder)
        try store.save(self)
        let file = store.runFolder(for: configuration, dataDigests: dataDigests).appending(path: "run.json.sha256")
        let digest = try String(contentsOf: file, encoding: .utf8).prefix { $0 != " " }
        try FileManager.default.removeItem(at: folder)
        return String(digest)
    }
}

extension Split {
    /// The first images; all of them if there are fewer.
    fileprivate func first(_ count: Int) -> Split {
        let count = min(count, self.count)
        return Split(
            pixels: Array(pixels.prefix(count * shape.count)), labels: Array(labels.prefix(count)), shape: shape)
    }
}
