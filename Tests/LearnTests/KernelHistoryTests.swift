import Foundation
import TestSupport
import Testing

@testable import Learn

/// What a training keeps of the first convolution, which figures draw, and that it keeps nothing where there is none.
@Suite("The kernels of each epoch") struct KernelHistoryTests {
    static let flat = ["flatten", "dense 5", "dense 10"]

    private func run(_ layers: [String]) throws -> (Run, Checkpoint) {
        let trainer = try Trainer(
            configuration: Configuration(
                Network(name: "n", layers: layers.map { try Layer(parsing: $0) }, defaultEpochs: 1), epochs: 2, seed: 1),
            dataset: ReproducibilityTests.dataset, threads: 1)
        try trainer.trainEpoch()
        let checkpoint = trainer.checkpoint()
        try trainer.trainEpoch()
        return (trainer.finishedRun(), checkpoint)
    }

    @Test func areThoseOfTheFirstConvolution() throws {
        let (run, checkpoint) = try run(["conv 2@5x5", "conv 3@3x3", "flatten", "dense 10"])
        #expect(checkpoint.kernelHistory.shape == [2, 5, 5, 1, 2])
        #expect(run.kernelHistory.shape == [3, 5, 5, 1, 2])
        #expect(run.kernelHistory.values.suffix(50) == run.weights[0].tensor.values[...])
    }

    @Test func areNoneWithoutAConvolution() async throws {
        let (run, checkpoint) = try run(Self.flat)
        #expect(run.kernelHistory == Tensor(zeros: [0]) && checkpoint.kernelHistory == Tensor(zeros: [0]))
        try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            try store.saveCheckpoint(checkpoint)
            #expect(
                try store.loadCheckpoint(checkpoint.configuration, dataDigests: checkpoint.dataDigests) == checkpoint)
            try store.save(run)
            #expect(try store.load(run) == run)
            let files = StoredFiles(run, in: store)
            #expect(try !Safetensors.File(files[RunFile.tensors]).names.contains("kernelHistory"))
            // A dense layer's weights in their place are left aside.
            try files.forgeTensors(RunFile.tensors) {
                $0.append(NamedTensor("kernelHistory", Tensor(zeros: [3, 784, 5])))
            }
            #expect(try store.load(run) == run)
        }
    }
}
