extension Trainer {
    /// Whether every number of the state is one, and no sum of a forward pass can exceed single precision.
    ///
    /// The loss alone does not tell: ReLU turns a NaN before it into zero. What a gradient that was no number leaves in
    /// the running means stays there for ever, so a look at each epoch's end sees every step.
    var isWithinPrecision: Bool {
        let count = model.plan.parameterCount
        for buffer in [model.parameters, squaredGradient, squaredUpdate] {
            guard UnsafeBufferPointer(start: buffer.pointer, count: count).allSatisfy(\.isFinite) else { return false }
        }
        // Average pooling adds four numbers before it divides, and rounding adds a little.
        return Float(8 * model.largestSum).isFinite
    }
}

extension Model {
    /// What no output of any layer exceeds in magnitude, whatever the image.
    var largestSum: Double {
        let layers = plan.convolutions.map { ($0.kernel, $0.bias, $0.dropout) }
        let all = layers + plan.dense.map { ($0.kernel, $0.bias, $0.dropout) }
        // Of the layer before; pixels are 1 at most, and pooling and ReLU make nothing larger.
        var largest = 1.0
        var overall = largest
        for (kernel, bias, dropout) in all {
            var sums = magnitudes(of: bias, row: 0)
            for row in 0..<kernel.rows {
                for (column, weight) in magnitudes(of: kernel, row: row).enumerated() {
                    sums[column] += weight * largest
                }
            }
            largest = (sums.max() ?? 0) * Double(dropout?.scale ?? 1)
            overall = max(overall, largest)
        }
        return overall
    }

    private func magnitudes(of parameter: Parameter, row: Int) -> [Double] {
        let start = parameters.pointer + parameter.offset + row * parameter.rowStride
        return UnsafeBufferPointer(start: start, count: parameter.columns).map { Double(abs($0)) }
    }
}
