import Learn
import Testing

@testable import Site

/// Figures, tables and files read numbers from the facts.
@Suite struct FactReadingTests {
    private let facts = Facts(dataset: Fixture.dataset, runs: Fixture.runs())

    @Test func aNumberThatWasNotWorkedOutIsAnError() throws {
        let network = FactSubject.network("lenet5")
        #expect(throws: SiteError.noFact(key: "lenet5.beauty")) { try facts.quantity(network, "beauty") }
        #expect(throws: SiteError.noFact(key: "lenet5.beauty")) { try facts.known(network, "beauty") }
        #expect(throws: SiteError.noFact(key: "lenet5.beauty")) { try facts.outcome(of: network, "beauty") }
        // A name is no number.
        #expect(throws: SiteError.noFact(key: "lenet5.optimizer")) { try facts.value(network, "optimizer") }
        #expect(SiteError.noFact(key: "a.b").description.split(separator: "\n").count == 1)
    }

    @Test func whatIsReadIsWhatWasWorkedOut() throws {
        for run in Fixture.runs() {
            let (name, confusion) = (run.configuration.network, Confusion(matrix: run.confusionMatrix))
            for label in confusion.matrix.indices {
                let subject = FactSubject.label(label, of: name)
                #expect(try facts.value(subject, "recall") == confusion.recall(label))
                #expect(try facts.value(subject, "precision") == confusion.precision(label))
                #expect(try facts.quantity(subject, "f1") == .accuracy(confusion.f1(label)))
            }
            let network = FactSubject.network(name)
            #expect(try facts.value(network, "correct") + facts.value(network, "wrong") == Double(confusion.total))
            #expect(try facts.quantity(network, "epochs").bare == .count(run.configuration.epochs))
        }
    }

    /// All that a network loses or gains on another is the sum over the classes.
    @Test func gainsAreThoseOfTheMatrices() throws {
        let runs = Fixture.runs()
        let pair = FactSubject.pair(Relations.Pair(network: "wide", other: "lenet5"))
        let matrices = [runs[2], runs[0]].map(\.confusionMatrix)
        let gains = matrices[0].indices.map { matrices[0][$0][$0] - matrices[1][$0][$0] }
        #expect(try facts.quantity(pair, "gain") == .change(gains.reduce(0, +)))
        #expect(try facts.quantity(pair, "mostGain") == .change(try #require(gains.max())))
        #expect(try facts.quantity(pair, "leastGain") == .change(try #require(gains.min())))
        let wrong = gains.indices.filter { gains[$0] == gains.max() }.map { guess in
            gains.indices.reduce(0) { $1 == guess ? $0 : $0 + matrices[0][$1][guess] - matrices[1][$1][guess] }
        }
        #expect(try facts.quantity(pair, "mostGain.wrong") == .change(wrong.reduce(0, +)))
    }

    /// A longer training is counted where the shorter one ends, be it ever so good later.
    @Test func gainsAreCountedAfterEquallyManyEpochs() throws {
        var runs = Fixture.runs()
        let labels = Fixture.dataset.test.labels
        let rows = runs[0].answerHistory.shape[0] - 1
        runs[0].history.removeLast()
        runs[0].answerHistory = ByteTensor(
            shape: [rows, labels.count], values: Array(runs[0].answerHistory.values.prefix(rows * labels.count)))
        runs[2].answerHistory.values.replaceSubrange((rows * labels.count)..., with: labels)
        func right(_ run: Run) -> Int {
            let answers = run.answerHistory.values[((rows - 1) * labels.count)..<rows * labels.count]
            return zip(answers, labels).count { $0 == $1 }
        }
        let pair = FactSubject.pair(Relations.Pair(network: "wide", other: "lenet5"))
        let facts = Facts(dataset: Fixture.dataset, runs: runs)
        #expect(try facts.quantity(pair, "gain") == .change(right(runs[2]) - right(runs[0])))
    }

    /// The layer that most of the added parameters are in, and their share of all that are added.
    @Test func theLayerThatGrowsMostIsNamed() throws {
        let pair = FactSubject.pair(Relations.Pair(network: "wide", other: "lenet5"))
        let (ours, theirs) = (Network.wide.architecture.placed, Network.lenet5.architecture.placed)
        let gains = ours.map { layer in
            layer.parameters - (theirs.first { $0.name == layer.name }?.parameters ?? 0)
        }
        let most = try #require(gains.max())
        let place = try #require(gains.firstIndex(of: most))
        #expect(try facts.quantity(pair, "grown") == .name(ours[place].name))
        let share = Double(most) / Double(gains.reduce(0, +))
        #expect(try facts.quantity(pair, "grownShare") == .share(share, places: 0))
        let same = FactSubject.pair(Relations.Pair(network: "maxpool", other: "lenet5"))
        #expect(try facts.known(same, "grown") == nil)
    }

    @Test func changesHaveASignAndProbabilitiesClaimNoCertainty() throws {
        for words in try [Language.japanese, .english].map(TestSite.words) {
            #expect(try [12, 0, -3].map { try words(.change($0)) } == ["+12", "0", "−3"])
            #expect(
                try [0.9999, 1, 0.0001, 0, 0.25].map { try words(.certainty($0)) }
                    == [">99.9%", "100.0%", "<0.1%", "0.0%", "25.0%"])
        }
    }

    /// Silent channels are those of which no shown image finds a value.
    @Test func outputsAreMeasuredOnce() throws {
        let run = Fixture.runs()[0]
        let measured = try #require(facts.measurements["lenet5"])
        let spread = measured.spread(run)
        #expect(spread.layers.map(\.name) == measured.maps.layers.map(\.name))
        for layer in spread.layers {
            let maps = run.samples.map { $0.output(of: layer.name) }
            let silent = (0..<layer.statistics.channels).filter { channel in
                maps.allSatisfy { $0.channel(channel).allSatisfy { $0 == 0 } }
            }
            #expect(layer.statistics.deadChannels == silent)
            let inside = maps.flatMap(\.values).count { $0 != 0 && spread.range.contains(Double($0)) }
            #expect(layer.histogram.counts.reduce(0, +) == inside)
        }
    }
}
