import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite struct StudyPlanTests {
    private let caller = StudyPlan.Caller(program: "site-build", options: ["--runs", "my runs"])
    private let plan = StudyPlan(networks: [.lenet5, .wide], epochs: [2], learningRates: [1, 0.5], seeds: [7, 3])

    @Test func everyNetworkIsTrainedWithEverySettingAndSeed() {
        #expect(plan.tasks.count == 8 && Set(plan.tasks).count == 8)
        #expect(plan.tasks[0] == Configuration(network: "lenet5", epochs: 2, seed: 7))
        #expect(
            plan.tasks[7]
                == Configuration(network: "wide", epochs: 2, seed: 3, optimizer: Adadelta(learningRate: 0.5)))
        let usual = StudyPlan(networks: [.lenet5, .maxpool, .wide], epochs: [], learningRates: [], seeds: [1])
        #expect(usual.tasks.map(\.epochs) == [50, 100, 100])
    }

    @Test func commandsStandOneALine() {
        let lines = plan.text(.commands, caller).split(separator: "\n")
        #expect(lines.count == 8)
        #expect(lines[0] == "site-build train --network lenet5 --epochs 2 --seed 7 --runs 'my runs'")
        #expect(
            lines[2] == "site-build train --network lenet5 --epochs 2 --seed 7 --learning-rate 0.5 --runs 'my runs'")
        #expect(StudyPlan(tasks: []).text(.commands, caller) == "")
    }

    @Test func aShellReadsBackWhatWasMeant() throws {
        let odd = StudyPlan.Caller(program: "echo", options: ["--runs", "a 'b' $HOME \\ \"c\" '\u{301};d"])
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", StudyPlan(tasks: [plan.tasks[0]]).text(.commands, odd)]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(text.hasSuffix("--seed 7 --runs a 'b' $HOME \\ \"c\" '\u{301};d\n"))
    }

    @Test func theMatrixIsOneLineOfJSON() throws {
        let text = plan.text(.github, caller)
        #expect(text.hasSuffix("}\n") && text.split(separator: "\n").count == 1)
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])
        let jobs = try #require(object["include"])
        #expect(jobs.count == 8)
        #expect(jobs[0]["arguments"] as? String == "train --network lenet5 --epochs 2 --seed 7 --runs 'my runs'")
        #expect(jobs[5]["network"] as? String == "wide" && jobs[5]["seed"] as? Int == 3)
        #expect(StudyPlan(tasks: []).text(.github, caller) == "{\"include\":[]}\n")
    }

    @Test func theJobArrayHasATaskForEachCommand() {
        let script = plan.text(.slurm, caller)
        #expect(script.hasPrefix("#!/bin/bash\n#SBATCH") && script.contains("\n#SBATCH --array=1-8\n"))
        var caller = caller
        caller.threads = 1
        #expect(script.contains(plan.text(.commands, caller)))
        #expect(!StudyPlan(tasks: []).text(.slurm, caller).contains("SBATCH"))
    }

    @Test func aTaskUsesTheProcessorsThatItAsksFor() {
        for (threads, processors) in [(nil, 1), (4, 4)] {
            let caller = StudyPlan.Caller(program: "site-build", options: [], threads: threads)
            let script = plan.text(.slurm, caller)
            #expect(script.contains("\n#SBATCH --cpus-per-task=\(processors)\n"))
            #expect(script.components(separatedBy: "--threads \(processors)\n").count == 9)
        }
    }

    @Test func onlyWhatTheStoreLacksIsMissing() throws {
        let folder = try TemporaryFolder()
        let store = RunStore(folder: folder.url)
        let digests = Fixture.dataset.digests
        let all = StudyPlan(networks: [.lenet5], epochs: [2], learningRates: [], seeds: [1, 2])
        #expect(try all.missing(in: store, dataDigests: digests) == all)
        let run = Fixture.run(.lenet5, Fixture.Traits(epochs: 2))
        try store.save(run)
        #expect(try all.missing(in: store, dataDigests: digests).tasks.map(\.seed) == [2])
        #expect(try all.missing(in: store, dataDigests: FashionMNIST.digests) == all)
        let weights = store.runFolder(for: run.configuration, dataDigests: digests)
            .appending(path: "weights.safetensors")
        try Data("cut".utf8).write(to: weights)
        #expect(throws: RunStoreError.self) { try all.missing(in: store, dataDigests: digests) }
    }
}

@Suite struct StoredResultsTests {
    @Test func resultsAreThoseOfTheCompleteRunsOnThisData() throws {
        let folder = try TemporaryFolder()
        let store = RunStore(folder: folder.url)
        #expect(try store.results(dataDigests: Fixture.dataset.digests).results == [])
        for run in Fixture.runs(Fixture.Traits(epochs: 2)) { try store.save(run) }
        var other = Fixture.run(.lenet5, Fixture.Traits(epochs: 3))
        other.dataDigests = FashionMNIST.digests
        try store.save(other)
        try folder.write("unfinished", to: "wide-0123456789abcdef/checkpoint.safetensors")
        let stored = try store.results(dataDigests: Fixture.dataset.digests)
        #expect(stored.refused == [])
        #expect(
            Set(stored.results.map(\.configuration))
                == Set(Fixture.runs(Fixture.Traits(epochs: 2)).map(\.configuration)))
        #expect(stored.results.allSatisfy { $0.history.count == 2 })
    }

    @Test func aDamagedRunIsNamedAndDoesNotHideTheOthers() throws {
        let folder = try TemporaryFolder()
        let store = RunStore(folder: folder.url)
        let runs = Fixture.runs(Fixture.Traits(epochs: 2))
        for run in runs { try store.save(run) }
        let damaged = store.runFolder(for: runs[0].configuration, dataDigests: runs[0].dataDigests)
            .appending(path: "run.json")
        try Data("{}".utf8).write(to: damaged)
        let stored = try store.results(dataDigests: Fixture.dataset.digests)
        #expect(stored.results.count == runs.count - 1)
        #expect(stored.refused == [.damaged(path: damaged.path, .wrongDigest)])
    }
}
