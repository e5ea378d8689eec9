import Foundation
import Learn

/// What `data/<network>.json` says about a run.
struct RunReport: Codable, Equatable {
    var format = 1
    var configuration: Configuration
    /// SHA-256 of the decompressed data files.
    var dataDigests: [String: String]
    var layers: [Layer]
    var parameters: Int
    var multiplyAddsPerImage: Int
    var history: [EpochMetrics]
    var classes: [Class]
    /// Test images by true class (row) and predicted class (column).
    var confusionMatrix: [[Int]]

    struct Layer: Codable, Equatable {
        var name: String
        var output: [Int]
        var parameters: Int
        var multiplyAdds: Int
    }

    struct Class: Codable, Equatable {
        var label: Int
        var precision: Double
        var recall: Double
        var f1: Double
    }
}

extension RunReport {
    init(_ run: Run, network: Network) {
        let confusion = Confusion(matrix: run.confusionMatrix)
        self.init(
            configuration: run.configuration, dataDigests: run.dataDigests,
            layers: network.architecture.placed.map {
                Layer(name: $0.name, output: $0.output, parameters: $0.parameters, multiplyAdds: $0.multiplyAdds)
            },
            parameters: network.architecture.parameterCount, multiplyAddsPerImage: network.architecture.multiplyAdds,
            history: run.history,
            classes: run.confusionMatrix.indices.map { label in
                Class(
                    label: label, precision: confusion.precision(label), recall: confusion.recall(label),
                    f1: confusion.f1(label))
            },
            confusionMatrix: run.confusionMatrix)
    }

    /// The report as JSON, the same bytes for the same run.
    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
