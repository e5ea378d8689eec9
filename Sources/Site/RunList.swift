import Foundation
import Learn

/// The stored runs as a table for a terminal: a line a run.
public struct RunList {
    private let rows: [[String]]

    public init(_ runs: [StoredRun]) {
        rows = runs.map { run in
            let epochs = run.configuration.map { "\(run.epochsDone)/\($0.epochs)" } ?? "\(run.epochsDone)"
            return [
                run.network, run.configuration.map { "\($0.seed)" } ?? "-", epochs,
                run.accuracy.map { String(format: "%.2f%%", $0 * 100) } ?? "-",
                run.date.map { $0.formatted(.iso8601) } ?? "-",
                String(format: "%.1f MB", Double(run.size) / 1e6), RunList.text(run.state),
                run.folder.lastPathComponent,
            ]
        }
    }

    /// Columns padded to one width, each line ended by a newline.
    public var text: String {
        guard !rows.isEmpty else { return "no runs\n" }
        let header = ["network", "seed", "epochs", "accuracy", "date", "size", "state", "folder"]
        return TextColumns([header] + rows).text
    }

    private static func text(_ state: StoredRun.State) -> String {
        switch state {
        case .complete: "complete"
        case .incomplete: "incomplete"
        case .outdated: "outdated"
        case .newer: "of a newer version"
        case .damaged(let error): "damaged: \(error)"
        }
    }
}
