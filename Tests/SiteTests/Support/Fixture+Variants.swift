import Foundation
import Learn

@testable import Site

extension Fixture {
    /// The made-up images under the digests of the real data set.
    static let fashion = Dataset(
        train: dataset.train, test: dataset.test, classCount: FashionMNIST.classCount, digests: FashionMNIST.digests)

    /// A data set and runs on it, made so that the article has to tell a certain story.
    struct Story {
        let name: String
        let dataset: Dataset
        let runs: [Run]
        let study: SeedStudy?
        let inspections: [Inspection]
        let factorial: FactorialStudy?
        private let others: OtherSeeds
        private let made = Once<FigureInput>()

        /// What figures and pages are made from, worked out once for all tests.
        var input: FigureInput {
            made {
                FigureInput(
                    dataset: dataset, runs: runs, inspections: inspections, study: study, factorial: factorial,
                    others: others)
            }
        }
        var facts: Facts { input.facts }

        init(
            name: String, dataset: Dataset = Fixture.fashion, runs: [Run], study: SeedStudy? = nil,
            factorial: FactorialStudy? = nil,
            otherSeeds: [[Portrait]] = [], inspections: [Inspection]? = nil
        ) {
            self.name = name
            self.dataset = dataset
            self.runs = runs
            self.study = study
            self.factorial = factorial
            self.inspections = inspections ?? Fixture.inspections(of: runs, dataset)
            others = OtherSeeds(portraits: otherSeeds)
        }
    }

    /// Stories in which, between them, each claim of the article turns out in each way.
    static let stories: [Story] =
        plainStories + lossStories + answerStories + bestStories + studyStories + factorsStories + mapStories
        + kernelStories
        + classStories + inspectionStories

    private static let plainStories: [Story] = [
        Story(name: "as expected", runs: usual),
        Story(name: "other data", dataset: dataset, runs: runs()),
        Story(name: "unbalanced", dataset: unbalanced, runs: usual),
        Story(name: "no overfitting", runs: fashionRuns(Traits(overfitsFrom: nil, deadMaps: 0))),
        Story(
            name: "upside down",
            runs: fashionRuns(Traits(accuracy: ["lenet5": 0.95, "maxpool": 0.8, "wide": 0.6], deadMaps: 0))),
        Story(name: "alike", runs: answers(wrong: [20, 20, 20])),
        Story(name: "perfect", runs: answers(wrong: [0, 0, 0])),
        Story(name: "mostly tops", runs: answers(wrong: [20, 15, 10], shift: 2, among: [0, 2, 4])),
        Story(name: "structured kernels", runs: usual.map { $0.with(kernels: stripes) }),
        Story(name: "twin kernels", runs: usual.map { $0.with(kernels: twins) }),
        Story(name: "ever clearer kernels", runs: graded([stripes, noise, stripes])),
        Story(name: "ever wilder kernels", runs: graded([noise, stripes, noise])),
        Story(name: "kernels that go on moving", runs: usual.map { $0.movingKernels() }),
        Story(name: "ever quieter maps", runs: quieter([0.2, 0.5, 0.8])),
        Story(name: "ever louder maps", runs: quieter([0.8, 0.5, 0.2])),
        Story(name: "maps of the image", runs: usual.enumerated().map { $1.seeingTheImage(in: $0 + 1) }),
        Story(name: "ever more alike maps", runs: alike([0, 0.5, 0.9])),
        Story(name: "ever less alike maps", runs: alike([0.9, 0.5, 0])),
        Story(name: "blurring kernels", runs: alike([0.9, 0.9, 0.9]).map { $0.with(kernels: stripes) }),
        Story(name: "weak kernels", runs: usual.map { $0.with(kernels: fading) }),
        Story(name: "clear at first", runs: usual.map { $0.with(kernels: stripes).with(kernels: noise, of: "conv2") }),
        Story(name: "clear at last", runs: usual.map { $0.with(kernels: noise).with(kernels: stripes, of: "conv2") }),
    ]

    /// Each network once far better than the others.
    private static let bestStories = Network.all.map { best in
        Story(name: "\(best.name) best", runs: answers(wrong: Network.all.map { $0 == best ? 10 : 60 }))
    }

    static let usual = fashionRuns(Traits())

    /// The usual runs with what is given for three networks; further networks take it backwards and forwards again.
    static func usual<T>(_ given: [T]) -> Zip2Sequence<[Run], [T]> {
        let turning = given + given.dropFirst().dropLast().reversed()
        return zip(usual, usual.indices.map { turning[$0 % turning.count] })
    }

    static func fashionRuns(_ traits: Traits = Traits()) -> [Run] {
        runs(traits).map { run in
            var run = run
            run.dataDigests = FashionMNIST.digests
            return run
        }
    }

    private static let unbalanced: Dataset = {
        let count = 390
        let train = Split(
            pixels: Array(dataset.train.pixels.prefix(count * FashionMNIST.shape.count)),
            labels: Array(dataset.train.labels.prefix(count)), shape: FashionMNIST.shape)
        let odd = Split(
            pixels: Array(train.pixels.prefix(385 * FashionMNIST.shape.count)), labels: Array(train.labels.prefix(385)),
            shape: FashionMNIST.shape)
        return Dataset(
            train: odd, test: dataset.test, classCount: FashionMNIST.classCount, digests: FashionMNIST.digests)
    }()
}

// MARK: - Answers

