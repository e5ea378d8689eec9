import Learn

/// What kind of numbers a layer puts out.
enum LayerOutput: Equatable {
    /// What ReLU leaves, pooled or not: zero and above.
    case rectified
    /// What another activation leaves that leaves nothing below zero, pooled or not.
    case bounded(Activation)
    /// Numbers below and above zero, as a layer without such an activation computes them.
    case signed
    /// Those of the image itself, pooled: 0 to 1.
    case pixels
}

extension Network {
    /// - Parameter layer: one of the network's.
    func output(of layer: PlacedLayer) -> LayerOutput {
        for placed in architecture.placed.prefix(layer.position).reversed() {
            switch placed.layer {
            case .activation(let activation) where activation.leavesNegative: continue
            case .convolution(_, _, _, _, let activation), .dense(_, let activation), .activation(let activation):
                return activation == .relu ? .rectified : activation.leavesNegative ? .signed : .bounded(activation)
            case .batchNormalization, .rescaling: return .signed
            case .maxPooling, .averagePooling, .globalAveragePooling, .globalMaxPooling, .dropout, .flatten: continue
            }
        }
        return .pixels
    }
}
