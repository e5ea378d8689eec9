import Learn
import Render

/// The confusion matrix of one network: counts, coloured by their share of the true class.
struct ConfusionFigure: FigureContent {
    let network: Network

    var id: String { "confusion-\(network.name)" }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words("confusion.title", ["network": words.phrase(for: network)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        try words(
            isNumbered(input) ? "confusion.caption.numbered" : "confusion.caption",
            ["network": words.phrase(for: network)])
    }

    /// Whether there are so many classes that the cells have no room for numbers.
    private func isNumbered(_ input: FigureInput) -> Bool { input.dataset.classCount > ClassMatrix.most }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        func fact(_ name: String) throws -> Quantity { try input.facts.quantity(.network(network.name), name) }
        let finding = try words(
            fact("worst.recallLabel") == fact("best.recallLabel") ? "confusion.alt.even" : "confusion.alt",
            [
                "network": words.phrase(for: network), "total": words(input.facts.quantity(.data, "testCount")),
                "correct": words(fact("correct")), "best": words(fact("best.recallLabel")),
                "bestRecall": words(fact("best.recall")), "worst": words(fact("worst.recallLabel")),
                "worstRecall": words(fact("worst.recall")),
            ])
        return try words.paragraph(finding, mistakes(input.facts, words))
    }

    private func mistakes(_ facts: Facts, _ words: Words) throws -> String {
        func fact(_ name: String) throws -> String { try words(facts.quantity(.network(network.name), name).bare) }
        switch try facts.outcome(of: .network(network.name), "mistakes") {
        case FrequentMistakes.several.rawValue:
            return try words("confusion.alt.mistakes", ["list": fact("pair.list"), "count": fact("pair.count")])
        case FrequentMistakes.one.rawValue:
            return try words(
                "confusion.alt.mistake",
                ["truth": fact("pair.truth"), "guess": fact("pair.guess"), "count": fact("pair.count")])
        default: return try words("confusion.alt.noMistakes")
        }
    }

    private func confusion(_ input: FigureInput) -> Confusion {
        input.measured(network).confusion
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let confusion = confusion(input)
        let isNumbered = isNumbered(input)
        var cells: [Cells.Cell] = []
        for (truth, row) in confusion.matrix.enumerated() {
            let total = max(row.reduce(0, +), 1)
            for (guess, count) in row.enumerated() {
                let color = count > 0 ? theme.share(Double(count) / Double(total)) : nil
                cells.append(
                    .init(
                        row: truth, column: guess, color: color,
                        text: count > 0 && !isNumbered ? try words.count(count) : "",
                        isStrong: truth == guess))
            }
            if isNumbered { continue }
            cells.append(
                try .init(
                    row: truth, column: row.count, color: nil,
                    text: words.digits(
                        input.facts.value(.label(truth, of: network.name), "recall") * 100,
                        places: Quantity.accuracyPlaces)))
        }
        let bar = ColorBar(
            colors: theme.share, range: 0...1, title: try words("confusion.scale"), notation: .percent)
        let matrix = ClassMatrix(cells: cells, lastColumn: try words("confusion.recall"), bar: bar)
        let pairs = isNumbered ? try pairs(confusion, words, theme) : []
        return Column(try [matrix.plot(words, format)] + matrix.below(words, then: pairs))
    }

    /// The most frequent mistakes by name, for a matrix whose cells have no room for numbers.
    private func pairs(_ confusion: Confusion, _ words: Words, _ theme: Theme) throws -> [any Component] {
        let pairs = confusion.mistakes.prefix(ConfusionFigure.pairCount)
        guard let most = pairs.first?.count else { return [] }
        let rows = try pairs.map { pair in
            let name = try words(
                "mistake.pair", ["truth": words.className(pair.truth), "guess": words.className(pair.guess)])
            let bar = Plot(
                // Room for the label at the bar's end.
                x: .linear(domain: (0, Double(most) * 1.35)).with {
                    $0.hasTickLabels = false
                    $0.hasGrid = false
                }, y: .band([""]).with { $0.hasTickLabels = false }, height: Theme.label.lineHeight,
                marks: [
                    Bars([
                        .init(
                            category: 0, value: Double(pair.count), color: theme.series[0],
                            label: try words.count(pair.count))
                    ])
                ])
            return Row([(0.6, TextBlock(name)), (0.4, bar)])
        }
        let heading = TextBlock(try words("confusion.pairs"), .heading)
        return [Column(spacing: Theme.tightSpacing, [heading] + rows)]
    }

    private static let pairCount = 10

    func table(_ input: FigureInput) -> DataTable? {
        let confusion = confusion(input)
        var rows: [[String]] = []
        for (truth, row) in confusion.matrix.enumerated() {
            let total = max(row.reduce(0, +), 1)
            for (guess, count) in row.enumerated() {
                rows.append(["\(truth)", "\(guess)", "\(count)", "\(Double(count) / Double(total))"])
            }
        }
        return DataTable(header: ["true_class", "predicted_class", "images", "share_of_true_class"], rows: rows)
    }
}
