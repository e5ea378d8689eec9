import Learn
import Render

/// One network's confusion matrix minus another's after equally many epochs, and what each class gains or loses.
struct ConfusionDifferenceFigure: FigureContent {
    let network: Network
    let other: Network
    /// Classes that are alike stand together.
    let families: [ExperimentFamily]
    let id: String

    var format: Format { .wide }

    /// Cells that differ by fewer images carry no number.
    private static let least = 5
    /// Where the colours of the bars lie on the scale of the cells.
    private static let (lost, gained) = (0.2, 0.8)

    /// Whether there are so many classes that the cells have no room for numbers.
    private func isNumbered(_ input: FigureInput) -> Bool { input.dataset.classCount > ClassMatrix.most }

    private func answers(_ input: FigureInput) -> PairedAnswers {
        PairedAnswers(input.run(of: network), input.run(of: other), labels: input.dataset.test.labels)
    }

    private var pair: FactSubject { .pair(Relations.Pair(network: network.name, other: other.name)) }

    private func names(_ input: FigureInput, _ words: Words) throws -> [String: String] {
        var names = ["network": try words.phrase(for: network), "other": try words.phrase(for: other)]
        if isTrained { names["epochs"] = try words(input.facts.quantity(pair, "epochs")) }
        return names
    }

    /// Whether there are epochs after which both can be compared.
    private var isTrained: Bool { network.isTrained && other.isTrained }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words(
            "confusion-difference.title", ["network": words.name(of: network), "other": words.name(of: other)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let caption = try words(
            isTrained ? "confusion-difference.caption" : "confusion-difference.caption.final", names(input, words))
        guard isNumbered(input) else { return caption }
        return try words.paragraph(caption, words("confusion-difference.numbered"))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        func fact(_ name: String) throws -> Quantity { try input.facts.quantity(pair, name) }
        var values = try names(input, words)
        values["total"] = try words(fact("gain"))
        values["most"] = try words(fact("mostGain.label"))
        values["gain"] = try words(fact("mostGain"))
        values["least"] = try words(fact("leastGain.label"))
        values["loss"] = try words(fact("leastGain"))
        return try words(
            fact("mostGain") == fact("leastGain") ? "confusion-difference.alt.even" : "confusion-difference.alt", values
        )
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let answers = answers(input)
        let all = order(input)
        let largest = families.max { $0.labels.count < $1.labels.count }?.labels
        let matrix = try matrix(
            answers.difference, of: format == .narrow ? largest ?? all : all, isNumbered(input), words, theme)
        let gains = try gains(answers.gains, in: all, isNumbered(input), words, theme)
        guard format == .narrow else {
            let column = Column(try [matrix.plot(words, format)] + matrix.below(words))
            return Column([Row([(0.62, column), (0.38, gains)])])
        }
        return Column(try [matrix.plot(words, format)] + matrix.below(words) + [gains])
    }

    /// All classes: family after family, then those without one.
    private func order(_ input: FigureInput) -> [Int] {
        let related = families.flatMap(\.labels)
        return related + (0..<input.dataset.classCount).filter { !related.contains($0) }
    }

    private func matrix(
        _ difference: [[Int]], of labels: [Int], _ isNumbered: Bool, _ words: Words, _ theme: Theme
    ) throws -> ClassMatrix {
        let reach = Double(max(difference.joined().map(abs).max() ?? 0, 1))
        var cells: [Cells.Cell] = []
        for (row, truth) in labels.enumerated() {
            for (column, guess) in labels.enumerated() {
                let value = difference[truth][guess]
                let isTold = abs(value) >= ConfusionDifferenceFigure.least && !isNumbered
                cells.append(
                    .init(
                        row: row, column: column,
                        color: value == 0 ? nil : theme.signed(0.5 + Double(value) / reach / 2),
                        text: isTold ? try words(.change(value)) : "", isStrong: truth == guess))
            }
        }
        let bar = ColorBar(
            colors: theme.signed, range: -reach...reach, title: try words("confusion-difference.scale"),
            notation: .signed)
        let frames = families.compactMap { family -> Range<Int>? in
            guard let first = family.labels.first, let start = labels.firstIndex(of: first) else { return nil }
            return start..<start + family.labels.count
        }
        return ClassMatrix(cells: cells, labels: labels, frames: frames, bar: bar)
    }

    /// What each class gains or loses in right answers; of very many classes, those that lose or gain most.
    private func gains(
        _ gains: [Int], in order: [Int], _ isNumbered: Bool, _ words: Words, _ theme: Theme
    ) throws -> Plot {
        let labels =
            isNumbered ? ClassRows(height: Theme.barRow).ends(of: gains.count) { Double(gains[$0]) } : order
        let bars = try labels.enumerated().map { row, label in
            Bars.Bar(
                category: row, value: Double(gains[label]),
                color: theme.signed(
                    gains[label] < 0 ? ConfusionDifferenceFigure.lost : ConfusionDifferenceFigure.gained),
                label: try words(.change(gains[label])))
        }
        let (least, most) = (Double(min(gains.min() ?? 0, 0)), Double(max(gains.max() ?? 0, 0)))
        // Room for the labels at the bars' ends.
        let room = max(most - least, 1) * 0.25
        return Plot(
            x: .bare(least < 0 ? least - room : 0, most + room),
            y: .band(try labels.map(words.shortClassName), try words("confusion-difference.gains")),
            height: (isNumbered ? Theme.barRow : Theme.matrixRow) * Double(labels.count),
            marks: [Bars(bars), Rule(x: 0, color: theme.mutedInk)])
    }

    func table(_ input: FigureInput) -> DataTable? {
        let rows = answers(input).difference.enumerated().flatMap { truth, row in
            row.enumerated().map { guess, value in ["\(truth)", "\(guess)", "\(value)"] }
        }
        return DataTable(
            header: ["true_class", "predicted_class", "\(network.name)_minus_\(other.name)"], rows: rows)
    }
}
