import KernelInterface

@testable import Learn

/// Models and data on which the parts of an inspection are tried.
enum Inspected {
    static let networks = ModelTests.networks

    /// Images with light shapes on black, sorted by class, in ten classes: rectangles whose place follows the class.
    static func split(_ count: Int, seed: Int, shape: ImageShape = ModelTests.input) -> Split {
        var random = Random(test: seed)
        var pixels: [UInt8] = []
        let labels = (0..<count).map { UInt8($0 * 10 / count) }
        for label in labels {
            let (top, left) = (Int(label) % 4 + random.next(below: 3), Int(label) / 3 + random.next(below: 3))
            let (height, width) = (3 + random.next(below: 4), 3 + Int(label) / 2)
            for y in 0..<shape.height {
                for x in 0..<shape.width {
                    let inside = (top..<top + height).contains(y) && (left..<left + width).contains(x)
                    for _ in 0..<shape.channels {
                        pixels.append(UInt8(inside ? 90 + random.next(below: 160) : random.next(below: 9) / 7 * 24))
                    }
                }
            }
        }
        return Split(pixels: pixels, labels: labels, shape: shape)
    }

    /// More images than a shard has, ending inside a block.
    static let dataset = Dataset(train: split(300, seed: 51), test: split(203, seed: 52), classCount: 10, digests: [:])

    static func dataset(test: Int) -> Dataset {
        Dataset(train: split(40, seed: 51), test: split(test, seed: 52), classCount: 10, digests: [:])
    }

    /// Models that must leave the same bits: other numbers of threads, other kernels.
    static func models(_ layers: [String]) throws -> [Model] {
        try [1, 3].map { try ModelTests.model(layers, threads: $0) }
            + KernelChoice.available.dropFirst().map { try ModelTests.model(layers, kernels: $0, threads: 2) }
    }
}
