import Testing

@testable import Learn

/// Weights as PyTorch's and Keras's users write them into safetensors files.
@Suite struct ForeignWeightsTests {
    private let architecture: Architecture
    private let weights: [NamedTensor]

    init() throws {
        architecture = try Architecture(
            input: ImageShape(height: 6, width: 8, channels: 3), classes: 4,
            notation: [
                "conv 2@3x3", "batchnorm", "conv 5@1x2 linear", "maxpool 2", "flatten", "batchnorm", "dense 6",
                "dense 4",
            ])
        var random = Random(test: 31)
        weights = architecture.parameters.map {
            NamedTensor($0.name, Tensor(shape: $0.shape, values: random.floats($0.count)))
        }
    }

    /// Names behind a layer's own, as each framework has them.
    private static let parts: [WeightLayout: [String: String]] = [
        .keras: [
            "kernel": "kernel", "bias": "bias", "gamma": "gamma", "beta": "beta", "mean": "moving_mean",
            "variance": "moving_variance",
        ],
        .pytorch: [
            "kernel": "weight", "bias": "bias", "gamma": "weight", "beta": "bias", "mean": "running_mean",
            "variance": "running_var",
        ],
    ]
    private static let keras = [
        "conv1": "net/conv2d", "batchnorm1": "net/batch_normalization", "conv2": "net/conv2d_1",
        "batchnorm2": "net/batch_normalization_1", "dense1": "net/dense", "dense2": "net/dense_1",
    ]
    /// Numbers that do not sort as texts do.
    private static let sequential = [
        "conv1": "0", "batchnorm1": "2", "conv2": "3", "batchnorm2": "7", "dense1": "8", "dense2": "10",
    ]

    private func file(_ layout: WeightLayout, _ layers: [String: String], without left: String? = nil) throws
        -> Safetensors.File
    {
        let separator = layout == .keras ? "/" : "."
        let named = weights.filter { $0.name != left }.map { weight in
            let parts = weight.name.split(separator: ".").map(String.init)
            let name = (layers[parts[0]] ?? "") + separator + (ForeignWeightsTests.parts[layout]?[parts[1]] ?? "")
            return NamedTensor(name, layout == .keras ? weight.tensor : turned(weight))
        }
        return try Safetensors.File(Safetensors.encode(named))
    }

    /// As PyTorch lays it out, worked out place by place.
    private func turned(_ weight: NamedTensor) -> Tensor {
        let (shape, values) = (weight.tensor.shape, weight.tensor.values)
        // Maps of 2 x 2 with 5 channels were flattened.
        func place(_ first: Int) -> Int { first % 4 * 5 + first / 4 }
        switch (weight.name, shape.count) {
        case (_, 4):
            var result: [Float] = []
            for out in 0..<shape[3] {
                for into in 0..<shape[2] {
                    for y in 0..<shape[0] {
                        for x in 0..<shape[1] {
                            result.append(values[((y * shape[1] + x) * shape[2] + into) * shape[3] + out])
                        }
                    }
                }
            }
            return Tensor(shape: [shape[3], shape[2], shape[0], shape[1]], values: result)
        case ("dense1.kernel", _):
            let result = (0..<6).flatMap { unit in (0..<20).map { values[place($0) * 6 + unit] } }
            return Tensor(shape: [6, 20], values: result)
        case (_, 2):
            let result = (0..<shape[1]).flatMap { unit in (0..<shape[0]).map { values[$0 * shape[1] + unit] } }
            return Tensor(shape: [shape[1], shape[0]], values: result)
        case (let name, _) where name.hasPrefix("batchnorm2"):
            return Tensor(shape: [20], values: (0..<20).map { values[place($0)] })
        default: return weight.tensor
        }
    }

    @Test func areReadInEachLayout() throws {
        #expect(architecture.placed.first { $0.layer == .flatten }?.input == [2, 2, 5])
        #expect(try architecture.weights(of: file(.keras, ForeignWeightsTests.keras), .keras) == weights)
        #expect(try architecture.weights(of: file(.pytorch, ForeignWeightsTests.sequential), .pytorch) == weights)
        let names = ["stem", "norm", "body", "flat", "hidden", "head"]
        let own = Dictionary(
            uniqueKeysWithValues: zip(["conv1", "batchnorm1", "conv2", "batchnorm2", "dense1", "dense2"], names))
        #expect(try architecture.weights(of: file(.pytorch, own), .pytorch, names: names) == weights)
    }

    @Test func aLayerMayHaveNoBias() throws {
        let file = try file(.pytorch, ForeignWeightsTests.sequential, without: "conv1.bias")
        #expect(try architecture.weights(of: file, .pytorch)[1].tensor == Tensor(zeros: [2]))
    }

    @Test func whatDoesNotFitIsTold() throws {
        func told(_ file: Safetensors.File, _ layout: WeightLayout, _ names: [String]? = nil) -> String {
            do throws(WeightFileError) {
                _ = try architecture.weights(of: file, layout, names: names)
                return ""
            } catch {
                return error.description
            }
        }
        var named = ForeignWeightsTests.sequential
        #expect(
            try told(file(.pytorch, named, without: "conv1.kernel"), .pytorch).contains(
                "has not the tensors of a layer"))
        #expect(try told(file(.keras, ForeignWeightsTests.keras), .pytorch).contains("in the layout pytorch"))
        #expect(try told(file(.pytorch, named), .pytorch, ["0"]).contains("names has 1 for 6 layers"))
        named["conv2"] = "body"
        #expect(try told(file(.pytorch, named), .pytorch).contains("the names 0, body tell no order"))
        named["conv2"] = "-1"
        (named["conv1"], named["conv2"]) = ("5", "3")
        #expect(try told(file(.pytorch, named), .pytorch).contains("gives conv1.kernel the shape"))
    }

    @Test(
        arguments: [
            (0x0000, 0), (0x3C00, 1), (0xC000, -2), (0x7BFF, 65504), (0x0001, 0x1p-24), (0x03FF, 0x3FFp-24),
            (0x0400, 0x1p-14),
            (0x3555, 0.333251953125), (0x7C00, Float.infinity), (0xFC00, -Float.infinity),
        ] as [(UInt16, Float)])
    func halfPrecisionIsRead(bits: UInt16, number: Float) {
        #expect(Float(half: bits) == number)
    }

    @Test func halvesAreTensors() throws {
        func file(_ type: String, _ bytes: [UInt8]) throws -> Safetensors.File {
            let header = Array("{\"a\":{\"dtype\":\"\(type)\",\"shape\":[2],\"data_offsets\":[0,4]}}".utf8)
            return try Safetensors.File([UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header + bytes)
        }
        #expect(try file("F16", [0x00, 0x3C, 0x00, 0xC0]).numbers("a").values == [1, -2])
        #expect(try file("BF16", [0x80, 0x3F, 0x40, 0xC0]).numbers("a").values == [1, -3])
        #expect(Float(half: 0x7E00).isNaN)
    }
}
