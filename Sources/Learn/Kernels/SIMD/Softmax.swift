import CVector
import KernelInterface

extension VectorKernels {
    public func run(_ call: SoftmaxCrossEntropy) {
        let (logits, classes, step, labels) = (call.logits.pointer, call.classes, call.stride, call.labels.pointer)
        let (gradientScale, gradient, losses) = (call.gradientScale, call.gradient.pointer, call.losses.pointer)
        let zero = Vector(repeating: 0)
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            let label = loadInts(labels + lane)
            let present = label .>= 0
            var largest = load(logits + lane)
            for k in 1..<classes { largest = larger(largest, load(logits + k * step + lane)) }
            var total = zero
            var chosen = zero
            for k in 0..<classes {
                let place = logits + k * step + lane
                let shifted = load(place) - largest
                chosen.replace(with: shifted, where: label .== Int32(truncatingIfNeeded: k))
                let power = exponential(shifted)
                total += power
                store(power, place)
            }
            store(zero.replacing(with: logarithm(total) - chosen, where: present), losses + lane)
            for k in 0..<classes {
                let place = logits + k * step + lane
                let probability = load(place) / total
                store(probability, place)
                let target = zero.replacing(with: 1, where: label .== Int32(truncatingIfNeeded: k))
                let slope = (probability - target) * gradientScale
                store(zero.replacing(with: slope, where: present), gradient + k * step + lane)
            }
        }
    }
}
