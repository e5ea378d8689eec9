import Foundation
import Testing

@testable import Learn
@testable import ONNX

/// Models as other programs' exporters wrote them, `Models/make_models.py` among what they came from: every layer's
/// output is theirs.
@Suite struct ImportTests {
    static let models = [
        "keras-bn-gap", "keras-class-maps", "keras-flat", "keras-normalized", "keras-padded", "keras-scaled",
        "keras-strides", "torch-external", "torch-lenet", "torch-maxima", "torch-norms", "torch-strides",
        "torch-uneven",
    ]

    static func file(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Models/\(name)")
    }

    @Test(arguments: models) func everyLayerAnswersAsItsFramework(_ name: String) throws {
        let network = try ImportedNetwork(contentsOf: ImportTests.file("\(name).onnx"))
        let answers = try FrameworkAnswers(name, network.signature)
        let model = try Model(network.architecture, weights: network.weights)
        try answers.expect(try model.activations(answers.images))
    }

    @Test(arguments: models) func whatIsExportedAgainAnswersTheSame(_ name: String) throws {
        let network = try ImportedNetwork(contentsOf: ImportTests.file("\(name).onnx"))
        let exported = ONNXModel(
            Network(name: name, architecture: network.architecture, defaultEpochs: 0), weights: network.weights,
            metadata: [:])
        let again = try ImportedNetwork(try exported.message.serialized())
        // Batch normalisation leaves as a multiplication and an addition.
        #expect(
            again.architecture.notation.map { $0.hasPrefix("batchnorm") ? "rescale" : $0 }
                == network.architecture.notation.map { $0.hasPrefix("batchnorm") ? "rescale" : $0 })
        #expect(again.signature.answer == .probabilities)
        let answers = try FrameworkAnswers(name, network.signature)
        let outputs = try [network, again].map {
            try Model($0.architecture, weights: $0.weights).predict(answers.images)
        }
        #expect(largestDifference(outputs[0].values, outputs[1].values) < 1e-6)
    }

    @Test func namesAndFormsAreTold() throws {
        let torch = try ImportedNetwork(contentsOf: ImportTests.file("torch-strides.onnx"))
        #expect(
            torch.architecture.notation == [
                "conv 8@3x3 stride 2 pad 1 leakyrelu 0.1", "conv 12@3x3 stride 2 pad 1 relu6",
                "conv 16@3x3 same elu 0.7",
                "globalavgpool", "dense 10",
            ])
        #expect(torch.signature.answer == .logProbabilities && torch.signature.batch == 1)
        #expect(torch.signature.extents == [3, 24, 24] && torch.signature.order == [2, 0, 1])
        let keras = try ImportedNetwork(contentsOf: ImportTests.file("keras-strides.onnx"))
        #expect(keras.architecture.input == ImageShape(height: 24, width: 24, channels: 3))
        #expect(keras.architecture.notation.first == "conv 8@3x3 stride 2 same leakyrelu 0.2")
        #expect(keras.signature.answer == .probabilities && keras.signature.batch == nil)
    }

    /// The same numbers a image can be two images.
    @Test func aFlatInputIsAskedFor() throws {
        let bytes = GraphFixture.flat.bytes
        let image = ImageShape(height: 2, width: 3, channels: 3)
        let open = #expect(throws: ONNXImportError.self) { try ImportedNetwork(bytes) }
        #expect(open?.problem.contains("channels-first or channels-last") == true)
        let ambiguous = #expect(throws: ONNXImportError.self) { try ImportedNetwork(bytes, image: image) }
        #expect(ambiguous?.problem.contains("channels-first or channels-last") == true)
        let first = try ImportedNetwork(bytes, image: image, order: .first)
        let last = try ImportedNetwork(bytes, image: image, order: .last)
        // Its first unit takes the second number alone: the first row's second column, or the first pixel's green.
        func place(_ network: ImportedNetwork) -> Int? {
            stride(from: 0, to: 36, by: 2).first { network.weights[0].tensor.values[$0] == 1 }.map { $0 / 2 }
        }
        #expect(place(first) == 3 && place(last) == 1)
    }
}

