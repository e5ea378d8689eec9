import Learn

/// The article's tables, made from the networks and the runs.
struct PageTables {
    let words: Words
    let runs: [Run]
    let facts: Facts
    var study: SeedStudy?

    private var measured: [RunMeasurements] { runs.compactMap { facts.measurements[$0.configuration.network] } }

    /// Ids of the tables, the same in every language.
    static let ids: Set = ["settings", "networks", "classes", "mistakes", "confidence", "digests", "study"]

    /// All tables that these runs can fill.
    func all() throws -> [PageTable] {
        let tables = try [settings(), networks(), classes(), mistakes(), confidence(), digests()]
        return try tables + (study.map { try [seeds($0)] } ?? [])
    }

    private func number(_ quantity: Quantity) throws -> PageTable.Cell {
        PageTable.Cell(text: try words(quantity), isNumber: true)
    }

    private func table(_ id: String, columns: [String], rows: [[PageTable.Cell]]) throws -> PageTable {
        try PageTable(
            id: id, caption: words("table.\(id)"), header: columns.map { try words("column.\($0)") }, rows: rows)
    }

    private func settings() throws -> PageTable {
        let rows = try runs.map { run in
            let configuration = run.configuration
            return try [
                PageTable.Cell(text: words("network.\(configuration.network)")),
                number(.count(configuration.epochs)), number(.count(configuration.batchSize)),
                PageTable.Cell(text: configuration.optimizer.kerasName),
                number(.setting(configuration.optimizer.learningRate)),
                PageTable.Cell(text: configuration.optimizer.otherSettings),
                number(.name(String(configuration.seed))),
            ]
        }
        return try table(
            "settings",
            columns: ["network", "epochs", "batchSize", "optimizer", "learningRate", "otherSettings", "seed"],
            rows: rows)
    }

    private func networks() throws -> PageTable {
        let equal = runs.map(\.history.count).min() ?? 0
        let rows = try runs.map { run in
            let network = run.network
            let (end, early) = (run.finalMetrics, run.history[equal - 1])
            return try [
                PageTable.Cell(text: words("network.\(network.name)")),
                number(.count(network.architecture.parameterCount)),
                number(.count(network.architecture.multiplyAdds)), number(.loss(early.testLoss)),
                number(.accuracy(early.testAccuracy)), number(.count(run.history.count)), number(.loss(end.testLoss)),
                number(.accuracy(end.testAccuracy)),
            ]
        }
        var header = try ["network", "parameters", "multiplyAdds"].map { try words("column.\($0)") }
        header += try ["lossAt", "accuracyAt"].map { try words("column.\($0)", ["epoch": String(equal)]) }
        header += try ["epochs", "lossAtEnd", "accuracyAtEnd"].map { try words("column.\($0)") }
        return PageTable(id: "networks", caption: try words("table.networks"), header: header, rows: rows)
    }

    private func classes() throws -> PageTable {
        let confusions = measured.map(\.confusion)
        let rows = try (0..<words.classCount).map { label in
            try [PageTable.Cell(text: words(.label(label)))]
                + confusions.map { try number(.accuracy($0.f1(label))) }
        }
        let header = try [words("column.class")] + runs.map { try words("network.\($0.configuration.network)") }
        return PageTable(id: "classes", caption: try words("table.classes"), header: header, rows: rows)
    }

    /// The most frequent mistakes of the first network, and how often each network makes them.
    private func mistakes() throws -> PageTable {
        let confusions = measured.map(\.confusion)
        let rows = try (confusions.first?.mistakes.prefix(5) ?? []).map { pair in
            let name = try words(
                "mistake.pair", ["truth": words(.label(pair.truth)), "guess": words(.label(pair.guess))])
            return try [PageTable.Cell(text: name)]
                + confusions.map { try number(.count($0.matrix[pair.truth][pair.guess])) }
        }
        let header = try [words("column.mistake")] + runs.map { try words("network.\($0.configuration.network)") }
        return PageTable(id: "mistakes", caption: try words("table.mistakes"), header: header, rows: rows)
    }

    /// What each network's high probabilities promise, and what they keep.
    private func confidence() throws -> PageTable {
        let rows = try zip(runs, measured.map(\.confidence)).map { run, confidence in
            func share(_ value: Double?) throws -> String {
                try value.map { try words(.share($0, places: 2)) } ?? "–"
            }
            let interval = try confidence.interval.map { interval in
                try words(
                    "confidence.interval",
                    ["low": share(interval.lowerBound), "high": share(interval.upperBound)])
            }
            return try [
                PageTable.Cell(text: words("network.\(run.configuration.network)")),
                number(.count(confidence.answers)), number(.count(confidence.wrong)),
                PageTable.Cell(text: share(confidence.share), isNumber: true),
                PageTable.Cell(text: interval ?? "–", isNumber: true),
                PageTable.Cell(text: share(confidence.promised), isNumber: true),
            ]
        }
        var header = try [words("column.network")]
        header.append(
            try words("column.sureAnswers", ["threshold": words(.share(Confidence.threshold, places: 0))]))
        header += try ["sureWrong", "sureShare", "sureInterval", "promised"].map { try words("column.\($0)") }
        return PageTable(id: "confidence", caption: try words("table.confidence"), header: header, rows: rows)
    }

    private func digests() throws -> PageTable {
        let rows = (runs.first?.dataDigests ?? [:]).sorted { $0.key < $1.key }.map { name, digest in
            [PageTable.Cell(text: name), PageTable.Cell(text: digest)]
        }
        return try table("digests", columns: ["file", "digest"], rows: rows)
    }

    /// Final test accuracies over all seeds, and that of the run which the article tells of.
    private func seeds(_ study: SeedStudy) throws -> PageTable {
        let rows = try zip(study.series, runs).map { series, run in
            let estimate = MeanEstimate(series.accuracies)
            let accuracies = [estimate.mean, estimate.lowest, estimate.highest, run.finalMetrics.testAccuracy]
            return try [PageTable.Cell(text: words("network.\(series.network.name)")), number(.count(estimate.count))]
                + accuracies.map { try number(.share($0, places: 2)) }
                + [number(.decimal(estimate.deviation * 100, places: 2))]
        }
        return try table(
            "study", columns: ["network", "runs", "meanAccuracy", "lowest", "highest", "shownRun", "deviation"],
            rows: rows)
    }
}
