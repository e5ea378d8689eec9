import Render

/// A matrix of true classes (rows) and predicted classes (columns) as a figure.
///
/// Up to ``most`` classes, the cells have room for numbers, and the axes for names. Cells of more classes are coloured
/// only; numbers along the axes lead to a list of the names.
struct ClassMatrix {
    let cells: [Cells.Cell]
    /// What is summed up in a column of its own at the right.
    var lastColumn: String?
    let bar: ColorBar

    static let most = 12

    /// The matrix, its colours, and what else is below it.
    ///
    /// - Parameter more: stands between the colours and the list of names.
    func parts(_ words: Words, then more: [any Component] = []) throws -> [any Component] {
        let names = try words.shortClassNames()
        let isNumbered = names.count > ClassMatrix.most
        let numbers = names.indices.map(String.init)
        let plot = Plot(
            x: .band(
                isNumbered ? numbers : names + (lastColumn.map { [$0] } ?? []), try words("confusion.guess"),
                padding: isNumbered ? 0 : 0.04
            ).with {
                $0.isStaggered = !isNumbered
                $0.labelStep = step(names.count)
            },
            y: .band(isNumbered ? numbers : names, try words("confusion.truth"), padding: isNumbered ? 0 : 0.04)
                .with { $0.labelStep = step(names.count) },
            height: isNumbered ? Theme.matrixHeight : Theme.matrixRow * Double(names.count), marks: [Cells(cells)])
        let parts: [any Component] = [plot, Row([(0.45, Empty()), (0.55, bar)])] + more
        guard isNumbered, names != numbers else { return parts }
        let list = Column(
            spacing: Theme.tightSpacing,
            [TextBlock(try words("confusion.names"), .heading), NumberedList(try words.shortClassNames())])
        return parts + [list]
    }

    /// Labels that leave each other room.
    private func step(_ classes: Int) -> Int { classes <= ClassRows.most ? 1 : classes <= 50 ? 5 : 10 }
}
