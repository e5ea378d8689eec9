import Learn
import TestSupport
import Testing

@testable import Site

/// What is said of how losses went, and when nothing is said.
@Suite struct LossCourseTests {
    private func course(_ losses: (Int) -> (test: Double, train: Double)) -> LossCourse {
        LossCourse(Fixture.history(losses))
    }

    @Test(arguments: Fixture.lossStories.prefix(7).map(\.name)) func theVerdictsAreThoseOfTheStory(name: String) throws
    {
        let story = try #require(Fixture.lossStories.first { $0.name == name })
        let expected: [String: (LossCourse.Direction?, Bool?, LossCourse.Overfitting?, Bool?)] = [
            "falling, ever further apart": (.falling, true, .growing, false), "level": (.level, true, .steady, false),
            "rising": (.rising, true, .growing, false), "noisy": (nil, true, nil, false),
            "no gap": (.falling, false, LossCourse.Overfitting.none, true),
            "hardly a gap": (.falling, nil, nil, false),
            "hardly a difference": (.falling, false, LossCourse.Overfitting.none, nil),
        ]
        let course = LossCourse(story.runs[0].history)
        let (direction, gap, overfitting, underfitting) = try #require(expected[name])
        #expect(course.direction.outcome == direction)
        #expect(course.gap.outcome == gap)
        if name != "noisy" { #expect(course.overfitting.outcome == overfitting) }
        #expect(course.underfitting.outcome == underfitting)
    }

    /// With the running mean, which has dropout in it, this network would underfit; it does not.
    @Test func theRunningMeanDecidesNothing() {
        var history = Fixture.history { (0.3, 0.2 + 0.1 / Double($0)) }
        for epoch in history.indices { history[epoch].trainLoss = 0.5 }
        #expect(LossCourse(history).underfitting.outcome == false)
    }

    @Test func oneNoisyEpochAtTheEndDecidesNothing() {
        var history = Fixture.history { (0.3 + 0.0 * Double($0), 0.25) }
        #expect(LossCourse(history).gap.outcome == true)
        history[history.count - 1].evaluatedTrain?.loss = 0.31
        #expect(LossCourse(history).gap.outcome == nil)
        #expect(LossCourse(history).gap.turnedBy == [.epoch])
    }

    /// Nor does it make an underfitting network of one that has left its training loss behind throughout.
    @Test func oneNoisyEpochShowsNoUnderfitting() {
        var history = Fixture.history { _ in (0.3, 0.2) }
        #expect(LossCourse(history).underfitting.outcome == false && LossCourse(history).overfitting.outcome == .steady)
        history[history.count - 1].evaluatedTrain?.loss = 0.3
        let course = LossCourse(history)
        #expect(course.underfitting.stated == true && course.underfitting.turnedBy == [.epoch])
        #expect(course.overfitting.stated == LossCourse.Overfitting.none && course.overfitting.turnedBy == [.epoch])
    }

    /// After no evaluation alone has the gap been smaller, but after those around the middle together.
    @Test func aGapThatGrewOnlyBetweenSingleEvaluationsHasNotGrown() {
        let ratios = [5: 1.6, 10: 1.6, 15: 1.2, 20: 1.2, 25: 1.6, 30: 1.3, 35: 1.3, 40: 1.3]
        let course = course { (0.3, 0.3 / ratios[$0, default: 1]) }
        #expect(course.overfitting.stated == .growing && course.overfitting.turnedBy == [.epoch])
    }

    @Test func otherSeedsThatContradictLeaveItUndecided() {
        let (apart, together) = (Fixture.history { _ in (0.4, 0.2) }, Fixture.history { _ in (0.2, 0.2) })
        let same = LossCourse(apart, otherSeeds: [apart])
        #expect(same.gap.outcome == true && same.overfitting.outcome == .steady && same.underfitting.outcome == false)
        let contradicted = LossCourse(apart, otherSeeds: [apart, together])
        #expect(contradicted.gap.turnedBy == [.seed] && contradicted.overfitting.turnedBy == [.seed])
        #expect(contradicted.underfitting.turnedBy == [.seed])
        let (falling, rising) = (
            Fixture.history { (1 - 0.01 * Double($0), 0.2) }, Fixture.history { (1 + 0.01 * Double($0), 0.2) }
        )
        #expect(LossCourse(falling, otherSeeds: [falling]).direction.outcome == .falling)
        #expect(LossCourse(falling, otherSeeds: [rising]).direction.turnedBy == [.seed])
    }

    /// A trend that holds for the second half as a whole but not for a shorter stretch is no verdict.
    @Test func aFallThatIsOverBeforeTheEndIsNoFall() {
        let course = course { ($0 < 26 ? 0.7 - 0.01 * Double($0) : 0.45, 0.2) }
        #expect(course.direction.outcome == nil)
        #expect(course.direction.turnedBy.contains(.epoch))
    }

    @Test func inFewEpochsThereIsNoTrend() {
        let short = LossCourse(Array(Fixture.runs()[0].history))
        #expect(short.stretch == nil && short.directionOutcome == "short")
        #expect(LossCourse(Array(Fixture.history { _ in (0.4, 0.2) }.suffix(1))).ratio.end == 2)
    }

    /// The first evaluation, every fifth epoch and the last, from which on the test loss stays above by a tenth.
    @Test func theOnsetIsWhereTheGapBeginsToStay() {
        #expect(course { (0.3, $0 < 20 ? 0.29 : 0.25) }.onset == 20)
        // A gap that closes again does not count.
        #expect(course { (0.3, $0 == 10 || $0 >= 30 ? 0.25 : 0.29) }.onset == 30)
        #expect(course { _ in (0.3, 0.2) }.onset == 5)
        #expect(course { _ in (0.3, 0.29) }.onset == nil)
    }

    @Test func theLowestTestLossIsNamed() {
        #expect(course { (abs(Double($0) - 17) + 1, 0.2) }.bestEpoch == 17)
    }
}

@Suite struct TrendTests {
    // Worked out with another program (Python): slope, and the larger of the two standard errors.
    @Test func aLineIsFittedWithItsError() {
        let trend = Trend([1, 2, 4, 3, 5, 7, 6, 8])
        #expect(abs(trend.change - 20.0 / 3) < 1e-12)
        #expect(abs(trend.start - 7.0 / 6) < 1e-12)
        #expect(abs(trend.error - 0.871355) < 1e-6)
        #expect(trend.freedom == 6)
    }

