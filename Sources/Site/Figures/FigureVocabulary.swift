import Learn
import Render

extension Words {
    /// A class's name where there is room for it.
    func className(_ label: Int) throws -> String { try self("class.\(label)") }

    /// A class's name as short as can be understood.
    func shortClassName(_ label: Int) throws -> String { try self("class.\(label).short") }

    func shortClassNames() throws -> [String] { try (0..<classCount).map(shortClassName) }

    /// How many classes have names.
    var classCount: Int { (0...).first { !has("class.\($0)") } ?? 0 }

    /// What kind of image it is: in grey or in colour.
    func kind(of image: ImageShape) throws -> String { try self(image.channels == 1 ? "image.grey" : "image.colour") }

    /// A network's name as a label.
    func name(of network: Network) throws -> String { try self("network.\(network.name)") }

    /// A network's name as a sentence has it.
    func phrase(for network: Network) throws -> String { try self("network.\(network.name).phrase") }

    /// What kind of layer it is, with its settings.
    func description(of layer: Layer) throws -> String {
        switch layer {
        case .convolution(let filters, let kernel, _, let padding, _):
            try self(
                "layer.convolution.\(padding.key)",
                ["filters": self(.count(filters)), "kernel": self(.shape([kernel.height, kernel.width]))])
        case .averagePooling(let window, _):
            try self("layer.averagePooling", ["window": self(.shape([window.height, window.width]))])
        case .maxPooling(let window, _):
            try self("layer.maxPooling", ["window": self(.shape([window.height, window.width]))])
        case .globalAveragePooling: try self("layer.globalAveragePooling")
        case .globalMaxPooling: try self("layer.globalMaxPooling")
        case .batchNormalization: try self("layer.batchNormalization")
        case .rescaling: try self("layer.rescaling")
        case .activation(let activation): try self("layer.activation.\(activation.kind)")
        case .dropout(let rate): try self("layer.dropout", ["rate": self(.share(rate, places: 0))])
        case .flatten: try self("layer.flatten")
        case .dense(let units, _): try self("layer.dense", ["units": self(.count(units))])
        }
    }

    func percentage(_ share: Double, places: Int = 1) throws -> String { try self(.share(share, places: places)) }

    /// A probability as a percentage that does not claim certainty where rounding would.
    func probability(_ value: Float) throws -> String { try self(.certainty(Double(value))) }

    func count(_ value: Int) throws -> String { try self(.count(value)) }

    /// Sentences one after the other.
    func paragraph(_ sentences: String...) -> String { paragraph(sentences) }

    func paragraph(_ sentences: [String]) -> String { sentences.joined(separator: language.space) }

    /// Names in a row, with the language's comma between them.
    func list(_ names: [String]) throws -> String { names.joined(separator: try self("list.separator")) }
}

extension Padding {
    /// Of what it is called.
    fileprivate var key: String {
        switch self {
        case .same: "same"
        case .valid: "valid"
        case .zeros: "zeros"
        }
    }
}

extension Theme {
    /// How a network is drawn in every figure.
    ///
    /// - Parameter runs: those that the site tells of.
    func look(of network: Network, among runs: [Run]) -> SeriesStyle {
        series(at: NetworkRows.order(of: runs).firstIndex(of: network.name) ?? 0)
    }
}

extension Theme {
    /// The grey in which layers of a kind are drawn.
    func shade(of layer: Layer) -> Color {
        switch layer {
        case .convolution: shades[1]
        case .averagePooling, .maxPooling, .globalAveragePooling, .globalMaxPooling, .batchNormalization, .rescaling,
            .activation:
            shades[2]
        case .dropout, .flatten: mutedInk
        case .dense: shades[0]
        }
    }
}

extension Split {
    /// An image as a tile.
    func tile(_ index: Int, _ theme: Theme, caption: String? = nil) -> Tile {
        shape.channels == 3
            ? Tile(colors: image(index), width: shape.width, caption: caption)
            : Tile(levels: image(index), width: shape.width, colors: theme.tone, caption: caption)
    }
}

extension Run {
    /// The test image that the article follows through the layers: the first one shown of the last class.
    var chosenSample: SampleActivations? { samples.first { $0.label == samples.last?.label } }

