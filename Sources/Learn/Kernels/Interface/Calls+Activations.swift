/// A function of one number whose slope follows from its value.
///
/// With y = f(x), the slope f'(x) is for each:
public enum ActivationFunction: Sendable, Hashable {
    /// `slope` where y < 0, else 1; the slope is at least 0.
    case leakyReLU(slope: Float)
    /// 1 where 0 < y < 6, else 0.
    case relu6
    /// `y * (1 - y)`
    case sigmoid
    /// `1 - y^2`
    case tanh
    /// `y + alpha` where y < 0, else 1; alpha is above 0.
    case elu(alpha: Float)
}

/// A function of each number. Input and output may be the same.
public struct Activating: KernelCall {
    public let input: MapView
    public let function: ActivationFunction
    public let output: MutableMapView

    public init(input: MapView, function: ActivationFunction, output: MutableMapView) {
        precondition(input.layout.hasSize(of: output.layout))
        self.input = input
        self.function = function
        self.output = output
    }

    public var bytes: Double { Double(output.layout.height * output.layout.rowElements * blockLanes * 8) }
}

/// A gradient behind such a function becomes the one before it. Gradient and result may be the same.
public struct ActivatedGradient: KernelCall {
    public let gradient: MapView
    /// What the function left.
    public let output: MapView
    public let function: ActivationFunction
    public let result: MutableMapView

    public init(gradient: MapView, output: MapView, function: ActivationFunction, result: MutableMapView) {
        precondition(gradient.layout.hasSize(of: result.layout) && output.layout.hasSize(of: result.layout))
        self.gradient = gradient
        self.output = output
        self.function = function
        self.result = result
    }

    public var bytes: Double { Double(result.layout.height * result.layout.rowElements * blockLanes * 12) }
}
