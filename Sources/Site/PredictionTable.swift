import Learn

/// A run's answers to the test images, one row an image.
public struct PredictionTable: Sendable {
    /// Comma-separated values as RFC 4180 has them: the image's number, from 1 as on the pages, its label, the
    /// prediction, then the probability of each class.
    public let csv: String

    /// - Parameters:
    ///   - labels: classes of the test images.
    ///   - images: how many rows, from the first image on; no more than there are images.
    public init(_ run: Run, labels: [UInt8], images: Int) {
        let guesses = run.guesses
        let rows = labels.prefix(images).enumerated().map { index, label in
            ["\(index + 1)", "\(label)", "\(guesses[index])"] + run.probabilities(of: index).map { "\($0)" }
        }
        let header = ["image_from_1", "label", "prediction"] + (0..<run.predictions.shape[1]).map { "p\($0)" }
        csv = DataTable(header: header, rows: rows).csv
    }
}
