import Foundation
import KernelInterface

/// The kernels as plain loops over samples and sums: slow, obvious, and what the fast ones are compared with.
///
/// Sums run in the order that the fast kernels promise, so that most comparisons can be exact.
struct ReferenceKernels: Kernels {
    let name = "reference"

    func run(_ call: Product) {
        let (a, b, c) = (call.a.pointer, call.b.pointer, call.c.pointer)
        for m in 0..<call.m {
            for n in 0..<call.n {
                var sum: Float = 0
                for k in 0..<call.k {
                    sum.addProduct(b[k * call.bStride + m * call.bColumn], a[k * call.aStride + n])
                }
                let place = m * call.cStride + n
                switch call.end {
                case .accumulate: c[place] += sum
                case .store: c[place] = sum
                case .bias(let bias): c[place] = sum + bias.pointer[m]
                case .biasReLU(let bias): c[place] = max(0, sum + bias.pointer[m])
                }
            }
        }
    }

    func run(_ call: Gate) {
        let (gradient, output) = (call.gradient.pointer, call.output.pointer)
        for index in 0..<call.count { gradient[index] = output[index] > 0 ? gradient[index] * call.scale : 0 }
    }

    func run(_ call: Transposition) {
        for row in 0..<call.rows {
            for column in 0..<call.columns {
                call.transposed.pointer[column * call.rowStride + row] =
                    call.matrix.pointer[row * call.columns + column]
            }
        }
    }

    func run(_ call: RowSums) {
        for row in 0..<call.rows {
            var lanes = [Float](repeating: 0, count: blockLanes)
            for column in 0..<call.columns {
                lanes[column % blockLanes] += call.matrix.pointer[row * call.columns + column]
            }
            for width in [8, 4, 2, 1] {
                for lane in 0..<width { lanes[lane] += lanes[lane + width] }
            }
            call.sums.pointer[row] += lanes[0]
        }
    }

    func run(_ call: SoftmaxCrossEntropy) {
        let (logits, step) = (call.logits.pointer, call.stride)
        for lane in 0..<blockLanes {
            let powers = (0..<call.classes).map { exp(Double(logits[$0 * step + lane])) }
            let total = powers.reduce(0, +)
            let label = Int(call.labels.pointer[lane])
            call.losses.pointer[lane] = label < 0 ? 0 : Float(log(total) - Double(logits[label * step + lane]))
            for k in 0..<call.classes {
                let probability = powers[k] / total
                logits[k * step + lane] = Float(probability)
                let slope = (probability - (k == label ? 1 : 0)) * Double(call.gradientScale)
                call.gradient.pointer[k * step + lane] = label < 0 ? 0 : Float(slope)
            }
        }
    }
}