    /// Probabilities of one test image, class by class.
    func probabilities(of image: Int) -> [Float] {
        let classes = predictions.shape[1]
        return Array(predictions.values[image * classes..<(image + 1) * classes])
    }
}

extension SampleActivations {
    /// - Precondition: the layer is one of those whose outputs a run keeps.
    func output(of layer: String) -> Tensor {
        guard let output = outputs.first(where: { $0.name == layer }) else {
            preconditionFailure("a run keeps no outputs of \(layer)")
        }
        return output.tensor
    }
}

extension Tensor {
    /// The channels of a map as tiles.
    ///
    /// - Precondition: the shape is `[height, width, channels]`.
    func tiles(range: ClosedRange<Float>, colors: ColorMap) -> [Tile] {
        let (height, width, channels) = (shape[0], shape[1], shape[2])
        return (0..<channels).map { channel in
            Tile(
                values: values, offset: channel, stride: channels, width: width, height: height, range: range,
                colors: colors)
        }
    }

    /// One channel of a map on a scale of its own, from zero, or with zero in the middle.
    ///
    /// - Precondition: the shape is `[height, width, channels]`.
    func ownScaleTile(_ channel: Int, colors: ColorMap, isSigned: Bool) -> Tile {
        let channels = shape[2]
        let reach = stride(from: channel, to: values.count, by: channels).reduce(Float.leastNormalMagnitude) {
            max($0, abs(values[$1]))
        }
        return Tile(
            values: values, offset: channel, stride: channels, width: shape[1], height: shape[0],
            range: (isSigned ? -reach : 0)...reach, colors: colors)
    }
}

extension ColorBar {
    /// The bar beside what stands at the head of a figure; below it on a phone, where there is no room for both.
    func beside(_ head: any Component, _ format: Format) -> any Component {
        format == .narrow ? Column([head, self]) : Row([(0.5, head), (0.5, self)])
    }
}

extension TileGrid {
    /// The widest grid whose tiles can still be made out.
    static let mostColumns = 16
    /// The same on a phone.
    static let mostNarrowColumns = 8
    /// How high a grid of few columns becomes, about.
    private static let blockHeight = 600.0

    /// How many of so many columns stand side by side.
    static func blockWidth(of columns: Int, most: Int = mostColumns) -> Int {
        let blocks = max((columns + most - 1) / most, 1)
        return max((columns + blocks - 1) / blocks, 1)
    }

    /// The columns of a block of tiles that are read one by one, without a last row that is nearly empty.
    static func mosaicWidth(of tiles: Int) -> Int {
        switch tiles {
        case ...6: 6
        case ...8: tiles
        case ...12: (tiles + 1) / 2
        case ...32: 8
        default: 16
        }
    }

    /// Rows of numbered tiles, cut into grids of equal width one below the other where they are too long.
    static func blocks(rows: [[Tile]], rowLabels: [String], _ format: Format) -> [TileGrid] {
        let count = rows.first?.count ?? 0
        let width = blockWidth(of: count, most: format == .narrow ? mostNarrowColumns : mostColumns)
        let blocks = max((count + width - 1) / width, 1)
        // Beside large pixels a small gap would not be seen.
        let pixel = format.width / Double(width * (rows.first?.first?.width ?? 1))
        let gap = pixel > 14 ? Theme.looseTileGap : pixel > 8 ? Theme.tileGap : Theme.denseTileGap
        let largest = max(Theme.smallTile, blockHeight / Double(max(rows.count, 1) * blocks))
        return stride(from: 0, to: count, by: width).map { start in
            let columns = start..<min(start + width, count)
            // The last one may have fewer columns, but no larger ones.
            let free = [Tile?](repeating: nil, count: width - columns.count)
            return TileGrid(rows: rows.map { $0[columns].map(Optional.some) + free }).with {
                $0.rowLabels = rowLabels
                $0.columnLabels = columns.map { String($0 + 1) }
                $0.gap = gap
                $0.isCentred = false
                $0.largestTile = min($0.largestTile, largest)
            }
        }
    }
}
