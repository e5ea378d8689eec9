import Foundation
import KernelInterface

extension ReferenceKernels {
    func run(_ call: Activating) {
        for (y, x, channel, lane) in numbers(of: call.output.layout) {
            call.output[y, x, channel, lane] = call.function(call.input[y, x, channel, lane])
        }
    }

    func run(_ call: ActivatedGradient) {
        for (y, x, channel, lane) in numbers(of: call.result.layout) {
            let slope = call.function.slope(at: call.output[y, x, channel, lane])
            call.result[y, x, channel, lane] = call.gradient[y, x, channel, lane] * slope
        }
    }
}

extension ActivationFunction {
    fileprivate func callAsFunction(_ x: Float) -> Float {
        switch self {
        case .leakyReLU(let slope): x < 0 ? x * slope : x
        case .relu6: min(6, max(0, x))
        case .sigmoid: Float(1 / (1 + exp(-Double(x))))
        case .tanh: Float(Foundation.tanh(Double(x)))
        case .elu(let alpha): x < 0 ? Float(expm1(Double(x))) * alpha : x
        }
    }

    fileprivate func slope(at y: Float) -> Float {
        switch self {
        case .leakyReLU(let slope): y < 0 ? slope : 1
        case .relu6: y > 0 && y < 6 ? 1 : 0
        case .sigmoid: y * (1 - y)
        case .tanh: 1 - y * y
        case .elu(let alpha): y < 0 ? y + alpha : 1
        }
    }
}
