import Learn
import Render

/// How many images of each class the two splits have.
struct LabelBalanceFigure: FigureContent {
    let id = "label-balance"

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("label-balance.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let sentences = try [words("label-balance.caption"), finding(input, words)]
        let shown = labels(input).count
        guard shown < input.dataset.classCount else { return words.paragraph(sentences) }
        return try words.paragraph(
            sentences + [
                words(
                    // Where none has fewer than another, they are the first and the last.
                    Set(input.dataset.trainCounts).count == 1 ? "label-balance.some.even" : "label-balance.some",
                    ["classes": words.count(input.dataset.classCount), "shown": words.count(shown / 2)])
            ])
    }

    /// The classes that are shown, from the top: all in their order, or, of more than there is room for, those with the
    /// fewest and the most training images, the fewest first.
    private func labels(_ input: FigureInput) -> [Int] {
        ClassRows(height: Theme.barRow).ends(of: input.dataset.classCount) { Double(input.dataset.trainCounts[$0]) }
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let totals = [
            "train": try words(input.facts.quantity(.data, "trainCount")),
            "test": try words(input.facts.quantity(.data, "testCount")),
        ]
        return try words.paragraph(words("label-balance.alt", totals), finding(input, words))
    }

    private func finding(_ input: FigureInput, _ words: Words) throws -> String {
        let isBalanced = try input.facts.outcome(of: .data, "balanced") == "yes"
        func count(_ name: String) throws -> String { try words(input.facts.quantity(.data, name).bare) }
        return try words(
            isBalanced ? "label-balance.even" : "label-balance.uneven",
            [
                "train": count("most"), "test": count("mostTest"), "fewestTrain": count("fewest"),
                "fewestTest": count("fewestTest"),
            ].filter { isBalanced ? !$0.key.hasPrefix("fewest") : true })
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme, _ format: Format) throws -> Column {
        let splits = [
            (key: "series.train", counts: input.dataset.trainCounts, color: theme.shades[0]),
            (key: "series.test", counts: input.dataset.testCounts, color: theme.shades[2]),
        ]
        if splits.allSatisfy({ Set($0.counts).count == 1 }) { return try even(splits, input, words) }
        let labels = labels(input)
        let names = try labels.map(words.shortClassName)
        let plots = try splits.map { split in
            let bars = try labels.enumerated().map { row, label in
                Bars.Bar(
                    category: row, value: Double(split.counts[label]), color: split.color,
                    label: try words.count(split.counts[label]))
            }
            // Room for the labels at the bars' ends.
            return Plot(
                x: .bare(0, Double(max(split.counts.max() ?? 0, 1)) * 1.35), y: .band(names, try words(split.key)),
                height: Theme.barRow * Double(names.count), marks: [Bars(bars)])
        }
        return Column([AlignedPlots(.sideways, plots)])
    }

    /// Classes that are equally large, in two columns: what their bars stand for is told once.
    private func even(
        _ splits: [(key: String, counts: [Int], color: Color)], _ input: FigureInput, _ words: Words
    ) throws -> Column {
        let labels = labels(input)
        let half = (labels.count + 1) / 2
        let reserved = try labels.map(words.shortClassName)
        let plots = try [labels.prefix(half), labels.dropFirst(half)].map { column in
            let marks = splits.enumerated().map { slot, split in
                let bars = column.enumerated().map { row, label in
                    Bars.Bar(category: row, value: Double(split.counts[label]), color: split.color)
                }
                return Bars(bars, slot: slot, of: splits.count)
            }
            return Plot(
                x: .bare(0, Double(max(splits.flatMap(\.counts).max() ?? 0, 1))),
                y: .band(try column.map(words.shortClassName)).with { $0.reservedLabels = reserved },
                height: Theme.smallBarRow * Double(column.count), marks: marks)
        }
        let legend = try Legend(
            splits.map { split in
                let values = try ["split": words(split.key), "n": words.count(split.counts.first ?? 0)]
                return (.box(split.color), try words("label-balance.each", values))
            })
        return Column([legend, Row(spacing: 2 * Theme.spacing, plots.map { (1, $0) })])
    }

    func table(_ input: FigureInput) -> DataTable? {
        let (train, test) = (input.dataset.trainCounts, input.dataset.testCounts)
        return DataTable(
            header: ["class", "train_images", "test_images"],
            rows: zip(train, test).enumerated().map { ["\($0.offset)", "\($0.element.0)", "\($0.element.1)"] })
    }
}

extension Axis {
    /// Numbers that the marks tell themselves: without ticks and grid.
    static func bare(_ lower: Double, _ upper: Double) -> Axis {
        .linear(domain: (lower, upper)).with {
            $0.hasTickLabels = false
            $0.hasGrid = false
        }
    }
}