/// What a framework's layers made of a few images.
struct FrameworkAnswers {
    let images: Tensor
    /// In the order of its layers, maps as `[images, height, width, channels]`.
    let layers: [(kind: String, output: Tensor)]
    private let answer: Tensor

    init(_ name: String, _ signature: ImportedNetwork.Signature) throws {
        let file = try Safetensors.File([UInt8](Data(contentsOf: ImportTests.file("\(name).safetensors"))))
        images = try file.tensor("x").imagesLast(signature.order)
        let isTorch = name.hasPrefix("torch")
        var maps: [Int]?
        layers = try file.names.filter { $0.hasPrefix("layer") }.map { key in
            let kind = String(key.dropFirst("layer00_".count))
            let output = try file.tensor(key)
            if kind.hasPrefix("Linear") { maps = nil }
            guard isTorch else { return (kind, output) }
            if output.shape.count == 4 {
                maps = output.shape
                return (kind, output.imagesLast([2, 0, 1]))
            }
            // Flattened with the channels first.
            let turned = maps.map { Tensor(shape: $0, values: output.values).imagesLast([2, 0, 1]).values }
            return (kind, Tensor(shape: output.shape, values: turned ?? output.values))
        }
        let given = try file.tensor("y")
        answer = signature.answer == .probabilities ? given : given.softmax
    }

    /// Each of ours is, to 1e-5, one of theirs, in their order.
    func expect(_ outputs: [NamedTensor]) throws {
        #expect(largestDifference(try #require(outputs.last).tensor.values, answer.values) < 1e-5)
        guard !layers.isEmpty else { return }
        var left = layers[...]
        var skipped: [String] = []
        for output in outputs.dropLast() {
            let place = try #require(
                left.firstIndex {
                    $0.output.shape == output.tensor.shape
                        && largestDifference($0.output.values, output.tensor.values) < 1e-5
                }, "\(output.name) is none of \(left.map(\.kind))")
            skipped += left[left.startIndex..<place].map(\.kind)
            left = left[(place + 1)...]
        }
        // What is part of another layer here, or changes nothing.
        let parts = [
            "Conv", "Linear", "Dense", "BatchNorm", "Adaptive", "Dropout", "Flatten", "Rescaling", "ZeroPadding",
            "Normalization", "batch_norm", "conv2d", "dropout",
        ]
        #expect(skipped.allSatisfy { kind in parts.contains { kind.hasPrefix($0) } }, "\(skipped)")
    }
}

func largestDifference(_ first: [Float], _ second: [Float]) -> Float {
    first.count == second.count ? zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}

extension Tensor {
    /// `[images, height, width, channels]`.
    /// - Parameter order: which of height, width and channels each dimension behind the first is.
    fileprivate func imagesLast(_ order: [Int]) -> Tensor {
        let extents = shape.dropFirst() + [Int](repeating: 1, count: max(0, order.count - shape.count + 1))
        var sides = [1, 1, 1]
        for (dimension, extent) in zip(order, extents) { sides[dimension] = extent }
        var steps = [0, 0, 0]
        var step = 1
        for (dimension, extent) in zip(order, extents).reversed() {
            steps[dimension] = step
            step *= extent
        }
        let places = [0, 1, 2].reduce([0]) { places, dimension in
            places.flatMap { place in (0..<sides[dimension]).map { place + $0 * steps[dimension] } }
        }
        return Tensor(
            shape: [shape[0]] + sides,
            values: (0..<shape[0]).flatMap { image in places.map { values[image * places.count + $0] } })
    }

    /// Of each row; of logarithms of probabilities, these.
    fileprivate var softmax: Tensor {
        let classes = shape[1]
        let rows = stride(from: 0, to: values.count, by: classes).map { values[$0..<$0 + classes] }
        return Tensor(
            shape: shape,
            values: rows.flatMap { row in
                let largest = row.max() ?? 0
                let powers: [Float] = row.map { exp($0 - largest) }
                let total = powers.reduce(0, +)
                return powers.map { $0 / total }
            })
    }
}
