import Foundation
import Learn

extension SiteComparison {
    /// The comparison as a table in Markdown, which is readable as plain text, too.
    public var summary: String {
        let rows = networks.map { network in
            let cells = [
                network.name, network.outcome.inWords,
                SiteComparison.change(network, places: 4, \.testLoss),
                SiteComparison.change(network, places: 4, \.testAccuracy),
            ]
            return "| " + cells.joined(separator: " | ") + " |\n"
        }
        return """
            | network | compared with the previous site | test loss | test accuracy |
            |---|---|--:|--:|

            """ + rows.joined()
    }

    private static func change(
        _ network: Network, places: Int, _ metric: KeyPath<EpochMetrics, Double>
    ) -> String {
        let now = String(format: "%.\(places)f", network.now[keyPath: metric])
        guard let before = network.before else { return now }
        let earlier = String(format: "%.\(places)f", before[keyPath: metric])
        return earlier == now ? now : "\(earlier) → \(now)"
    }
}

extension SiteComparison.Outcome {
    fileprivate var inWords: String {
        switch self {
        case .new: "new there"
        case .earlierVersion: "made by an earlier version, not comparable"
        case .otherSettings: "other settings or data, not comparable"
        case .same: "the same to the bit"
        case .changed(let difference): "CHANGED for the same settings, \(difference)"
        }
    }
}

/// The previous site was made by a version that left nothing to compare with.
public struct EarlierVersion: Error, Equatable, CustomStringConvertible {
    public let previous: String

    public init(previous: String) { self.previous = previous }

    public var description: String {
        "\(previous): made by an earlier version, which left no \(PublishedSite.listPath), and cannot be compared: "
            + "publish this site in its place, with --accept-changes"
    }
}

/// The same settings and data left other results than before.
public struct ChangedResults: Error, Equatable, CustomStringConvertible {
    public let networks: [String]
    public let previous: String

    public init(networks: [String], previous: String) {
        self.networks = networks
        self.previous = previous
    }

    public var description: String {
        "\(previous): other results for the same settings and data of \(networks.joined(separator: ", ")): "
            + "find out why, or pass --accept-changes if the program was changed on purpose"
    }
}
