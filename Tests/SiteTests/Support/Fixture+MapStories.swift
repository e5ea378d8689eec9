import Foundation
import Learn

@testable import Site

extension Fixture {
    /// Stories whose maps make the article say what the others do not, undecided verdicts among it.
    static let mapStories: [Story] = [
        Story(name: "undecided maps", runs: undecidedMaps),
        Story(name: "as much repetition", runs: usual.map { $0.conv1(alike: 0.3) }),
        Story(name: "the image fades", runs: usual.map { $0.conv1(alike: 0.25, image: 1) }),
        Story(name: "the image comes out", runs: usual.map { $0.conv2SeeingTheImage() }),
        Story(name: "zeros rise", runs: usual.map { $0.zeros([0.1, 0.3, 0.5, 0.7]) }),
        Story(name: "zeros fall", runs: usual.map { $0.zeros([0.7, 0.5, 0.3, 0.1]) }),
        Story(name: "zeros to and fro", runs: usual.map { $0.zeros([0.3, 0.5, 0.5, 0.4]) }),
        Story(name: "other seeds agree", runs: repeating, otherSeeds: portraits(of: repeating, seeds: 2...4)),
        Story(name: "other seeds contradict", runs: repeating, otherSeeds: portraits(of: usual, seeds: 2...4)),
    ]

    private static let repeating = usual.map { $0.conv1(alike: 0.95) }

    /// Portraits of runs as if they had these seeds, for each network.
    ///
    /// - Parameter inspections: of the runs; nil for the usual ones.
    static func portraits(
        of runs: [Run], inspections: [Inspection]? = nil, seeds: ClosedRange<UInt64>
    ) -> [[Portrait]] {
        zip(Network.all, zip(runs, inspections ?? Fixture.inspections(of: runs))).map { network, inspected in
            let (run, inspection) = inspected
            return seeds.map { seed in
                var run = run
                run.configuration.seed = seed
                return Portrait(run, of: network, roles: inspection.roles, test: dataset.test)
            }
        }
    }

    /// Nothing that can be said of these maps stands firm.
    private static let undecidedMaps = usual(Array(zip([0.6, 0.63, 0.6], [0.5, 0.52, 0.54]))).map { run, given in
        // So much of the image that it is just told from the layer after.
        run.conv1(alike: given.0, image: 0.18)
            .zeros([0, given.1, 0.6, 0.95], inOthers: [0, given.1, 0.4, 0.95])
            .mapping(outputs: ["pool2"]) { sample, index, channels in
                index % channels == 0 && sample.index < FashionMNIST.classCount ? 0 : 1
            }
    }
}

extension Fixture {
    /// A number between -1.7 and 1.7, of mean 0 and variance 1, that looks like chance.
    fileprivate static func chance(_ sample: Int, _ cell: Int, _ channel: Int) -> Double {
        var z = UInt64(sample * 1_000_003 + cell * 1009 + channel) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return (Double((z ^ (z >> 31)) >> 11) / Double(1 << 53) - 0.5) * 12.0.squareRoot()
    }

    /// One pixel of a test image, by how many standard deviations of the image it lies above the image's mean.
    fileprivate static func z(_ sample: Int, _ cell: Int) -> Double { standardized[sample][cell] }

    private static let standardized = dataset.shownSamples.indices.map { index in
        let pixels = dataset.test.image(index).map(Double.init)
        let mean = mean(pixels)
        let deviation = Site.mean(pixels.map { ($0 - mean) * ($0 - mean) }).squareRoot()
        return pixels.map { ($0 - mean) / deviation }
    }

    /// A map's cell that correlates so much with one number, the rest being another; never zero.
    fileprivate static func mixed(_ correlation: Double, _ one: Double, _ other: Double) -> Float {
        Float(10 + correlation * one + (1 - correlation * correlation).squareRoot() * other)
    }
}

extension Run {
    /// The run whose first maps correlate with each other by `alike`, and what they share with the image by `image`.
    fileprivate func conv1(alike: Double, image: Double = 0) -> Run {
        mapping(outputs: ["conv1"]) { sample, index, channels in
            let (cell, channel) = (index / channels, index % channels)
            let shared = Fixture.mixed(image, Fixture.z(sample.index, cell), Fixture.chance(sample.index, cell, 0))
            let own = Fixture.chance(sample.index, cell, channel + 1)
            return Fixture.mixed(alike.squareRoot(), Double(shared) - 10, own)
        }
    }

    /// The run whose second maps show the image, and its first ones nothing of it.
    fileprivate func conv2SeeingTheImage() -> Run {
        mapping(outputs: ["conv1"]) { sample, index, channels in
            Fixture.mixed(0, 0, Fixture.chance(sample.index, index / channels, index % channels + 1))
        }.mapping(outputs: ["conv2"]) { sample, index, channels in
            // A pixel in the middle of what the cell sees.
            let cell = index / channels
            let (y, x) = (2 * (cell / 10 + 2), 2 * (cell % 10 + 2))
            return Float(10 + Fixture.z(sample.index, y * 28 + x))
        }
    }

    /// The run with such shares of zeros in conv1, conv2, dense1 and dense2, and others for the second image of each
    /// class.
    fileprivate func zeros(_ shares: [Double], inOthers others: [Double]? = nil) -> Run {
        zip(["conv1", "conv2", "dense1", "dense2"], zip(shares, others ?? shares)).reduce(self) { run, layer in
            run.mapping(outputs: [layer.0]) { sample, index, channels in
                let size = run.samples[0].output(of: layer.0).values.count
                let share = sample.index < FashionMNIST.classCount ? layer.1.0 : layer.1.1
                let old = run.samples[sample.index % 20].output(of: layer.0).values[index]
                // Scattered, for zeros in one place would be a pattern of their own.
                return Double(index * 7919 % size) < share * Double(size) ? 0 : max(old, 0.1)
            }
        }
    }

    /// The run with other outputs of these layers.
    fileprivate func mapping(
        outputs layers: [String], _ value: (_ sample: SampleActivations, _ index: Int, _ channels: Int) -> Float
    ) -> Run {
        var run = self
        for sample in run.samples.indices {
            for output in run.samples[sample].outputs.indices
            where layers.contains(run.samples[sample].outputs[output].name) {
                let tensor = run.samples[sample].outputs[output].tensor
                run.samples[sample].outputs[output].tensor.values = tensor.values.indices.map {
                    value(run.samples[sample], $0, tensor.shape[tensor.shape.count - 1])
                }
            }
        }
        return run
    }
}
