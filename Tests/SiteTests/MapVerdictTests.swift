import Learn
import TestSupport
import Testing

@testable import Site

/// The rules behind what is said of maps and kernels.
@Suite struct MapVerdictTests {
    private func kernels(norms: [Float]) -> KernelStatistics {
        KernelStatistics(Tensor(shape: [1, 1, 1, norms.count], values: norms))
    }

    @Test(
        arguments: [
            ([0.74, 0.8, 3.42, 0.9, 1.0, 1.08], NormOutliers.strong, [2], []),
            ([0.9, 0.2, 1.0, 1.1], .weak, [], [1]), ([0.2, 1, 1, 1, 5], .both, [4], [0]),
            ([1, 1.2, 0.8], .even, [], []),
        ] as [([Float], NormOutliers, [Int], [Int])])
    func anOutlierIsToldOnTheSideWhereItLies(
        norms: [Float], outcome: NormOutliers, strong: [Int], weak: [Int]
    ) {
        let kernels = kernels(norms: norms)
        #expect(NormOutliers(kernels, factor: KernelStatistics.outlier) == outcome)
        #expect(kernels.strong() == strong && kernels.weak() == weak)
    }

    @Test func theOutlierIsNamedWithNumberAndNorm() throws {
        let story = try #require(Fixture.kernelStories.first { $0.name == "a strong kernel" })
        guard case .filters(let filters)? = story.facts[fact: "lenet5.conv1.strongFilters"]?.quantity else {
            Issue.record("no filter is named")
            return
        }
        #expect(filters.map(\.number) == [3] && abs(filters[0].norm - 2) < 1e-5)
        #expect(story.facts[claim: "lenet5.conv1.norms"]?.outcome == "strong")
    }

    /// Once for each channel or pair, not once for each image.
    @Test func signsAreDroppedAfterTheImagesAreAveraged() {
        let likeness = MapLikeness([[0.5, -0.2, 0.3], [-0.5, -0.4, 0.3]])
        #expect(abs(likeness.mean - 0.2) < 1e-12)
        #expect(abs(MapRedundancy([[0.5, -0.2, 0.3], [-0.5, -0.4, 0.3]]).mean - 0.2) < 1e-12)
    }

    @Test func noiseHasASmoothnessOfItsOwn() {
        var random = Fixture.Generator(state: 1)
        let values = (0..<25 * 4000).map { _ in random.unit() * 2 - 1 }
        let statistics = KernelStatistics(Tensor(shape: [5, 5, 1, 4000], values: values))
        #expect(abs(statistics.noise + 1.0 / 24) < 1e-12)
        // Ten standard errors of the mean.
        #expect(abs(statistics.smoothness - statistics.noise) < 0.025)
    }

    @Test func stepsFromLayerToLayerAreToldAsWritten() {
        #expect(Progression([27, 55, 55, 49], places: 0) == .mixed)
        #expect(Progression([27.4, 27.6, 30], places: 0) == .rising)
        #expect(Progression([27.4, 27.3, 30], places: 0) == .mixed)
        #expect(Progression([3, 2, 1], places: 0) == .falling)
        #expect(Progression([3], places: 0) == .mixed && Progression([], places: 0) == .mixed)
    }

    @Test func whatIsWrittenAlikeIsTheSame() {
        #expect(Comparison(0.2849, to: 0.2751, places: 2, tolerance: 0) == .same)
        #expect(Comparison(0.2851, to: 0.2849, places: 2, tolerance: 0) == .higher)
        #expect(Comparison(0.31, to: 0.28, places: 2, tolerance: 0.03) == .higher)
        #expect(Comparison(0.304, to: 0.28, places: 2, tolerance: 0.03) == .same)
    }

    @Test func blankGroundIsWhereAWholeWindowIsBlank() throws {
        var pixels = [UInt8](repeating: 0, count: 28 * 28)
        pixels[14 * 28 + 14] = 1
        let split = Split(pixels: pixels, labels: [0], shape: FashionMNIST.shape)
        func layer(_ notation: String) throws -> PlacedLayer {
            try Architecture(input: split.shape, classes: 10, notation: [notation, "flatten", "dense 10"]).placed[0]
        }
        // The pixel lies in 25 windows of 5x5 or, with a stride of 2, in 4 of 4x4.
        #expect(try BlankGround([0], of: split, under: layer("conv 1@5x5 same")).share == Double(784 - 25) / 784)
        #expect(try BlankGround([0], of: split, under: layer("conv 1@5x5")).share == Double(576 - 25) / 576)
        #expect(try BlankGround([0], of: split, under: layer("conv 1@4x4 stride 2")).share == Double(169 - 4) / 169)
        #expect(try BlankGround([], of: split, under: layer("conv 1@5x5 same")).share == 0)
    }

    /// Where a kernel sees nothing, the sign of the bias decides, whatever its weights are.
    @Test func silentFiltersAreThoseWhoseBiasIsNotPositive() throws {
        var run = Fixture.run(.lenet5)
        let index = try #require(run.weights.firstIndex { $0.name == "conv1.bias" })
        run.weights[index].tensor.values = [-1, 0, 1, 2, -3, 4]
        let facts = Facts(dataset: Fixture.dataset, runs: [run])
        #expect(facts[fact: "lenet5.conv1.silentFilters"]?.quantity == .count(3))
    }

    @Test func runsWithOtherSeedsDecide() throws {
        func outcome(_ name: String) throws -> String? {
            try #require(Fixture.mapStories.first { $0.name == name }).facts[claim: "lenet5.conv1.repeats"]?.outcome
        }
        #expect(try outcome("other seeds agree") == "yes")
        #expect(try outcome("other seeds contradict") == "undecided")
    }

