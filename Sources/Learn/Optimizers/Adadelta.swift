import KernelInterface

/// Steps as long as recent ones were, measured by the gradient: with running means E of squares,
///
///     E[g^2] = rho E[g^2] + (1 - rho) g^2
///     d      = sqrt(E[d^2] + epsilon) / sqrt(E[g^2] + epsilon) g
///     E[d^2] = rho E[d^2] + (1 - rho) d^2
///     w      = w - rate d
///
/// Source: M. D. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, algorithm 1. The usual settings are those
/// of Keras 2 but for the rate, which is the paper's.
struct Adadelta: OptimizerRule {
    var learningRate: Float = 1
    /// Decay of the running means.
    var rho: Float = 0.95
    var epsilon: Float = 1e-7

    static let name = "adadelta"
    static let kerasName = "Adadelta"
    static let state = ["squaredGradient", "squaredUpdate"]
    static let settings: [OptimizerSetting<Adadelta>] = [
        .rate(\.learningRate),
        OptimizerSetting(name: "rho", kerasName: "rho", symbol: "ρ", path: \.rho, range: .share),
        OptimizerSetting(name: "epsilon", kerasName: "epsilon", symbol: "ε", path: \.epsilon, range: .positive),
    ]

    func update(_ slice: ParameterSlice, state: [MutableView<Float>], step: Int, with kernels: any Kernels) {
        kernels.run(
            AdadeltaStep(
                slice: slice, squaredGradient: state[0], squaredUpdate: state[1], learningRate: learningRate,
                rho: rho, epsilon: epsilon))
    }
}

extension Optimizer {
    public static func adadelta(
        learningRate: Float = 1, rho: Float = 0.95, epsilon: Float = 1e-7
    ) -> Optimizer {
        Optimizer(Adadelta(learningRate: learningRate, rho: rho, epsilon: epsilon))
    }
}
