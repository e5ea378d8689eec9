/// A table of which paper has no room for all columns.
extension PageTable {
    /// Columns beside the first that a sheet of A4 has room for, whatever names of networks head them.
    static let mostNamedColumns = 6

    /// The table as it is placed: whole, or, where each network has a column and there are many, in parts below each
    /// other, each with all rows, of columns as equal in number as can be. Neither a sheet nor a phone scrolls then.
    func parts(_ words: Words) throws -> [PageTable] {
        let columns = header.count - 1
        guard isByNetwork, columns > PageTable.mostNamedColumns else { return [self] }
        let count = (columns + PageTable.mostNamedColumns - 1) / PageTable.mostNamedColumns
        return try (0..<count).map { part in
            let range = 1 + columns * part / count..<1 + columns * (part + 1) / count
            return PageTable(
                id: part == 0 ? id : "\(id)-\(part + 1)",
                caption: try words(
                    "table.part", ["caption": caption, "part": words.count(part + 1), "parts": words.count(count)]),
                header: [header[0]] + header[range], rows: rows.map { [$0[0]] + $0[range] })
        }
    }

    /// Whether the columns are networks, which nobody can count beforehand.
    private var isByNetwork: Bool { ["classes", "mistakes"].contains(id) }
}
