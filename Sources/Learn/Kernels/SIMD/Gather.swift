import CVector
import KernelInterface

// Pixels lie sample by sample and become maps with samples innermost. Four pixels of a sample are one word, and the words of
// a vector of samples give four vectors by shifting.

extension VectorKernels {
    public func run(_ call: Gather) {
        let layout = call.map.layout
        let size = layout.height * layout.rowElements
        let isOneRow = layout.row == layout.rowElements
        let (rows, length) = isOneRow ? (1, size) : (layout.height, layout.rowElements)
        let isWhole = call.count == blockLanes && length >= 4
        for row in 0..<rows {
            let pixels = call.pixels.pointer + row * length
            let map = call.map.pointer + row * layout.row * layout.element
            if isWhole {
                gather(pixels, size, length, call.images.pointer, map, layout.element)
            } else {
                for element in 0..<length {
                    let place = map + element * layout.element
                    for lane in 0..<call.count {
                        place[lane] = Float(pixels[Int(call.images.pointer[lane]) * size + element]) / 255
                    }
                    for lane in call.count..<blockLanes { place[lane] = 0 }
                }
            }
        }
    }

    /// A row of 16 images, `size` pixels each.
    @inline(__always)
    private func gather(
        _ pixels: ReadPointer<UInt8>, _ size: Int, _ length: Int, _ images: ReadPointer<Int32>, _ map: Output,
        _ step: Int
    ) {
        for lane in stride(from: 0, to: blockLanes, by: lanes) {
            for element in stride(from: 0, to: length, by: 4) {
                // The last four begin where they end with the row.
                let first = min(element, length - 4)
                let words = vector_load_words((pixels + first).elements(4), (images + lane).elements(lanes), size)
                for number in 0..<4 {
                    store(share((words &>> UInt32(8 * number)) & 255), map + (first + number) * step + lane)
                }
            }
        }
    }

    /// Pixels divided by 255, rounded as a division would, in a fraction of its time: 1 / 255 in two parts.
    @inline(__always)
    private func share(_ pixels: UIntVector) -> Vector {
        let values = vector_to_floats(IntVector(truncatingIfNeeded: pixels))
        return vector_fma(values, Vector(repeating: 0.003921569), values * -2.3191758e-10)
    }
}
