/// A table of an article.
struct PageTable: Equatable {
    struct Cell: Equatable {
        var text: String
        var isNumber = false
    }

    let id: String
    let caption: String
    /// One heading a column.
    let header: [String]
    /// The first cell of a row names it.
    let rows: [[Cell]]
}

extension PageTable {
    /// The values under the names that `partials/table` uses.
    var values: [String: Any] {
        let columnIsNumber = header.indices.map { column in rows.allSatisfy { $0[column].isNumber } }
        return [
            "id": id, "caption": caption,
            "header": zip(header, columnIsNumber).map { ["text": $0.0, "isNumber": $0.1] as [String: Any] },
            "rows": rows.map { row in
                [
                    "name": row[0].text,
                    "cells": row.dropFirst().map { ["text": $0.text, "isNumber": $0.isNumber] as [String: Any] },
                ] as [String: Any]
            },
        ]
    }
}
