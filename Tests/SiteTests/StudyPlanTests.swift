import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite struct StudyPlanTests {
    private let caller = StudyPlan.Caller(program: "site-build", options: ["--runs", "my runs"])
    private let plan = StudyPlan(networks: [.lenet5, .wide], epochs: [2], learningRates: [1, 0.5], seeds: [7, 3])

    /// As a shell reads it back.
    @Test func anotherOptimizerIsAWordOfItsOwn() {
        let plan = StudyPlan(
            networks: [.wide], epochs: [2], optimizer: .sgd(momentum: 0.9), learningRates: [0.1], seeds: [7])
        #expect(
            plan.text(.commands, caller).contains("--seed 7 --optimizer 'sgd rate 0.1 momentum 0.9' --runs"))
    }

    @Test func everyNetworkIsTrainedWithEverySettingAndSeed() {
        #expect(plan.tasks.count == 8 && Set(plan.tasks).count == 8)
        #expect(plan.tasks[0] == Configuration(.lenet5, epochs: 2, seed: 7))
        #expect(
            plan.tasks[7]
                == Configuration(.wide, epochs: 2, seed: 3, optimizer: .adadelta(learningRate: 0.5)))
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
        #expect(jobs[0]["trainings"] as? String == "train --network lenet5 --epochs 2 --seed 7 --runs 'my runs'")
        #expect(jobs[0]["name"] as? String == "lenet5, epochs 2, seed 7" && jobs[0]["job"] as? Int == 1)
        #expect(jobs[7]["name"] as? String == "wide, epochs 2, seed 3, adadelta rate 0.5")
        #expect(StudyPlan(tasks: []).text(.github, caller) == "{\"include\":[]}\n")
    }

    /// The arguments of each training, once a job of an array carried it out; a training with the seed 3 fails.
    private func carriedOut(_ script: String, job: Int) throws -> (trainings: [Substring], code: Int32) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", script]
        process.environment = ["SLURM_ARRAY_TASK_ID": "\(job)", "PATH": "/usr/bin:/bin"]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text.split(separator: "\n"), process.terminationStatus)
    }

    @Test(arguments: [(1, 8), (2, 4), (3, 3), (4, 2), (5, 2), (8, 1), (9, 1)])
    func fewerJobsCarryOutAllOfIt(_ most: Int, _ each: Int) throws {
        let folder = try TemporaryFolder()
        try folder.write("echo \"$@\"; case \" $* \" in *' --seed 3 '*) exit 5;; esac", to: "a program")
        let program = folder.url.appending(path: "a program").path
        let caller = StudyPlan.Caller(program: "sh", options: ["--runs", "my runs"], threads: 1)
        let script = plan.text(.slurm, caller, mostJobs: most).replacing("\nsh train", with: "\nsh '\(program)' train")
        let jobs = try #require(script.firstMatch(of: /--array=1-([0-9]+)\n/).flatMap { Int($0.1) })
        #expect(jobs <= most)
        var all: [Substring] = []
        for job in 1...jobs {
            let (trainings, code) = try carriedOut(script, job: job)
            #expect(trainings.count <= each && trainings.count >= each - 1)
            // One that fails is followed by the others, and told.
            #expect(code == (trainings.contains { $0.contains("--seed 3 ") } ? 5 : 0))
            all += trainings
        }
        let expected = plan.tasks.map { task in
            "train --network \(task.network) --epochs 2 --seed \(task.seed)"
                + (task.optimizer.learningRate == 1 ? "" : " --learning-rate 0.5") + " --runs my runs --threads 1"
        }
        #expect(all.map(String.init).sorted() == expected.sorted())

        let object = try JSONSerialization.jsonObject(with: Data(plan.text(.github, caller, mostJobs: most).utf8))
        let matrix = try #require((object as? [String: [[String: Any]]])?["include"])
        #expect(matrix.compactMap { $0["job"] as? Int } == Array(1...jobs))
        let trainings = matrix.compactMap { $0["trainings"] as? String }.joined(separator: "\n")
        let lines = trainings.replacing("'", with: "").split(separator: "\n").map(String.init)
        #expect(lines.sorted() == expected.sorted())
        let told = try #require(matrix[0]["name"] as? String)
        #expect(told == "lenet5, epochs 2, seed 7" + (each > 1 ? "; and \(each - 1) more" : ""))
    }

    /// As many trainings as an engine takes have a job each; one more, and jobs carry out two.
    @Test(arguments: [(StudyPlan.Format.slurm, 1000), (.github, 256)])
    func engineLimitsAreKept(_ format: StudyPlan.Format, _ limit: Int) {
        func plan(_ count: Int) -> StudyPlan {
            StudyPlan(networks: [.wide], epochs: [], learningRates: [], seeds: Array(1...UInt64(count)))
        }
        #expect(plan(limit).remark(format) == nil)
        #expect(StudyPlan.Deal(limit, atMost: format.mostJobs).jobs == limit)
        let deal = StudyPlan.Deal(limit + 1, atMost: format.mostJobs)
        #expect(deal.each == 2 && deal.jobs == limit / 2 + 1)
        #expect(plan(limit + 1).remark(format)?.contains("up to 2 one after the other in each: ") == true)
        let script = plan(1200).text(.slurm, caller)
        #expect(script.contains("\n#SBATCH --array=1-600\n") && script.contains("\n# 1,200 trainings in 600 jobs, "))
        #expect(plan(1200).remark(.slurm, mostJobs: 1200) == nil && plan(1200).remark(.commands) == nil)
        #expect(
            plan(3).remark(.slurm, mostJobs: 2)
                == "3 trainings in 2 jobs, up to 2 one after the other in each: as --jobs has it")
    }

    @Test(arguments: 0...60, [1, 2, 7, 10, 60])
    func eachTrainingIsDealtOutOnce(_ trainings: Int, _ most: Int) {
        let deal = StudyPlan.Deal(trainings, atMost: most)
        #expect(deal.jobs <= most)
        let dealt = (0..<deal.jobs).map { Array(deal.trainings(of: $0)) }
        #expect(dealt.flatMap { $0 }.sorted() == Array(0..<trainings))
        #expect(dealt.allSatisfy { $0.count == deal.each || $0.count == deal.each - 1 && !$0.isEmpty })
    }

    @Test func aPlanThatAnEngineCannotReadIsRefused() {
        #expect(StudyPlan.Format.slurm.complaint(about: String(repeating: "x", count: 4 << 20)) == nil)
        #expect(StudyPlan.Format.slurm.complaint(about: String(repeating: "x", count: 4 << 20 + 1)) != nil)
        #expect(StudyPlan.Format.github.complaint(about: String(repeating: "図", count: 500_000)) == nil)
        #expect(StudyPlan.Format.github.complaint(about: String(repeating: "x", count: 500_001)) != nil)
        #expect(StudyPlan.Format.commands.complaint(about: String(repeating: "x", count: 5 << 20)) == nil)
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
