/// The data of a figure in rows and columns, in the form that programs read.
public struct DataTable: Sendable, Equatable {
    public let header: [String]
    public let rows: [[String]]

    /// - Precondition: every row has a value for every column.
    public init(header: [String], rows: [[String]]) {
        precondition(rows.allSatisfy { $0.count == header.count })
        self.header = header
        self.rows = rows
    }

    /// The table as comma-separated values. Source: RFC 4180.
    public var csv: String {
        ([header] + rows).map { $0.map(DataTable.field).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func field(_ text: String) -> String {
        // By scalar: what is a quote to a reader may be part of a longer `Character`.
        let scalars = text.unicodeScalars
        guard scalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else { return text }
        return "\"" + scalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
