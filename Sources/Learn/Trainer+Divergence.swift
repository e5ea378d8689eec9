extension Trainer {
    /// Whether every number of the state is one, and no sum of a forward pass can exceed single precision.
    ///
    /// The loss alone does not tell: ReLU turns a NaN before it into zero. What a gradient that was no number leaves in
    /// the running means stays there for ever, so a look at each epoch's end sees every step.
    var isWithinPrecision: Bool {
        let count = model.network.plan.parameterCount
        for buffer in [model.network.parameters] + state {
            guard UnsafeBufferPointer(start: buffer.pointer, count: count).allSatisfy(\.isFinite) else { return false }
        }
        // Rounding adds a little.
        return Float(2 * model.largestSum).isFinite
    }
}

extension Model {
    /// What no sum on the way to any layer's output exceeds in magnitude, whatever the image.
    var largestSum: Double {
        var parameters = network.plan.parameters[...]
        // Of the layer before; pixels are 1 at most, and max pooling makes nothing larger.
        var largest = 1.0
        var overall = largest
        for layer in architecture.placed {
            let tensors = Array(parameters.prefix(layer.tensors.count))
            parameters.removeFirst(tensors.count)
            switch layer.layer {
            case .convolution, .dense:
                var sums = magnitudes(of: tensors[1], row: 0)
                for row in 0..<tensors[0].rows {
                    for (column, weight) in magnitudes(of: tensors[0], row: row).enumerated() {
                        sums[column] += weight * largest
                    }
                }
                largest = sums.max() ?? 0
                overall = max(overall, largest)
                largest = layer.layer.activation?.bound(largest) ?? largest
            case .averagePooling(let window, _):
                overall = max(overall, Double(window.height * window.width) * largest)
            case .globalAveragePooling:
                overall = max(overall, Double(layer.input[0] * layer.input[1]) * largest)
            case .batchNormalization, .rescaling:
                preconditionFailure("a network that trains has no \(layer.layer): Architecture.checkTrainable")
            case .dropout(let rate):
                largest /= 1 - rate
            case .activation(let activation):
                largest = activation.bound(largest)
            case .maxPooling, .globalMaxPooling, .flatten:
                break
            }
            overall = max(overall, largest)
        }
        return overall
    }

    private func magnitudes(of parameter: Parameter, row: Int) -> [Double] {
        let start = network.parameters.pointer + parameter.offset + row * parameter.rowStride
        return UnsafeBufferPointer(start: start, count: parameter.columns).map { Double(abs($0)) }
    }
}
