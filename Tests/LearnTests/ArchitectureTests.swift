import Foundation
import Testing

@testable import Learn

@Suite struct ArchitectureTests {
    static let grey = ImageShape(height: 28, width: 28, channels: 1)

    static func architecture(_ layers: String..., input: ImageShape = grey, classes: Int = 10) throws -> Architecture {
        try Architecture(input: input, classes: classes, notation: layers)
    }

    @Test func everyLayerIsPlaced() throws {
        let network = try Self.architecture(
            "conv 32@3x3", "conv 32@3x3", "maxpool 2", "conv 64@3x3", "conv 64@3x3", "maxpool 2", "flatten", "dense 10")
        let placed = network.placed
        #expect(
            placed.map(\.name) == ["conv1", "conv2", "pool1", "conv3", "conv4", "pool2", "flatten", "dense1"])
        #expect(
            placed.map(\.output) == [
                [26, 26, 32], [24, 24, 32], [12, 12, 32], [10, 10, 64], [8, 8, 64], [4, 4, 64], [1024], [10],
            ])
        #expect(placed.map(\.input) == [[28, 28, 1]] + placed.map(\.output).dropLast())
        #expect(placed.map(\.parameters) == [320, 9248, 0, 18496, 36928, 0, 0, 10250])
        #expect(placed.map(\.position) == Array(1...8))
        #expect(placed[1].multiplyAdds == 24 * 24 * 9 * 32 * 32)
        #expect(network.parameterCount == 75_242)
        #expect(placed[3].tensors.map(\.name) == ["conv3.kernel", "conv3.bias"])
        #expect(placed[3].tensors.map(\.shape) == [[3, 3, 32, 64], [64]])
        #expect(placed[3].tensors.map(\.fanIn) == [9 * 32, 0])
        #expect(placed[3].tensors.map(\.fanOut) == [9 * 64, 0])
    }

    @Test func receptiveFieldsLieOnTheImage() throws {
        let network = try Self.architecture(
            "conv 4@5x5 same", "maxpool 2", "conv 4@3x3 stride 2", "avgpool 3 stride 1", "globalavgpool", "dense 10")
        let fields = network.placed.map(\.receptiveField)
        #expect(fields[0] == ReceptiveField(extent: 5, stride: 1, top: -2, left: -2))
        #expect(fields[1] == ReceptiveField(extent: 6, stride: 2, top: -2, left: -2))
        #expect(fields[2] == ReceptiveField(extent: 10, stride: 4, top: -2, left: -2))
        #expect(fields[3] == ReceptiveField(extent: 18, stride: 4, top: -2, left: -2))
        #expect(fields[4] == nil && fields[5] == nil)
    }

    /// What Keras pads, and so its shapes: the odd row lies below, the odd column to the right.
    @Test(arguments: [
        ("conv 1@5x5 same", 28, Border(top: 2, left: 2, bottom: 2, right: 2), 28),
        ("conv 1@4x4 same", 7, Border(top: 1, left: 1, bottom: 2, right: 2), 7),
        ("conv 1@2x2 same", 9, Border(top: 0, left: 0, bottom: 1, right: 1), 9),
        ("conv 1@3x3 stride 2 same", 8, Border(top: 0, left: 0, bottom: 1, right: 1), 4),
        ("conv 1@3x3 stride 2 same", 7, Border(top: 1, left: 1, bottom: 1, right: 1), 4),
        ("conv 1@3x3 stride 2", 8, .none, 3), ("conv 1@1x1 stride 3 same", 9, .none, 3),
    ])
    func paddingIsKeras(text: String, edge: Int, border: Border, output: Int) throws {
        let network = try Self.architecture(
            text, "flatten", "dense 10", input: ImageShape(height: edge, width: edge, channels: 1))
        #expect(network.placed[0].border == border)
        #expect(network.placed[0].output == [output, output, 1])
    }

    @Test func namesCountTheKinds() throws {
        let network = try Self.architecture(
            "conv 2@1x1 linear", "batchnorm", "relu", "avgpool 2", "dropout 0.5", "maxpool 2", "conv 2@1x1",
            "batchnorm epsilon 0.01", "dropout 0.25", "globalavgpool", "relu", "dense 3", "batchnorm", "dense 10")
        #expect(
            network.placed.map(\.name) == [
                "conv1", "batchnorm1", "relu1", "pool1", "dropout1", "pool2", "conv2", "batchnorm2", "dropout2",
                "globalpool", "relu2", "dense1", "batchnorm3", "dense2",
            ])
        #expect(
            network.placed[1].tensors.map(\.name) == [
                "batchnorm1.gamma", "batchnorm1.beta", "batchnorm1.mean", "batchnorm1.variance",
            ])
        #expect(network.observed.map(\.name).contains("relu1") && !network.observed.map(\.name).contains("dropout1"))
        #expect(throws: ArchitectureError.at(2, .batchNormalization(), .trainsNot)) { try network.checkTrainable() }
    }

    @Test func theCanonicalTextTellsNetworksApart() throws {
        let network = try Self.architecture("conv  6@5 same", "maxpool 2x2 stride 2", "flatten", "dense 10")
        #expect(
            network.canonicalText == [
                "architecture 1", "input 28x28x1", "classes 10", "conv 6@5x5 same", "maxpool 2", "flatten", "dense 10",
            ])
        let code = try JSONEncoder().encode(network)
        #expect(try JSONDecoder().decode(Architecture.self, from: code) == network)
        let same = try Architecture(input: Self.grey, classes: 10, notation: network.notation)
        #expect(same == network)
        #expect(try Self.architecture("conv 6@5x5 same", "maxpool 2", "flatten", "dense 10 linear") == network)
        for others in [
            try Self.architecture("conv 6@5x5", "maxpool 2", "flatten", "dense 10"),
            try Self.architecture("conv 6@5x5 same", "avgpool 2", "flatten", "dense 10"),
            try Self.architecture("conv 6@5x5 same", "maxpool 2", "dropout 0.1", "flatten", "dense 10"),
            try Self.architecture("conv 6@5x5 same linear", "maxpool 2", "flatten", "dense 10"),
            try Self.architecture(
                "conv 6@5x5 same", "maxpool 2", "flatten", "dense 10",
                input: ImageShape(height: 28, width: 28, channels: 3)),
        ] {
            #expect(others.canonicalText != network.canonicalText)
        }
    }

    /// What a later version means by the same words, or a hand wrote, is not guessed at.
    @Test(arguments: [
        ["architecture 2", "input 28x28x1", "classes 10", "flatten", "dense 10"],
        ["architecture 1", "input 28x28", "classes 10", "flatten", "dense 10"],
        ["architecture 1", "input 28x28x1", "classes ten", "flatten", "dense 10"],
        ["architecture 1", "input 28x28x1", "classes 10", "flatten", "dense 9"],
        ["architecture 1", "input 28x28x1", "classes 10", "flatten", "dense  10"],
        ["architecture 1", "input 28x28x1", "classes 99999999999999999999", "flatten", "dense 10"],
        ["architecture 1", "input 28x28x1", "classes 10"], [],
    ]) func anotherTextIsNoNetwork(lines: [String]) throws {
        let code = try JSONEncoder().encode(lines)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Architecture.self, from: code) }
    }
}

