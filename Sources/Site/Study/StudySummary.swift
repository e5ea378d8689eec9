import Foundation
import Learn
import Render

/// What stored runs with several seeds tell, as a table for a terminal.
public struct StudySummary: Sendable {
    /// Columns padded to one width, each line ended by a newline.
    public let text: String

    /// - Parameters:
    ///   - results: what the stored runs measured.
    ///   - networks: those of the experiment, in its order; what other networks' runs tell comes after.
    ///   - selection: picks the runs that the article would tell of, whose like are compared.
    ///   - images: how many test images the data have.
    ///   - relations: which of the networks are compared with which.
    public init(
        _ results: [RunResult], of networks: [Network], selection: RunSelection, images: Int, relations: Relations
    ) {
        let shown = networks.compactMap { selection.configuration(of: $0, among: results.map(\.configuration)) }
        let isWhole = shown.count == networks.count
        let study =
            isWhole ? SeedStudy(around: shown, results: results, images: images, relations: relations) : nil
        let groups = Dictionary(grouping: results) { $0.configuration.withoutSeed }
            .sorted { $0.key.order(among: networks) < $1.key.order(among: networks) }
        guard !groups.isEmpty else {
            text = "no runs\n"
            return
        }
        // Where all networks that are compared have been trained equally long.
        let equal = isWhole ? shown.map(\.epochs).min() : nil
        let header =
            ["network", "epochs", "optimizer", "runs", "test loss", "accuracy", "deviation", "range"]
            + (equal.map { ["after \($0)", "deviation"] } ?? [])
        let rows = groups.map { settings, runs in
            StudySummary.row(settings, runs) + (equal.map { StudySummary.accuracy(of: runs, afterEpoch: $0) } ?? [])
        }
        let table = TextColumns([header] + rows).text
        text = table + "\n" + StudySummary.verdict(study) + "\n"
    }

    private static func row(_ settings: Configuration, _ runs: [RunResult]) -> [String] {
        let settings = [
            settings.network, "\(settings.epochs)", settings.optimizer.inShort, "\(runs.count)",
        ]
        let (losses, accuracies) = (
            runs.compactMap { $0.history.last?.testLoss }, runs.compactMap { $0.history.last?.testAccuracy }
        )
        guard runs.count > 1 else { return settings + [decimal(losses[0], 4), percent(accuracies[0]), "-", "-"] }
        let (loss, accuracy) = (MeanEstimate(losses), MeanEstimate(accuracies))
        return settings + [
            "\(decimal(loss.mean, 4)) ± \(decimal(loss.margin, 4))",
            "\(percent(accuracy.mean)) ± \(decimal(accuracy.margin * 100, 2))",
            decimal(accuracy.deviation * 100, 2), "\(percent(accuracy.lowest)) to \(percent(accuracy.highest))",
        ]
    }

    /// Mean accuracy and deviation after an epoch, from 1, as far as the runs have come to it.
    private static func accuracy(of runs: [RunResult], afterEpoch epoch: Int) -> [String] {
        let accuracies = runs.filter { $0.history.count >= epoch }.map { $0.history[epoch - 1].testAccuracy }
        guard accuracies.count > 1 else { return [accuracies.first.map { percent($0) } ?? "-", "-"] }
        let estimate = MeanEstimate(accuracies)
        return [percent(estimate.mean), decimal(estimate.deviation * 100, 2)]
    }

    private static func verdict(_ study: SeedStudy?) -> String {
        guard let study else {
            return "Too few runs for a comparison: it takes \(SeedStudy.fewestRuns) of each network, alike but for the "
                + "seed."
        }
        let margins = "± is half the \(percent(MeanEstimate.confidence, 0)) confidence interval of the mean."
        let gains = study.gains.map { gain in
            "\(gain.network.network.name) over \(gain.other.network.name) after epoch \(gain.epoch): "
                + "\(decimal(gain.difference * 100, 2)) points, "
                + "\(NumberFormat.plain.significance(gain.probability)) "
                + "(exact permutation test of \(gain.network.runs.count) and \(gain.other.runs.count) runs)"
        }
        return (gains + [margins]).joined(separator: "\n")
    }

    private static func decimal(_ value: Double, _ places: Int) -> String {
        NumberFormat.plain.text(value, places: places)
    }

    private static func percent(_ share: Double, _ places: Int = 2) -> String {
        NumberFormat.plain.percentage(share, places: places)
    }
}

extension Configuration {
    fileprivate var withoutSeed: Configuration {
        var settings = self
        settings.seed = 0
        return settings
    }

    fileprivate func order(among networks: [Network]) -> (Int, String, Int, String, Float) {
        let place = networks.firstIndex { $0.name == network } ?? networks.count
        return (place, network, epochs, optimizer.name, optimizer.learningRate)
    }
}
