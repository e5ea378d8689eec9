import Render

/// Which classes a figure shows that has a row with a name for each: all, as long as they have room.
struct ClassRows {
    /// As many as can be read one below the other without losing sight of the axis.
    static let most = 24

    /// How many have room.
    private let room: Int
    /// How many of more classes than that are shown; an even number.
    private let selected: Int

    /// - Parameter height: of a row, in pixels.
    init(height: Double) {
        room = min(ClassRows.most, max(Int(saturating: Theme.tallestPlot / height), 2))
        selected = min(20, room / 2 * 2)
    }

    /// All classes in their order, or, of too many, as many with the lowest values as with the highest, rising.
    func ends(of count: Int, by value: (Int) -> Double) -> [Int] {
        guard count > room else { return Array(0..<count) }
        let sorted = ranked(count, value)
        return Array(sorted.prefix(selected / 2) + sorted.suffix(selected / 2))
    }

    /// All classes in their order, or, of too many, those with the highest values, in their order.
    func first(of count: Int, by value: (Int) -> Double) -> [Int] {
        guard count > room else { return Array(0..<count) }
        return ranked(count, value).suffix(selected).sorted()
    }

    /// All labels, or, of more than `most`, as many from the first to the last at equal distances.
    static func spread(_ labels: [Int], most: Int) -> [Int] {
        guard labels.count > most, most > 1 else { return labels }
        return (0..<most).map { labels[$0 * (labels.count - 1) / (most - 1)] }
    }

    /// By rising value, by number where values are equal.
    private func ranked(_ count: Int, _ value: (Int) -> Double) -> [Int] {
        let values = (0..<count).map(value)
        return values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    }
}