    @Test func anExactLineHasNoError() {
        let trend = Trend([1, 3, 5, 7])
        #expect(abs(trend.change - 6) < 1e-12 && trend.error < 1e-9)
    }

    /// The same values in another order: where neighbours err together, the slope is less sure.
    @Test func correlatedErrorsMakeItLessSure() {
        let scattered = (0..<40).map { [1.0, -1, 0.5, -0.5][$0 % 4] }
        let waves = (0..<40).map { [1.0, 1, 0.5, 0.5, -0.5, -0.5, -1, -1, -0.5, 0.5][$0 % 10] }
        #expect(Trend(waves).error > 1.2 * Trend(scattered).error)
    }
}

@Suite struct BinomialTests {
    @Test(arguments: [(10, 2, 0.038574), (2, 10, 0.038574), (5, 5, 1), (0, 0, 1), (0, 6, 0.03125), (40, 10, 0.0000239)])
    func theExactTestIsThatOfTheTables(fixed: Int, broken: Int, probability: Double) {
        #expect(abs(McNemarTest(fixed: fixed, broken: broken).probability - probability) < 1e-6)
    }

    /// Where factorials would be too large and powers too small.
    @Test func manyTrialsAreNoTrouble() {
        let even = Binomial(trials: 100_000, probability: 0.5)
        // Half, and half of the middle term, which Stirling's formula gives.
        #expect(abs(even.probability(atMost: 50_000) - 0.5 - 0.5 * 0.0025231) < 1e-6)
        #expect(even.probability(atMost: 10) == 0)
        #expect(even.probability(atMost: 100_000) == 1 && even.probability(atLeast: 0) == 1)
    }

