import Learn
import Render
import TestSupport
import Testing

@testable import Site

/// Captions and alternative texts say what is, also where it is not what one would expect.
@Suite struct FigureTruthTests {
    private func text(_ id: String, _ runs: [Run], _ language: Language = .english) throws -> String {
        try text(id, FigureInput(dataset: Fixture.dataset, runs: runs), language)
    }

    private func text(_ id: String, _ input: FigureInput, _ language: Language = .english) throws -> String {
        let words = FigureVariant.words[language == .japanese ? 0 : 1]
        let figure = try #require(FigureCatalog.figures(for: Network.all).first { $0.id == id })
        return try figure.caption(input, words) + " " + figure.altText(input, words)
    }

    /// What only the text of this outcome says.
    private static let sentences = [
        "direction": [
            "falling": "is still falling, by", "level": "the test loss is level", "rising": "is rising, by",
            "undecided": "it is undecided whether the loss is still falling", "short": "too few epochs for a trend",
        ],
        "overfitting": [
            "growing": "the gap grows", "steady": "a gap that has not grown", "none": "there is no clear gap",
            "undecided": "whether that is overfitting is undecided",
        ],
    ]

    @Test func whatTheLossesDoIsToldOnlyWhereItHappens() throws {
        for (claim, sentences) in FigureTruthTests.sentences {
            var seen: Set<String> = []
            for story in Fixture.stories {
                let outcome = try #require(story.facts[claim: "lenet5.\(claim)"]).outcome
                let text = try text("loss-lenet5", story.input)
                for (other, sentence) in sentences {
                    #expect(text.contains(sentence) == (outcome == other), "\(story.name): \(sentence)")
                }
                seen.insert(outcome)
            }
            #expect(seen == Set(sentences.keys))
        }
    }

    /// Folders give the images class by class: the first of them would show one class only.
    @Test func imagesOfSortedDataAreTakenFromAllOfIt() throws {
        var dataset = Fixture.dataset
        let figure = SamplesGridFigure()
        func text(_ words: Words) throws -> String {
            try figure.caption(FigureInput(dataset: dataset, runs: []), words)
        }
        let first = try #require(figure.table(FigureInput(dataset: dataset, runs: [])))
        #expect(first.rows.map { $0[0] } == (1...36).map(String.init))
        #expect(try text(FigureVariant.words[1]).hasPrefix("The first 36"))
        let labels = dataset.train.labels.sorted()
        dataset = Dataset(
            train: Split(pixels: dataset.train.pixels, labels: labels, shape: dataset.train.shape),
            test: dataset.test, classCount: dataset.classCount, digests: dataset.digests)
        let spread = try #require(figure.table(FigureInput(dataset: dataset, runs: [])))
        #expect(spread.rows.count == 36 && Set(spread.rows.map { $0[1] }) == Set(labels.map { String($0) }))
        #expect(try text(FigureVariant.words[1]).contains("at equal distances"))
        #expect(try text(FigureVariant.words[0]).contains("等間隔"))
    }

    @Test func theTrendIsDrawnOnlyWhereThereIsOne() throws {
        let figure = try #require(FigureCatalog.figures(for: Network.all).first { $0.id == "loss-lenet5" })
        for story in Fixture.stories {
            let drawing = try figure.draw(story.input, FigureVariant.words[1], .light, measure: PlainMeasure())
            let lines = drawing.elements.count { element in
                guard case .shape(_, _, let stroke?) = element else { return false }
                return stroke == Stroke(Theme.light.mutedInk, width: Theme.line, dash: Theme.dash)
            }
            #expect(lines == (LossCourse(story.runs[0].history).stretch == nil ? 0 : 1), "\(story.name)")
        }
    }

    @Test func theOnsetIsMarkedOnlyWhereThereIsOne() throws {
        let figure = try #require(FigureCatalog.figures(for: Network.all).first { $0.id == "loss-lenet5" })
        var seen: Set<Bool> = []
        for story in Fixture.stories {
            let drawing = try figure.draw(story.input, FigureVariant.words[1], .light, measure: PlainMeasure())
            let rules = drawing.elements.count { element in
                guard case .shape(.lines(let lines), _, let stroke?) = element else { return false }
                return stroke.color == Theme.light.alert && lines[0][0].x == lines[0][1].x
            }
            let hasOnset = LossCourse(story.runs[0].history).onset != nil
            // In the plot of the losses, where its label may have a line of its own, and in that of the accuracies.
            #expect(hasOnset ? rules >= 2 : rules == 0, "\(story.name)")
            #expect(drawing.texts.contains { $0.text.hasPrefix("more than 10% apart") } == hasOnset)
            seen.insert(hasOnset)
        }
        #expect(seen.count == 2)
    }

    @Test func lossesAreTakenAsTheyEndAndMeasuredAlike() throws {
        var runs = Fixture.runs()
        runs[0].history[7].trainLoss = 0.9
        runs[0].history[7].testLoss = 0.21
        runs[0].history[7].evaluatedTrain = Evaluation(loss: 0.2, accuracy: 0.95)
        let text = try text("loss-lenet5", runs)
        #expect(text.contains("0.200 on the training images, 0.210 on the test images"))
        #expect(text.contains("1.05 times the training loss"))
        #expect(!text.contains("0.900"))
    }

    @Test(arguments: [
        (0, "No channel is zero for all of them"), (1, "Channel 16, crossed out"),
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
        // Each for both images; one more in the legend.
        #expect(crosses == (dead == 0 ? 0 : dead * 2 + 1))
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
