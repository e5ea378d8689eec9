/// A small image among others in a ``TileGrid``.
public struct Tile: Sendable {
    public let width: Int
    public let height: Int
    /// `0xRRGGBB`, row by row, `[height, width]`.
    public let pixels: [UInt32]
    /// Stands below the tile.
    public var caption: String?
    /// Crosses the tile out.
    public var isCrossed = false
    /// Drawn round the tile.
    public var frame: Color?

    /// Steps of colour that values are drawn in: more of them cannot be told apart side by side, but cost bytes.
    private static let levels = 65

    /// Grey levels of an image.
    ///
    /// - Parameters:
    ///   - levels: 0...255, `[height, width]`.
    ///   - width: in pixels.
    ///   - colors: for the levels from 0 to 255.
    ///   - caption: the line below the tile.
    public init(levels: some Collection<UInt8>, width: Int, colors: ColorMap, caption: String? = nil) {
        // As an array, whose bytes are read without a call each.
        pixels = Array(levels).map { colors.levels[Int($0)] }
        self.width = width
        height = pixels.count / width
        self.caption = caption
        precondition(width * height == pixels.count, "an image's levels must fill its rows")
    }

    /// An image in colour.
    ///
    /// - Parameters:
    ///   - colors: red, green and blue, 0...255, `[height, width, 3]`.
    ///   - width: in pixels.
    ///   - caption: the line below the tile.
    public init(colors: some Collection<UInt8>, width: Int, caption: String? = nil) {
        let values = Array(colors)
        precondition(values.count.isMultiple(of: 3 * width), "an image's colours must fill its rows")
        pixels = stride(from: 0, to: values.count, by: 3).map { first in
            UInt32(values[first]) << 16 | UInt32(values[first + 1]) << 8 | UInt32(values[first + 2])
        }
        self.width = width
        height = pixels.count / width
        self.caption = caption
    }

    /// A part of the tile, or more than it.
    ///
    /// - Parameters:
    ///   - rows: of the tile, from the top; those that it does not have lie outside.
    ///   - columns: from the left, alike.
    ///   - outside: for what the tile does not have.
    public func window(rows: Range<Int>, columns: Range<Int>, outside: Color) -> Tile {
        let pixels = rows.flatMap { row in
            columns.map { column in
                (0..<height).contains(row) && (0..<width).contains(column)
                    ? self.pixels[row * width + column] : outside.rgb
            }
        }
        return Tile(pixels: pixels, width: columns.count, height: rows.count)
    }

    /// Tiles of one size as a single one, row by row, a pixel apart.
    ///
    /// - Parameters:
    ///   - tiles: at least one.
    ///   - columns: how many stand in a row.
    ///   - between: for the pixels between them and those of places without a tile.
    public static func mosaic(_ tiles: [Tile], columns: Int, between: Color) -> Tile {
        precondition(!tiles.isEmpty && columns > 0)
        let (width, height) = (tiles[0].width, tiles[0].height)
        precondition(tiles.allSatisfy { $0.width == width && $0.height == height }, "tiles differ in size")
        let rows = (tiles.count + columns - 1) / columns
        let across = columns * (width + 1) - 1
        var pixels = [UInt32](repeating: between.rgb, count: across * (rows * (height + 1) - 1))
        for (place, tile) in tiles.enumerated() {
            let first = place / columns * (height + 1) * across + place % columns * (width + 1)
            for row in 0..<height {
                pixels.replaceSubrange(
                    first + row * across..<first + row * across + width,
                    with: tile.pixels[row * width..<(row + 1) * width])
            }
        }
        return Tile(pixels: pixels, width: across, height: rows * (height + 1) - 1)
    }

    /// The tile as it is, one pixel each.
    public var raster: Raster {
        var raster = Raster(width: width, height: height, filledWith: Color(0))
        raster.pixels = pixels
        return raster
    }

    /// The tile in a frame of this colour.
    public func framed(_ color: Color) -> Tile {
        var tile = self
        tile.frame = color
        return tile
    }

    private init(pixels: [UInt32], width: Int, height: Int) {
        self.pixels = pixels
        self.width = width
        self.height = height
    }

    /// Every `stride`-th value from `offset` on, as a map with its channels innermost holds one channel.
    ///
    /// - Parameters:
    ///   - values: `[height, width, ...]`.
    ///   - offset: position of the first value among `values`.
    ///   - stride: from one pixel's value to the next one's.
    ///   - width: in pixels.
    ///   - height: in pixels.
    ///   - range: the values that get the colours at both ends; equal ends give all values the first colour.
    ///   - colors: for the values in `range`.
    ///   - caption: the line below the tile.
    public init(
        values: [Float], offset: Int = 0, stride: Int = 1, width: Int, height: Int, range: ClosedRange<Float>,
        colors: ColorMap, caption: String? = nil
    ) {
        let table = (0..<Tile.levels).map { colors(Double($0) / Double(Tile.levels - 1)).rgb }
        // As Doubles, in which neither the extent of the widest range nor its inverse of the narrowest is infinite.
        let extent = Double(range.upperBound) - Double(range.lowerBound)
        let scale = extent > 0 ? Double(Tile.levels - 1) / extent : 0
        pixels = (0..<width * height).map { index in
            let level = (Double(values[offset + index * stride]) - Double(range.lowerBound)) * scale
            // Bounded before it is made whole; what is no number is the lowest.
            return table[level > 0 ? Int(min(level + 0.5, Double(Tile.levels - 1))) : 0]
        }
        self.width = width
        self.height = height
        self.caption = caption
    }
}
