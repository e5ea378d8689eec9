import Foundation
import Learn
import TestSupport
import Testing
import Yams

@testable import Site

/// What `schemas/experiment.schema.json` tells editors is what the reader takes.
@Suite("The schema of experiments") struct ExperimentSchemaTests {
    private static let package = TestSite.templates.deletingLastPathComponent()

    private func schema() throws -> JSONValue {
        try JSONValue(Data(contentsOf: ExperimentSchemaTests.package.appending(path: "schemas/experiment.schema.json")))
    }

    private func faults(of text: String) throws -> [String] {
        JSONSchema(try schema()).faults(of: try YAMLDecoder().decode(JSONValue.self, from: text))
    }

    /// All that the package has, and a draft.
    @Test func isFollowedByEachExperiment() throws {
        let folder = ExperimentSchemaTests.package.appending(path: "experiments")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yml") }
        #expect(names.count >= 3)
        for name in names {
            let file = folder.appending(path: name)
            #expect(try faults(of: String(contentsOf: file, encoding: .utf8)) == [], "\(name)")
            _ = try Experiment(contentsOf: file)
        }
        #expect(try faults(of: ExperimentTests.small) == [])
        let found = NewExperiment.Found(
            source: .images("x"), image: ImageShape(height: 28, width: 32, channels: 3), classNames: nil,
            classCount: 7, trainCount: 100)
        #expect(try faults(of: NewExperiment(name: "x", found: found).text) == [])
    }

    @Test(arguments: [
        ("training:", "trainig:", "$.trainig: additionalProperties"),
        ("    epochs: 2", "    epoch: 2", "$.networks.tiny.epoch: additionalProperties"),
        ("  tiny:", "  Tiny:", "$.networks.Tiny: pattern"),
        ("[flatten, dense 3]", "[flatten, dens 3]", "$.networks.tiny.layers[1]: anyOf"),
        ("[flatten, dense 3]", "[dropout 1, flatten, dense 3]", "$.networks.tiny.layers[0]: anyOf"),
        ("[flatten, dense 3]", "[dropout 1.5, flatten, dense 3]", "$.networks.tiny.layers[0]: anyOf"),
        ("[flatten, dense 3]", "[conv 0@3x3, flatten, dense 3]", "$.networks.tiny.layers[0]: anyOf"),
        ("[flatten, dense 3]", "[maxpool 2 stride 0, flatten, dense 3]", "$.networks.tiny.layers[0]: anyOf"),
        ("[flatten, dense 3]", "[flatten, dense 0, dense 3]", "$.networks.tiny.layers[1]: anyOf"),
        ("{images: {", "{npz: x, images: {", "$.data: oneOf"), ("size: 12x16", "size: 7", "$.data: oneOf"),
        ("{en: Shapes, ja: 図形}", "{English: Shapes}", "$.name: oneOf"),
        ("short: {en: c, ja: 丸}", "shrt: {en: c, ja: 丸}", "$.classes[0]: oneOf"),
        ("rate: 0.5", "rate: 0", "$.training.rate: exclusiveMinimum"),
        ("[circle, 星]", "[circle]", "$.families.round: minItems"),
    ])
    func refusesWhatTheReaderRefuses(_ old: String, _ new: String, _ fault: String) throws {
        let text = ExperimentTests.small.replacing(old, with: new, maxReplacements: 1)
        #expect(try faults(of: text).contains(fault))
        #expect(throws: ExperimentError.self) {
            _ = try ExperimentTests.read(text).architectures(
                input: ImageShape(height: 12, width: 16, channels: 3), classes: 3)
        }
    }

    @Test func hasTheReadersKeys() throws {
        func keys(_ path: String...) throws -> Set<String> { try keys(path) }
        func keys(_ path: [String]) throws -> Set<String> {
            let place = try path.reduce(try schema()) { place, step in
                try #require(Int(step).map { place[$0] } ?? place[step])
            }
            guard case .object(let members) = place["properties"] else { return [] }
            return Set(members.keys)
        }
        #expect(try keys() == Set(Experiment.keys))
        let data = ["properties", "data", "oneOf", "1"]
        #expect(try keys(data) == Set(DataSource.keys))
        #expect(
            try keys(data + ["properties", "images"]) == Set(DataSource.imagesKeys))
        #expect(try keys("properties", "classes", "items", "oneOf", "1") == Set(ExperimentClass.keys))
        #expect(try keys("properties", "networks", "additionalProperties") == Set(ExperimentNetwork.keys))
        #expect(try keys("properties", "factors", "additionalProperties") == Set(ExperimentFactor.keys))
        #expect(try keys("properties", "training") == Set(ExperimentTraining.keys))
        #expect(try schema()["properties"]?["story"]?["enum"] == .array(Experiment.stories.map(JSONValue.string)))
    }
}
