import Render

/// A matrix of true classes (rows) and predicted classes (columns) as a figure.
///
/// Up to ``most`` classes, the cells have room for numbers, and the axes for names. Cells of more classes are coloured
/// only; numbers along the axes lead to a list of the names.
struct ClassMatrix {
    let cells: [Cells.Cell]
    /// The classes that have a row and a column, in their order there; nil for all classes.
    var labels: [Int]?
    /// What is summed up in a column of its own at the right.
    var lastColumn: String?
    /// Places of classes that a frame holds together.
    var frames: [Range<Int>] = []
    let bar: ColorBar

    static let most = 12

    private func labels(_ words: Words) -> [Int] { labels ?? Array(0..<words.classCount) }

    private func isNumbered(_ words: Words) -> Bool { labels(words).count > ClassMatrix.most }

    func plot(_ words: Words, _ format: Format) throws -> Plot {
        let isNumbered = isNumbered(words)
        let names = try labels(words).map { isNumbered ? String($0) : try words.shortClassName($0) }
        return Plot(
            x: .band(
                names + (isNumbered ? [] : lastColumn.map { [$0] } ?? []), try words("confusion.guess"),
                padding: isNumbered ? 0 : 0.04
            ).with {
                $0.labelLines = isNumbered ? 1 : format == .narrow ? 3 : 2
                $0.labelStep = step(names.count)
            },
            y: .band(names, try words("confusion.truth"), padding: isNumbered ? 0 : 0.04)
                .with { $0.labelStep = step(names.count) },
            height: isNumbered ? Theme.matrixHeight : Theme.matrixRow * Double(names.count),
            marks: [Cells(cells, frames: frames)])
    }

    /// What the colours mean, and the names of numbered classes.
    ///
    /// - Parameter more: stands between the two.
    func below(_ words: Words, then more: [any Component] = []) throws -> [any Component] {
        let parts: [any Component] = [Row([(0.45, Empty()), (0.55, bar)])] + more
        let names = try words.shortClassNames()
        guard isNumbered(words), names != names.indices.map(String.init) else { return parts }
        let list = Column(
            spacing: Theme.tightSpacing,
            [TextBlock(try words("confusion.names"), .heading), NumberedList(names)])
        return parts + [list]
    }

    /// Labels that leave each other room.
    private func step(_ classes: Int) -> Int { classes <= ClassRows.most ? 1 : classes <= 50 ? 5 : 10 }
}
