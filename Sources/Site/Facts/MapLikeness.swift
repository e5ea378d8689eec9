import Learn

/// How feature maps relate to the image that they came from.
///
/// A layer's maps are compared with the image reduced to the same extent: averaged over the windows of the poolings
/// before it, cut by the borders that unpadded convolutions lose.
struct MapLikeness: Equatable {
    /// Correlation of each channel's maps with the image, averaged over the images.
    let toImage: [Double]

    /// - Parameter correlations: of each image's maps, channel by channel, as
    ///   ``correlations(_:layer:images:network:)`` gives them.
    init(_ correlations: [[Double]]) { toImage = means(correlations) }

    /// Mean correlation of the maps with the image, signs aside: that of each channel without its sign.
    var mean: Double { meanSize(toImage) }

    /// How each channel's map correlates with its image, image by image; 0 where a map is constant.
    ///
    /// - Parameters:
    ///   - samples: the images' activations.
    ///   - layer: name of the layer.
    ///   - images: the test images.
    ///   - network: the network that made the activations.
    static func correlations(
        _ samples: [SampleActivations], layer: String, images: Split, network: Network
    ) -> [[Double]] {
        samples.compactMap { sample in
            guard let output = sample.outputs.first(where: { $0.name == layer })?.tensor else { return nil }
            let image = Plane(images, sample.index).seen(through: network, upTo: layer).cells
            return (0..<output.shape[2]).map { correlation(output.channel($0), image) }
        }
    }
}

/// Numbers in rows and columns, row by row.
private struct Plane {
    let height, width: Int
    let cells: [Double]

    /// An image of a split; the mean of its channels.
    init(_ split: Split, _ index: Int) {
        let (shape, image) = (split.shape, split.image(index))
        self.init(height: shape.height, width: shape.width) { y, x in
            let first = image.startIndex + (y * shape.width + x) * shape.channels
            return image[first..<first + shape.channels].reduce(0) { $0 + Double($1) } / Double(shape.channels)
        }
    }

    private init(height: Int, width: Int, cell: (_ y: Int, _ x: Int) -> Double) {
        self.height = height
        self.width = width
        cells = (0..<height * width).map { cell($0 / width, $0 % width) }
    }

    /// The plane reduced to the extent of a layer's maps: a convolution's output stands for the middle of what it
    /// sees, a pooling's for the mean of its window.
    func seen(through network: Network, upTo name: String) -> Plane {
        var plane = self
        for layer in network.architecture.placed where layer.output.count == 3 {
            switch layer.layer {
            case .convolution(_, let kernel, let stride, _, _):
                let (top, left) = (
                    (kernel.height - 1) / 2 - layer.border.top, (kernel.width - 1) / 2 - layer.border.left
                )
                plane = plane.reduced(to: layer.output, stride: stride, top: top, left: left, window: 1)
            case .averagePooling(let window, let stride), .maxPooling(let window, let stride):
                plane = plane.reduced(to: layer.output, stride: stride, top: 0, left: 0, window: window)
            default: break
            }
            if layer.name == name { break }
        }
        return plane
    }

    /// The means of windows that begin at `top` and `left`, as many as `shape` says.
    private func reduced(to shape: [Int], stride: Extent, top: Int, left: Int, window: Extent) -> Plane {
        Plane(height: shape[0], width: shape[1]) { y, x in
            let (row, column) = (top + y * stride.height, left + x * stride.width)
            var sum = 0.0
            for y in row..<row + window.height {
                for x in column..<column + window.width { sum += cells[y * width + x] }
            }
            return sum / Double(window.height * window.width)
        }
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
