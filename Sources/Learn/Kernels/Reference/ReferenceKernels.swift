import Foundation
import KernelInterface

/// The kernels as plain loops over samples and sums: slow, obvious, and what the fast ones are compared with.
///
/// Sums run in the order that the fast kernels promise, so that most comparisons can be exact.
struct ReferenceKernels: Kernels {
    let name = "reference"

    func gather(
        pixels: UnsafePointer<UInt8>, edge: Int, images: UnsafePointer<Int32>, count: Int, border: Int,
        into map: UnsafeMutablePointer<Float>
    ) {
        for y in 0..<edge {
            for x in 0..<edge {
                for lane in 0..<blockLanes {
                    let place = ((y + border) * (edge + 2 * border) + x + border) * blockLanes + lane
                    map[place] = lane < count ? Float(pixels[(Int(images[lane]) * edge + y) * edge + x]) / 255 : 0
                }
            }
        }
    }

    func dropout(
        _ values: UnsafeMutablePointer<Float>, gates: UnsafeMutablePointer<UInt8>?, count: Int, stride: Int,
        setting: DropoutSetting
    ) {
        for index in 0..<count {
            for lane in 0..<blockLanes {
                var h = setting.keys[lane] ^ ((setting.firstElement &+ UInt32(index)) &* 0x9E37_79B9)
                h = (h ^ (h >> 16)) &* 0x85EB_CA6B
                h = (h ^ (h >> 13)) &* 0xC2B2_AE35
                h ^= h >> 16
                if h < setting.threshold {
                    values[index * stride + lane] = 0
                    gates?[index * blockLanes + lane] = setting.closedGate
                } else {
                    values[index * stride + lane] *= setting.scale
                }
            }
        }
    }

    func multiply(
        _ product: Product, a: UnsafePointer<Float>, b: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>,
        end: ProductEnd
    ) {
        for m in 0..<product.m {
            for n in 0..<product.n {
                var sum: Float = 0
                for k in 0..<product.k {
                    sum.addProduct(b[k * product.bStride + m * product.bColumn], a[k * product.aStride + n])
                }
                let place = m * product.cStride + n
                switch end {
                case .accumulate: c[place] += sum
                case .store: c[place] = sum
                case .bias(let bias): c[place] = sum + bias[m]
                case .biasReLU(let bias): c[place] = max(0, sum + bias[m])
                }
            }
        }
    }

    func gate(
        _ gradient: UnsafeMutablePointer<Float>, output: UnsafePointer<Float>, scale: Float, count: Int
    ) {
        for index in 0..<count { gradient[index] = output[index] > 0 ? gradient[index] * scale : 0 }
    }

    func transpose(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, into transposed: UnsafeMutablePointer<Float>,
        rowStride: Int
    ) {
        for row in 0..<rows {
            for column in 0..<columns { transposed[column * rowStride + row] = matrix[row * columns + column] }
        }
    }

    func addRowSums(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, sums: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            var lanes = [Float](repeating: 0, count: blockLanes)
            for column in 0..<columns { lanes[column % blockLanes] += matrix[row * columns + column] }
            for width in [8, 4, 2, 1] {
                for lane in 0..<width { lanes[lane] += lanes[lane + width] }
            }
            sums[row] += lanes[0]
        }
    }

    func softmaxCrossEntropy(
        logits: UnsafeMutablePointer<Float>, classes: Int, stride: Int, labels: UnsafePointer<Int32>,
        gradientScale: Float, gradient: UnsafeMutablePointer<Float>, losses: UnsafeMutablePointer<Float>
    ) {
        for lane in 0..<blockLanes {
            let powers = (0..<classes).map { exp(Double(logits[$0 * stride + lane])) }
            let total = powers.reduce(0, +)
            let label = Int(labels[lane])
            losses[lane] = label < 0 ? 0 : Float(log(total) - Double(logits[label * stride + lane]))
            for k in 0..<classes {
                let probability = powers[k] / total
                logits[k * stride + lane] = Float(probability)
                let slope = (probability - (k == label ? 1 : 0)) * Double(gradientScale)
                gradient[k * stride + lane] = label < 0 ? 0 : Float(slope)
            }
        }
    }

    func adadelta(
        parameters: UnsafeMutablePointer<Float>, squaredGradient: UnsafeMutablePointer<Float>,
        squaredUpdate: UnsafeMutablePointer<Float>, parts: UnsafePointer<Float>, partCount: Int, partStride: Int,
        count: Int, constants: AdadeltaConstants
    ) {
        let rho = constants.rho
        for index in 0..<count {
            var gradient = parts[index]
            for part in 1..<max(1, partCount) { gradient += parts[part * partStride + index] }
            squaredGradient[index] = rho * squaredGradient[index] + (1 - rho) * (gradient * gradient)
            let update =
                (squaredUpdate[index] + constants.epsilon).squareRoot() * gradient
                / (squaredGradient[index] + constants.epsilon).squareRoot()
            squaredUpdate[index] = rho * squaredUpdate[index] + (1 - rho) * (update * update)
            parameters[index] -= constants.learningRate * update
        }
    }
}
