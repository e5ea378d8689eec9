import Learn

/// How feature maps relate to the image that they came from.
///
/// A layer's maps are compared with the image reduced to the same extent: averaged over the windows of the poolings
/// before it, cut by the borders that unpadded convolutions lose.
struct MapLikeness: Equatable {
    /// Correlation of each channel's maps with the image, averaged over the images.
    let toImage: [Double]
    /// The same with the image's outlines.
    let toOutlines: [Double]

    /// A channel whose correlation is above it follows the image's brightness, or its outlines.
    static let threshold = 0.4

    /// Correlations of one image's maps, channel by channel; 0 where a map is constant.
    struct OfImage {
        let toImage: [Double]
        let toOutlines: [Double]
    }

    init(_ images: [OfImage]) {
        toImage = means(images.map(\.toImage))
        toOutlines = means(images.map(\.toOutlines))
    }

    /// Mean correlation of the maps with the image, signs aside: that of each channel without its sign.
    var mean: Double { meanSize(toImage) }

    /// Channels that follow the image's brightness.
    func brightness(above threshold: Double = threshold) -> Int { toImage.count { $0 > threshold } }

    /// Channels that follow its outlines.
    func outlines(above threshold: Double = threshold) -> Int { toOutlines.count { $0 > threshold } }

    /// Channels that follow both.
    func both(above threshold: Double = threshold) -> Int {
        zip(toImage, toOutlines).count { min($0, $1) > threshold }
    }

    /// Share of the channels that follow the one or the other.
    func plainShare(above threshold: Double = threshold) -> Double {
        let plain = zip(toImage, toOutlines).count { max($0, $1) > threshold }
        return Double(plain) / Double(max(1, toImage.count))
    }

    /// - Parameters:
    ///   - samples: the images' activations.
    ///   - layer: name of the layer.
    ///   - images: the test images.
    ///   - network: the network that made the activations.
    static func ofImages(
        _ samples: [SampleActivations], layer: String, images: Split, network: Network
    ) -> [OfImage] {
        samples.compactMap { sample in
            guard let output = sample.outputs.first(where: { $0.name == layer })?.tensor else { return nil }
            let image = Plane(images.image(sample.index))
            let brightness = image.seen(through: network, upTo: layer).cells
            let outlines = image.outlines.seen(through: network, upTo: layer).cells
            let maps = (0..<output.shape[2]).map(output.channel)
            return OfImage(
                toImage: maps.map { correlation($0, brightness) }, toOutlines: maps.map { correlation($0, outlines) })
        }
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
