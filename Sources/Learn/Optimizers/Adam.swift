import KernelInterface

/// Steps by the running mean of the gradient over the root of that of its square; at step t,
///
///     m = beta1 m + (1 - beta1) g
///     v = beta2 v + (1 - beta2) g^2
///     w = w - rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)
///
/// Source: D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1 in the order that ends
/// section 2, which Keras takes as well. The usual settings are Keras's.
struct Adam: OptimizerRule {
    var learningRate: Float = 0.001
    /// Decay of the gradient's running mean, and of its square's.
    var beta1: Float = 0.9
    var beta2: Float = 0.999
    var epsilon: Float = 1e-7

    static let name = "adam"
    static let kerasName = "Adam"
    static let state = ["mean", "squaredMean"]
    static let settings: [OptimizerSetting<Adam>] = [
        .rate(\.learningRate),
        OptimizerSetting(name: "beta1", kerasName: "beta_1", symbol: "β₁", path: \.beta1, range: .share),
        OptimizerSetting(name: "beta2", kerasName: "beta_2", symbol: "β₂", path: \.beta2, range: .share),
        OptimizerSetting(name: "epsilon", kerasName: "epsilon", symbol: "ε", path: \.epsilon, range: .positive),
    ]

    func update(_ slice: ParameterSlice, state: [MutableView<Float>], step: Int, with kernels: any Kernels) {
        let correction = (1 - power(beta2, step)).squareRoot() / (1 - power(beta1, step))
        kernels.run(
            AdamStep(
                slice: slice, mean: state[0], squaredMean: state[1], rate: Float(Double(learningRate) * correction),
                beta1: beta1, beta2: beta2, epsilon: epsilon))
    }

    /// By squaring, since the system's `pow` may round differently on another.
    private func power(_ base: Float, _ exponent: Int) -> Double {
        var (result, square, rest) = (1.0, Double(base), exponent)
        while rest > 0 {
            if !rest.isMultiple(of: 2) { result *= square }
            square *= square
            rest /= 2
        }
        return result
    }
}

extension Optimizer {
    public static func adam(
        learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7
    ) -> Optimizer {
        Optimizer(Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon))
    }
}
