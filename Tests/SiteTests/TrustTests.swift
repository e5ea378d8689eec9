import TestSupport
import Testing

@testable import Learn
@testable import Site

/// What answers are worth: probabilities, changed images, and mistakes that all networks share.
@Suite struct TrustTests {
    private static let labels = Fixture.dataset.test.labels

    @Test func probabilitiesAreComparedWithWhatIsRight() {
        let run = Fixture.run(.lenet5)
        let calibration = Calibration(run, labels: TrustTests.labels, images: 0..<200)
        var error = 0.0
        for tenth in 0..<10 {
            let own = TrustTests.labels.indices.filter { image in
                let highest = run.probabilities(of: image).max() ?? 0
                return Int((Double(highest) * 10).rounded(.down)) == tenth
            }
            let right = own.count { run.guesses[$0] == Int(TrustTests.labels[$0]) }
            let sure = own.reduce(0) { $0 + Double(run.probabilities(of: $1).max() ?? 0) }
            let bin = calibration.bins[tenth]
            #expect(bin.answers == own.count && bin.right == right && abs(bin.probability - sure) < 1e-9)
            #expect((bin.accuracy == nil) == own.isEmpty && (bin.confidence == nil) == own.isEmpty)
            if !own.isEmpty {
                let count = Double(own.count)
                error += count / Double(TrustTests.labels.count) * abs(Double(right) / count - sure / count)
            }
        }
        #expect(abs(calibration.error - error) < 1e-9)
    }

    @Test func certaintyLiesInTheLastTenth() {
        var run = Fixture.run(.lenet5)
        for place in 0..<10 { run.predictions.values[place] = place == 3 ? 1 : 0 }
        let before = Calibration(Fixture.run(.lenet5), labels: TrustTests.labels, images: 0..<200).bins
        let after = Calibration(run, labels: TrustTests.labels, images: 0..<200).bins
        #expect(after.count == 10 && after.reduce(0) { $0 + $1.answers } == before.reduce(0) { $0 + $1.answers })
        #expect(
            after[9].answers == before[9].answers
                + ((Fixture.run(.lenet5).probabilities(of: 0).max() ?? 0) >= 0.9 ? 0 : 1))
    }

    /// The interval of the share that is right decides: for 80 of 100, from 0.708 to 0.874.
    @Test(arguments: [(0.88, .over), (0.87, .fair), (0.71, .fair), (0.7, .under)] as [(Float, Confidence.Outcome)])
    func probabilitiesPromiseTooMuchBeyondChance(_ sure: Float, _ outcome: Confidence.Outcome) {
        var run = Fixture.run(.lenet5)
        for image in 0..<100 {
            let label = Int(TrustTests.labels[image])
            let guess = image < 80 ? label : (label + 1) % 10
            for place in 0..<10 { run.predictions.values[image * 10 + place] = place == guess ? sure : (1 - sure) / 9 }
        }
        #expect(Calibration(run, labels: TrustTests.labels, images: 0..<100).outcome(1) == outcome)
        #expect(Calibration(run, labels: TrustTests.labels, images: 0..<0).outcome(1) == nil)
    }

    /// By Clopper and Pearson, 9 of 10 is 0.555 to 0.997, and 5 of 10 0.187 to 0.813.
    @Test func sharesDifferBeyondTheChoiceOfImages() {
        func share(_ share: Double, _ images: Int) -> ShareOfImages { ShareOfImages(share, images: images, scale: 1) }
        #expect(!share(0.9, 10).isCertainlyAbove(share(0.5, 10)) && share(0.9, 100).isCertainlyAbove(share(0.5, 100)))
        #expect(
            share(0.88, 200).isCertainlyAbove(share(0.8, 200)) && !share(0.875, 200).isCertainlyAbove(share(0.8, 200)))
        #expect(!share(0.5, 100).isCertainlyAbove(share(0.9, 100)) && !share(1, 100).isCertainlyAbove(share(1, 100)))
        #expect(!share(1.5, 10).isCertainlyAbove(share(1, 10)))
    }

    @Test func probesRiseIfNoneIsCertainlyBelowOneBefore() {
        #expect(ProbeCourse([0.8, 0.84, 0.82, 0.88], images: 200) == .rising)
        #expect(ProbeCourse([0.88, 0.8], images: 200) == .falling)
        #expect(ProbeCourse([0.8, 0.88, 0.8], images: 200) == .mixed)
        #expect(ProbeCourse([0.8, 0.84, 0.82], images: 200) == .level && ProbeCourse([0.8], images: 200) == .level)
    }

    @Test func sharedErrorsAreThoseOfAll() {
        let runs = Fixture.runs()
        let shared = SharedErrors(runs, labels: TrustTests.labels)
        let expected = TrustTests.labels.indices.filter { image in
            runs.allSatisfy { $0.guesses[image] != Int(TrustTests.labels[image]) }
        }
        #expect(Set(shared.images.map(\.image)) == Set(expected) && shared.images.count == expected.count)
        #expect(zip(shared.images, shared.images.dropFirst()).allSatisfy { $0.probability <= $1.probability })
        for image in shared.images {
            #expect(image.guesses == runs.map { $0.guesses[image.image] })
            #expect(image.isUnanimous == image.guesses.allSatisfy { $0 == image.guesses[0] })
            let mean = runs.reduce(0) { $0 + Double($1.probabilities(of: image.image)[image.truth]) } / 3
            #expect(abs(image.probability - mean) < 1e-12)
        }
        #expect(SharedErrors([runs[0]], labels: TrustTests.labels).images.isEmpty)
    }

    @Test func changedImagesAreCountedByClass() {
        let shifts = (0..<18).map { Float($0) / 18 }
        let noise = Tensor(shape: [3, 2], values: [0.9, 0.1, 0.2, 0.8, 0.5, 0.5])
        let trust = Trust(
            shifts: Tensor(shape: [2, 9], values: shifts),
            changed: Tensor(shape: [4, 2], values: [4, 6, 4, 5, 1, 4, 0, 1]),
            blank: Tensor(shape: [2, 2], values: [0.3, 0.7, 0.6, 0.4]), noise: noise)
        #expect(trust.lowest(at: 4) == 0 && abs(trust.lowest(at: 1) - 3.0 / 18) < 1e-6)
        #expect(abs(trust.accuracy(moved: 1, 8) - 17.0 / 18) < 1e-6)
        #expect(trust.accuracy(1) == 0.9 && trust.accuracy(2) == 0.5 && trust.accuracy(3) == 0.1)
        #expect(trust.hardestToMirror == 0 && trust.recall(0, 2) == 0.25 && trust.recall(1, 2) == 4.0 / 6)
        let answers = trust.noiseAnswers
        #expect(
            answers.label == 0 && answers.share == 2.0 / 3 && abs(answers.probability - (0.9 + 0.8 + 0.5) / 3) < 1e-6)
    }
}
