import KernelInterface

/// A pattern in an image that can be told in a word, to compare a filter's map with.
///
/// All are measured in a window as large as the filter's kernel, of an image brought to the size of the layer's input:
/// the weight of a cell falls linearly from the window's middle along each axis that is not the one of the pattern.
public enum PlainPattern: String, CaseIterable, Sendable {
    /// Brightness: the mean of the window. A filter that likes the dark has a negative correlation with it.
    case ink
    /// 1 where nothing in the window is brighter than ``emptyLevel``, else 0.
    case empty
    /// Edges by the side of the bright thing on which they lie: brightness rises to the right at a left one. The
    /// difference of the window's halves where it is positive, else 0.
    case left, right, upper, lower
    /// The same along a diagonal.
    case upperLeft, upperRight, lowerLeft, lowerRight
    /// Edges of any direction: the length of the gradient.
    case outline
    /// Upright and level stripes, brighter or darker than what lies on both sides: the second difference.
    case uprightBright, uprightDark, levelBright, levelDark

    /// Of pixels that count as none, with 1 as white: what scanning or JPEG may leave of black.
    public static let emptyLevel: Float = 5.0 / 255
}

/// How each filter's maps agree with plain patterns of the images that they were made of.
public struct FilterRoles: Sendable, Equatable {
    /// For each layer with maps, under its name: Pearson's correlation of each filter's map with each pattern,
    /// `[filters, patterns]` in the order of ``PlainPattern``, over all places of all images together; 0 where the map
    /// or the pattern is constant.
    public let layers: [NamedTensor]

    /// Test images that are compared at most, evenly spread.
    public static let mostImages = 1000

    public init(layers: [NamedTensor]) { self.layers = layers }
}

extension FilterRoles {
    var tensors: [NamedTensor] { layers.map { NamedTensor("\(FilterRoles.name).\($0.name)", $0.tensor) } }

    init(_ form: InspectionForm, from reader: inout TensorReader) throws(RunDefect) {
        var layers: [NamedTensor] = []
        for layer in form.architecture.observed where layer.output.count == 3 {
            let shape = [layer.output[2], PlainPattern.allCases.count]
            layers.append(NamedTensor(layer.name, try reader.tensor("\(FilterRoles.name).\(layer.name)", shape)))
        }
        self.init(layers: layers)
    }

    private static let name = "roles"
}

extension Model {
    /// - Precondition: the data's images are the architecture's.
    func filterRoles(of dataset: Dataset, images: Int = FilterRoles.mostImages) -> FilterRoles {
        let positions = dataset.test.spread(images)
        let compared = architecture.observed.filter { $0.output.count == 3 }.map { ($0, place(of: $0)) }
        let patterns = compared.map { PatternPlanes(architecture, upTo: $0.0) }
        let shards = shards(of: positions.count)
        let moments = compared.map { layer, _ in
            let size = Moments.size(filters: layer.output[2])
            return (size: size, sums: Buffer(shards.count * size, repeating: 0.0))
        }
        observe(positions, of: dataset.test) { shard, samples, pass in
            for (index, (layer, place)) in compared.enumerated() {
                let (size, sums) = moments[index]
                let moments = Moments(filters: layer.output[2], sums: sums.pointer + shard * size)
                var scratch = PatternScratch(patterns[index])
                for block in 0..<pass.shard.blocks {
                    let planes = patterns[index].planes(of: pass.values[0].maps(block).read, &scratch)
                    moments.add(
                        pass.values[place].maps(block).read, planes,
                        lanes: min(blockLanes, samples.count - block * blockLanes))
                }
            }
        }
        return FilterRoles(
            layers: zip(compared, moments).map { layer, moments in
                let (filters, area) = (layer.0.output[2], layer.0.output[0] * layer.0.output[1])
                let sums = moments.sums.values
                var total = [Double](repeating: 0, count: moments.size)
                for shard in 0..<shards.count {
                    for index in 0..<moments.size { total[index] += sums[shard * moments.size + index] }
                }
                return NamedTensor(
                    layer.0.name, Moments.correlations(total, filters: filters, count: positions.count * area))
            })
    }
}
