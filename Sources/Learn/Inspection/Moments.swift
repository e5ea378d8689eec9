import KernelInterface

/// Sums over places and images from which correlations of maps with patterns follow. They are kept for each shard of
/// images, in double precision, and added in the order of the shards.
struct Moments {
    let filters: Int
    /// Of products, `[filters, patterns]`; of maps and their squares, `[filters]` each; of patterns and their squares.
    let sums: UnsafeMutablePointer<Double>

    private static let patterns = PlainPattern.allCases.count

    static func size(filters: Int) -> Int { filters * (patterns + 2) + 2 * patterns }

    /// Adds a block of images.
    /// - Parameters:
    ///   - maps: `[height, width, filters, 16]`.
    ///   - planes: of each pattern, `[patterns, height, width]`.
    ///   - lanes: images of the block.
    func add(_ maps: MapView, _ planes: [Lanes], lanes: Int) {
        let layout = maps.layout
        let area = layout.height * layout.width
        planes.withUnsafeBufferPointer { planes in
            for filter in 0..<filters {
                for pattern in 0..<Moments.patterns {
                    let plane = planes[pattern * area..<(pattern + 1) * area]
                    sums[filter * Moments.patterns + pattern] += total(layout, lanes) { y, x in
                        maps[y, x, filter] * plane[plane.startIndex + y * layout.width + x]
                    }
                }
                let own = sums + filters * Moments.patterns + 2 * filter
                own[0] += total(layout, lanes) { y, x in maps[y, x, filter] }
                own[1] += total(layout, lanes) { y, x in maps[y, x, filter] * maps[y, x, filter] }
            }
            for pattern in 0..<Moments.patterns {
                let plane = planes[pattern * area..<(pattern + 1) * area]
                let own = sums + filters * (Moments.patterns + 2) + 2 * pattern
                func cell(_ y: Int, _ x: Int) -> Lanes { plane[plane.startIndex + y * layout.width + x] }
                own[0] += total(layout, lanes) { y, x in cell(y, x) }
                own[1] += total(layout, lanes) { y, x in cell(y, x) * cell(y, x) }
            }
        }
    }

    /// The sum over a plane and the first lanes: row by row in single precision, the rows in double precision.
    @inline(__always)
    private func total(_ layout: MapLayout, _ lanes: Int, _ value: (_ y: Int, _ x: Int) -> Lanes) -> Double {
        var sum = 0.0
        for y in 0..<layout.height {
            var row = Lanes.zero
            for x in 0..<layout.width { row += value(y, x) }
            for lane in 0..<lanes { sum += Double(row[lane]) }
        }
        return sum
    }

    /// - Parameters:
    ///   - sums: of all shards together.
    ///   - count: places times images.
    /// - Returns: `[filters, patterns]`
    static func correlations(_ sums: [Double], filters: Int, count: Int) -> Tensor {
        let count = Double(count)
        /// `count` squared times the variance; 0 where it could be what rounding leaves.
        func spread(_ index: Int) -> Double {
            let (sum, squares) = (sums[index], sums[index + 1])
            let spread = count * squares - sum * sum
            return spread > 1e-5 * count * squares ? spread : 0
        }
        var values: [Float] = []
        for filter in 0..<filters {
            let map = filters * patterns + 2 * filter
            for pattern in 0..<patterns {
                let plane = filters * (patterns + 2) + 2 * pattern
                let scale = (spread(map) * spread(plane)).squareRoot()
                let covariance = count * sums[filter * patterns + pattern] - sums[map] * sums[plane]
                values.append(scale > 0 ? Float(max(-1, min(1, covariance / scale))) : 0)
            }
        }
        return Tensor(shape: [filters, patterns], values: values)
    }
}

/// A number of each image of a block.
typealias Lanes = SIMD16<Float>

extension MapView {
    subscript(_ y: Int, _ x: Int, _ channel: Int) -> Lanes {
        @inline(__always) get {
            let place = pointer + (y * layout.row + x * layout.channels + channel) * layout.element
            return UnsafeRawPointer(place.elements(blockLanes)).loadUnaligned(as: Lanes.self)
        }
    }
}