    /// Whatever is said of maps, kernels and mistakes: a story whose runs with another seed are those of one that ends
    /// otherwise is undecided, and with its own it is told as before.
    @Test func everyVerdictIsAskedOfOtherSeeds() throws {
        let keys = [
            "lenet5.family.tops.mostly", "lenet5.uneven", "lenet5.conv1.repeats", "lenet5.fading",
            "lenet5.zerosByLayer", "lenet5.sureness", "compare.maxpool.lenet5.verdict",
            "lenet5.conv1.alike", "lenet5.conv2.alike", "lenet5.conv1.early", "lenet5.conv1.structured",
            "lenet5.conv2.smoothness", "compare.maxpool.lenet5.redundancy", "compare.maxpool.lenet5.zeros",
            "compare.maxpool.lenet5.roles", "compare.maxpool.lenet5.smoothness", "lenet5.conv1.roles", "lenet5.roles",
            "lenet5.calibration",
        ]
        let stories = Fixture.stories.filter { $0.dataset.digests == FashionMNIST.digests && $0.study == nil }
        for key in keys {
            func outcome(_ facts: Facts) -> String { facts[claim: key]?.outcome ?? "" }
            // Where there is no mistake, nothing is said of them.
            let decided = stories.filter { !["", Facts.undecided, "none"].contains(outcome($0.facts)) }
            let story = try #require(decided.first, "\(key)")
            let other = try #require(decided.first { outcome($0.facts) != outcome(story.facts) }, "\(key)")
            for (seed, expected) in [(story, outcome(story.facts)), (other, Facts.undecided)] {
                let portraits = Fixture.portraits(of: seed.runs, inspections: seed.inspections, seeds: 2...2)
                let facts = Facts(
                    dataset: story.dataset, runs: story.runs, inspections: story.inspections,
                    others: OtherSeeds(portraits: portraits))
                #expect(outcome(facts) == expected, "\(key)")
            }
        }
    }

    /// What holds of all test images only because of the first half of them is undecided.
    @Test(arguments: [(200, "yes"), (100, "undecided")])
    func verdictsOnMistakesAreAskedOfEitherHalf(_ images: Int, _ outcome: String) {
        var run = Fixture.answers(wrong: [0, 0, 0])[0]
        // T-shirts are taken for shirts.
        for image in 0..<images where Fixture.dataset.test.labels[image] == 0 {
            for label in 0..<10 { run.predictions.values[image * 10 + label] = label == 6 ? 1 : 0 }
        }
        let facts = Facts(dataset: Fixture.fashion, runs: [run])
        #expect(
            facts[claim: "lenet5.family.tops.mostly"]?.outcome == outcome
                && facts[claim: "lenet5.uneven"]?.outcome == outcome)
    }

    /// Likewise for the images whose maps are shown, the first of each class and the others.
    @Test(arguments: [([0.9, 0.9], "higher"), ([0.5, 0.9], "undecided")] as [([Double], String)])
    func verdictsOnTwoNetworksMapsAreAskedOfEitherHalf(_ shares: [Double], _ outcome: String) {
        let runs = zip(Fixture.usual.prefix(2), [[0.5, 0.5], shares]).map { run, shares in
            run.mapping(maps: ["conv2"]) { sample, index, _ in
                Double(index % 100) < 100 * shares[sample.index < FashionMNIST.classCount ? 0 : 1] ? 0 : 1
            }
        }
        let facts = Facts(dataset: Fixture.fashion, runs: runs)
        #expect(facts[claim: "compare.maxpool.lenet5.zeros"]?.outcome == outcome)
    }

    /// Kernels in a pattern that began as its opposite: one of them alone makes no structure of all.
    @Test(arguments: [(6, "yes"), (1, "undecided")])
    func oneFilterMakesNoVerdictOnTheKernels(_ count: Int, _ outcome: String) {
        func board(_ y: Int, _ x: Int) -> Float { (y + x).isMultiple(of: 2) ? 0.1 : -0.1 }
        var run = Fixture.run(.lenet5).with(
            kernels: { y, x, filter in filter < count ? 0.1 * (Float(x) - 2) : board(y, x) }, of: "conv1")
        for place in 0..<5 * 5 * 6 { run.kernelHistory.values[place] = board(place / 6 / 5, place / 6 % 5) }
        let facts = Facts(dataset: Fixture.dataset, runs: [run])
        #expect(facts[claim: "lenet5.conv1.structured"]?.outcome == outcome)
    }

    @Test func runsThatDifferInTheSeedAloneAreFound() throws {
        let folder = try TemporaryFolder()
        let store = RunStore(folder: folder.url)
        for (seed, epochs, network) in [(1, 2, 0), (7, 2, 0), (3, 2, 0), (5, 3, 0), (9, 2, 1)] {
            var run = Fixture.run(Network.all[network], Fixture.Traits(epochs: epochs))
            run.configuration.seed = UInt64(seed)
            try store.save(run)
        }
        let shown = [Fixture.run(.lenet5, Fixture.Traits(epochs: 2)), Fixture.run(.maxpool, Fixture.Traits(epochs: 2))]
        let found = try store.portraits(
            besides: shown, of: Network.all, among: try store.results(dataDigests: Fixture.dataset.digests).results,
            Fixture.dataset
        ) { Fixture.inspection(of: $0, Fixture.dataset).roles }
        #expect(found.portraits.map { $0.map(\.seed) } == [[3, 7], [9]])
        #expect(found.refused.isEmpty)
    }
}
