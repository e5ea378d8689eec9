import Learn

/// A layer of a network with what follows from its place: name, output and cost.
struct LayerLayout: Equatable {
    /// `conv1`, `pool1`, `dropout1`, `flatten`, `dense1`, as in Keras and in the run's tensors.
    let name: String
    let layer: Layer
    /// Output for one image: `[height, width, channels]`, or `[units]` from `flatten` on.
    let output: [Int]
    /// Weights and biases.
    let parameters: Int
    /// Multiplications, each with its addition, for one image forward; pooling and activations not counted.
    let multiplyAdds: Int

    var isDense: Bool {
        if case .dense = layer { true } else { false }
    }
}

extension Network {
    /// The layers in order for an image of `Split.edge` squared grey pixels.
    var layout: [LayerLayout] {
        var output = [Split.edge, Split.edge, 1]
        var counts: [String: Int] = [:]
        return layers.map { layer in
            let kind = layer.kind
            counts[kind, default: 0] += 1
            let name = kind == "flatten" ? kind : "\(kind)\(counts[kind]!)"
            let laidOut = layer.laidOut(name: name, input: output)
            output = laidOut.output
            return laidOut
        }
    }

    var parameterCount: Int { layout.map(\.parameters).reduce(0, +) }

    /// Multiply-adds for one image forward.
    var multiplyAdds: Int { layout.map(\.multiplyAdds).reduce(0, +) }
}

extension Layer {
    fileprivate var kind: String {
        switch self {
        case .convolution: "conv"
        case .averagePooling, .maxPooling: "pool"
        case .dropout: "dropout"
        case .flatten: "flatten"
        case .dense: "dense"
        }
    }

    fileprivate func laidOut(name: String, input: [Int]) -> LayerLayout {
        func layout(_ output: [Int], weightsPerOutput: Int = 0, distinctOutputs: Int = 0) -> LayerLayout {
            LayerLayout(
                name: name, layer: self, output: output, parameters: distinctOutputs * (weightsPerOutput + 1),
                multiplyAdds: weightsPerOutput * output.reduce(1, *))
        }
        switch self {
        case .convolution(let filters, let kernel, let padding):
            let shrink = padding == .valid ? kernel - 1 : 0
            return layout(
                [input[0] - shrink, input[1] - shrink, filters], weightsPerOutput: kernel * kernel * input[2],
                distinctOutputs: filters)
        case .averagePooling(let size), .maxPooling(let size):
            return layout([input[0] / size, input[1] / size, input[2]])
        case .dropout: return layout(input)
        case .flatten: return layout([input.reduce(1, *)])
        case .dense(let units): return layout([units], weightsPerOutput: input[0], distinctOutputs: units)
        }
    }
}