/// Everything that is no network is refused: with the layer's position, and a reason that says what to do.
@Suite struct ArchitectureRefusalTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let layers: [String]
        let position: Int?
        let reason: ArchitectureError.Reason
        var input = ArchitectureTests.grey
        var classes = 10
        var testDescription: String { layers.joined(separator: ", ") }
    }

    static let refusals: [Refusal] = [
        Refusal(layers: [], position: nil, reason: .noLayers),
        Refusal(
            layers: ["flatten", "dense 10"], position: nil,
            reason: .noImage(ImageShape(height: 0, width: 28, channels: 1)),
            input: ImageShape(height: 0, width: 28, channels: 1)),
        Refusal(layers: ["flatten", "dense 1"], position: nil, reason: .tooFewClasses(1), classes: 1),
        Refusal(
            layers: ["conv 4@5x5", "maxpool 5", "conv 4@5x5", "flatten", "dense 10"], position: 3,
            reason: .mapTooSmall(rows: 4, columns: 4, window: 5)),
        Refusal(
            layers: ["maxpool 29", "flatten", "dense 10"], position: 1,
            reason: .mapTooSmall(rows: 28, columns: 28, window: 29)),
        Refusal(layers: ["dropout 1", "flatten", "dense 10"], position: 1, reason: .wrongRate(1)),
        Refusal(layers: ["flatten", "dropout -0.1", "dense 10"], position: 2, reason: .wrongRate(-0.1)),
        Refusal(layers: ["flatten", "dropout inf", "dense 10"], position: 2, reason: .wrongRate(.infinity)),
        Refusal(layers: ["dense 10"], position: 1, reason: .needsUnits),
        Refusal(layers: ["conv 4@3x3", "dense 10"], position: 2, reason: .needsUnits),
        Refusal(layers: ["flatten", "conv 4@3x3", "dense 10"], position: 2, reason: .needsMaps),
        Refusal(layers: ["flatten", "maxpool 2", "dense 10"], position: 2, reason: .needsMaps),
        Refusal(layers: ["globalavgpool", "avgpool 2", "dense 10"], position: 2, reason: .needsMaps),
        Refusal(layers: ["flatten", "flatten", "dense 10"], position: 2, reason: .needsMaps),
        Refusal(layers: ["globalavgpool", "globalavgpool", "dense 10"], position: 2, reason: .needsMaps),
        Refusal(
            layers: ["conv 0@3x3", "flatten", "dense 10"], position: 1,
            reason: .notPositive(what: "a number of filters of", 0)),
        Refusal(
            layers: ["conv 4@0x3", "flatten", "dense 10"], position: 1,
            reason: .notPositive(what: "a kernel of height", 0)),
        Refusal(
            layers: ["conv 4@3x3 stride 0", "flatten", "dense 10"], position: 1,
            reason: .notPositive(what: "a stride of height", 0)),
        Refusal(
            layers: ["avgpool 2x0", "flatten", "dense 10"], position: 1,
            reason: .notPositive(what: "a window of width", 0)),
        Refusal(
            layers: ["flatten", "dense 0", "dense 10"], position: 2,
            reason: .notPositive(what: "a number of units of", 0)),
        Refusal(layers: ["conv 10@3x3", "flatten"], position: 2, reason: .lastNotDense),
        Refusal(layers: ["flatten", "dense 10", "dropout 0.2"], position: 3, reason: .afterLastDense),
        Refusal(layers: ["flatten", "dense 10", "relu"], position: 3, reason: .afterLastDense),
        Refusal(layers: ["flatten", "dense 12"], position: 2, reason: .wrongOutputs(12, classes: 10)),
        Refusal(layers: ["flatten", "batchnorm epsilon 0", "dense 10"], position: 2, reason: .wrongEpsilon(0)),
        Refusal(
            layers: ["conv 99999@3x3", "flatten", "dense 10"], position: 1,
            reason: .tooLarge(what: "a number of filters of", limit: Placer.longestExtent)),
        Refusal(
            layers: ["conv 60000@28x28", "conv 60000@1x1", "flatten", "dense 10"], position: 2,
            reason: .tooLarge(what: "the network's parameters", limit: Placer.mostParameters)),
        Refusal(
            layers: ["conv 60000@1x1", "flatten", "dense 10"], position: 1,
            reason: .tooLarge(what: "the outputs of all layers for one image", limit: Placer.mostActivations)),
        Refusal(
            layers: ["conv 1@9999x9999 same", "flatten", "dense 10"], position: 1,
            reason: .tooLarge(what: "a map with its padding", limit: Placer.mostActivations)),
        Refusal(
            layers: ["flatten", "dense 10"], position: nil,
            reason: .tooLarge(what: "the image's pixels", limit: Placer.mostActivations),
            input: ImageShape(height: 1 << 31, width: 1 << 31, channels: 4)),
    ]

    @Test(arguments: refusals)
    func isRefused(_ refusal: Refusal) throws {
        let error = ArchitectureError(
            position: refusal.position, layer: refusal.position.map { refusal.layers[$0 - 1] }, reason: refusal.reason)
        let found = #expect(throws: ArchitectureError.self) {
            try Architecture(input: refusal.input, classes: refusal.classes, notation: refusal.layers)
        }
        #expect(found?.position == error.position)
        #expect(found?.reason == error.reason)
        let text = found?.description ?? ""
        #expect(!text.contains("\n") && text.hasPrefix(error.position.map { "layer \($0), " } ?? "network: "))
    }

    @Test func nanIsNoRate() {
        let error = #expect(throws: ArchitectureError.self) {
            try Architecture(
                input: ArchitectureTests.grey, classes: 10, layers: [.flatten, .dropout(.nan), .dense(10)])
        }
        #expect(error?.position == 2)
        #expect(error?.description.contains("nan") == true)
    }

    @Test func theLastLayerIsToldAsItIsWritten() {
        let error = #expect(throws: ArchitectureError.self) { try ArchitectureTests.architecture("dense 10") }
        #expect(error?.description.hasPrefix("layer 1, dense 10: it needs units") == true)
    }

    @Test func aReasonSaysWhatToDo() {
        let error = #expect(throws: ArchitectureError.self) {
            try ArchitectureTests.architecture("conv 4@5x5", "maxpool 6", "conv 8@5x5", "flatten", "dense 10")
        }
        #expect(
            error?.description == """
                layer 3, conv 8@5x5: nothing is left of a map of 4x4 under a window of 5x5; use a smaller window, same \
                padding, or fewer layers before it
                """)
    }
}

