import KernelInterface

extension ReferenceKernels {
    func run(_ call: AdadeltaStep) {
        let (parameters, rho) = (call.slice.parameters.pointer, call.rho)
        let (squaredGradient, squaredUpdate) = (call.squaredGradient.pointer, call.squaredUpdate.pointer)
        for index in 0..<call.slice.count {
            let gradient = gradient(call.slice, index)
            squaredGradient[index] = rho * squaredGradient[index] + (1 - rho) * (gradient * gradient)
            let update =
                (squaredUpdate[index] + call.epsilon).squareRoot() * gradient
                / (squaredGradient[index] + call.epsilon).squareRoot()
            squaredUpdate[index] = rho * squaredUpdate[index] + (1 - rho) * (update * update)
            parameters[index] -= call.learningRate * update
        }
    }

    func run(_ call: MomentumStep) {
        for index in 0..<call.slice.count {
            let gradient = gradient(call.slice, index)
            let update = call.momentum * call.velocity.pointer[index] - call.learningRate * gradient
            call.velocity.pointer[index] = update
            call.slice.parameters.pointer[index] += update
        }
    }

    func run(_ call: AdamStep) {
        let (mean, squaredMean) = (call.mean.pointer, call.squaredMean.pointer)
        for index in 0..<call.slice.count {
            let gradient = gradient(call.slice, index)
            mean[index] = call.beta1 * mean[index] + (1 - call.beta1) * gradient
            squaredMean[index] = call.beta2 * squaredMean[index] + (1 - call.beta2) * (gradient * gradient)
            call.slice.parameters.pointer[index] -=
                call.rate * mean[index] / (squaredMean[index].squareRoot() + call.epsilon)
        }
    }

    private func gradient(_ slice: ParameterSlice, _ index: Int) -> Float {
        let parts = slice.parts.pointer
        return (1..<max(1, slice.partCount)).reduce(parts[index]) { $0 + parts[$1 * slice.partStride + index] }
    }
}
