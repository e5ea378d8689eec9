import Learn
import Render

/// One network's confusion matrix minus another's.
struct ConfusionDifferenceFigure: FigureContent {
    let network: Network
    let other: Network
    let id: String

    /// Whether there are so many classes that the cells have no room for numbers.
    private func isNumbered(_ input: FigureInput) -> Bool { input.dataset.classCount > ClassMatrix.most }

    private func matrix(_ input: FigureInput, _ network: Network) -> [[Int]] { input.run(of: network).confusionMatrix }

    private func difference(_ input: FigureInput) -> [[Int]] {
        zip(matrix(input, network), matrix(input, other)).map { zip($0, $1).map { $0 - $1 } }
    }

    private func names(_ words: Words) throws -> [String: String] {
        ["network": try words.phrase(for: network), "other": try words.phrase(for: other)]
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String {
        try words(
            "confusion-difference.title", ["network": words.name(of: network), "other": words.name(of: other)])
    }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let caption = try words("confusion-difference.caption", names(words))
        guard isNumbered(input) else { return caption }
        return try words.paragraph(caption, words("confusion-difference.numbered"))
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let pair = FactSubject.pair(Relations.Pair(network: network.name, other: other.name))
        func fact(_ name: String) throws -> Quantity { try input.facts.quantity(pair, name) }
        var values = try names(words)
        values["total"] = try words(fact("gain"))
        values["most"] = try words(fact("mostGain.label"))
        values["gain"] = try words(fact("mostGain"))
        values["least"] = try words(fact("leastGain.label"))
        values["loss"] = try words(fact("leastGain"))
        return try words(
            fact("mostGain") == fact("leastGain") ? "confusion-difference.alt.even" : "confusion-difference.alt", values
        )
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let difference = difference(input)
        let reach = Double(max(difference.joined().map(abs).max() ?? 0, 1))
        var cells: [Cells.Cell] = []
        for (truth, row) in difference.enumerated() {
            for (guess, value) in row.enumerated() {
                cells.append(
                    .init(
                        row: truth, column: guess,
                        color: value == 0 ? nil : theme.signed(0.5 + Double(value) / reach / 2),
                        text: value == 0 || isNumbered(input) ? "" : try words(.change(value)), isStrong: truth == guess
                    ))
            }
        }
        let bar = ColorBar(
            colors: theme.signed, range: -reach...reach, title: try words("confusion-difference.scale"),
            notation: .signed)
        return Column(try ClassMatrix(cells: cells, bar: bar).parts(words))
    }

    func table(_ input: FigureInput) -> DataTable? {
        let rows = difference(input).enumerated().flatMap { truth, row in
            row.enumerated().map { guess, value in ["\(truth)", "\(guess)", "\(value)"] }
        }
        return DataTable(
            header: ["true_class", "predicted_class", "\(network.name)_minus_\(other.name)"], rows: rows)
    }
}