@Suite struct LayerNotationTests {
    @Test(arguments: [
        ("conv 6@5x5 same", Layer.convolution(filters: 6, kernel: 5, padding: .same)),
        ("conv 16@3x3 stride 2", .convolution(filters: 16, kernel: 3, stride: 2)),
        ("conv 8@3x3 same linear", .convolution(filters: 8, kernel: 3, padding: .same, activation: .linear)),
        (
            "conv 8@1x7 stride 1x2 same",
            .convolution(filters: 8, kernel: Extent(1, 7), stride: Extent(1, 2), padding: .same)
        ),
        ("maxpool 2", .maxPooling(2)), ("maxpool 3 stride 2", .maxPooling(window: 3, stride: 2)),
        ("avgpool 2x3", .averagePooling(Extent(2, 3))), ("globalavgpool", .globalAveragePooling),
        ("batchnorm", .batchNormalization()), ("batchnorm epsilon 1e-05", .batchNormalization(epsilon: 1e-5)),
        (
            "conv 8@3x3 stride 2 pad 1 leakyrelu 0.01",
            .convolution(
                filters: 8, kernel: 3, stride: 2, padding: .zeros(Border(top: 1, left: 1, bottom: 1, right: 1)),
                activation: .leakyReLU(slope: 0.01))
        ),
        (
            "conv 8@3x3 pad 1x2 elu",
            .convolution(
                filters: 8, kernel: 3, padding: .zeros(Border(top: 1, left: 2, bottom: 1, right: 2)),
                activation: .elu(alpha: 1))
        ),
        (
            "conv 8@3x3 pad 0x0x1x1",
            .convolution(filters: 8, kernel: 3, padding: .zeros(Border(top: 0, left: 0, bottom: 1, right: 1)))
        ),
        ("globalmaxpool", .globalMaxPooling), ("rescale", .rescaling), ("relu6", .activation(.relu6)),
        ("sigmoid", .activation(.sigmoid)), ("elu 0.5", .activation(.elu(alpha: 0.5))),
        ("leakyrelu 0.2", .activation(.leakyReLU(slope: 0.2))),
        ("dense 7 tanh", .dense(units: 7, activation: .tanh)),
        ("relu", .activation(.relu)), ("linear", .activation(.linear)), ("dropout 0.2", .dropout(0.2)),
        ("flatten", .flatten), ("dense 120", .dense(120)), ("dense 7 linear", .dense(units: 7, activation: .linear)),
    ])
    func aTextIsALayerIsTheText(text: String, layer: Layer) throws {
        #expect(try Layer(parsing: text) == layer)
        #expect(layer.description == text)
    }

