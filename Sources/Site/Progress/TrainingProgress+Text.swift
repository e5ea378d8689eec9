import Learn
import Render
import Render

extension TrainingProgress {
    /// One line for an epoch that has ended; nil while it is under way.
    var epochLine: String? {
        guard let ended else { return nil }
        return
            "\(network) epoch \(epoch)/\(epochs): loss \(loss(ended.trainLoss)), accuracy \(share(ended.trainAccuracy)), "
            + (ended.evaluatedTrain.map { "evaluated \(loss($0.loss)), \(share($0.accuracy)), " } ?? "")
            + "test loss \(loss(ended.testLoss)), test accuracy \(share(ended.testAccuracy)), \(speed), \(timeLeft) left"
    }

    /// The line that stands on a terminal while training goes on, not longer than `columns` characters.
    public func liveLine(columns: Int) -> String {
        let epochText = "\(network) \(epoch)/\(epochs)"
        let figures =
            "loss \(loss(ended?.trainLoss ?? trainLoss))  accuracy \(share(ended?.trainAccuracy ?? trainAccuracy))"
        let rest = "\(speed)  \(timeLeft) left"
        let full = "\(epochText)    \(figures)  \(rest)"
        let barWidth = min(30, columns - full.count)
        let line =
            barWidth >= 6 ? "\(epochText) [\(bar(barWidth))] \(figures)  \(rest)" : "\(epochText) \(figures)  \(rest)"
        return String(line.prefix(max(0, columns)))
    }

    /// Share of the whole training that is done, as so many characters.
    private func bar(_ width: Int) -> String {
        let epochsDone = Double(epoch - 1) + (ended != nil ? 1 : Double(samplesSeen) / Double(max(1, samplesPerEpoch)))
        let filled = Int(saturating: epochsDone / Double(max(1, epochs)) * Double(width))
        let clamped = min(width, max(0, filled))
        return String(repeating: "#", count: clamped) + String(repeating: "-", count: width - clamped)
    }

    private func loss(_ value: Double) -> String { NumberFormat.plain.text(value, places: 4) }

    private func share(_ value: Double) -> String { NumberFormat.plain.percentage(value, places: 1) }

    private var speed: String { NumberFormat.plain.text(samplesPerSecond, places: 0) + " samples/s" }

    /// `1:05`, or `1:02:03` from an hour on.
    private var timeLeft: String {
        guard secondsLeft.isFinite, secondsLeft >= 0, secondsLeft < 1e9 else { return "?" }
        let seconds = Int(saturating: secondsLeft.rounded(.up))
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return hours > 0
            ? "\(hours):\(padded(minutes)):\(padded(seconds % 60))" : "\(minutes):\(padded(seconds % 60))"
    }
}
