import KernelInterface

/// Stochastic gradient descent, with momentum: the last update goes on, and fades.
///
///     v = momentum v - rate g
///     w = w + v
///
/// Source: B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964, equation 9; H.
/// Robbins, S. Monro, "A Stochastic Approximation Method", 1951, without momentum. The usual settings are Keras's.
struct SGD: OptimizerRule {
    var learningRate: Float = 0.01
    var momentum: Float = 0

    static let name = "sgd"
    static let kerasName = "SGD"
    static let state = ["velocity"]
    static let settings: [OptimizerSetting<SGD>] = [
        .rate(\.learningRate),
        OptimizerSetting(name: "momentum", kerasName: "momentum", symbol: "μ", path: \.momentum, range: .share),
    ]

    func update(_ slice: ParameterSlice, state: [MutableView<Float>], step: Int, with kernels: any Kernels) {
        kernels.run(MomentumStep(slice: slice, velocity: state[0], learningRate: learningRate, momentum: momentum))
    }
}

extension Optimizer {
    public static func sgd(learningRate: Float = 0.01, momentum: Float = 0) -> Optimizer {
        Optimizer(SGD(learningRate: learningRate, momentum: momentum))
    }
}
