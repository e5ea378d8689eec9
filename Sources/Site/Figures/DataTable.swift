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
        // By byte and scalar: what is a quote to a reader may be part of a longer `Character`.
        guard text.utf8.contains(where: isSpecial) else { return text }
        return "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
        default: false
        }
    }
}
