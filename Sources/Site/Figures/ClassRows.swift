/// Which classes a figure shows that has a row with a name for each: all, as long as they have room.
enum ClassRows {
    /// As many as can be read one below the other without losing sight of the axis.
    static let most = 24
    /// How many of more classes than that are shown.
    private static let selected = 20

    /// All classes in their order, or, of too many, as many with the lowest values as with the highest, rising.
    static func ends(of count: Int, by value: (Int) -> Double) -> [Int] {
        guard count > most else { return Array(0..<count) }
        let sorted = ranked(count, value)
        return Array(sorted.prefix(selected / 2) + sorted.suffix(selected / 2))
    }

    /// All classes in their order, or, of too many, those with the highest values, in their order.
    static func first(of count: Int, by value: (Int) -> Double) -> [Int] {
        guard count > most else { return Array(0..<count) }
        return ranked(count, value).suffix(selected).sorted()
    }

    /// All labels, or, of more than `most`, as many from the first to the last at equal distances.
    static func spread(_ labels: [Int], most: Int) -> [Int] {
        guard labels.count > most, most > 1 else { return labels }
        return (0..<most).map { labels[$0 * (labels.count - 1) / (most - 1)] }
    }

    /// By rising value, by number where values are equal.
    private static func ranked(_ count: Int, _ value: (Int) -> Double) -> [Int] {
        let values = (0..<count).map(value)
        return values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    }
}
