import KernelInterface

/// A step as one thread takes it, with the memory that it needs; forward and backward side by side.
protocol Stage: AnyObject {
    /// From input to output, for these blocks of the shard.
    func forward(_ blocks: Range<Int>)
    /// From the gradient at the output to the one at the input, for these blocks.
    /// - Parameter gradient: the whole parameter vector's, added to; nil if only the input's is wanted. What is summed
    ///   up over blocks comes with ``collectSums(into:)``.
    func backward(_ blocks: Range<Int>, into gradient: MutableView<Float>?)
    /// Adds what the blocks left to the gradient of all parameters, and begins anew.
    func collectSums(into gradient: MutableView<Float>)
}

extension Stage {
    func collectSums(into gradient: MutableView<Float>) {}
}

/// What all stages of a thread share, and the values between which one stands.
struct StagePlace {
    let kernels: any Kernels
    let parameters: View<Float>
    /// The step's parameters in the form that it needs besides; see ``Step/derive(_:into:)``.
    let derived: View<Float>
    let shard: Shard
    let input, output: Value
    /// Whether anybody wants the gradient at the input.
    let sendsGradient: Bool
}

extension Step {
    func stage(_ place: StagePlace) -> any Stage {
        switch self {
        case .pooledConvolution(let step): PooledConvolutionStage(step, place)
        case .convolution(let step): ConvolutionStage(step, place)
        case .pooling(let step): PoolingStage(step, place)
        case .rectification: RectificationStage(place)
        case .activation(let function): ActivationStage(function, place)
        case .scaling(let step): ScalingStage(step, place)
        case .dropout(let dropout): DropoutStage(dropout, place)
        case .dense(let step): DenseStage(step, place)
        }
    }

    /// Floats of what a step wants its parameters turned into.
    var derivedCount: Int {
        switch self {
        case .pooledConvolution(let step):
            step.convolution.shape.transformedCount
                + (step.followsWinners ? step.patchCount : step.convolution.shape.kernelCount)
        case .convolution(let step): step.shape.transformedCount + step.shape.kernelCount
        case .scaling(let step): 2 * step.channels
        case .pooling, .rectification, .activation, .dropout, .dense: 0
        }
    }

    /// To be called after the parameters have changed.
    func derive(_ parameters: View<Float>, into derived: MutableView<Float>) {
        switch self {
        case .pooledConvolution(let step):
            let rest = step.convolution.deriveWeights(parameters, into: derived)
            if step.followsWinners {
                step.cutPatches(parameters, into: rest)
            } else {
                step.convolution.turnKernel(parameters, into: rest)
            }
        case .convolution(let step):
            step.turnKernel(parameters, into: step.deriveWeights(parameters, into: derived))
        case .scaling(let step): step.derive(parameters, into: derived)
        case .pooling, .rectification, .activation, .dropout, .dense: break
        }
    }
}
