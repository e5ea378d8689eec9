import Learn

/// SplitMix64; the program's own, so that its cases stay as they are whatever the package's generator does.
struct MadeUpNumbers {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(in range: ClosedRange<Float>) -> Float {
        range.lowerBound + Float(next() >> 40) * 0x1p-24 * (range.upperBound - range.lowerBound)
    }

    /// Weights of a size that leaves no answer certain; positive factors and variances.
    mutating func tensor(of parameter: ParameterShape) -> Tensor {
        let reach = parameter.fanIn > 0 ? (2 / Float(parameter.fanIn)).squareRoot() : 0.3
        let isPositive = parameter.name.hasSuffix(".gamma") || parameter.name.hasSuffix(".variance")
        let range: ClosedRange<Float> = isPositive ? 0.5...2 : -reach...reach
        return Tensor(shape: parameter.shape, values: (0..<parameter.count).map { _ in number(in: range) })
    }

    /// Noisy discs on black, two to a class.
    mutating func dataset(of shape: ImageShape, classes: Int) -> Dataset {
        var pixels: [UInt8] = []
        for index in 0..<2 * classes {
            let (middle, radius) = (shape.width / 2 + index % 3 - 1, shape.height / 4 + index / 2)
            for y in 0..<shape.height {
                for x in 0..<shape.width {
                    let (down, right) = (y - shape.height / 2, x - middle)
                    let isInside = down * down + right * right < radius * radius
                    for _ in 0..<shape.channels { pixels.append(isInside ? UInt8(number(in: 60...255)) : 0) }
                }
            }
        }
        let split = Split(pixels: pixels, labels: (0..<2 * classes).map { UInt8($0 / 2) }, shape: shape)
        return Dataset(train: split, test: split, classCount: classes, digests: [:])
    }
}
