import KernelInterface

/// Inverted dropout: a random share of the activations becomes zero, the others grow so that the mean stays.
///
/// Source: N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
struct Dropout: Sendable {
    /// Share of the activations that are dropped.
    let rate: Double
    /// Number of the layer's first activation in the sample's sequence of random numbers.
    var firstElement: UInt32

    /// Factor of the activations that stay.
    var scale: Float { Float(1 / (1 - rate)) }

    /// The kernels' setting for a block with these keys, one a sample.
    func setting(keys: UnsafePointer<UInt32>, pooling: Pooling? = nil) -> DropoutSetting {
        DropoutSetting(
            keys: keys, firstElement: firstElement, threshold: UInt32(rate * 0x1p32), scale: scale,
            closedGate: pooling == .average ? 0 : PoolingGate.noWinner)
    }
}
