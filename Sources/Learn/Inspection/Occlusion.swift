/// What a covered window of an image is filled with.
enum Cover: Sendable, CaseIterable {
    /// Zeros.
    case black
    /// A blurred copy of the image: each pixel the mean of the square of the window's edge around it, as far as it lies
    /// inside the image.
    case blurred
}

/// The square windows of an image that are covered one after the other.
///
/// Source: M. D. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks", 2014, section 4.2.
struct Windows: Sendable, Equatable {
    let shape: ImageShape
    /// A quarter of the image's shorter edge, and one more if that is even.
    let edge: Int
    /// Pixels from one window to the next: one in images of up to 32 pixels, then two.
    let stride: Int

    init(_ shape: ImageShape) {
        let shorter = min(shape.height, shape.width)
        self.shape = shape
        edge = min(shorter, shorter / 4 | 1)
        stride = max(1, (max(shape.height, shape.width) + 31) / 32)
    }

    /// Top and left of each window, row by row. All lie inside the image; the last of a row or column ends with it.
    var corners: [(top: Int, left: Int)] {
        let (rows, columns) = (starts(shape.height), starts(shape.width))
        return rows.flatMap { top in columns.map { (top, $0) } }
    }

    private func starts(_ extent: Int) -> [Int] {
        Array(Swift.stride(from: 0, to: extent - edge, by: stride)) + [extent - edge]
    }

    /// What stands in covered places, one a number of the image; `[height, width, channels]`.
    /// - Parameter levels: 0...255.
    func fill(_ cover: Cover, _ levels: [UInt8]) -> [Float] {
        guard cover == .blurred else { return [Float](repeating: 0, count: shape.count) }
        let reach = edge / 2
        return (0..<shape.count).map { index in
            let (channel, pixel) = (index % shape.channels, index / shape.channels)
            let (y, x) = (pixel / shape.width, pixel % shape.width)
            let rows = max(0, y - reach)..<min(shape.height, y + reach + 1)
            let columns = max(0, x - reach)..<min(shape.width, x + reach + 1)
            var sum = 0
            for y in rows { for x in columns { sum += Int(levels[(y * shape.width + x) * shape.channels + channel]) } }
            return Float(Double(sum) / Double(255 * rows.count * columns.count))
        }
    }

    /// The image once for each window, covered there; `[windows, height, width, channels]`.
    func covered(_ image: [Float], fill: [Float]) -> Tensor {
        let corners = corners
        var values: [Float] = []
        values.reserveCapacity(corners.count * image.count)
        for (top, left) in corners {
            let start = values.count
            values += image
            for y in top..<top + edge {
                let row = (y * shape.width + left) * shape.channels
                for index in row..<row + edge * shape.channels { values[start + index] = fill[index] }
            }
        }
        return Tensor(shape: [corners.count] + shape.extents, values: values)
    }

    /// For each pixel the mean over the windows that cover it, `[height, width]`.
    func spread(_ numbers: [Double]) -> [Float] {
        var sums = [Double](repeating: 0, count: shape.height * shape.width)
        var counts = [Double](repeating: 0, count: shape.height * shape.width)
        for ((top, left), number) in zip(corners, numbers) {
            for y in top..<top + edge {
                for pixel in y * shape.width + left..<y * shape.width + left + edge {
                    sums[pixel] += number
                    counts[pixel] += 1
                }
            }
        }
        return zip(sums, counts).map { Float($0 / $1) }
    }
}

extension Model {
    /// By how much a class's probability drops while a window of an image is covered: for each pixel the mean over the
    /// windows that cover it, `[height, width]`.
    func occlusion(of levels: [UInt8], for chosen: Int, cover: Cover) throws(ModelError) -> [Float] {
        let windows = Windows(architecture.input)
        let image = levels.map { Float($0) / 255 }
        let whole = try predict(Tensor(shape: [1] + windows.shape.extents, values: image)).values[chosen]
        let covered = try predict(windows.covered(image, fill: windows.fill(cover, levels)))
        let classes = architecture.classes
        return windows.spread(
            (0..<covered.shape[0]).map { Double(whole) - Double(covered.values[$0 * classes + chosen]) })
    }
}
