import Learn

/// Turns events into what is written to standard output.
public struct Reporter: Sendable {
    public enum Style: Sendable, Equatable {
        /// One line that is written over and over, so many characters wide, and a line for each thing done.
        case live(columns: Int)
        /// A line an event, a line an epoch.
        case plain
        /// A JSON object an event.
        case json
        case quiet
    }

    public let style: Style
    /// Whether a live line stands on the terminal and must be cleared before another line.
    private var hasLiveLine = false

    public init(style: Style) { self.style = style }

    /// - Returns: the text to write as it is, line breaks included; empty for what this style does not tell.
    public mutating func text(for event: BuildEvent) -> String {
        switch style {
        case .quiet: return ""
        case .json: return event.json.map { $0 + "\n" } ?? ""
        case .plain:
            // Errors go to standard error, where they are not told twice.
            if case .failed = event { return "" }
            return event.line.map { $0 + "\n" } ?? ""
        case .live(let columns): return liveText(for: event, columns: columns)
        }
    }

    private mutating func liveText(for event: BuildEvent, columns: Int) -> String {
        let clearing = hasLiveLine ? "\r\u{1B}[K" : ""
        switch event {
        case .training(let progress):
            hasLiveLine = true
            return "\r" + progress.liveLine(columns: columns - 1) + "\u{1B}[K"
        case .step(let name):
            hasLiveLine = true
            return "\r" + String(name.prefix(columns - 1)) + "\u{1B}[K"
        case .failed:
            hasLiveLine = false
            return clearing
        default:
            hasLiveLine = false
            return clearing + (event.line.map { $0 + "\n" } ?? "")
        }
    }
}
