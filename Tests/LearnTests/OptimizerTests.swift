import Foundation
import TestSupport
import Testing

@testable import Learn

@Suite struct OptimizerTests {
    static let optimizers: [Optimizer] = [
        .adadelta(), .adadelta(learningRate: 0.5, rho: 0.9, epsilon: 1e-6), .sgd(),
        .sgd(learningRate: 3, momentum: 0.9),
        .adam(), .adam(learningRate: 0.1, beta1: 0, beta2: 0.99, epsilon: 1e-3),
    ]

    @Test(arguments: optimizers) func isReadAsItIsWritten(optimizer: Optimizer) throws {
        #expect(try Optimizer(parsing: optimizer.description) == optimizer)
        #expect(try Optimizer(parsing: optimizer.inShort) == optimizer)
        let code = try JSONEncoder().encode([optimizer])
        #expect(try JSONDecoder().decode([Optimizer].self, from: code) == [optimizer])
    }

    @Test func allAreDifferent() {
        #expect(Set(Self.optimizers).count == Self.optimizers.count)
        #expect(Set(Self.optimizers.map(\.description)).count == Self.optimizers.count)
    }

    @Test func isWrittenWithEverySetting() {
        #expect(Optimizer.adadelta().description == "adadelta rate 1.0 rho 0.95 epsilon 1e-07")
        #expect(Optimizer.adam().description == "adam rate 0.001 beta1 0.9 beta2 0.999 epsilon 1e-07")
        #expect(Optimizer.sgd().inShort == "sgd rate 0.01")
    }

    @Test func settingsMayComeInAnyOrder() throws {
        #expect(try Optimizer(parsing: " sgd  momentum .9 rate 1e-1 ") == .sgd(learningRate: 0.1, momentum: 0.9))
    }

    @Test(arguments: [
        ("", "write adadelta, sgd or adam, then settings such as rate 0.1"),
        ("adagrad", "write adadelta, sgd or adam, then settings such as rate 0.1"),
        ("sgd rho 0.9", "sgd has no rho, but rate and momentum"),
        ("sgd rate", "behind rate must stand a number, such as rate 0.1"),
        ("sgd rate fast", "behind rate must stand a number, such as rate 0.1"),
        ("sgd rate nan", "behind rate must stand a number, such as rate 0.1"),
        ("sgd rate 0x1p3", "behind rate must stand a number, such as rate 0.1"),
        ("sgd rate 1 rate 2", "rate stands there twice"),
        ("sgd rate 0", "rate must be a number above 0"), ("sgd rate -1", "rate must be a number above 0"),
        ("adam rate 1e99", "rate must be a number above 0"),
        ("sgd momentum 1", "momentum must be at least 0 and less than 1"),
        ("adadelta rho 1", "rho must be at least 0 and less than 1"),
        ("adadelta epsilon 0", "epsilon must be a number above 0"),
        ("adam beta1 -0.1", "beta1 must be at least 0 and less than 1"),
        ("adam beta2 1", "beta2 must be at least 0 and less than 1"),
        ("adam epsilon -1", "epsilon must be a number above 0"),
    ]) func whatIsNoneIsRefused(text: String, problem: String) {
        #expect(throws: OptimizerError(text: text, problem: problem)) { try Optimizer(parsing: text) }
        let code = Data("[\"\(text)\"]".utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Optimizer].self, from: code) }
    }

    /// Whatever an optimiser keeps goes through a checkpoint, the number of its step included.
    @Test(arguments: [Optimizer.sgd(learningRate: 0.1, momentum: 0.9), .adam()])
    func anInterruptedTrainingComesToTheSameBits(optimizer: Optimizer) throws {
        func trainer() throws -> Trainer {
            let configuration = Configuration(
                .lenet5, epochs: 2, seed: 1, batchSize: ReproducibilityTests.batchSize, optimizer: optimizer)
            return try Trainer(configuration: configuration, dataset: ReproducibilityTests.dataset, threads: 2)
        }
        let (whole, first, second) = (try trainer(), try trainer(), try trainer())
        for _ in 0..<2 { try whole.trainEpoch() }
        try first.trainEpoch()
        second.restore(first.checkpoint())
        try second.trainEpoch()
        #expect(second.checkpoint() == whole.checkpoint())
        let names = Set(
            whole.checkpoint().accumulators.compactMap { $0.name.split(separator: ".").last.map(String.init) })
        #expect(names == Set(optimizer.state))
    }

    @Test func aNetworkForOtherImagesIsNotTrained() throws {
        let architecture = try Architecture(
            input: ImageShape(height: 32, width: 32, channels: 3), classes: 10, notation: ["flatten", "dense 10"])
        let configuration = Configuration(network: "colour", architecture: architecture, epochs: 1, seed: 1)
        let error = #expect(throws: TrainingError.self) {
            try Trainer(configuration: configuration, dataset: ReproducibilityTests.dataset, threads: 1)
        }
        #expect(
            error?.description
                == "colour takes images of 32x32x3 in 10 classes, and the data are images of 28x28x1 in 10: "
                + "train it with other data, or another network with these")
    }
}
