import Foundation
import Learn
import Testing

@testable import Site

@Suite struct LaboratoryTests {
    private static let files = Result {
        let facts = Facts(dataset: Fixture.dataset, runs: Fixture.runs())
        let files = try LaboratoryData(
            Fixture.dataset, runs: Fixture.runs(), facts: facts, epochs: ["wide": kept]
        ).files()
        return Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.content, as: UTF8.self)) })
    }

    /// As if the training had begun with the weights that it ended with, and gone on with nothing.
    private static let kept = [0, 5].map { epoch in
        EpochWeights(
            afterEpoch: epoch,
            Fixture.runs()[2].weights.map { epoch == 0 ? $0 : NamedTensor($0.name, Tensor(zeros: $0.tensor.shape)) })
    }

    /// The value that a script puts under its name.
    private func value(_ name: String) throws -> [String: Any] {
        let script = try #require(LaboratoryTests.files.get()["laboratory/\(name).js"])
        let prefix = "(globalThis.laboratoryData ??= {})[\"\(name)\"] = "
        #expect(script.hasPrefix(prefix) && script.hasSuffix(";\n"))
        let json = script.dropFirst(prefix.count).dropLast(2)
        return try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    private func bytes(_ base64: Any?) throws -> [UInt8] {
        [UInt8](try #require((base64 as? String).flatMap { Data(base64Encoded: $0) }))
    }

    private func floats(_ base64: Any?) throws -> [Float] {
        let bytes = try bytes(base64)
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
        }
    }

    /// What a page makes of a packed tensor.
    private func numbers(_ tensor: [String: Any]) throws -> [Float] {
        guard tensor["scales"] != nil else { return try floats(tensor["values"]) }
        let (scales, bytes) = (try floats(tensor["scales"]), try bytes(tensor["values"]))
        let width = bytes.count / (try #require(tensor["shape"] as? [Int])).reduce(1, *)
        return stride(from: 0, to: bytes.count, by: width).map { place in
            let pattern = (0..<width).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * $1) }
            let integer = Int32(bitPattern: pattern << (32 - 8 * width)) >> (32 - 8 * width)
            return Float(Double(integer) * Double(scales[place / width % scales.count]))
        }
    }

    @Test func layersSayWhatTheArchitectureSays() throws {
        for run in Fixture.runs() {
            let network = try value("network-\(run.name)")
            let layers = try #require(network["layers"] as? [[String: Any]])
            #expect(network["classes"] as? Int == run.architecture.classes)
            #expect(layers.count == run.architecture.placed.count)
            for (layer, placed) in zip(layers, run.architecture.placed) {
                #expect(layer["name"] as? String == placed.name)
                #expect(layer["notation"] as? String == "\(placed.layer)")
                #expect(layer["output"] as? [Int] == placed.output)
                #expect(layer["parameters"] as? Int == placed.parameters)
                let field = (layer["receptiveField"] as? [String: Any])?["extent"] as? [Int]
                #expect(field == placed.receptiveField.map { [$0.extent.height, $0.extent.width] })
            }
        }
        let first = try #require((value("network-wide")["layers"] as? [[String: Any]])?.first)
        #expect(first["kind"] as? String == "convolution" && first["activation"] as? String == "relu")
        #expect(first["window"] as? [Int] == [5, 5] && first["border"] as? [Int] == [2, 2, 2, 2])
    }

    @Test func weightsKeepTheirValues() throws {
        for run in Fixture.runs() {
            let layers = try #require(value("network-\(run.name)")["layers"] as? [[String: Any]])
            var found: [String: [String: Any]] = [:]
            for layer in layers {
                for (name, tensor) in try #require(layer["tensors"] as? [String: [String: Any]]) {
                    found["\(try #require(layer["name"] as? String)).\(name)"] = tensor
                }
            }
            #expect(Set(found.keys) == Set(run.weights.map(\.name)))
            for weights in run.weights {
                let tensor = try #require(found[weights.name])
                let error = Float(try #require(tensor["error"] as? Double))
                let numbers = try numbers(tensor)
                let largest = weights.tensor.values.lazy.map(abs).max() ?? 0
                #expect(tensor["shape"] as? [Int] == weights.tensor.shape && error <= largest * .ulpOfOne)
                #expect(numbers.count == weights.tensor.values.count)
                let differences = zip(numbers, weights.tensor.values).map { abs($0 - $1) }
                #expect(differences.allSatisfy { $0 <= error })
            }
        }
    }

    @Test func weightsOfEpochsAreThereToo() throws {
        #expect(try value("network-wide")["epochs"] as? [Int] == [0, 5])
        #expect(try value("network-maxpool")["epochs"] as? [Int] == [])
        let layers = try #require(value("network-wide")["layers"] as? [[String: Any]])
        let first = try #require(value("epoch-wide-0") as? [String: [String: Any]])
        #expect(Set(first.keys) == Set(Fixture.runs()[2].weights.map(\.name)))
        let kernel = try #require((layers[0]["tensors"] as? [String: [String: Any]])?["kernel"])
        let kept = try #require(first["conv1.kernel"])
        let error = Float(try #require(kept["error"] as? Double))
        for (early, last) in zip(try numbers(kept), try numbers(kernel)) { #expect(abs(early - last) <= 1.01 * error) }
        let later = try #require(value("epoch-wide-5") as? [String: [String: Any]])
        for tensor in later.values { #expect(try numbers(tensor).allSatisfy { $0 == 0 }) }
    }

    @Test func filtersKnowTheirMeans() throws {
        let layers = try #require(value("network-wide")["layers"] as? [[String: Any]])
        let facts = Facts(dataset: Fixture.dataset, runs: Fixture.runs())
        let measured = try #require(facts.measurements["wide"]?.inspection.switchedOff.last)
        let layer = try #require(layers.first { $0["name"] as? String == measured.layer })
        #expect(try numbers(#require(layer["means"] as? [String: Any])) == measured.means.values)
        #expect(layers.filter { $0["means"] != nil }.count == 2)
    }

    @Test func shownImagesAreThere() throws {
        let index = try value("index")
        let images = try #require(index["images"] as? [[String: Any]])
        #expect(index["networks"] as? [String] == Fixture.runs().map(\.name))
        for (image, place) in zip(images, Fixture.dataset.shownSamples) {
            #expect(image["number"] as? Int == place + 1)
            #expect(try bytes(image["pixels"]) == Array(Fixture.dataset.test.image(place)))
        }
        #expect(images.count == Fixture.dataset.shownSamples.count)
    }
}
