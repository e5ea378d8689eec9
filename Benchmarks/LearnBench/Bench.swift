import Foundation
import KernelInterface
import Learn

/// Trains for the clock alone.
struct Bench {
    let dataset: Dataset
    let kernels: any Kernels
    let networks: [Network]
    let epochsPerSample, rounds: Int
    let threads = ProcessInfo.processInfo.activeProcessorCount

    private var peak: Peak { Peak(kernels: kernels.name) }

    /// Seconds an epoch of each network, of ours and of the peer's, in turn.
    func training(peer: (python: String, script: String)?) throws -> Table {
        var table = Table(
            "Training, seconds an epoch (\(dataset.train.count) samples and \(dataset.test.count) for validation)",
            ["network", "ours", "Keras", "ratio", "evaluations", "GFLOP/s", "peak", "share of peak"])
        table.note =
            "Ours is an epoch as Keras makes it; evaluations are what those of the training images add to it, spread over "
            + "all epochs. GFLOP/s of dense arithmetic, of which tiles and the way back through max pooling leave out much."
        let folder = FileManager.default.temporaryDirectory.appending(path: "learn-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        if peer != nil { try dataset.write(to: folder) }
        for network in networks {
            let other = try peer.map {
                try Peer(
                    python: $0.python, script: $0.script, network: network, data: folder,
                    log: folder.appending(path: "peer.log"), epochs: rounds * epochsPerSample + 1)
            }
            table.rows.append(try compare(network, with: other))
        }
        return table
    }

    private func compare(_ network: Network, with peer: Peer?) throws -> [String] {
        let trainer = try trainer(network, threads: threads)
        // The first epoch of each pays for what later ones find ready.
        try trainer.trainEpoch()
        _ = try peer?.epoch()
        var (ours, theirs, peaks, evaluations): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for _ in 0..<rounds {
            peaks.append(peak.measure(threads: threads))
            let epochs = try (0..<epochsPerSample).map { _ in
                var evaluated = false
                let time = try seconds { evaluated = try trainer.trainEpoch().evaluatedTrain != nil }
                return (seconds: time, evaluated: evaluated)
            }
            let plain = epochs.filter { !$0.evaluated }.map(\.seconds).mean
            ours.append(plain)
            evaluations.append(epochs.map(\.seconds).mean / plain - 1)
            guard let peer else { continue }
            theirs.append(try (0..<epochsPerSample).map { _ in try peer.epoch() }.mean)
        }
        let work = Arithmetic(network.architecture).training(epochs: 1, evaluations: 0, of: dataset)
        let speed = work / ours.median
        let beside =
            theirs.isEmpty ? ["-", "-"] : [theirs.median.text(2), (theirs.median / ours.median).text(1) + "x"]
        return [network.name, ours.median.text(3)] + beside + [
            "+" + evaluations.median.percent, (speed / 1e9).text(0), (peaks.median / 1e9).text(0),
            (speed / peaks.median).percent,
        ]
    }

    /// Where the time of some epochs goes, on one thread; one of them ends with the training images' evaluation.
    func kernels(of network: Network) throws -> Table {
        var table = Table(
            "Kernels of \(network.name), one thread",
            ["kernel", "share of time", "GFLOP/s", "share of peak", "GB/s"])
        table.note = "GFLOP/s of arithmetic that was done; GB/s of operands, which mostly lie in caches."
        // Warms up the caches and the clock.
        try trainer(network, threads: 1).trainEpoch()
        let timed = TimedKernels(kernels: kernels)
        let trainer = try trainer(network, threads: 1, kernels: timed)
        let before = peak.measure(threads: 1)
        let total = try seconds { for _ in 0..<Configuration.evaluationInterval { try trainer.trainEpoch() } }
        let peak = [before, peak.measure(threads: 1)].median
        var rest = total
        for (call, work) in timed.profile.sorted {
            rest -= work.seconds
            let speed = work.operations / work.seconds
            table.rows.append([
                call.description, share(work.seconds, total), work.operations > 0 ? (speed / 1e9).text(1) : "-",
                work.operations > 0 ? (speed / peak).percent : "-",
                work.bytes > 0 ? (work.bytes / work.seconds / 1e9).text(1) : "-",
            ])
        }
        table.rows.append(["all else", share(rest, total), "-", "-", "-"])
        return table
    }

    private func share(_ part: Double, _ whole: Double) -> String { (part / whole * 100).text(1) + " %" }

    /// What more threads and larger batches gain.
    func scaling() throws -> Table {
        let headings = threadCounts.map { $0 == 1 ? "1 thread" : "\($0) threads" }
        var table = Table("Scaling, seconds an epoch", ["network", "batch"] + headings + ["gain"])
        for network in networks {
            for batch in [1000, 10000] {
                let trainers = try threadCounts.map { try trainer(network, threads: $0, batch: batch) }
                for trainer in trainers { try trainer.trainEpoch() }
                var times = trainers.map { _ in [Double]() }
                for _ in 0..<rounds {
                    for (index, trainer) in trainers.enumerated() {
                        times[index].append(try secondsAnEpoch { try trainer.trainEpoch() })
                    }
                }
                let medians = times.map(\.median)
                table.rows.append(
                    [network.name, "\(batch)"] + medians.map { $0.text(3) }
                        + [(medians[0] / medians[medians.count - 1]).text(2) + "x"])
            }
        }
        return table
    }

    /// What it costs to store the state after each epoch, the disk's confirmation included.
    func checkpoints() throws -> Table {
        var table = Table("Checkpoints", ["network", "an epoch, s", "its checkpoint, s", "share"])
        // In the package's folder, where runs usually are: the system's temporary folder may be in memory.
        let folder = URL(filePath: ".build/learn-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = RunStore(folder: folder)
        // What the store does not know has no checkpoints.
        let article = try Network.article()
        for network in networks where article.contains(network) {
            let trainer = try trainer(network, threads: threads, epochs: rounds * epochsPerSample + 1)
            try trainer.trainEpoch()
            var (epochs, checkpoints): ([Double], [Double]) = ([], [])
            for _ in 0..<rounds {
                var stored = 0.0
                let both = try secondsAnEpoch {
                    try trainer.trainEpoch()
                    stored += try seconds { try store.saveCheckpoint(trainer.checkpoint()) }
                }
                checkpoints.append(stored / Double(epochsPerSample))
                epochs.append(both - stored / Double(epochsPerSample))
            }
            table.rows.append([
                network.name, epochs.median.text(3), checkpoints.median.text(4),
                share(checkpoints.median, epochs.median),
            ])
        }
        return table
    }

    /// What an epoch takes on average over a turn, which evaluates the training images as often as any other.
    private func secondsAnEpoch(_ epoch: () throws -> Void) rethrows -> Double {
        try seconds { for _ in 0..<epochsPerSample { try epoch() } } / Double(epochsPerSample)
    }

    /// One, two and, if there are more processors, all of them.
    private var threadCounts: [Int] { threads > 2 ? [1, 2, threads] : [1, 2] }

    private func trainer(
        _ network: Network, threads: Int, epochs: Int = 1, batch: Int = 1000, kernels: (any Kernels)? = nil
    ) throws -> Trainer {
        let configuration = Configuration(network, epochs: epochs, seed: 1, batchSize: batch)
        return try Trainer(
            configuration: configuration, dataset: dataset, threads: threads,
            kernels: kernels ?? self.kernels)
    }
}
