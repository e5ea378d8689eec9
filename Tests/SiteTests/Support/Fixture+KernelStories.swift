import Foundation
import Learn

@testable import Site

extension Fixture {
    private typealias Pattern = (_ y: Int, _ x: Int, _ filter: Int) -> Float

    /// Stories whose kernels make the article say what the others do not, undecided verdicts among it.
    static let kernelStories: [Story] = [
        Story(name: "even kernels", runs: usual.map { $0.with(kernels: signs) }),
        Story(name: "a strong kernel", runs: usual.map { $0.with(kernels: scaled([2: 4])) }),
        Story(name: "a weak kernel", runs: usual.map { $0.with(kernels: scaled([1: 0.25])) }),
        Story(name: "a strong kernel and a weak one", runs: usual.map { $0.with(kernels: scaled([1: 0.25, 2: 4])) }),
        Story(name: "kernels a little stronger", runs: usual.map { $0.with(kernels: scaled([2: 2.2])) }),
        Story(name: "kernels a little alike", runs: usual.map { $0.with(kernels: leaning) }),
        Story(name: "two kernels with a pattern", runs: usual.map { $0.with(kernels: ramps(2)).halfWayAtOnce() }),
        Story(
            name: "one smooth kernel",
            runs: usual([0, 1, 0]).map { run, smooth in
                run.with(kernels: ramps(smooth), of: "conv1").with(kernels: ramps(0), of: "conv2")
            }),
        Story(
            name: "one smooth kernel, first layer",
            runs: usual.map { $0.with(kernels: ramps(1), of: "conv1").with(kernels: ramps(0), of: "conv2") }),
        Story(name: "kernels of one pattern", runs: usual.map { $0.with(kernels: ramps(100)) }),
        Story(name: "smooth kernels, maps alike", runs: blurring),
    ]

    /// As strong as each other, and unlike.
    private static func signs(_ y: Int, _ x: Int, _ filter: Int) -> Float {
        var z = UInt64(filter * 25 + y * 5 + x + 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        return (z ^ (z >> 27)) & 1 == 0 ? 0.1 : -0.1
    }

    private static func scaled(_ factors: [Int: Float]) -> Pattern {
        { signs($0, $1, $2) * (factors[$2] ?? 1) }
    }

    /// The first two filters point in directions 27° apart.
    private static func leaning(_ y: Int, _ x: Int, _ filter: Int) -> Float {
        switch (filter, y, x) {
        case (0, 0, 0): 0.5
        case (1, 0, 0): 0.5 * cos(27 * .pi / 180)
        case (1, 0, 1): 0.5 * sin(27 * .pi / 180)
        case (0, _, _), (1, _, _): 0
        default: signs(y, x, filter)
        }
    }

    /// The first so many filters are smooth; the others are all the same noise.
    private static func ramps(_ count: Int) -> Pattern {
        { y, x, filter in filter < count ? 0.1 * (Float(x) - 2) : signs(y, x, 0) }
    }

    /// Smooth patterns at right angles to each other.
    private static func waves(_ y: Int, _ x: Int, _ filter: Int) -> Float {
        let waves: [(Float, Float)] = [(0, 1), (1, 0), (1, 1), (2, 0), (0, 2), (1, 2)]
        let wave = waves[filter % waves.count]
        return 0.1 * cos(.pi / 5 * wave.0 * (Float(y) + 0.5)) * cos(.pi / 5 * wave.1 * (Float(x) + 0.5))
    }

    private static let blurring = usual.map { run in
        run.with(kernels: waves).mapping(maps: ["conv1"]) { sample, index, channels in
            let cell = index / channels
            return 1 + signs(cell, sample.index, 0) + 0.01 * signs(cell, sample.index, index % channels + 1)
        }
    }
}

extension Run {
    /// The run whose kernels went a little more than half of their way in the first epoch.
    fileprivate func halfWayAtOnce() -> Run {
        var run = self
        let size = kernelHistory.shape.dropFirst().reduce(1, *)
        run.kernelHistory.values = kernelHistory.values.indices.map { index in
            index / size == 0 ? 0 : index / size == 1 ? 0.055 : 0.1
        }
        return run
    }
}
