import Foundation
import KernelInterface
import TestSupport
import Testing

@testable import Learn

@Suite struct SaliencyTests {
    @Test func windowsAreOddSquaresThatReachEveryPixel() {
        for (height, width, edge, stride) in [
            (28, 28, 7, 1), (8, 8, 3, 1), (33, 64, 9, 2), (64, 64, 17, 2), (14, 12, 3, 1),
        ] {
            let windows = Windows(ImageShape(height: height, width: width, channels: 1))
            #expect(windows.edge == edge && windows.stride == stride)
            #expect(windows.corners.allSatisfy { $0.top + edge <= height && $0.left + edge <= width })
            #expect(windows.corners.contains { $0 == (height - edge, width - edge) })
            let ones = windows.spread([Double](repeating: 1, count: windows.corners.count))
            #expect(ones == [Float](repeating: 1, count: height * width))
        }
    }

    /// Pixel by pixel: each window that covers it, with an image of its own.
    @Test(arguments: InspectionCase.networks, Cover.allCases)
    func occlusionIsWhatItSays(layers: [String], cover: Cover) throws {
        let model = try ModelTests.model(layers)
        let shape = InspectionCase.shape
        let levels = Array(InspectionCase.dataset(2).test.image(1))
        let found = try model.occlusion(of: levels, for: 6, cover: cover)
        func pixel(_ y: Int, _ x: Int, _ channel: Int) -> Double {
            Double(levels[(y * shape.width + x) * shape.channels + channel])
        }
        func probability(_ values: [Float]) throws -> Double {
            Double(try model.predict(Tensor(shape: [1] + shape.extents, values: values)).values[6])
        }
        let image = levels.map { Float($0) / 255 }
        let whole = try probability(image)
        var drops: [[Double]] = []
        for top in 0...shape.height - 3 {
            for left in 0...shape.width - 3 {
                var covered = image
                for y in top..<top + 3 {
                    for x in left..<left + 3 {
                        for channel in 0..<shape.channels {
                            var near: [Double] = []
                            for v in y - 1...y + 1 where v >= 0 && v < shape.height {
                                for u in x - 1...x + 1 where u >= 0 && u < shape.width {
                                    near.append(pixel(v, u, channel))
                                }
                            }
                            let mean = near.reduce(0, +) / Double(near.count) / 255
                            covered[(y * shape.width + x) * shape.channels + channel] =
                                cover == .black ? 0 : Float(mean)
                        }
                    }
                }
                drops.append([Double(top), Double(left), whole - (try probability(covered))])
            }
        }
        for y in 0..<shape.height {
            for x in 0..<shape.width {
                let own = drops.filter { Int($0[0])...Int($0[0]) + 2 ~= y && Int($0[1])...Int($0[1]) + 2 ~= x }
                let mean = own.reduce(0) { $0 + $1[2] } / Double(own.count)
                #expect(abs(Double(found[y * shape.width + x]) - mean) < 1e-6)
            }
        }
    }

    /// A network without a kink has one gradient everywhere, and the parts are the weights times the pixels.
    @Test func partsOfALinearNetworkAreExact() throws {
        let model = try ModelTests.model(["conv 3@3x3 same linear", "avgpool 2", "flatten", "dense 10"])
        let shape = InspectionCase.shape
        let image = Array(ModelTests.images(1).values)
        let gradient = try model.gradient(of: .logit(2), at: ModelTests.images(1)).gradient.values
        let found = try model.integratedGradients(of: image, for: 2)
        for pixel in 0..<shape.height * shape.width {
            let parts = (0..<3).map { Double(gradient[pixel * 3 + $0]) * Double(image[pixel * 3 + $0]) }
            #expect(abs(Double(found.map[pixel]) - parts.reduce(0, +)) < 1e-5)
        }
        #expect(abs(found.sum - found.difference) < 1e-4)
    }

    @Test(arguments: InspectionCase.networks)
    func partsAddUpToTheLogit(layers: [String]) throws {
        let model = try ModelTests.model(layers)
        let image = Array(ModelTests.images(1).values)
        for chosen in [0, 9] {
            let found = try model.integratedGradients(of: image, for: chosen)
            let logits = try model.gradient(
                of: .logit(chosen),
                at: Tensor(shape: [2] + InspectionCase.shape.extents, values: image + image.map { $0 * 0 }))
            #expect(found.difference == Double(logits.values[0]) - Double(logits.values[1]))
            #expect(abs(found.sum - found.difference) < 0.02 + 0.05 * abs(found.difference))
            #expect(abs(found.map.reduce(0.0) { $0 + Double($1) } - found.sum) < 1e-5)
        }
    }

