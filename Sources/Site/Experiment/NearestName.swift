extension Sequence<String> {
    /// Which of the names was probably meant: the nearest, unless more than half of it would have to change.
    func nearest(to name: String) -> String? {
        // Beyond any name's length there is nothing to be meant.
        guard name.unicodeScalars.count <= 64 else { return nil }
        let candidates = map { (name: $0, distance: $0.editDistance(to: name)) }
        guard let best = candidates.min(by: { $0.distance < $1.distance }), best.distance * 2 <= best.name.count else {
            return nil
        }
        return best.name
    }

    /// What a message says after an unknown name: the one that was probably meant, or else all.
    func advice(for name: String) -> String {
        let names = Array(self)
        if let nearest = names.nearest(to: name) { return "did you mean \(nearest)?" }
        return names.count == 1 ? "known is \(names[0])" : "known are \(names.listed)"
    }

    /// `a, b and c`
    var listed: String {
        let names = Array(self)
        guard names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " and " + names.suffix(1).joined()
    }
}

extension String {
    /// How many letters have to be added, removed, replaced or exchanged with the next to make the other text.
    ///
    /// Source: the restricted distance of F. Damerau, "A technique for computer detection and correction of spelling
    /// errors", Communications of the ACM 7(3), 1964, by the recurrence of V. Levenshtein.
    func editDistance(to other: String) -> Int {
        let (from, to) = (Array(unicodeScalars), Array(other.unicodeScalars))
        var rows = [Array(0...to.count)]
        for i in from.indices {
            var row = [i + 1]
            for j in to.indices {
                var best = Swift.min(rows[i][j + 1], row[j]) + 1
                best = Swift.min(best, rows[i][j] + (from[i] == to[j] ? 0 : 1))
                if i > 0, j > 0, from[i] == to[j - 1], from[i - 1] == to[j] {
                    best = Swift.min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[from.count][to.count]
    }
}