    @Test(arguments: [
        (0, 10, 0.0, 0.30850), (5, 10, 0.18709, 0.81291), (10, 10, 0.69150, 1), (1, 20, 0.00127, 0.24873),
    ])
    func theIntervalIsThatOfTheTables(successes: Int, trials: Int, low: Double, high: Double) {
        let interval = Binomial.interval(successes, of: trials, confidence: 0.95)
        #expect(abs(interval.lowerBound - low) < 1e-5 && abs(interval.upperBound - high) < 1e-5)
    }
}

/// What is said of two networks beside each other.
@Suite struct RunPairTests {
    private func claim(_ story: String, _ key: String) throws -> String {
        try #require(Fixture.stories.first { $0.name == story }?.facts[claim: key]).outcome
    }

    @Test(arguments: [
        ("ever better", "better"), ("ever worse", "worse"), ("last best by a hair", "chance"), ("alike", "chance"),
        ("better in the last epoch alone", "undecided"),
    ])
    func answersAreTestedAfterEquallyManyEpochs(story: String, outcome: String) throws {
        #expect(try claim(story, "compare.wide.lenet5.verdict") == outcome)
        #expect(try claim(story, "compare.maxpool.lenet5.verdict") == outcome)
    }

    /// LeNet-5 ended after four epochs; what the others learned afterwards is no part of the comparison.
    @Test func aLongerTrainingIsComparedWhereTheShorterEnds() throws {
        var runs = Fixture.answers(wrong: [10, 10, 10])
        runs[0] = runs[0].with(history: Array(runs[0].history.prefix(4)))
        let better = Fixture.answers(wrong: [60, 60, 60])[1].answerHistory.values
        let images = Fixture.dataset.test.count
        runs[1].answerHistory.values.replaceSubrange(0..<4 * images, with: better[0..<4 * images])
        let facts = Facts(dataset: Fixture.fashion, runs: runs)
        #expect(facts[claim: "compare.maxpool.lenet5.verdict"]?.outcome == "worse")
        #expect(facts[fact: "compare.maxpool.lenet5.epochs"]?.quantity == .counted(4, noun: "epoch"))
        #expect(facts[fact: "compare.maxpool.lenet5.broken"]?.quantity == .count(50))
    }

    /// As many wrong answers after each epoch, but to the same images here and to others each time there: what is right
    /// after most epochs says otherwise.
    @Test func answersAreComparedAsTheyMostlyAreAsWell() {
        var runs = Fixture.answers(wrong: [0, 0, 0])
        let labels = Fixture.dataset.test.labels
        for epoch in 0..<8 {
            for (run, first) in [(0, 0), (1, 30 * (1 + epoch % 3))] {
                for image in first..<first + 30 {
                    runs[run].answerHistory.values[epoch * labels.count + image] = (labels[image] + 1) % 10
                }
            }
        }
        func outcome(_ runs: [Run]) -> String? {
            Facts(dataset: Fixture.fashion, runs: runs)[claim: "compare.maxpool.lenet5.verdict"]?.outcome
        }
        #expect(outcome(runs) == "undecided")
        runs[1].answerHistory = runs[0].answerHistory
        #expect(outcome(runs) == "chance")
    }

    @Test func theBestIsTheBestAfterEquallyManyEpochs() {
        var runs = Fixture.answers(wrong: [10, 60, 60])
        runs[0] = runs[0].with(history: Array(runs[0].history.prefix(4)))
        for epoch in 4..<8 { runs[1].history[epoch].testAccuracy = 0.99 }
        let facts = Facts(dataset: Fixture.fashion, runs: runs)
        #expect(facts[claim: "all.best"]?.outcome == "lenet5")
    }

    /// 0.2994 and 0.2996 are written 0.299 and 0.300, 0.2996 and 0.3004 alike.
    @Test func lossesAreComparedAsTheyAreWritten() {
        #expect(Comparison(written: 0.2994, to: 0.2996, places: 3) == .lower)
        #expect(Comparison(written: 0.2996, to: 0.3004, places: 3) == .same)
    }

    @Test func ofEquallyGoodNetworksNoneIsTheBest() throws {
        #expect(try claim("alike", "all.best") == "tie")
        #expect(try claim("ever better", "all.best") == "wide")
        #expect(try claim("better in the last epoch alone", "all.best") == "undecided")
    }

