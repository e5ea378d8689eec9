import Foundation
import KernelInterface

/// What becomes of each number x that a layer computed.
public enum Activation: Sendable, Hashable {
    /// It stays.
    case linear
    /// Negative numbers become zero.
    case relu
    /// Negative numbers are multiplied by the slope, at least 0.
    case leakyReLU(slope: Double)
    /// Negative numbers become zero, those above 6 become 6.
    case relu6
    /// `1 / (1 + exp(-x))`
    case sigmoid
    /// The hyperbolic tangent.
    case tanh
    /// Negative numbers become `alpha * (exp(x) - 1)`, alpha above 0.
    case elu(alpha: Double)

    /// What it is called, without its number: the first word of its notation.
    public var kind: String {
        switch self {
        case .linear: "linear"
        case .relu: "relu"
        case .leakyReLU: "leakyrelu"
        case .relu6: "relu6"
        case .sigmoid: "sigmoid"
        case .tanh: "tanh"
        case .elu: "elu"
        }
    }

    /// The slope or alpha.
    public var parameter: Double? {
        switch self {
        case .leakyReLU(let number), .elu(let number): number
        default: nil
        }
    }

    /// Keras's and PyTorch's alpha.
    public static let usualAlpha = 1.0
}

extension Activation {
    /// Whether numbers below zero are left behind it; they then are those that were below zero before it.
    public var leavesNegative: Bool {
        switch self {
        case .linear, .leakyReLU, .tanh, .elu: true
        case .relu, .relu6, .sigmoid: false
        }
    }

    /// What is left of one number.
    public func callAsFunction(_ x: Float) -> Float {
        switch self {
        case .linear: x
        case .relu: x > 0 ? x : 0
        case .leakyReLU(let slope): x < 0 ? Float(slope) * x : x
        case .relu6: x > 0 ? min(6, x) : 0
        case .sigmoid: Float(1 / (1 + exp(-Double(x))))
        case .tanh: Float(Foundation.tanh(Double(x)))
        case .elu(let alpha): x < 0 ? Float(alpha * expm1(Double(x))) : x
        }
    }

    /// What no number behind it exceeds in magnitude, if none before it exceeds `magnitude`.
    func bound(_ magnitude: Double) -> Double {
        switch self {
        case .linear, .relu: magnitude
        case .leakyReLU(let slope): magnitude * max(1, slope)
        case .relu6: min(6, magnitude)
        case .sigmoid, .tanh: 1
        case .elu(let alpha): max(alpha, magnitude)
        }
    }

    /// What a step of its own does; nil for what other steps take along.
    var function: ActivationFunction? {
        switch self {
        case .linear, .relu: nil
        case .leakyReLU(let slope): .leakyReLU(slope: Float(slope))
        case .relu6: .relu6
        case .sigmoid: .sigmoid
        case .tanh: .tanh
        case .elu(let alpha): .elu(alpha: Float(alpha))
        }
    }
}

extension Activation: CustomStringConvertible {
    /// As in the notation of a layer: `relu`, `leakyrelu 0.01`.
    public var description: String {
        switch self {
        case .leakyReLU(let slope): "\(kind) \(slope)"
        case .elu(let alpha): alpha == Activation.usualAlpha ? kind : "\(kind) \(alpha)"
        default: kind
        }
    }
}
