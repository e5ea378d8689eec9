import Learn

/// What kind of numbers a layer puts out.
enum LayerOutput {
    /// What ReLU leaves, pooled or not: zero and above.
    case rectified
    /// Numbers below and above zero, as a layer without ReLU computes them.
    case signed
    /// Those of the image itself, pooled: 0 to 1.
    case pixels
}

extension Network {
    /// - Parameter layer: one of the network's.
    func output(of layer: PlacedLayer) -> LayerOutput {
        for placed in architecture.placed.prefix(layer.position).reversed() {
            switch placed.layer {
            case .convolution(_, _, _, _, let activation), .dense(_, let activation):
                return activation == .relu ? .rectified : .signed
            case .activation(.relu): return .rectified
            case .batchNormalization: return .signed
            case .activation(.linear), .maxPooling, .averagePooling, .globalAveragePooling, .dropout, .flatten: continue
            }
        }
        return .pixels
    }
}
