/// Adadelta's settings, with the values that Keras 2 used by default but for the learning rate of the paper.
///
/// Source: M. D. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, algorithm 1.
public struct Adadelta: Sendable, Hashable, Codable {
    public var learningRate: Float
    /// Decay of the running means of squared gradients and squared updates.
    public var rho: Float
    public var epsilon: Float

    public init(learningRate: Float = 1.0, rho: Float = 0.95, epsilon: Float = 1e-7) {
        self.learningRate = learningRate
        self.rho = rho
        self.epsilon = epsilon
    }
}