extension Fixture {
    /// Runs that get exactly so many test images wrong: the first ones of the classes `among`, mistaken for the class
    /// `shift` further.
    ///
    /// - Parameter sure: probability of each answer.
    static func answers(
        wrong: [Int], shift: Int = 1, among: [Int] = Array(0..<10), sure: Float = 0.95
    ) -> [Run] {
        usual(wrong).map { run, wrong in
            var run = run
            var left = wrong
            for epoch in run.history.indices {
                run.history[epoch].testAccuracy = 1 - Double(wrong) / Double(dataset.test.count)
            }
            run.confusionMatrix = Array(repeating: Array(repeating: 0, count: 10), count: 10)
            var answers: [UInt8] = []
            run.predictions.values = dataset.test.labels.flatMap { label -> [Float] in
                var guess = Int(label)
                if left > 0, among.contains(guess) {
                    guess = (guess + shift) % 10
                    left -= 1
                }
                run.confusionMatrix[Int(label)][guess] += 1
                answers.append(UInt8(guess))
                return (0..<10).map { $0 == guess ? sure : (1 - sure) / 9 }
            }
            run.answerHistory = answerHistory(answers, epochs: run.history.count)
            return run
        }
    }
}

// MARK: - Kernels and maps

extension Fixture {
    private typealias Pattern = (_ y: Int, _ x: Int, _ filter: Int) -> Float

    fileprivate static func stripes(_ y: Int, _ x: Int, _ filter: Int) -> Float {
        let angle = Float(filter) * 0.5
        return (Float(y) - 2) * sin(angle) * 0.1 + (Float(x) - 2) * cos(angle) * 0.1 + 0.01 * Float(filter % 3)
    }

    fileprivate static func noise(_ y: Int, _ x: Int, _ filter: Int) -> Float {
        Float((y * 7 + x * 13 + filter * 29 + y * x * 5 + filter * y * 3) % 11) / 11 - 0.5
    }

    fileprivate static func twins(_ y: Int, _ x: Int, _ filter: Int) -> Float {
        Float(x - 2) + 0.01 * Float(filter * y)
    }

    fileprivate static func fading(_ y: Int, _ x: Int, _ filter: Int) -> Float {
        noise(y, x, filter) / Float(filter + 1)
    }

    /// Runs in whose first maps the image stands out so much from noise.
    private static func alike(_ shares: [Float]) -> [Run] {
        usual(shares).map { run, share in
            run.mapping(maps: ["conv1"]) { sample, index, channels in
                let image = dataset.test.image(sample.index)
                let pixel = Float(image[image.startIndex + index / channels]) / 255
                let (cell, channel) = (index / channels, index % channels)
                return share * pixel + (1 - share) * abs(noise(cell % 28, cell / 28 + channel * 3, channel * channel))
            }
        }
    }

    private static func graded(_ patterns: [(Int, Int, Int) -> Float]) -> [Run] {
        usual(patterns).map { $0.with(kernels: $1) }
    }

    /// Runs whose maps are zero in such a share of places.
    private static func quieter(_ shares: [Double]) -> [Run] {
        usual(shares).map { run, share in
            run.mapping(maps: ["conv2"]) { _, index, _ in Double(index % 100) < share * 100 ? 0 : 1 }
        }
    }
}

extension Run {
    func with(history: [EpochMetrics]) -> Run {
        var run = self
        run.history = history
        run.configuration.epochs = history.count
        let size = kernelHistory.shape.dropFirst().reduce(1, *)
        run.kernelHistory = Tensor(
            shape: [history.count + 1] + kernelHistory.shape.dropFirst(),
            values: (0..<size * (history.count + 1)).map { kernelHistory.values[$0 % kernelHistory.values.count] })
        run.answerHistory = Fixture.answerHistory(guesses.map(UInt8.init), epochs: history.count)
        return run
    }

    /// The run with the pattern in every slice of the kernels of a convolution, or of both.
    func with(kernels pattern: (_ y: Int, _ x: Int, _ filter: Int) -> Float, of layer: String = "") -> Run {
        var run = self
        for index in run.weights.indices
        where run.weights[index].name.hasPrefix(layer) && run.weights[index].name.hasSuffix("kernel") {
            let shape = run.weights[index].tensor.shape
            guard shape.count == 4 else { continue }
            run.weights[index].tensor.values = (0..<shape.reduce(1, *)).map { place in
                let cell = place / (shape[2] * shape[3])
                return pattern(cell / shape[1], cell % shape[1], place % shape[3])
            }
        }
        return run
    }

    /// The run with kernels that move as far in each epoch as in any other.
    func movingKernels() -> Run {
        var run = self
        let size = kernelHistory.shape.dropFirst().reduce(1, *)
        run.kernelHistory.values = kernelHistory.values.indices.map { Float($0 / size) * 0.01 }
        return run
    }

    /// The run with other feature maps in these layers.
    func mapping(
        maps layers: [String], _ value: (_ sample: SampleActivations, _ index: Int, _ channels: Int) -> Float
    ) -> Run {
        var run = self
        for sample in run.samples.indices {
            for output in run.samples[sample].outputs.indices
            where layers.contains(run.samples[sample].outputs[output].name) {
                let tensor = run.samples[sample].outputs[output].tensor
                run.samples[sample].outputs[output].tensor.values = tensor.values.indices.map {
                    value(run.samples[sample], $0, tensor.shape[2])
                }
            }
        }
        return run
    }

    /// The run with the image itself in the first so many maps of the first convolution.
    func seeingTheImage(in count: Int) -> Run {
        mapping(maps: ["conv1"]) { sample, index, channels in
            let image = Fixture.dataset.test.image(sample.index)
            let pixel = Float(image[image.startIndex + index / channels]) / 255
            return index % channels < count ? pixel : Float(index * 37 % 101) / 101
        }
    }
}
