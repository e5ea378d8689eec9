import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite struct RunSelectionTests {
    private let folder = try! TemporaryFolder()
    private var store: RunStore { RunStore(folder: folder.url) }

    private func save(epochs: Int, seed: UInt64 = 1) throws {
        var run = Fixture.run(.lenet5, Fixture.Traits(epochs: epochs))
        run.configuration.seed = seed
        try store.save(run)
    }

    private func choose(epochs: Int? = nil, seed: UInt64? = nil) throws -> Configuration {
        try RunSelection(epochs: epochs, seed: seed)
            .run(of: .lenet5, in: store, dataDigests: Fixture.dataset.digests).configuration
    }

    @Test func theDefaultLengthIsPreferredThenTheLongestThenTheDefaultSeed() throws {
        try save(epochs: 2)
        #expect(try choose().epochs == 2)
        try save(epochs: 60)
        #expect(try choose().epochs == 60)
        try save(epochs: 50, seed: 9)
        #expect(try choose().epochs == 50)
        try save(epochs: 50, seed: 3)
        #expect(try choose().seed == 3)
        try save(epochs: 50, seed: 1)
        #expect(try choose().seed == 1)
        try save(epochs: 50, seed: ExperimentTraining.standard.seed)
        #expect(try choose().seed == ExperimentTraining.standard.seed && ExperimentTraining.standard.seed == 0)
        #expect(try choose(epochs: 2).epochs == 2)
        #expect(try choose(seed: 9).seed == 9)
    }

    @Test func aMissingRunNamesTheCommandThatMakesIt() throws {
        try save(epochs: 2)
        #expect(
            throws: SiteError.noRun(
                network: "lenet5", folder: folder.url.path,
                command: "site-build train --network lenet5 --epochs 3 --seed 4")
        ) { try choose(epochs: 3, seed: 4) }
    }

    @Test func onlyRunsWithTheLearningRateAreTaken() throws {
        try save(epochs: 2)
        var run = Fixture.run(.lenet5, Fixture.Traits(epochs: 50))
        run.configuration.optimizer.learningRate = 0.5
        try store.save(run)
        #expect(try choose().epochs == 2)
        let slow = RunSelection(optimizer: .adadelta(learningRate: 0.5))
        #expect(
            try slow.run(of: .lenet5, in: store, dataDigests: Fixture.dataset.digests).configuration.epochs == 50)
        #expect(
            throws: SiteError.noRun(
                network: "wide", folder: folder.url.path,
                command: "site-build train --network wide --learning-rate 0.5")
        ) { try slow.run(of: .wide, in: store, dataDigests: Fixture.dataset.digests) }
    }

    @Test func aRunOnOtherDataIsNotTaken() throws {
        try save(epochs: 2)
        #expect(throws: SiteError.self) {
            try RunSelection().run(of: .lenet5, in: store, dataDigests: FashionMNIST.digests)
        }
    }
}
