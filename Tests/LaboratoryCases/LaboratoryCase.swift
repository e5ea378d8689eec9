import Foundation
import Learn
import ONNX

/// A network with images that nobody photographed, and a changed twin of it.
struct LaboratoryCase {
    let network: Network
    let dataset: Dataset
    let weights: [NamedTensor]
    /// What the scripts are to change, and what that makes of the network.
    let changes: Changes
    /// A number in the midst of the network whose gradient is asked for, as the scripts are asked for it: JSON.
    let place: (objective: Objective, json: String)

    /// - Parameter layers: the network's; `changed` are those of its twin, of the same parameters.
    private init(
        _ name: String, _ input: ImageShape, classes: Int, layers: [String], changed: [String], changes: Changes,
        place: (objective: Objective, json: String)
    ) throws {
        var numbers = MadeUpNumbers(state: UInt64(layers.count))
        let architecture = try Architecture(input: input, classes: classes, notation: layers)
        network = Network(name: name, architecture: architecture, defaultEpochs: 0)
        dataset = numbers.dataset(of: input, classes: classes)
        weights = architecture.parameters.map { NamedTensor($0.name, numbers.tensor(of: $0)) }
        var changes = changes
        changes.architecture = try Architecture(input: input, classes: classes, notation: changed)
        self.changes = changes
        self.place = place
    }

    /// A network from elsewhere, with its weights; in its twin, a filter or unit of its first layer that has some is off.
    init(model: URL) throws {
        let imported = try ImportedNetwork(contentsOf: model)
        let architecture = imported.architecture
        var numbers = MadeUpNumbers(state: UInt64(architecture.layers.count))
        network = Network(
            name: model.deletingPathExtension().lastPathComponent, architecture: architecture, defaultEpochs: 0)
        dataset = numbers.dataset(of: architecture.input, classes: architecture.classes)
        weights = imported.weights
        if let layer = architecture.convolutions.first {
            let (y, x) = (layer.output[0] / 2, layer.output[1] / 2)
            place = (
                .pixel(layer: layer.name, y: y, x: x, channel: 1),
                #"{"layer": "\#(layer.name)", "y": \#(y), "x": \#(x), "channel": 1}"#
            )
            changes = Changes(channels: [layer.name: [.factor(0, 0)]], architecture: architecture)
        } else {
            place = (.unit(layer: "dense1", 1), #"{"layer": "dense1", "channel": 1}"#)
            changes = Changes(channels: ["dense1": [.factor(0, 0)]], architecture: architecture)
        }
    }

    /// Between them, every kind of layer, uneven kernels, windows, strides and borders, and grey images.
    static func madeUp() throws -> [LaboratoryCase] {
        let colour = [
            "conv 5@3x4 stride 2x1 same linear", "batchnorm", "relu", "maxpool 3 stride 2", "dropout 0.2",
            "conv 6@2x2 same", "avgpool 2x1 stride 1", "batchnorm epsilon 0.01", "linear", "flatten", "dense 9",
            "batchnorm", "dropout 0.1", "dense 7 linear", "relu", "dense 4",
        ]
        var otherPooling = colour
        otherPooling[3] = "avgpool 3 stride 2"
        otherPooling[6] = "maxpool 2x1 stride 1"
        let global = ["avgpool 2", "conv 4@3x3 same", "conv 8@3x3 stride 2", "globalavgpool", "dense 5"]
        let plain = ["flatten", "dense 9", "dense 3"]
        let curved = [
            "rescale", "conv 4@3x3 stride 2 pad 1 leakyrelu 0.2", "conv 5@3x3 pad 0x1x2x1 sigmoid", "maxpool 2",
            "conv 4@2x2 tanh", "elu 0.5", "conv 4@1x1 relu6", "globalmaxpool", "dense 6 elu", "leakyrelu 0.1", "tanh",
            "dense 4 linear", "sigmoid", "relu6", "dense 3",
        ]
        return [
            try LaboratoryCase(
                "colour", ImageShape(height: 21, width: 17, channels: 3), classes: 4, layers: colour,
                changed: otherPooling,
                changes: Changes(
                    pooling: ["pool1": "average", "pool2": "maximum"],
                    channels: ["conv2": [.value(1, 0), .value(2, 0.25), .factor(4, 1.75)]]),
                place: (
                    .pixel(layer: "pool2", y: 2, x: 3, channel: 4), #"{"layer": "pool2", "y": 2, "x": 3, "channel": 4}"#
                )),
            try LaboratoryCase(
                "global", ImageShape(height: 15, width: 14, channels: 3), classes: 5, layers: global,
                changed: ["maxpool 2"] + global.dropFirst(),
                changes: Changes(pooling: ["pool1": "maximum"], channels: ["conv1": [.factor(3, 0)]]),
                place: (
                    .unit(layer: "globalpool", 3), #"{"layer": "globalpool", "channel": 3}"#
                )),
            try LaboratoryCase(
                "curved", ImageShape(height: 16, width: 18, channels: 3), classes: 3, layers: curved, changed: curved,
                changes: Changes(channels: ["conv1": [.factor(1, 0)], "dense1": [.factor(2, 0)]]),
                place: (
                    .pixel(layer: "conv2", y: 2, x: 3, channel: 4), #"{"layer": "conv2", "y": 2, "x": 3, "channel": 4}"#
                )),
            try LaboratoryCase(
                "plain", ImageShape(height: 8, width: 9, channels: 1), classes: 3, layers: plain, changed: plain,
                changes: Changes(channels: ["dense1": [.value(0, 0.5), .factor(8, 3)]]),
                place: (.unit(layer: "dense1", 5), #"{"layer": "dense1", "channel": 5}"#)),
        ]
    }
}
