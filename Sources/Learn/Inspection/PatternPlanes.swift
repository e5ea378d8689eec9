import KernelInterface

/// What ``PlainPattern`` says of a block of images, at the places of a layer's maps.
///
/// The image is brought to the size of the input of the last convolution: a cell is the mean of as many pixels as lie
/// between one place of that input and the next, in the middle of what the place sees. The patterns are measured
/// around the middle of what each of the convolution's outputs sees, and averaged over the windows of the poolings
/// behind it. Outside the image all is 0.
struct PatternPlanes: Sendable {
    private let image: ImageShape
    /// Rows and columns of pixels in a cell; where the first of those that are needed begins.
    private let cell: Extent
    private let top, left: Int
    /// Cells that are needed.
    private let cells: Extent
    /// Cells on each side of the middle.
    private let reach: Extent
    /// From one output of the convolution to the next, in cells.
    private let stride: Extent
    private let outputs: Extent
    /// Window, stride and extent of the output of each pooling behind the convolution.
    private let poolings: [(window: Extent, stride: Extent, output: Extent)]

    init(_ architecture: Architecture, upTo layer: PlacedLayer) {
        let before = architecture.placed.prefix { $0.position <= layer.position }
        let last = before.last { if case .convolution = $0.layer { true } else { false } }
        let first = last?.position ?? 0
        let input = before.last { $0.position < first }?.receptiveField ?? .pixel
        var (kernel, stride, border) = (Extent(1, 1), Extent(1, 1), Border.none)
        if let last, case .convolution(_, let extent, let step, _, _) = last.layer {
            (kernel, stride, border) = (extent, step, last.border)
        }
        image = architecture.input
        cell = input.stride
        reach = Extent(max(1, (kernel.height - 1) / 2), max(1, (kernel.width - 1) / 2))
        self.stride = stride
        outputs = Extent(
            last?.output[0] ?? architecture.input.height, last?.output[1] ?? architecture.input.width)
        cells = Extent(
            (outputs.height - 1) * stride.height + 1 + 2 * reach.height,
            (outputs.width - 1) * stride.width + 1 + 2 * reach.width)
        let (row, column) = (
            (kernel.height - 1) / 2 - border.top - reach.height, (kernel.width - 1) / 2 - border.left - reach.width
        )
        top = input.top + (input.extent.height - cell.height) / 2 + row * cell.height
        left = input.left + (input.extent.width - cell.width) / 2 + column * cell.width
        poolings = before.drop { $0.position <= first }.compactMap { layer in
            switch layer.layer {
            case .averagePooling(let window, let stride), .maxPooling(let window, let stride):
                (window, stride, Extent(layer.output[0], layer.output[1]))
            default: nil
            }
        }
    }

    /// - Returns: `[patterns, height, width]`
    func planes(of images: MapView, _ scratch: inout PatternScratch) -> [Lanes] {
        fillCells(&scratch.cells, images)
        for y in 0..<outputs.height {
            for x in 0..<outputs.width { fillPatterns(&scratch, y, x) }
        }
        var (planes, extent) = (scratch.patterns, outputs)
        for pooling in poolings {
            planes = pooled(planes, extent, pooling)
            extent = pooling.output
        }
        return planes
    }

    private func fillCells(_ means: inout [Lanes], _ images: MapView) {
        let share = 1 / Float(cell.height * cell.width * image.channels)
        for row in 0..<cells.height {
            for column in 0..<cells.width {
                let (y, x) = (top + row * cell.height, left + column * cell.width)
                var sum = Lanes.zero
                for y in PatternPlanes.inside(y, cell.height, of: image.height) {
                    for x in PatternPlanes.inside(x, cell.width, of: image.width) {
                        for channel in 0..<image.channels { sum += images[y, x, channel] }
                    }
                }
                means[row * cells.width + column] = sum * share
            }
        }
    }

    /// Those of `count` numbers from `first` on that lie in 0..<limit.
    private static func inside(_ first: Int, _ count: Int, of limit: Int) -> Range<Int> {
        let start = min(max(0, first), limit)
        return start..<max(start, min(limit, first + count))
    }

    /// All patterns at one output of the convolution.
    private func fillPatterns(_ scratch: inout PatternScratch, _ y: Int, _ x: Int) {
        let middle = (y * stride.height + reach.height) * cells.width + x * stride.width + reach.width
        func cell(_ dy: Int, _ dx: Int) -> Lanes { scratch.cells[middle + dy * cells.width + dx] }
        let (rows, columns) = (reach.height, reach.width)
        var (mean, brightest) = (Lanes.zero, Lanes.zero)
        var (right, down, upright, level) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
        for dy in -rows...rows {
            let byRow = Float(rows + 1 - abs(dy))
            for dx in -columns...columns {
                let (value, byColumn) = (cell(dy, dx), Float(columns + 1 - abs(dx)))
                mean += value * (byRow * byColumn)
                right += value * (byRow * Float(dx.signum()))
                down += value * (byColumn * Float(dy.signum()))
                brightest.replace(with: value, where: value .> brightest)
            }
            upright += (2 * cell(dy, 0) - cell(dy, columns) - cell(dy, -columns)) * byRow
        }
        for dx in -columns...columns {
            level += (2 * cell(0, dx) - cell(rows, dx) - cell(-rows, dx)) * Float(columns + 1 - abs(dx))
        }
        // Differences of the means of the halves, so that both directions have one scale.
        right *= 1 / Float((rows + 1) * (rows + 1) * columns)
        down *= 1 / Float((columns + 1) * (columns + 1) * rows)
        let empty = Lanes.zero.replacing(with: 1, where: brightest .<= PlainPattern.emptyLevel)
        var place = y * outputs.width + x
        for value in [
            mean, empty, positive(right), positive(-right), positive(down), positive(-down), positive(right + down),
            positive(down - right), positive(right - down), positive(-right - down),
            (right * right + down * down).squareRoot(), positive(upright), positive(-upright), positive(level),
            positive(-level),
        ] {
            scratch.patterns[place] = value
            place += outputs.height * outputs.width
        }
    }

    @inline(__always)
    private func positive(_ lanes: Lanes) -> Lanes { lanes.replacing(with: 0, where: lanes .< 0) }

    /// The means of a pooling's windows.
    private func pooled(
        _ planes: [Lanes], _ input: Extent, _ pooling: (window: Extent, stride: Extent, output: Extent)
    ) -> [Lanes] {
        let (window, stride, output) = pooling
        let share = 1 / Float(window.height * window.width)
        return (0..<PlainPattern.allCases.count).flatMap { pattern in
            (0..<output.height * output.width).map { place in
                let (y, x) = (place / output.width * stride.height, place % output.width * stride.width)
                var sum = Lanes.zero
                for y in y..<y + window.height {
                    for x in x..<x + window.width { sum += planes[(pattern * input.height + y) * input.width + x] }
                }
                return sum * share
            }
        }
    }

    var cellCount: Int { cells.height * cells.width }
    var patternCount: Int { PlainPattern.allCases.count * outputs.height * outputs.width }
}

/// What a thread needs to work out patterns.
struct PatternScratch {
    fileprivate var cells: [Lanes]
    /// Before any pooling.
    fileprivate var patterns: [Lanes]

    init(_ planes: PatternPlanes) {
        cells = Array(repeating: .zero, count: planes.cellCount)
        patterns = Array(repeating: .zero, count: planes.patternCount)
    }
}
