import Foundation

/// Rows of cells as lines for a terminal.
struct TextColumns {
    let rows: [[String]]

    /// - Precondition: all rows have equally many cells.
    init(_ rows: [[String]]) {
        precondition(rows.allSatisfy { $0.count == rows[0].count })
        self.rows = rows.map { $0.map(\.printable) }
    }

    /// Columns padded to one width, each line ended by a newline.
    var text: String {
        let columns = rows.first?.indices ?? 0..<0
        let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
            return cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces) + "\n"
        }.joined()
    }
}
