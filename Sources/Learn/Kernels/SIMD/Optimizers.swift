import CVector
import KernelInterface

extension VectorKernels {
    public func run(_ call: AdadeltaStep) {
        let (squaredGradient, squaredUpdate) = (call.squaredGradient.pointer, call.squaredUpdate.pointer)
        let parameters = call.slice.parameters.pointer
        let keep = Vector(repeating: call.rho)
        let take = Vector(repeating: 1 - call.rho)
        let epsilon = Vector(repeating: call.epsilon)
        let rate = Vector(repeating: call.learningRate)
        for index in stride(from: 0, to: call.slice.count, by: lanes) {
            let gradient = sum(of: call.slice, at: index)
            let meanGradient = keep * load(squaredGradient + index) + take * (gradient * gradient)
            let meanUpdate = load(squaredUpdate + index)
            let update = vector_sqrt(meanUpdate + epsilon) * gradient / vector_sqrt(meanGradient + epsilon)
            store(meanGradient, squaredGradient + index)
            store(keep * meanUpdate + take * (update * update), squaredUpdate + index)
            store(load(parameters + index) - rate * update, parameters + index)
        }
    }

    public func run(_ call: MomentumStep) {
        let (parameters, velocity) = (call.slice.parameters.pointer, call.velocity.pointer)
        let rate = Vector(repeating: call.learningRate)
        let momentum = Vector(repeating: call.momentum)
        for index in stride(from: 0, to: call.slice.count, by: lanes) {
            let update = momentum * load(velocity + index) - rate * sum(of: call.slice, at: index)
            store(update, velocity + index)
            store(load(parameters + index) + update, parameters + index)
        }
    }

    public func run(_ call: AdamStep) {
        let parameters = call.slice.parameters.pointer
        let (mean, squaredMean) = (call.mean.pointer, call.squaredMean.pointer)
        let (keep, take) = (Vector(repeating: call.beta1), Vector(repeating: 1 - call.beta1))
        let (keepSquare, takeSquare) = (Vector(repeating: call.beta2), Vector(repeating: 1 - call.beta2))
        let (rate, epsilon) = (Vector(repeating: call.rate), Vector(repeating: call.epsilon))
        for index in stride(from: 0, to: call.slice.count, by: lanes) {
            let gradient = sum(of: call.slice, at: index)
            let first = keep * load(mean + index) + take * gradient
            let second = keepSquare * load(squaredMean + index) + takeSquare * (gradient * gradient)
            store(first, mean + index)
            store(second, squaredMean + index)
            store(load(parameters + index) - rate * first / (vector_sqrt(second) + epsilon), parameters + index)
        }
    }
}

/// A vector of the gradient: its parts added in order.
@inline(__always)
private func sum(of slice: ParameterSlice, at index: Int) -> Vector {
    let parts = slice.parts.pointer + index
    var gradient = load(parts)
    for part in 1..<max(1, slice.partCount) { gradient += load(parts + part * slice.partStride) }
    return gradient
}
