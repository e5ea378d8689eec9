import Learn
import Render

/// Which networks a figure shows that sets them beside each other: all, as long as they can be told apart.
enum NetworkRows {
    /// No more than there are looks, and than names have room beside a plot.
    static let most = 12

    /// All in their order, or, of too many, those with the lowest test loss at the end, in their order.
    static func shown(of runs: [Run]) -> [Run] {
        guard runs.count > most else { return runs }
        let losses = runs.map { run in
            let loss = run.evaluation?.loss ?? .infinity
            return loss.isNaN ? .infinity : loss
        }
        let ranked = runs.indices.sorted { (losses[$0], $0) < (losses[$1], $1) }
        return ranked.prefix(most).sorted().map { runs[$0] }
    }

    /// The names of all networks, first those that are shown beside each other, so that these look different.
    static func order(of runs: [Run]) -> [String] {
        let shown = shown(of: runs).map(\.name)
        return shown + runs.map(\.name).filter { !shown.contains($0) }
    }
}

extension FigureInput {
    /// Those of the networks that a figure shows beside each other.
    func shown(_ networks: [Network]) -> [Network] {
        let names = Set(NetworkRows.shown(of: networks.map(run)).map(\.name))
        return networks.filter { names.contains($0.name) }
    }

    /// What the dots of networks stand for.
    func legend(_ networks: [Network], _ words: Words, _ theme: Theme) throws -> Legend {
        Legend(
            try networks.map { network in
                let look = theme.look(of: network, among: runs)
                return (.dot(look.color, form: look.dot), try words.name(of: network))
            })
    }

    /// The dots of one of several networks, above or below the middle of their rows: on the same value they would hide
    /// each other.
    func dots(_ points: [Point], of network: Network, among shown: [Network], _ theme: Theme) -> Dots {
        let look = theme.look(of: network, among: runs)
        let place = shown.firstIndex { $0.name == network.name } ?? 0
        let shift = (Double(place) - Double(shown.count - 1) / 2) * Theme.dotShift
        return Dots(points, color: look.color, shift: shift, form: look.dot)
    }

    /// A caption, with a sentence on which of the networks are shown if not all are.
    func caption(_ caption: String, ofSome networks: [Network], _ words: Words) throws -> String {
        let shown = shown(networks)
        guard shown.count < networks.count else { return caption }
        return try words.paragraph(
            caption,
            words(
                "networks.some", ["networks": words.count(networks.count), "shown": words.count(shown.count)]))
    }
}
