import Testing

@testable import Site

/// No sheet of paper has room for a column of each of thirty networks.
@Suite struct TablePartsTests {
    private func table(_ id: String, networks: Int) -> PageTable {
        PageTable(
            id: id, caption: "F1", header: ["Class"] + (0..<networks).map { "n\($0)" },
            rows: (0..<3).map { row in
                [PageTable.Cell(text: "c\(row)")]
                    + (0..<networks).map { PageTable.Cell(text: "\(row).\($0)", isNumber: true) }
            })
    }

    @Test(arguments: [("classes", 7), ("classes", 13), ("mistakes", 30)])
    func columnsOfManyNetworksStandInParts(id: String, networks: Int) throws {
        let words = try #require(FigureVariant.words.first { $0.language == .english })
        let whole = table(id, networks: networks)
        let parts = try whole.parts(words)
        #expect(parts.allSatisfy { $0.header.count <= 7 && $0.rows.count == 3 })
        #expect(Set(parts.map(\.id)).count == parts.count && parts[0].id == id)
        #expect(parts[1].caption == "F1 (2 of \(parts.count))")
        #expect(parts.flatMap { $0.header.dropFirst() } == Array(whole.header.dropFirst()))
        for (row, cells) in whole.rows.enumerated() {
            #expect(parts.allSatisfy { $0.rows[row][0] == cells[0] })
            #expect(parts.flatMap { $0.rows[row].dropFirst() } == Array(cells.dropFirst()))
        }
    }

    @Test(arguments: [("classes", 1), ("classes", 6), ("networks", 7)])
    func otherTablesStayWhole(id: String, columns: Int) throws {
        let words = try #require(FigureVariant.words.first { $0.language == .english })
        #expect(try table(id, networks: columns).parts(words) == [table(id, networks: columns)])
    }
}
