import KernelInterface
import TestSupport
import Testing

@testable import Learn

/// Networks and data on which inspections are tried: strides, padding, colours, layers without ReLU, odd edges.
enum InspectionCase {
    static let networks =
        ModelTests.networks + [["conv 3@3x3 same linear", "relu", "conv 2@4x4 stride 3", "flatten", "dense 10"]]
    static let shape = ModelTests.input

    static func dataset(_ count: Int, shape: ImageShape = shape) -> Dataset {
        var random = Random(test: 41)
        let split = Split(
            pixels: (0..<count * shape.count).map { _ in UInt8(random.next(below: 256)) },
            labels: (0..<count).map { UInt8($0 * 7 % 10) }, shape: shape)
        return Dataset(train: split, test: split, classCount: 10, digests: [:])
    }

    /// Every implementation of the kernels whose bits are equal, with a number of threads each.
    static let machines = KernelChoice.available.enumerated().map { (kernels: $1, threads: 3 - $0 % 3) }
}

@Suite struct StrongestPatchesTests {
    /// By sorting all answers of all images, as the activations have them.
    @Test(arguments: InspectionCase.networks, [1, 3, 150])
    func theyAreTheGreatest(layers: [String], count: Int) throws {
        let dataset = InspectionCase.dataset(count)
        let model = try ModelTests.model(layers)
        let found = model.strongestPatches(of: dataset)
        let outputs = try model.activations(dataset.test.tensor(of: Array(0..<count)))
        #expect(found.map(\.layer) == model.architecture.convolutions.map(\.name))
        for patches in found {
            let maps = try #require(outputs.first { $0.name == patches.layer }).tensor
            let (height, width, filters) = (maps.shape[1], maps.shape[2], maps.shape[3])
            let layer = try #require(model.architecture.placed.first { $0.name == patches.layer })
            let isRectified = if case .convolution(_, _, _, _, .relu) = layer.layer { true } else { false }
            #expect(patches.values.shape == [filters, 9] && patches.places.shape == [filters, 9, 3])
            for filter in 0..<filters {
                var expected: [(value: Float, place: [Float])] = []
                for image in 0..<count {
                    var all: [(value: Float, place: [Float])] = []
                    for y in 0..<height {
                        for x in 0..<width {
                            let value = maps.values[((image * height + y) * width + x) * filters + filter]
                            if value > 0 || !isRectified { all.append((value, [Float(image), Float(y), Float(x)])) }
                        }
                    }
                    if let best = all.map(\.value).max(), let first = all.first(where: { $0.value == best }) {
                        expected.append(first)
                    }
                }
                let order = expected.indices.sorted {
                    (expected[$1].value, $0) < (expected[$0].value, $1)
                }.prefix(9)
                #expect(patches.answers(of: filter).count == order.count)
                let values = Array(patches.values.values[filter * 9..<filter * 9 + 9])
                let places = Array(patches.places.values[filter * 27..<filter * 27 + 27])
                let missing = 9 - order.count
                #expect(values == order.map { expected[$0].value } + [Float](repeating: 0, count: missing))
                #expect(places == order.flatMap { expected[$0].place } + [Float](repeating: -1, count: 3 * missing))
            }
        }
    }

    @Test func equalAnswersStandInOrderAndDeadFiltersHaveNone() throws {
        let shape = ImageShape(height: 4, width: 5, channels: 1)
        let architecture = try Architecture(
            input: shape, classes: 2, notation: ["conv 2@2x2 same", "flatten", "dense 2"])
        var weights = architecture.parameters.map { NamedTensor($0.name, Tensor(zeros: $0.shape)) }
        // The first filter passes its upper left pixel on, the second one answers to nothing.
        weights[0].tensor.values[0] = 1
        weights[1].tensor.values[1] = -1
        let model = try Model(architecture, weights: weights)
        var pixels = [UInt8](repeating: 0, count: 20 * shape.count)
        for image in 0..<20 where image != 4 { for place in [8, 11, 19] { pixels[image * shape.count + place] = 255 } }
        let split = Split(pixels: pixels, labels: [UInt8](repeating: 1, count: 20), shape: shape)
        let found = model.strongestPatches(
            of: Dataset(train: split, test: split, classCount: 2, digests: [:]))
        #expect(found[0].values.values == [Float](repeating: 1, count: 9) + [Float](repeating: 0, count: 9))
        let images: [Float] = [0, 1, 2, 3, 5, 6, 7, 8, 9]
        #expect(Array(found[0].places.values.prefix(27)) == images.flatMap { [$0, 1, 3] })
        #expect(found[0].answers(of: 0).count == 9 && found[0].answers(of: 1).isEmpty)
    }

    /// What lies outside of what an output sees does not change it.
    @Test(arguments: InspectionCase.networks)
    func anOutputSeesItsReceptiveField(layers: [String]) throws {
        let model = try ModelTests.model(layers)
        let shape = InspectionCase.shape
        let (image, other) = (
            ModelTests.images(2).values.prefix(shape.count), ModelTests.images(2).values.suffix(shape.count)
        )
        for layer in model.architecture.convolutions {
            let field = try #require(layer.receptiveField)
            for (row, column) in [(0, 0), (layer.output[0] / 2, layer.output[1] / 2), (layer.output[0] - 1, 0)] {
                let seen = field.seen(row: row, column: column)
                #expect(seen.rows.count == field.extent.height && seen.columns.count == field.extent.width)
                let mixed = zip(image, other).enumerated().map { index, pair in
                    let pixel = index / shape.channels
                    let isSeen = seen.rows.contains(pixel / shape.width) && seen.columns.contains(pixel % shape.width)
                    return isSeen ? pair.0 : pair.1
                }
                let both = try model.activations(Tensor(shape: [2] + shape.extents, values: image + mixed))
                let maps = try #require(both.first { $0.name == layer.name }).tensor
                let size = layer.output.reduce(1, *)
                let place = (row * layer.output[1] + column) * layer.output[2]
                for index in place..<place + layer.output[2] {
                    #expect(maps.values[index] == maps.values[size + index])
                }
            }
        }
    }

    @Test(arguments: InspectionCase.networks)
    func everyMachineLeavesTheSameBits(layers: [String]) throws {
        let dataset = InspectionCase.dataset(300)
        let expected = try ModelTests.model(layers).strongestPatches(of: dataset)
        for machine in InspectionCase.machines {
            let model = try ModelTests.model(layers, kernels: machine.kernels, threads: machine.threads)
            #expect(model.strongestPatches(of: dataset) == expected)
        }
    }
}
