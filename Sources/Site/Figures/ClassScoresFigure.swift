import Learn
import Render

/// Precision, recall and F1 of each class, network beside network.
struct ClassScoresFigure: FigureContent {
    let networks: [Network]
    let id = "class-scores"

    private enum Score: String, CaseIterable {
        case precision, recall, f1

        func value(_ confusion: Confusion, _ label: Int) -> Double {
            switch self {
            case .precision: confusion.precision(label)
            case .recall: confusion.recall(label)
            case .f1: confusion.f1(label)
            }
        }
    }

    private func confusion(_ input: FigureInput, _ network: Network) -> Confusion {
        input.measured(network).confusion
    }

    func title(_ input: FigureInput, _ words: Words) throws -> String { try words("class-scores.title") }

    func caption(_ input: FigureInput, _ words: Words) throws -> String {
        let caption = try words("class-scores.caption")
        let shown = labels(input).count
        guard shown < words.classCount else { return caption }
        return try words.paragraph(
            caption,
            words("class-scores.some", ["classes": words.count(words.classCount), "shown": words.count(shown / 2)]))
    }

    /// The classes that are shown, from the top: all in their order, or, of more than there is room for, those with the
    /// lowest and the highest F1 as a mean over the networks, the lowest first.
    private func labels(_ input: FigureInput) -> [Int] {
        let confusions = networks.map { confusion(input, $0) }
        return ClassRows.ends(of: input.dataset.classCount) { label in mean(confusions.map { $0.f1(label) }) }
    }

    func altText(_ input: FigureInput, _ words: Words) throws -> String {
        let findings = try networks.map { network in
            let confusion = confusion(input, network)
            let (worst, best) = confusion.extremes(of: confusion.f1)
            return try words(
                worst == best ? "class-scores.even" : "class-scores.finding",
                [
                    "network": words.phrase(for: network), "worst": words(.labels(worst)),
                    "worstF1": words.percentage(confusion.f1(worst.first ?? 0)), "best": words(.labels(best)),
                    "bestF1": words.percentage(confusion.f1(best.first ?? 0)),
                ])
        }
        return try words("class-scores.alt", ["findings": findings.joined(separator: words("list.pause"))])
    }

    func body(_ input: FigureInput, _ words: Words, _ theme: Theme) throws -> Column {
        let labels = labels(input)
        let all = Score.allCases.flatMap { score in
            networks.flatMap { network in
                let confusion = confusion(input, network)
                return labels.map { score.value(confusion, $0) }
            }
        }
        let domain = LinearScale(covering: all + [1]).nice(3).domain
        let names = try labels.map(words.shortClassName)
        let plots = try Score.allCases.map { score in
            Plot(
                x: .linear(domain: (domain.lower, domain.upper), ticks: 3).with { $0.format = Axis.percent },
                y: .band(names, try words("class-scores.\(score.rawValue)")).with { $0.hasGrid = true },
                height: max(Theme.dotRow, Double(networks.count + 2) * Theme.dotShift) * Double(names.count),
                marks: networks.enumerated().map { index, network in
                    let confusion = confusion(input, network)
                    let points = labels.enumerated().map { row, label in
                        Point(score.value(confusion, label), Double(row))
                    }
                    let look = theme.look(of: network, among: input.runs)
                    // Side by side, for dots on the same value hide each other.
                    let shift = (Double(index) - Double(networks.count - 1) / 2) * Theme.dotShift
                    return Dots(points, color: look.color, shift: shift, form: look.dot)
                })
        }
        let legend = Legend(
            try networks.map { network in
                let look = theme.look(of: network, among: input.runs)
                return (.dot(look.color, form: look.dot), try words.name(of: network))
            })
        return Column([legend, AlignedPlots(.sideways, plots)])
    }

    func table(_ input: FigureInput) -> DataTable? {
        let rows = networks.flatMap { network in
            let confusion = confusion(input, network)
            return confusion.matrix.indices.map { label in
                [network.name, "\(label)"] + Score.allCases.map { "\($0.value(confusion, label))" }
            }
        }
        return DataTable(header: ["network", "class"] + Score.allCases.map(\.rawValue), rows: rows)
    }
}
