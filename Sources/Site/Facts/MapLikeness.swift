import Learn

/// How feature maps relate to the image that they came from.
///
/// A layer's maps are compared with the image reduced to the same extent: averaged over the windows of the poolings
/// before it, cut by the borders that unpadded convolutions lose.
struct MapLikeness: Equatable {
    /// Mean absolute correlation of the maps with the image.
    let toImage: Double
    /// Channels that follow the image's brightness, on average over the images with a correlation above
    /// ``threshold``, and follow it more closely than its outlines.
    let brightness: Int
    /// Channels that follow its outlines in that way.
    let outlines: Int

    static let threshold = 0.4

    /// - Parameters:
    ///   - samples: the images' activations.
    ///   - layer: name of the layer.
    ///   - images: the test images.
    ///   - network: the network that made the activations.
    init(_ samples: [SampleActivations], layer: String, images: Split, network: Network) {
        var likeness: [Double] = []
        var follows: [(brightness: Double, outlines: Double)] = []
        for sample in samples {
            guard let maps = sample.outputs.first(where: { $0.name == layer })?.tensor else { continue }
            let image = Plane(images.image(sample.index))
            let brightness = image.seen(through: network, upTo: layer)
            let outlines = image.outlines.seen(through: network, upTo: layer)
            let channels = maps.shape[2]
            if follows.isEmpty { follows = Array(repeating: (0, 0), count: channels) }
            for channel in 0..<channels {
                let map = maps.channel(channel)
                let (toImage, toOutlines) = (correlation(map, brightness.cells), correlation(map, outlines.cells))
                likeness.append(abs(toImage))
                follows[channel].brightness += toImage / Double(samples.count)
                follows[channel].outlines += toOutlines / Double(samples.count)
            }
        }
        let clear = follows.filter { max($0.brightness, $0.outlines) > MapLikeness.threshold }
        toImage = likeness.reduce(0, +) / Double(max(1, likeness.count))
        brightness = clear.count { $0.brightness >= $0.outlines }
        outlines = clear.count { $0.brightness < $0.outlines }
    }
}

/// A square of numbers, row by row.
private struct Plane {
    let edge: Int
    let cells: [Double]

    init(_ image: ArraySlice<UInt8>) {
        self.init(edge: Split.edge, cells: image.map(Double.init))
    }

    private init(edge: Int, cells: [Double]) {
        self.edge = edge
        self.cells = cells
    }

    /// Length of the gradient, by differences of the neighbours on either side.
    var outlines: Plane {
        func cell(_ y: Int, _ x: Int) -> Double {
            (0..<edge).contains(y) && (0..<edge).contains(x) ? cells[y * edge + x] : 0
        }
        let lengths = (0..<edge * edge).map { index in
            let (y, x) = (index / edge, index % edge)
            let (dx, dy) = (cell(y, x + 1) - cell(y, x - 1), cell(y + 1, x) - cell(y - 1, x))
            return (dx * dx + dy * dy).squareRoot()
        }
        return Plane(edge: edge, cells: lengths)
    }

    /// The plane reduced to the extent of a layer's maps.
    func seen(through network: Network, upTo name: String) -> Plane {
        var plane = self
        loop: for layer in network.layout {
            switch layer.layer {
            case .convolution(_, let kernel, .valid): plane = plane.cut(kernel / 2)
            case .averagePooling(let size), .maxPooling(let size): plane = plane.averaged(size)
            default: break
            }
            if layer.name == name { break loop }
        }
        return plane
    }

    private func cut(_ border: Int) -> Plane {
        let inside = border..<edge - border
        return Plane(edge: inside.count, cells: inside.flatMap { y in inside.map { x in cells[y * edge + x] } })
    }

    private func averaged(_ size: Int) -> Plane {
        let smaller = edge / size
        let means = (0..<smaller * smaller).map { index in
            let (y, x) = (index / smaller * size, index % smaller * size)
            let window = (0..<size * size).map { cells[(y + $0 / size) * edge + x + $0 % size] }
            return window.reduce(0, +) / Double(size * size)
        }
        return Plane(edge: smaller, cells: means)
    }
}

/// Pearson's correlation; 0 if either is constant.
func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let count = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    var (covariance, varianceA, varianceB) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
        covariance += (x - meanA) * (y - meanB)
        varianceA += (x - meanA) * (x - meanA)
        varianceB += (y - meanB) * (y - meanB)
    }
    let scale = (varianceA * varianceB).squareRoot()
    return scale > 0 ? covariance / scale : 0
}
