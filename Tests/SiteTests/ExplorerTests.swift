import Foundation
import Learn
import Testing

@testable import Site

@Suite struct ExplorerTests {
    private static let files = Result {
        let facts = Facts(dataset: Fixture.dataset, runs: Fixture.runs())
        let files = try ExplorerData(dataset: Fixture.dataset, runs: Fixture.runs(), facts: facts).files()
        return Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.content, as: UTF8.self)) })
    }

    /// The value that a script puts under its name.
    private func value(_ name: String) throws -> [String: Any] {
        let script = try #require(ExplorerTests.files.get()["explorer/\(name).js"])
        let prefix = "(globalThis.explorerData ??= {})[\"\(name)\"] = "
        #expect(script.hasPrefix(prefix) && script.hasSuffix(";\n"))
        let json = script.dropFirst(prefix.count).dropLast(2)
        return try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    private func numbers(_ base64: Any?) throws -> [UInt16] {
        let bytes = [UInt8](try #require((base64 as? String).flatMap { Data(base64Encoded: $0) }))
        return stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
    }

    @Test func mapsKeepTheirValues() throws {
        let run = Fixture.runs()[2]
        let networks = try #require(value("index")["networks"] as? [[String: Any]])
        let layers = try #require(networks[2]["layers"] as? [[String: Any]])
        let largest = try #require(layers[0]["largest"] as? Double)
        let packed = try numbers(value("wide-3")["conv1"])
        let values = run.samples[3].output(of: "conv1").values
        #expect(packed.count == values.count)
        for (share, value) in zip(packed, values) {
            #expect(abs(Double(share) / 65535 * largest - Double(value)) < 1e-4)
        }
    }

    @Test func everyLayerButTheAnswersIsThere() throws {
        let networks = try #require(value("index")["networks"] as? [[String: Any]])
        let first = try #require(networks.first?["layers"] as? [[String: Any]]).compactMap { $0["name"] as? String }
        #expect(first == ["conv1", "pool1", "conv2", "pool2", "dense1", "dense2"])
        for (network, run) in zip(networks, Fixture.runs()) {
            let layers = try #require(network["layers"] as? [[String: Any]]).compactMap { $0["name"] as? String }
            #expect(layers == run.samples[0].outputs.dropLast().map(\.name))
            let maps = try value("\(run.configuration.network)-0")
            #expect(Set(maps.keys) == Set(layers))
            #expect(try numbers(maps["dense1"]).count == run.samples[0].output(of: "dense1").values.count)
        }
    }

    @Test func kernelsKeepTheirValues() throws {
        let run = Fixture.runs()[0]
        let epochs = try value("lenet5-epochs")
        let reach = try #require(epochs["reach"] as? Double)
        let packed = try numbers(epochs["kernels"]).map { Double(Int16(bitPattern: $0)) / 32767 * reach }
        #expect(packed.count == run.kernelHistory.values.count)
        for (share, value) in zip(packed, run.kernelHistory.values) { #expect(abs(share - Double(value)) < 1e-4) }
        #expect((epochs["testLoss"] as? [Double])?.count == run.history.count)
        let later = try #require((epochs["later"] as? [[String: Any]])?.first)
        #expect(later["layer"] as? String == "conv2" && later["shape"] as? [Int] == [5, 5, 6, 16])
        let scale = try #require(later["reach"] as? Double) / 32767
        let weights = try numbers(later["values"]).map { Double(Int16(bitPattern: $0)) * scale }
        let trained = try #require(run.weights.first { $0.name == "conv2.kernel" }).tensor.values
        #expect(zip(weights, trained).allSatisfy { abs($0 - Double($1)) <= scale } && weights.count == trained.count)
    }

    @Test func everyMistakeHasExamples() throws {
        let run = Fixture.runs()[1]
        let cells = try #require(value("maxpool-confusions")["cells"] as? [[String: Any]])
        #expect(cells.count == Confusion(matrix: run.confusionMatrix).mistakes.count)
        for cell in cells {
            let truth = try #require(cell["truth"] as? Int)
            for number in try #require(cell["numbers"] as? [Int]) {
                #expect(Int(Fixture.dataset.test.labels[number - 1]) == truth)
                #expect(run.guesses[number - 1] == cell["guess"] as? Int)
            }
        }
    }

    @Test func theScriptsWordsAreThere() throws {
        let scripts = try Set(Widget.allCases.flatMap(\.scripts)).map {
            try String(contentsOf: TestSite.templates.appending(path: "assets/\($0).js"), encoding: .utf8)
        }
        let used = Set(scripts.joined().matches(of: /texts\.([A-Za-z]+)/).map { String($0.1) })
        #expect(used.contains("mistake") && used.count > 10)
        for language in Language.allCases {
            let words = try TestSite.words(language)
            #expect(used.filter { !words.keys.contains("widget.word.\($0)") } == [])
            // The scripts fill placeholders, but know no words that go by a number.
            for key in words.keys where key.hasPrefix("widget.word.") {
                #expect(try !words.template(key).contains("|"), "\(key)")
            }
        }
    }
}
