import Foundation
import Learn

/// What `data/<network>.json` says about a run.
struct RunReport: Codable, Equatable {
    var format = 1
    /// Nil for a model that was not trained here, which has no history either.
    var configuration: Configuration?
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
    /// - Throws: ``SiteError`` if a number was not worked out.
    init(_ run: Run, _ facts: Facts) throws {
        let network = run.network
        func whole(_ subject: FactSubject, _ name: String) throws -> Int {
            Int(saturating: try facts.value(subject, name))
        }
        self.init(
            configuration: run.training?.configuration, dataDigests: run.dataDigests,
            layers: try network.architecture.placed.map {
                let layer = FactSubject.layer($0.name, of: network.name)
                return try Layer(
                    name: $0.name, output: $0.output, parameters: whole(layer, "parameters"),
                    multiplyAdds: whole(layer, "multiplyAdds"))
            },
            parameters: try whole(.network(network.name), "parameters"),
            multiplyAddsPerImage: try whole(.network(network.name), "multiplyAdds"),
            history: run.training?.history ?? [],
            classes: try run.confusionMatrix.indices.map { label in
                let subject = FactSubject.label(label, of: network.name)
                return try Class(
                    label: label, precision: facts.value(subject, "precision"), recall: facts.value(subject, "recall"),
                    f1: facts.value(subject, "f1"))
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