    @Test func spacesAndShortFormsAreUnderstood() throws {
        #expect(try Layer(parsing: "  conv 6@5   same ") == .convolution(filters: 6, kernel: 5, padding: .same))
        #expect(
            try Layer(parsing: "conv 6@5x5 linear same stride 2x2").description == "conv 6@5x5 stride 2 same linear")
    }

    @Test(arguments: [
        ("", "nothing is written"), ("pool 2", "\"pool\" is no layer"), ("conv", "wants filters@rowsxcolumns"),
        ("conv 6", "wants filters@rowsxcolumns"), ("conv 6@5x", "wants filters@rowsxcolumns"),
        ("conv -6@5x5", "wants filters@rowsxcolumns"), ("conv 6@5x5x5", "wants filters@rowsxcolumns"),
        ("conv 6@5x5 sane", "\"sane\" is no option of it; it takes stride, same, pad, linear, leakyrelu, relu6"),
        ("conv 6@5x5 pad", "wants rows and columns of zeros"), ("conv 6@5x5 pad 1x2x3", "wants rows and columns"),
        ("conv 6@5x5 same pad 1", "\"same\" and \"pad\" exclude each other"),
        ("dense 9 tanh sigmoid", "\"sigmoid\" is one activation too many"), ("leakyrelu", "wants a slope"),
        ("relu6 2", "\"2\" is one word too many"),
        ("conv 6@5x5 same same", "\"same\" is there twice"), ("conv 6@5x5 stride", "wants a stride"),
        ("conv 6@5x5 stride two", "wants a stride"), ("conv 99999999999999999999@1x1", "wants filters@rowsxcolumns"),
        ("maxpool", "wants a window"), ("maxpool 2 same", "\"same\" is no option of it; it takes stride"),
        ("dropout", "wants a rate"), ("dropout a", "wants a rate"), ("dense", "wants a number of units"),
        ("dense 1.5", "wants a number of units"), ("dense 10 relu", "\"relu\" is no option of it"),
        ("flatten 2", "\"2\" is one word too many"), ("batchnorm 0.1", "\"0.1\" is no option of it; it takes epsilon"),
    ])
    func whatIsNoLayerIsRefused(text: String, problem: String) {
        let error = #expect(throws: LayerNotationError.self) { try Layer(parsing: text) }
        #expect(error?.problem.hasPrefix(problem) == true, "\(error?.problem ?? "")")
        #expect(error?.description.contains("\n") == false)
    }

    @Test func aNetworkSaysWhichTextIsNoLayer() {
        let error = #expect(throws: ArchitectureError.self) {
            try ArchitectureTests.architecture("flatten", "dens 5", "dense 10")
        }
        #expect(error?.description.hasPrefix("layer 2, dens 5: \"dens\" is no layer; known are conv") == true)
    }
}
