/// What is wrong with an experiment's file, in one line: which file, where in it, and what would be right.
public struct ExperimentError: Error, Equatable {
    public let file: String
    /// Where in the file; nil if it is all of it, or its absence.
    public let place: FilePlace?
    public let problem: String
}

extension ExperimentError: CustomStringConvertible {
    public var description: String { "\(file)\(place.map { ":\($0)" } ?? ""): \(problem)".printable }
}

/// A line and a column of a text file, both from 1; columns count Unicode scalars.
public struct FilePlace: Sendable, Hashable, CustomStringConvertible {
    public let line, column: Int

    public var description: String { "\(line):\(column)" }
}

extension String {
    /// The text as a message quotes it: its beginning if it is long.
    var inQuotes: String {
        let most = 60
        return unicodeScalars.count > most
            ? "\"\(String(String.UnicodeScalarView(unicodeScalars.prefix(most))))...\"" : "\"\(self)\""
    }
}
