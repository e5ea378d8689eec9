import KernelInterface

/// Pooling with any window and stride.
struct PoolingStep: Sendable {
    let pooling: Pooling
    let window, stride: Extent
}

final class PoolingStage: Stage {
    private let step: PoolingStep
    private let place: StagePlace
    /// Where in its window each maximum of each block stood.
    private let winners: [Buffer<Int32>]

    init(_ step: PoolingStep, _ place: StagePlace) {
        self.step = step
        self.place = place
        let count = step.pooling == .maximum ? place.output.plan.count * blockLanes : 0
        winners = (0..<place.shard.images.count / blockLanes).map { _ in Buffer(count, repeating: 0) }
    }

    func forward(_ blocks: Range<Int>) {
        for block in blocks {
            place.kernels.run(
                MapPooling(
                    input: place.input.maps(block).read, pooling: step.pooling, windowHeight: step.window.height,
                    windowWidth: step.window.width, strideHeight: step.stride.height, strideWidth: step.stride.width,
                    output: place.output.maps(block),
                    winners: step.pooling == .maximum ? winners[block].mutableView : nil))
        }
    }

    func backward(_ blocks: Range<Int>, into gradient: MutableView<Float>?) {
        guard place.sendsGradient else { return }
        for block in blocks {
            place.kernels.run(
                MapUnpooling(
                    gradient: place.output.gradient(block).read, pooling: step.pooling,
                    windowHeight: step.window.height, windowWidth: step.window.width,
                    strideHeight: step.stride.height, strideWidth: step.stride.width,
                    winners: step.pooling == .maximum ? winners[block].view : nil,
                    inputGradient: place.input.gradient(block)))
        }
    }
}

/// ReLU where no other step has taken it along; forward `y = max(0, x)`.
final class RectificationStage: Stage {
    private let place: StagePlace

    init(_ place: StagePlace) { self.place = place }

    func forward(_ blocks: Range<Int>) {
        for block in blocks {
            place.kernels.run(
                Rectification(input: place.input.maps(block, like: place.output).read, output: place.output.maps(block))
            )
        }
    }

    func backward(_ blocks: Range<Int>, into gradient: MutableView<Float>?) {
        guard place.sendsGradient else { return }
        for block in blocks {
            place.kernels.run(
                RectifiedGradient(
                    gradient: place.output.gradient(block).read, output: place.output.maps(block).read,
                    result: place.input.gradient(block, like: place.output), sums: nil))
        }
    }
}

/// Any other activation, `y = f(x)`; in place, or not.
final class ActivationStage: Stage {
    private let function: ActivationFunction
    private let place: StagePlace

    init(_ function: ActivationFunction, _ place: StagePlace) {
        self.function = function
        self.place = place
    }

    func forward(_ blocks: Range<Int>) {
        for block in blocks {
            place.kernels.run(
                Activating(
                    input: place.input.maps(block, like: place.output).read, function: function,
                    output: place.output.maps(block)))
        }
    }

    /// `f'(x)` follows from y alone, so that x may be gone.
    func backward(_ blocks: Range<Int>, into gradient: MutableView<Float>?) {
        guard place.sendsGradient else { return }
        for block in blocks {
            place.kernels.run(
                ActivatedGradient(
                    gradient: place.output.gradient(block).read, output: place.output.maps(block).read,
                    function: function, result: place.input.gradient(block, like: place.output)))
        }
    }
}

/// Each channel scaled and shifted.
struct ScalingStep: Sendable {
    enum Rule: Sendable {
        /// Batch normalisation as applied; the parameters are gamma, beta, mean and variance:
        /// `x * gamma / sqrt(variance + epsilon) + beta - mean * factor`.
        ///
        /// Source: S. Ioffe, C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
        /// Covariate Shift", 2015, algorithm 2.
        case normalization(epsilon: Float)
        /// The parameters are factors and what is added.
        case given
    }

    let rule: Rule
    let parameters: [Parameter]

    var channels: Int { parameters[0].columns }

    /// The factors of all channels, then what is added.
    func derive(_ vector: View<Float>, into derived: MutableView<Float>) {
        let places = parameters.map { vector.from($0.offset).pointer }
        for channel in 0..<channels {
            switch rule {
            case .normalization(let epsilon):
                let factor = places[0][channel] / (places[3][channel] + epsilon).squareRoot()
                derived.pointer[channel] = factor
                derived.pointer[channels + channel] = places[1][channel] - places[2][channel] * factor
            case .given:
                derived.pointer[channel] = places[0][channel]
                derived.pointer[channels + channel] = places[1][channel]
            }
        }
    }
}

final class ScalingStage: Stage {
    private let step: ScalingStep
    private let place: StagePlace

    init(_ step: ScalingStep, _ place: StagePlace) {
        self.step = step
        self.place = place
    }

    func forward(_ blocks: Range<Int>) {
        for block in blocks {
            place.kernels.run(
                ChannelScaling(
                    input: place.input.maps(block, like: place.output).read, scale: place.derived,
                    shift: place.derived.from(step.channels), output: place.output.maps(block)))
        }
    }

    /// The statistics stay as they are: only the input gets a gradient.
    func backward(_ blocks: Range<Int>, into gradient: MutableView<Float>?) {
        guard place.sendsGradient else { return }
        for block in blocks {
            place.kernels.run(
                ChannelScaling(
                    input: place.output.gradient(block).read, scale: place.derived, shift: nil,
                    output: place.input.gradient(block, like: place.output)))
        }
    }
}

/// Dropout where no other step has taken it along, in place but behind an activation; the way back drops the same numbers
/// again.
final class DropoutStage: Stage {
    private let dropout: Dropout
    private let place: StagePlace

    init(_ dropout: Dropout, _ place: StagePlace) {
        self.dropout = dropout
        self.place = place
    }

    private var isInPlace: Bool { place.input === place.output }

    func forward(_ blocks: Range<Int>) {
        for block in blocks {
            if !isInPlace { copy(place.input.maps(block, like: place.output).read, place.output.maps(block)) }
            guard place.shard.dropout else { continue }
            place.kernels.run(dropout.call(place.output.maps(block), place.shard, block))
        }
    }

    func backward(_ blocks: Range<Int>, into gradient: MutableView<Float>?) {
        guard place.sendsGradient else { return }
        for block in blocks {
            if !isInPlace { copy(place.output.gradient(block).read, place.input.gradient(block, like: place.output)) }
            guard place.shard.dropout else { continue }
            place.kernels.run(dropout.call(place.input.gradient(block, like: place.output), place.shard, block))
        }
    }

    private func copy(_ maps: MapView, _ target: MutableMapView) {
        place.kernels.run(RectifiedGradient(gradient: maps, output: nil, result: target, sums: nil))
    }
}

/// Inverted dropout: a random share of the activations becomes zero, the others grow so that the mean stays.
///
/// Source: N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
struct Dropout: Sendable {
    /// Share of the activations that are dropped.
    let rate: Double
    /// Number of the layer's first activation in the sample's sequence of random numbers.
    let firstElement: UInt32

    /// Factor of the activations that stay.
    var scale: Float { Float(1 / (1 - rate)) }

    func call(
        _ values: MutableMapView, _ shard: Shard, _ block: Int, gates: MutableView<UInt8>? = nil,
        pooling: Pooling? = nil
    ) -> DropoutCall {
        DropoutCall(
            values: values, gates: gates, keys: shard.keys.view.from(block * blockLanes), firstElement: firstElement,
            threshold: UInt32(rate * 0x1p32), scale: scale,
            closedGate: pooling == .average ? 0 : PoolingGate.noWinner)
    }
}
