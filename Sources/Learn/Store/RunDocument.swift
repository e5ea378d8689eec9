import Foundation

/// The content of `run.json`: all of a run but its tensors.
struct RunDocument: Codable, Equatable {
    struct Sample: Codable, Equatable {
        let index: Int
        let label: Int
    }

    var formatVersion = RunStore.formatVersion
    let configuration: Configuration
    let dataDigests: [String: String]
    let history: [EpochMetrics]
    let confusionMatrix: [[Int]]
    let samples: [Sample]
    /// SHA-256 of each tensor file, by file name.
    let files: [String: String]

    init(_ run: Run, _ training: TrainingRecord, files: [String: String]) {
        configuration = training.configuration
        dataDigests = run.dataDigests
        history = training.history
        confusionMatrix = run.confusionMatrix
        samples = run.samples.map { Sample(index: $0.index, label: $0.label) }
        self.files = files
    }
}

/// The one member that every version of a stored document has.
struct FormatVersion: Decodable {
    let formatVersion: Int
}
