/// The shapes that a network's layers imply, inferred from the layers alone.
struct ExpectedShapes {
    /// Each parameter in layer order: `conv1.kernel` `[height, width, in, out]`, `conv1.bias` `[out]`, ...
    private(set) var parameters: [(name: String, shape: [Int])] = []
    /// Each layer's output for one image: `conv1` `[height, width, channels]`, ..., `dense1` `[units]`, ...
    private(set) var outputs: [(name: String, shape: [Int])] = []

    init(of network: Network) {
        var shape = [Split.edge, Split.edge, 1]
        var counts: [String: Int] = [:]
        func name(_ kind: String) -> String {
            counts[kind, default: 0] += 1
            return "\(kind)\(counts[kind, default: 0])"
        }
        for layer in network.layers {
            switch layer {
            case .convolution(let filters, let kernel, let padding):
                add(name("conv"), kernel: [kernel, kernel, shape[2], filters])
                let loss = padding == .same ? 0 : kernel - 1
                shape = [shape[0] - loss, shape[1] - loss, filters]
                outputs.append((name: "conv\(counts["conv", default: 0])", shape: shape))
            case .averagePooling(let size), .maxPooling(let size):
                shape = [shape[0] / size, shape[1] / size, shape[2]]
                outputs.append((name: name("pool"), shape: shape))
            case .dropout:
                break
            case .flatten:
                shape = [shape.reduce(1, *)]
            case .dense(let units):
                let dense = name("dense")
                add(dense, kernel: [shape[0], units])
                shape = [units]
                outputs.append((name: dense, shape: shape))
            }
        }
    }

    private mutating func add(_ layer: String, kernel: [Int]) {
        parameters.append((name: "\(layer).kernel", shape: kernel))
        parameters.append((name: "\(layer).bias", shape: [kernel[kernel.count - 1]]))
    }

    /// The shape of the first convolution's kernel.
    var firstKernel: [Int] { parameters[0].shape }
}

extension Network {
    /// The network with this name.
    static func named(_ name: String) -> Network? { all.first { $0.name == name } }
}
