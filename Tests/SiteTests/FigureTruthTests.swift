import Learn
import Render
import Testing

@testable import Site

/// Captions and alternative texts say what is, also where it is not what one would expect.
@Suite struct FigureTruthTests {
    private func text(_ id: String, _ runs: [Run], _ language: Language = .english) throws -> String {
        let input = FigureInput(dataset: Fixture.dataset, runs: runs)
        let words = FigureVariant.words[language == .japanese ? 0 : 1]
        let figure = try #require(FigureCatalog.figures(for: Network.all).first { $0.id == id })
        return try figure.caption(input, words) + " " + figure.altText(input, words)
    }

    @Test func overfittingIsToldOnlyWhereItHappens() throws {
        let rising = try text("loss-lenet5", Fixture.runs())
        #expect(rising.contains("stops falling around epoch"))
        let behind = try text("loss-lenet5", Fixture.runs(Fixture.Traits(overfitsFrom: nil)))
        #expect(!behind.contains("stops falling") && behind.contains("stays above the training loss"))
    }

    @Test func onsetIsMarkedOnlyWhereThereIsOne() throws {
        func labels(_ traits: Fixture.Traits) throws -> Int {
            let input = FigureInput(dataset: Fixture.dataset, runs: Fixture.runs(traits))
            let figure = try #require(FigureCatalog.figures(for: Network.all).first { $0.id == "loss-lenet5" })
            let drawing = try figure.draw(input, FigureVariant.words[1], .light, measure: PlainMeasure())
            return drawing.texts.count { $0.text.hasPrefix("stops falling") }
        }
        #expect(try labels(Fixture.Traits()) == 1)
        #expect(try labels(Fixture.Traits(overfitsFrom: nil)) == 0)
    }

    @Test(arguments: [
        (0, "No channel stays at zero for all"), (1, "Channel 16, crossed out"),
        (2, "The 2 channels crossed out (15, 16)"),
    ])
    func deadMapsAreCountedAndNamed(dead: Int, sentence: String) throws {
        let text = try text("maps-maxpool-pool2", Fixture.runs(Fixture.Traits(deadMaps: dead)))
        #expect(text.contains(sentence))
    }

    @Test(arguments: [0, 3]) func deadMapsAreCrossedOut(dead: Int) throws {
        let input = FigureInput(dataset: Fixture.dataset, runs: Fixture.runs(Fixture.Traits(deadMaps: dead)))
        let figure = try #require(FigureCatalog.figures(for: Network.all).first { $0.id == "maps-lenet5-pool2" })
        let drawing = try figure.draw(input, FigureVariant.words[0], .light, measure: PlainMeasure())
        let crosses = drawing.elements.count { element in
            guard case .shape(.lines(let lines), _, let stroke?) = element else { return false }
            return lines.count == 2 && stroke.color == Theme.light.alert
        }
        // Each in the chosen image's mosaic and in ten rows of classes; one more in the legend.
        #expect(crosses == (dead == 0 ? 0 : dead * 11 + 1))
    }

    @Test func nobodyIsLowestWhereAllEndAlike() throws {
        #expect(try text("comparison", Fixture.runs()).contains("They all end alike"))
        #expect(try !text("comparison", Fixture.runs()).contains("Lowest at the end"))
        let runs = Fixture.stories.first { $0.name == "losses down" }?.runs
        #expect(try text("comparison", #require(runs)).contains("Lowest at the end: Wide"))
    }

    @Test func perfectNetworksHaveNoMistakesToShow() throws {
        let perfect = try #require(Fixture.stories.first { $0.name == "perfect" }?.runs)
        for id in ["confused-pairs-wide", "errors-wide"] {
            #expect(try text(id, perfect).contains("mistakes none of the test images"))
        }
        #expect(try text("confusion-wide", perfect).contains("There are no mistakes"))
        #expect(try text("confusion-wide", perfect, .japanese).contains("再現率はどのクラスも100.0%"))
    }

    @Test func certaintyIsNotClaimedByRounding() throws {
        let words = FigureVariant.words[1]
        #expect(try words.probability(0.99999) == ">99.9%")
        #expect(try words.probability(0.00001) == "<0.1%")
        #expect(try words.probability(1) == "100.0%")
        #expect(try words.probability(0) == "0.0%")
        #expect(try words.probability(0.9944) == "99.4%")
    }

    @Test func surestMistakesComeFirst() throws {
        let run = Fixture.run(.lenet5)
        let mistakes = run.mistakes(labels: Fixture.dataset.test.labels)
        #expect(mistakes.count == Confusion(matrix: run.confusionMatrix).wrong)
        #expect(zip(mistakes, mistakes.dropFirst()).allSatisfy { $0.probability >= $1.probability })
        #expect(mistakes.allSatisfy { Int(Fixture.dataset.test.labels[$0.image]) == $0.truth && $0.truth != $0.guess })
    }
}
