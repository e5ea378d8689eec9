import Foundation
import Learn
import Testing

@testable import Site

/// What an experiment says of models that were trained elsewhere.
@Suite struct ForeignModelTests {
    private func input(_ text: String) throws(ExperimentError) -> ExperimentInput {
        try ExperimentInput(YAMLDocument.root(Array(text.utf8), file: "e.yml"))
    }

    @Test func pixelsBecomeWhatTheTrainingHad() throws {
        #expect(try input("{range: [0, 1], invert: false}").rescaling(channels: 3) == nil)
        let half = try #require(try input("{mean: [0.5], std: [0.5]}").rescaling(channels: 1))
        #expect(half.scale == [2] && half.shift == [-1])
        #expect(try input("{range: [-1, 1]}").rescaling(channels: 1)?.shift == [-1])
        let bytes = try #require(try input("{range: [0, 255], invert: true}").rescaling(channels: 1))
        #expect(bytes.scale == [-255] && bytes.shift == [255])
        let colours = try #require(try input("{mean: [0, 0.5, 1], std: [1, 0.5, 0.25]}").rescaling(channels: 3))
        #expect(colours.scale == [1, 2, 4] && colours.shift == [0, -1, -4])
        #expect(try !input("{mean: [0, 0.5, 1]}").fits(1))
        #expect(try input("{layout: channels-first}").order == .first)
    }

    @Test(arguments: [
        ("{range: [1, 1]}", "1:9: wants two numbers"), ("{range: 1}", "1:9: wants a list, what black and white become"),
        ("{std: [0]}", "1:8: wants a standard deviation above 0"),
        ("{mean: [1, 2, 3, 4]}", "1:8: wants a list of one to three"),
        ("{layout: nchw}", "1:10: a layout cannot be \"nchw\""),
        ("{invert: maybe}", "1:10: invert cannot be \"maybe\""),
        ("{scale: 1}", "1:2: input has no key \"scale\""), ("{mean: [1e99]}", "1:9: wants a mean"),
        ("{std: [1e-44]}", "1:1: makes numbers of the pixels that are too large"),
    ])
    func whatIsNoInputIsTold(text: String, complaint: String) {
        let error = #expect(throws: ExperimentError.self) { try input(text) }
        #expect(error?.description.hasPrefix("e.yml:\(complaint)") == true, "\(error?.description ?? "")")
    }

    @Test func theAlternativesAreOthers() throws {
        let given = try input("{range: [-1, 1]}")
        let others = given.alternatives(channels: 1)
        #expect(others.count == 9 && !others.contains(given) && Set(others).count == 9)
        #expect(others.contains(.plain))
        #expect(given.description == "range: [-1, 1]")
        #expect(try input("{mean: [1.0e30]}").description.hasPrefix("range: [0, 1], mean: [1e+30]"))
        #expect(try others.allSatisfy { try input("{\($0)}") == $0 })
    }

    @Test(arguments: [
        ("mine", "mine"), ("My Net (2)", "my-net--2-"), ("7th", "th"), ("日本", "model"), ("", "model"), ("all", "all-2"),
        ("taken", "taken-3"), ("../x", "x"),
    ])
    func keysAreWhatAddressesTake(title: String, key: String) {
        #expect(ForeignModel.key(of: title, besides: ["taken", "taken-2"]) == key)
    }
}
