import CVector
import KernelInterface

extension VectorKernels {
    public func run(_ call: Activating) {
        switch call.function {
        case .leakyReLU(let slope): each(call) { x in x.replacing(with: x * slope, where: x .< 0) }
        case .relu6:
            let (zero, six) = (Vector(repeating: 0), Vector(repeating: 6))
            each(call) { x in
                let positive = larger(zero, x)
                return positive.replacing(with: six, where: six .< positive)
            }
        case .sigmoid:
            each(call) { x in
                // e^-|x| never overflows.
                let power = exponential(-magnitude(x))
                let share = 1 / (1 + power)
                return share.replacing(with: power * share, where: x .< 0)
            }
        case .tanh:
            each(call) { x in
                let lost = exponentialLessOne(-2 * magnitude(x))
                let size = -lost / (2 + lost)
                return size.replacing(with: -size, where: x .< 0)
            }
        case .elu(let alpha):
            let zero = Vector(repeating: 0)
            each(call) { x in
                let below = exponentialLessOne(x.replacing(with: zero, where: zero .< x)) * alpha
                return x.replacing(with: below, where: x .< 0)
            }
        }
    }

    public func run(_ call: ActivatedGradient) {
        let zero = Vector(repeating: 0)
        switch call.function {
        case .leakyReLU(let slope): each(call) { g, y in g.replacing(with: g * slope, where: y .< 0) }
        case .relu6: each(call) { g, y in g.replacing(with: zero, where: (y .<= 0) .| (y .>= 6)) }
        case .sigmoid: each(call) { g, y in g * (y * (1 - y)) }
        case .tanh: each(call) { g, y in g * (1 - y * y) }
        case .elu(let alpha): each(call) { g, y in g.replacing(with: g * (y + alpha), where: y .< 0) }
        }
    }

    @inline(__always)
    private func each(_ call: Activating, _ function: (Vector) -> Vector) {
        let (from, to) = (call.input.layout, call.output.layout)
        for y in 0..<to.height {
            let source = call.input.pointer + y * from.row * from.element
            let target = call.output.pointer + y * to.row * to.element
            for element in 0..<to.rowElements {
                for lane in stride(from: 0, to: blockLanes, by: lanes) {
                    store(function(load(source + element * from.element + lane)), target + element * to.element + lane)
                }
            }
        }
    }

    @inline(__always)
    private func each(_ call: ActivatedGradient, _ function: (Vector, Vector) -> Vector) {
        let (from, output, to) = (call.gradient.layout, call.output.layout, call.result.layout)
        for y in 0..<to.height {
            let source = call.gradient.pointer + y * from.row * from.element
            let left = call.output.pointer + y * output.row * output.element
            let target = call.result.pointer + y * to.row * to.element
            for element in 0..<to.rowElements {
                for lane in stride(from: 0, to: blockLanes, by: lanes) {
                    let gradient = load(source + element * from.element + lane)
                    let value = load(left + element * output.element + lane)
                    store(function(gradient, value), target + element * to.element + lane)
                }
            }
        }
    }
}

@inline(__always)
private func magnitude(_ x: Vector) -> Vector { larger(x, -x) }
