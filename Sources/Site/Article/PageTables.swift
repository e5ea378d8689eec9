import Learn

/// The article's tables, made from the networks and the runs.
struct PageTables {
    let words: Words
    let runs: [Run]
    let facts: Facts
    var study: SeedStudy?

    private var measured: [RunMeasurements] { runs.compactMap { facts.measurements[$0.name] } }

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

    private func number(_ subject: FactSubject, _ name: String) throws -> PageTable.Cell {
        try facts.known(subject, name).map { try number($0.bare) } ?? PageTables.none
    }

    /// What is not known of these runs.
    private static let none = PageTable.Cell(text: "–", isNumber: true)

    private func text(_ subject: FactSubject, _ name: String) throws -> PageTable.Cell {
        PageTable.Cell(text: try words(facts.quantity(subject, name)))
    }

    private func settings() throws -> PageTable {
        let rows = try runs.filter { $0.training != nil }.map { run in
            let network = FactSubject.network(run.name)
            return try [
                PageTable.Cell(text: words("network.\(run.name)")),
                number(network, "epochs"), number(network, "batchSize"), text(network, "optimizer"),
                number(network, "learningRate"), text(network, "otherSettings"), number(network, "seed"),
            ]
        }
        return try table(
            "settings",
            columns: ["network", "epochs", "batchSize", "optimizer", "learningRate", "otherSettings", "seed"],
            rows: rows)
    }

    private func networks() throws -> PageTable {
        // Of models that came with their weights no epochs are known.
        let areTrained = runs.contains { $0.training != nil }
        let rows = try runs.map { run in
            let network = FactSubject.network(run.name)
            let cells = try [
                PageTable.Cell(text: words("network.\(run.name)")), number(network, "parameters"),
                number(network, "multiplyAdds"),
            ]
            let ends = try [number(network, "testLoss"), number(network, "testAccuracy")]
            guard areTrained else { return cells + ends }
            guard run.training != nil else {
                return cells + [PageTables.none, PageTables.none, PageTables.none] + ends
            }
            let equal = FactSubject.equal(run.name)
            return try cells
                + [number(equal, "testLoss"), number(equal, "testAccuracy"), number(network, "epochs")] + ends
        }
        var header = try ["network", "parameters", "multiplyAdds"].map { try words("column.\($0)") }
        if areTrained {
            let equal = try words(facts.quantity(.all, "equalEpochs"))
            header += try ["lossAt", "accuracyAt"].map { try words("column.\($0)", ["epoch": equal]) }
            header.append(try words("column.epochs"))
        }
        header += try ["lossAtEnd", "accuracyAtEnd"].map { try words("column.\($0)") }
        return PageTable(id: "networks", caption: try words("table.networks"), header: header, rows: rows)
    }

    private func classes() throws -> PageTable {
        let rows = try (0..<words.classCount).map { label in
            try [PageTable.Cell(text: words(.label(label)))]
                + runs.map { try number(.label(label, of: $0.name), "f1") }
        }
        let header = try [words("column.class")] + runs.map { try words("network.\($0.name)") }
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
        let header = try [words("column.mistake")] + runs.map { try words("network.\($0.name)") }
        return PageTable(id: "mistakes", caption: try words("table.mistakes"), header: header, rows: rows)
    }

    /// What each network's high probabilities promise, and what they keep.
    private func confidence() throws -> PageTable {
        let rows = try runs.map { run in
            let name = run.name
            let network = FactSubject.network(name)
            var interval = "–"
            if let low = try facts.known(network, "sureLowest"), let high = try facts.known(network, "sureHighest") {
                interval = try words("confidence.interval", ["low": words(low), "high": words(high)])
            }
            return try [
                PageTable.Cell(text: words("network.\(name)")), number(network, "sureAnswers"),
                number(network, "sureWrong"), number(network, "sureShare"),
                PageTable.Cell(text: interval, isNumber: true), number(network, "surePromised"),
            ]
        }
        var header = try [words("column.network")]
        header.append(
            try words("column.sureAnswers", ["threshold": words(.share(Confidence.threshold, places: 0))]))
        let confidence = try words(facts.quantity(.rules, "confidence"))
        header += try ["sureWrong", "sureShare", "sureInterval", "promised"].map {
            try words("column.\($0)", ["confidence": confidence])
        }
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
        let rows = try study.series.map { series in
            let name = series.network.name
            return try [PageTable.Cell(text: words("network.\(name)"))]
                + ["runs", "mean", "lowest", "highest", "shownRun", "deviation"].map { try number(.seeds(name), $0) }
        }
        return try table(
            "study", columns: ["network", "runs", "meanAccuracy", "lowest", "highest", "shownRun", "deviation"],
            rows: rows)
    }
}
