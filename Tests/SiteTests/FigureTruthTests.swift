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

    /// What only the caption of this outcome says.
    private static let sentences: [(outcome: LossCourse.Outcome, sentence: String)] = [
        (.rising, "it then climbs"), (.stalled, "hardly moves"), (.widening, "the gap grows"),
    ]

    @Test func overfittingIsToldOnlyWhereItHappens() throws {
        var seen: Set<LossCourse.Outcome> = []
        for story in Fixture.stories {
            let outcome = LossCourse(story.runs[0].history).outcome
            let text = try text("loss-lenet5", story.runs)
            for (other, sentence) in FigureTruthTests.sentences {
                #expect(text.contains(sentence) == (outcome == other), "\(story.name)")
            }
            seen.insert(outcome)
        }
        #expect(seen == Set(LossCourse.Outcome.allCases))
    }

    @Test func onsetIsMarkedOnlyWhereThereIsOne() throws {
        let figure = try #require(FigureCatalog.figures(for: Network.all).first { $0.id == "loss-lenet5" })
        for story in Fixture.stories {
            let input = FigureInput(dataset: story.dataset, runs: story.runs)
            let drawing = try figure.draw(input, FigureVariant.words[1], .light, measure: PlainMeasure())
            let marks = drawing.texts.count { $0.color == Theme.light.alert }
            #expect(marks == (LossCourse(story.runs[0].history).onset == nil ? 0 : 1), "\(story.name)")
        }
    }

    @Test(
        arguments: [
            ([0.5, 0.3, 0.2], [0.6, 0.4, 0.2], "ends at 0.200, the training loss at 0.200"),
            ([0.5, 0.3, 0.2], [0.6, 0.4, 0.21], "the test loss ends at 0.210, the training loss at 0.200"),
            (
                [0.5, 0.5, 0.5], [0.6, 0.4, 0.41],
                "the test loss ends at 0.410, the training loss at 0.500"
            ),
        ] as [([Double], [Double], String)])
    func lossesAreTakenAsTheyEnd(train: [Double], test: [Double], sentence: String) throws {
        var runs = Fixture.runs()
        runs[0].history = zip(train, test).map {
            EpochMetrics(trainLoss: $0, trainAccuracy: 0.8, testLoss: $1, testAccuracy: 0.8)
        }
        #expect(try text("loss-lenet5", runs).contains(sentence))
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
        #expect(try text("comparison", #require(runs)).contains("Lowest at the end: the wide network"))
    }

    @Test func perfectNetworksHaveNoMistakesToShow() throws {
        let perfect = try #require(Fixture.stories.first { $0.name == "perfect" }?.runs)
        for id in ["confused-pairs-wide", "errors-wide"] {
            #expect(try text(id, perfect).contains("There is no test image that"))
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