    @Test func ranksAreCompared() {
        func correlation(_ first: [Float], _ second: [Float]) -> Double? { Tensor.rankCorrelation(first, second) }
        #expect(correlation([1, 2, 3], [10, 20, 1000]) == 1)
        #expect(correlation([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
        #expect(correlation([1, 1, 1], [1, 2, 3]) == nil)
        #expect(correlation([], []) == nil)
        // Ranks 1, 2.5, 2.5, 4 and 2, 1, 3, 4.
        #expect(abs((correlation([0, 5, 5, 7], [2, 1, 3, 4]) ?? 0) - 3 / (4.5 * 5.0).squareRoot()) < 1e-12)
        let many = Tensor(shape: [2, 2, 2], values: [1, 2, 3, 4, 5, 5, 5, 5])
        #expect(many.magnitudeRankCorrelations(with: many) == [1, nil])
        let opposite = Tensor(shape: [1, 3], values: [-1, -2, -3])
        #expect(Tensor(shape: [1, 3], values: [1, 2, 3]).magnitudeRankCorrelations(with: opposite) == [1])
    }

    @Test func shownImagesAndSurestErrorsAreChosen() {
        let dataset = InspectionCase.dataset(40)
        var predictions = [Float](repeating: 0.02, count: 400)
        for image in 0..<40 {
            let truth = Int(dataset.test.labels[image])
            // Six errors, of which the fourth test image, the first of its class, is the surest.
            let guess = [3, 21, 22, 23, 30, 31].contains(image) ? (truth + 1) % 10 : truth
            predictions[image * 10 + guess] = image == 3 ? 0.9 : image == 31 ? 0.85 : 0.8
        }
        let found = dataset.inspectedImages(Tensor(shape: [40, 10], values: predictions))
        #expect(found.prefix(10).map { dataset.test.labels[$0] } == Array(0..<10))
        #expect(found.dropFirst(10) == [31, 21, 22, 23])
    }

    @Test func randomWeightsAreGlorotsAndNoTrainings() throws {
        let model = try ModelTests.model(InspectionCase.networks[1])
        let random = model.withRandomWeights()
        #expect(random.weights == model.withRandomWeights().weights)
        for (parameter, weights) in zip(model.architecture.parameters, random.weights) {
            let values = weights.tensor.values
            if parameter.fanIn > 0 {
                let limit = (6 / Float(parameter.fanIn + parameter.fanOut)).squareRoot()
                #expect(values.allSatisfy { abs($0) <= limit } && (values.max() ?? 0) > limit / 2)
            } else {
                let isFactor = ["gamma", "variance"].contains { parameter.name.hasSuffix($0) }
                #expect(values.allSatisfy { $0 == (isFactor ? 1 : 0) }, "\(parameter.name)")
            }
        }
        #expect(random.weights != model.withRandomWeights(seed: 1).weights)
    }

    @Test func randomWeightsLeaveWhatIsDoneToThePixels() throws {
        let model = try ModelTests.model(["rescale", "conv 2@3x3", "rescale", "flatten", "dense 10"])
        let scales = model.weights.filter { $0.name.hasPrefix("rescale1.") }
        #expect(scales.count == 2 && scales.contains { $0.tensor.values.contains { $0 != 0 } })
        let random = model.withRandomWeights()
        #expect(random.weights.filter { $0.name.hasPrefix("rescale1.") } == scales)
        let within = Dictionary(uniqueKeysWithValues: random.weights.map { ($0.name, $0.tensor.values) })
        #expect(within["rescale2.scale"] == [1, 1] && within["rescale2.shift"] == [0, 0])
    }

    @Test(arguments: InspectionCase.networks)
    func everyMachineLeavesTheSameBits(layers: [String]) throws {
        let dataset = InspectionCase.dataset(4)
        let expected = try ModelTests.model(layers).saliency(of: [2, 0], for: [3, 9], in: dataset)
        #expect(expected.coveredBlack.shape == [2, 14, 12] && expected.completeness.shape == [2, 2])
        for machine in InspectionCase.machines {
            let model = try ModelTests.model(layers, kernels: machine.kernels, threads: machine.threads)
            #expect(try model.saliency(of: [2, 0], for: [3, 9], in: dataset) == expected)
        }
    }

    /// What Keras computed in double precision: see `Golden/make_orders.py`.
    @Test(arguments: ["strides", "batchnorm"], allKernels.indices)
    func kerasSaysTheSame(name: String, kernels: Int) throws {
        let golden = try GoldenOrdersTests.Golden(name)
        let model = try Model(golden.architecture, weights: golden.weights, threads: 2, kernels: allKernels[kernels])
        let (logits, gradient) = try model.gradient(of: .logit(4), at: golden.images)
        func expect(_ found: [Float], _ key: String) throws {
            let expected = try golden.file.tensor(key).values
            #expect(relativeError(found, expected) < GoldenTests.tolerance, "\(key)")
        }
        try expect(logits, "logit")
        try expect(gradient.values, "image.logit")
        let dataset = try golden.dataset()
        let images = Array(0..<golden.images.shape[0])
        let found = try model.saliency(of: images, for: images.map { _ in 4 }, in: dataset)
        try expect(found.integratedGradients.values, "integrated")
        try expect(found.coveredBlack.values, "occluded")
        let black = try golden.file.tensor("logit.black").values
        let expected = zip(try golden.file.tensor("logit").values, black).map { $0 - $1 }
        for (index, difference) in expected.enumerated() {
            #expect(abs(found.completeness.values[index * 2 + 1] - difference) < 1e-4)
        }
    }
}