    @Test func otherSeedsAreAsked() {
        let runs = Fixture.fashionRuns()
        func others(_ losses: [Double]) -> OtherSeeds {
            let results = zip(runs, losses).map { run, loss in
                var result = RunResult(configuration: run.configuration, history: run.history)
                result.configuration.seed = 7
                for epoch in result.history.indices { result.history[epoch].testLoss = loss }
                return result
            }
            return OtherSeeds(than: runs.map(\.configuration), among: results)
        }
        var lower = runs
        for epoch in lower[1].history.indices { lower[1].history[epoch].testLoss -= 0.1 }
        func outcome(_ others: OtherSeeds) -> String? {
            Facts(dataset: Fixture.fashion, runs: lower, others: others)[claim: "compare.maxpool.lenet5.loss"]?.outcome
        }
        #expect(outcome(OtherSeeds()) == "lower")
        #expect(outcome(others([0.5, 0.4, 0.3])) == "lower")
        #expect(outcome(others([0.4, 0.5, 0.3])) == "undecided")
        var better = runs
        for epoch in better[1].history.indices { better[1].history[epoch].testAccuracy = 0.99 }
        func best(_ accuracy: Double) -> String? {
            let results = zip(better, [0.5, accuracy, 0.5]).map { run, accuracy in
                var result = RunResult(configuration: run.configuration, history: run.history)
                result.configuration.seed = 7
                for epoch in result.history.indices { result.history[epoch].testAccuracy = accuracy }
                return result
            }
            let others = OtherSeeds(than: runs.map(\.configuration), among: results)
            return Facts(dataset: Fixture.fashion, runs: better, others: others)[claim: "all.best"]?.outcome
        }
        #expect(best(0.9) == "maxpool" && best(0.4) == "undecided")
        // Runs of other settings are no other seeds.
        var longer = RunResult(configuration: runs[0].configuration, history: runs[0].history)
        longer.configuration.epochs += 1
        let found = OtherSeeds(than: runs.map(\.configuration), among: [longer])
        #expect(found.histories(of: Network.all.map(\.name)).isEmpty && found.histories(of: "lenet5").isEmpty)
    }

    @Test func aNetworkThatGuessesIsToldFromOneThatLearned() throws {
        for network in Network.all.map(\.name) {
            #expect(try claim("guessing", "\(network).learned") == "no")
            #expect(try claim("perhaps guessing", "\(network).learned") == "undecided")
            #expect(try claim("as expected", "\(network).learned") == "yes")
        }
    }

    /// Nor does one good epoch at the end, nor one good seed.
    @Test func aNetworkThatLearnedDidSoThroughoutAndWithEverySeed() {
        let labels = Fixture.dataset.test.labels
        var run = Fixture.run(.lenet5)
        let others = run.history
        var guessing = others
        for epoch in guessing.indices { guessing[epoch].testAccuracy = 0.1 }
        #expect(run.learned(labels: labels, otherSeeds: [others]).outcome == true)
        #expect(run.learned(labels: labels, otherSeeds: [guessing]).turnedBy == [.seed])
        run.history = guessing.dropLast() + others.suffix(1)
        #expect(run.learned(labels: labels, otherSeeds: []).turnedBy == [.epoch])
    }

    @Test(arguments: [
        ("ever better", "lenet5", "over"), ("as sure as right", "lenet5", "fair"), ("perfect", "wide", "under"),
        ("near the threshold of being sure", "wide", "undecided"),
    ])
    func probabilitiesArePromises(story: String, network: String, outcome: String) throws {
        #expect(try claim(story, "\(network).sureness") == outcome)
    }

    @Test func promisesStandBesideWhatIsKept() {
        let run = Fixture.answers(wrong: [60, 40, 10])[0]
        let confidence = Confidence(run, labels: Fixture.dataset.test.labels)
        #expect(confidence.answers == 200 && confidence.wrong == 60 && confidence.share == 0.3)
        #expect(abs((confidence.promised ?? 0) - 0.05) < 1e-6)
    }

    @Test func theShareOfWrongAnswersIsThatOfTheSureOnes() {
        var run = Fixture.answers(wrong: [60, 40, 10])[0]
        // The second half of the images, all of them right.
        for row in 100..<200 { run.predictions.values[row * 10 + run.guesses[row]] = 0.5 }
        let confidence = Confidence(run, labels: Fixture.dataset.test.labels)
        #expect(confidence.answers == 100 && confidence.wrong == 60 && confidence.share == 0.6)
    }
}
