import KernelInterface
import TestSupport
import Testing

@testable import Learn

@Suite struct WishedImagesTests {
    /// Each image has its own objective, and gets what it would get alone.
    @Test(arguments: InspectionCase.networks)
    func objectivesDoNotMix(layers: [String]) throws {
        let model = try ModelTests.model(layers, threads: 3)
        let images = ModelTests.images(35)
        var groups = [(0..<35).map { Objective.logit($0 * 3 % 10) }, (0..<35).map { Objective.probability($0 % 10) }]
        if let layer = model.architecture.convolutions.first {
            groups.append((0..<35).map { .channelMean(layer: layer.name, channel: $0 % 3) })
            groups.append((0..<35).map { .pixel(layer: layer.name, y: $0 % 4, x: $0 % 3, channel: $0 % 3) })
        }
        let size = InspectionCase.shape.count
        for group in groups {
            let together = try model.gradient(ofEach: group, at: images)
            for index in [0, 1, 15, 16, 34] {
                let place = index * size..<(index + 1) * size
                let one = Tensor(shape: [1] + InspectionCase.shape.extents, values: Array(images.values[place]))
                let alone = try model.gradient(of: group[index], at: one)
                #expect(alone.values == [together.values[index]])
                #expect(alone.gradient.values == Array(together.gradient.values[place]))
            }
        }
    }

    /// The value is what the network makes of the image somewhere far from the edges, and more than of the noise.
    @Test(arguments: InspectionCase.networks)
    func theImagesReachTheirValues(layers: [String]) throws {
        let model = try ModelTests.model(layers)
        let shape = InspectionCase.shape
        let wished = try model.wishedImages()
        let convolutions = model.architecture.convolutions
        #expect(wished.map(\.layer) == convolutions.map(\.name) + [model.architecture.placed.last?.name])
        for (layer, wish) in zip(convolutions, wished) {
            #expect(wish.images.values.allSatisfy { (0...1).contains($0) })
            let field = try #require(layer.receptiveField)
            let (row, column) = (layer.output[0] / 2, layer.output[1] / 2)
            let seen = field.seen(row: row, column: column)
            guard wish.images.shape[1] == field.extent.height, seen.rows.lowerBound >= 0, seen.columns.lowerBound >= 0,
                seen.rows.upperBound <= shape.height, seen.columns.upperBound <= shape.width
            else { continue }
            let (height, width) = (field.extent.height, field.extent.width)
            for filter in 0..<layer.output[2] {
                // Into a picture of something else.
                var image = ModelTests.images(1)
                for y in 0..<height {
                    for x in 0..<width {
                        for channel in 0..<shape.channels {
                            let place = ((seen.rows.lowerBound + y) * shape.width + seen.columns.lowerBound + x)
                            image.values[place * shape.channels + channel] =
                                wish.images.values[((filter * height + y) * width + x) * shape.channels + channel]
                        }
                    }
                }
                let maps = try #require(try model.activations(image).first { $0.name == layer.name }).tensor
                let value = maps.values[(row * layer.output[1] + column) * layer.output[2] + filter]
                #expect(abs(value - wish.values.values[filter]) < 1e-5 * max(1, abs(value)))
            }
        }
        let classes = try #require(wished.last)
        #expect(classes.images.shape == [10] + shape.extents)
        let logits = try model.gradient(ofEach: (0..<10).map(Objective.logit), at: classes.images).values
        #expect(logits == classes.values.values)
        let before = try model.gradient(ofEach: (0..<10).map(Objective.logit), at: noise()).values
        #expect(zip(logits, before).allSatisfy { $0 > $1 })
    }

    private func noise() -> Tensor {
        var random = Random(seed: 0, purpose: .wishedImages, index: 0)
        let one = (0..<InspectionCase.shape.count).map { _ in random.unit() }
        return Tensor(shape: [10] + InspectionCase.shape.extents, values: (0..<10).flatMap { _ in one })
    }

    /// A filter of the first layer wants its positive weights' places bright and the others dark, but for smoothness.
    @Test func aFilterOfTheFirstLayerWantsItsWeights() throws {
        let model = try ModelTests.model(["conv 4@5x5 same", "flatten", "dense 10"])
        let wished = try model.wishedImages()
        let kernel = model.weights[0].tensor
        #expect(wished[0].images.shape == [4, 5, 5, 3])
        let limits = (0..<4).map { filter in
            (0..<75).reduce(model.weights[1].tensor.values[filter]) { $0 + max(0, kernel.values[$1 * 4 + filter]) }
        }
        for (value, limit) in zip(wished[0].values.values, limits) {
            #expect(value <= limit + 1e-4 && value > 0.6 * limit)
        }
    }

    /// A field beyond the image leaves it whole.
    @Test func aLargeFieldTakesTheWholeImage() throws {
        let model = try ModelTests.model(["conv 3@9x9 same", "conv 2@9x9 same", "globalavgpool", "dense 10"])
        let wished = try model.wishedImages()
        #expect(wished[0].images.shape == [3, 9, 9, 3])
        #expect(wished[1].images.shape == [2, 14, 12, 3])
        let maps = try #require(try model.activations(wished[1].images).first { $0.name == "conv2" }).tensor
        for filter in 0..<2 {
            let value = maps.values[((filter * 14 + 7) * 12 + 6) * 2 + filter]
            #expect(value == wished[1].values.values[filter])
        }
    }

    @Test(arguments: InspectionCase.networks)
    func everyMachineLeavesTheSameBits(layers: [String]) throws {
        let expected = try ModelTests.model(layers).wishedImages()
        for machine in InspectionCase.machines {
            let model = try ModelTests.model(layers, kernels: machine.kernels, threads: machine.threads)
            #expect(try model.wishedImages() == expected)
        }
    }
}
