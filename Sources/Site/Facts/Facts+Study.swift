import Learn

extension Facts {
    /// `study.*`: what several seeds tell of how much is chance.
    mutating func addStudy(_ study: SeedStudy, _ runs: [Run], _ commands: PrintedCommands) {
        let counts = study.series.map(\.runs.count)
        add(.study, "runs", .count(counts.reduce(0, +)), from: .seeds)
        add(.study, "fewest", .cardinal(counts.min() ?? 0), from: .seeds)
        add(.study, "confidence", .share(MeanEstimate.confidence, places: 0), from: .rule)
        claim(.study, "sameCount", Set(counts).count == 1)
        for series in study.series {
            let course = StudyCourse(series)
            let (losses, estimate) = (course.losses[series.epochs - 1], course.accuracies[series.epochs - 1])
            courses[series.network.name] = course
            let subject = FactSubject.seeds(series.network.name)
            add(subject, "runs", .count(estimate.count), from: .seeds)
            add(subject, "meanLoss", .loss(losses.mean), from: .seeds)
            add(subject, "lossMargin", .loss(losses.margin), from: .seeds)
            add(subject, "margin", .decimal(estimate.margin * 100, places: 2), from: .seeds)
            add(subject, "deviation", .decimal(estimate.deviation * 100, places: 2), from: .seeds)
            add(subject, "mean", .share(estimate.mean, places: 2), from: .seeds)
            add(subject, "lowest", .share(estimate.lowest, places: 2), from: .seeds)
            add(subject, "highest", .share(estimate.highest, places: 2), from: .seeds)
            let shown = runs.first { $0.name == series.network.name }?.evaluation
            // To the digits of the mean beside which it stands.
            add(subject, "shownRun", shown.map { .share($0.accuracy, places: 2) }, from: .history)
            add(subject, "command", .name(series.command(commands)), from: .settings)
        }
        let gain = study.gain
        add(.study, "equalEpochs", .counted(gain.epoch, noun: "epoch"), from: .seeds)
        for series in study.series {
            let mean = series.accuracies(afterEpochs: [min(gain.epoch, series.epochs)]).reduce(0, +)
            add(
                .seeds(series.network.name), "equalMean", .share(mean / Double(series.runs.count), places: 2),
                from: .seeds)
        }
        add(.study, "gain", .points(gain.written, places: 2), from: .seeds)
        add(.study, "probability", .chance(gain.probability), from: .seeds)
        claim(.study, "verdict", gain.verdict)
        claim(.study, "everyRun", gain.isEveryRuns)
    }
}

extension SeedStudy.Gain {
    /// How far the means lie apart, as a reader finds it from the digits that are written.
    fileprivate var written: Double {
        let means = [network, other].map { series in
            let mean = series.accuracies(afterEpochs: [epoch]).reduce(0, +) / Double(series.runs.count)
            return Words.written(mean * 100, places: 2)
        }
        return abs(means[0] - means[1]) / 100
    }
}

extension SeedStudy.Series {
    /// What makes the runs again.
    fileprivate func command(_ commands: PrintedCommands) -> String {
        commands.study(runs[0].configuration, seeds: runs.map(\.configuration.seed))
    }
}

extension SeedStudy {
    /// Seeds as the command line takes them, neighbours as a range: `1-4,9`.
    ///
    /// - Parameter seeds: in rising order.
    static func text(ofSeeds seeds: [UInt64]) -> String {
        var ranges: [ClosedRange<UInt64>] = []
        for seed in seeds {
            if let last = ranges.last, last.upperBound + 1 == seed {
                ranges[ranges.count - 1] = last.lowerBound...seed
            } else {
                ranges.append(seed...seed)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }
}
