import Foundation

/// Rows under a heading; the first column is text, the others are numbers.
struct Table {
    let title: String
    /// What a reader must know to read the rows rightly.
    var note: String?
    let columns: [String]
    var rows: [[String]] = []

    init(_ title: String, _ columns: [String]) {
        self.title = title
        self.columns = columns
    }

    /// Aligned for a terminal, or as Markdown.
    func text(markdown: Bool) -> String {
        let all = [columns] + rows
        let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        var lines = all.map { line($0, widths, markdown: markdown) }
        let rule = zip(columns.indices, widths).map { column, width in
            let colon = markdown && column > 0 ? ":" : ""
            return String(repeating: "-", count: width - colon.count) + colon
        }
        lines.insert(line(rule, widths, markdown: markdown), at: 1)
        let head = ["", markdown ? "**\(title)**\n" : title]
        let foot = note.map { [markdown ? "\n\($0)" : $0] } ?? []
        return (head + lines + foot).joined(separator: "\n")
    }

    private func line(_ cells: [String], _ widths: [Int], markdown: Bool) -> String {
        let padded = zip(cells, widths).enumerated().map { column, cell in
            let space = String(repeating: " ", count: cell.1 - cell.0.count)
            return column == 0 ? cell.0 + space : space + cell.0
        }
        return markdown ? "| " + padded.joined(separator: " | ") + " |" : padded.joined(separator: "  ")
    }
}

extension Double {
    /// With a fixed number of decimals.
    func text(_ decimals: Int) -> String { String(format: "%.\(decimals)f", self) }

    var percent: String { (self * 100).text(0) + " %" }
}
