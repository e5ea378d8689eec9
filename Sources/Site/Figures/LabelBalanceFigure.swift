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

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let labels = labels(input)
        let names = try labels.map(words.shortClassName)
        let plots = try [("series.train", input.dataset.trainCounts), ("series.test", input.dataset.testCounts)]
            .enumerated().map {
                index, split in
                let bars = try labels.enumerated().map { row, label in
                    Bars.Bar(
                        category: row, value: Double(split.1[label]),
                        color: index == 0 ? theme.mutedInk : theme.series[0], label: try words.count(split.1[label]))
                }
                let most = Double(split.1.max() ?? 0)
                return Plot(
                    // Room for the labels at the bars' ends.
                    x: .linear(domain: (0, max(most, 1) * 1.35)).with {
                        $0.hasTickLabels = false
                        $0.hasGrid = false
                    },
                    y: .band(names, try words(split.0)), height: Theme.barRow * Double(names.count), marks: [Bars(bars)]
                )
            }
        return Column([AlignedPlots(.sideways, plots)])
    }

    func table(_ input: FigureInput) -> DataTable? {
        let (train, test) = (input.dataset.trainCounts, input.dataset.testCounts)
        return DataTable(
            header: ["class", "train_images", "test_images"],
            rows: zip(train, test).enumerated().map { ["\($0.offset)", "\($0.element.0)", "\($0.element.1)"] })
    }
}
