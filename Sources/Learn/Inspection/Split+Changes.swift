extension Split {
    /// The images moved; what moves in is 0.
    func shifted(down: Int, right: Int) -> Split {
        let bytes = shape.channels
        let row = shape.width * bytes
        let right = max(-shape.width, min(shape.width, right))
        let columns = shape.width - abs(right)
        var moved = [UInt8](repeating: 0, count: pixels.count)
        for image in 0..<count {
            for y in 0..<shape.height where (0..<shape.height).contains(y + down) {
                let from = image * shape.count + y * row + max(0, -right) * bytes
                let to = image * shape.count + (y + down) * row + max(0, right) * bytes
                moved.replaceSubrange(to..<to + columns * bytes, with: pixels[from..<from + columns * bytes])
            }
        }
        return Split(pixels: moved, labels: labels, shape: shape)
    }

    /// The images with left and right changed.
    var mirrored: Split {
        let (row, pixel) = (shape.width * shape.channels, shape.channels)
        var turned: [UInt8] = []
        turned.reserveCapacity(pixels.count)
        for start in stride(from: 0, to: pixels.count, by: row) {
            for place in stride(from: start + row - pixel, through: start, by: -pixel) {
                turned += pixels[place..<place + pixel]
            }
        }
        return Split(pixels: turned, labels: labels, shape: shape)
    }

    /// The images as negatives.
    var inverted: Split { Split(pixels: pixels.map { 255 - $0 }, labels: labels, shape: shape) }

    /// A black image and a white one, of class 0 for want of any.
    static func blank(_ shape: ImageShape) -> Split {
        Split(
            pixels: [0, 255].flatMap { [UInt8](repeating: $0, count: shape.count) }, labels: [0, 0], shape: shape)
    }

    /// Images of uniform noise, the same for every network.
    static func noise(_ shape: ImageShape, count: Int) -> Split {
        let random = Random(seed: 0, purpose: .noiseImages, index: 0)
        return Split(
            pixels: (0..<count * shape.count).map { UInt8(random.number(at: $0) >> 56) },
            labels: [UInt8](repeating: 0, count: count), shape: shape)
    }
}
