/// Images in rows and columns, all of them in one raster, each pixel a sharp square.
public struct TileGrid: Component {
    /// Rows from the top; nil leaves a place free. All tiles have the same size.
    public var rows: [[Tile?]]
    public var rowLabels: [String] = []
    public var columnLabels: [String] = []
    /// Stand at the rows' ends.
    public var endLabels: [String] = []
    /// From one row's top to the next one's, in pixels, so that rows of tiles of other sizes can stand in line with these;
    /// it takes the place of `largestTile`.
    public var rowPitch: Double?
    /// Between two tiles, in pixels, at least.
    public var gap = Theme.tileGap
    /// Widest that a tile may become, in pixels.
    public var largestTile = 120.0
    /// Whether the grid stands in the middle of the width that is left, or at its start.
    public var isCentred = true

    public init(rows: [[Tile?]]) { self.rows = rows }

    /// The tiles row by row.
    public init(_ tiles: [Tile], columns: Int) {
        precondition(columns > 0)
        rows = stride(from: 0, to: tiles.count, by: columns).map { start in
            Array(tiles[start..<min(start + columns, tiles.count)])
        }
    }

    /// The grid after a change.
    public func with(_ change: (inout TileGrid) -> Void) -> TileGrid {
        var grid = self
        change(&grid)
        return grid
    }

    public func size(in width: Double, _ style: Style) -> Size { TileGridLayout(self, width: width, style).size }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let layout = TileGridLayout(self, width: frame.width, style)
        let slack = isCentred ? ((frame.width - layout.size.width) / 2).rounded(.down) : 0
        let origin = Point(frame.x + slack + layout.left, frame.y + layout.top)
        let atlas = layout.atlas(of: rows, background: style.theme.background)
        let size = Size(Double(atlas.width) * layout.unit, Double(atlas.height) * layout.unit)
        drawing.add(.raster(atlas, in: Rect(origin: origin, size: size)))
        var captions = style.fitted(rows.joined().compactMap { $0?.caption }, into: layout.columnPitch)[...]
        for (y, row) in rows.enumerated() {
            for (x, tile) in row.enumerated() {
                guard let tile else { continue }
                let place = layout.frame(row: y, column: x, origin: origin)
                let caption = tile.caption.flatMap { _ in captions.popFirst() }
                decorate(tile, place, caption, on: &drawing, style)
            }
        }
        drawLabels(layout, origin, on: &drawing, style)
    }

    private func decorate(
        _ tile: Tile, _ place: Rect, _ caption: String?, on drawing: inout Drawing, _ style: Style
    ) {
        if tile.isCrossed { drawing.cross(place, style.theme.alert) }
        if let color = tile.frame ?? (tile.isCrossed ? style.theme.alert : nil) {
            let width = color == style.theme.grid ? Theme.hairline : Theme.line
            drawing.stroke(.rectangle(place), Stroke(color, width: width))
        }
        if let caption {
            let at = Point(place.midX, place.maxY + Theme.label.baseline)
            drawing.add(
                .text(
                    TextLine(
                        caption, at: at, .middle, font: Theme.label,
                        color: tile.isCrossed ? style.theme.alert : style.theme.mutedInk)))
        }
    }

    private func drawLabels(_ layout: TileGridLayout, _ origin: Point, on drawing: inout Drawing, _ style: Style) {
        for (row, label) in layout.rowLabels.enumerated() {
            let place = layout.frame(row: row, column: 0, origin: origin)
            let at = Point(origin.x - Theme.endLabelGap, place.midY + Theme.label.capHeight / 2)
            drawing.add(.text(TextLine(label, at: at, .end, font: Theme.label, color: style.theme.ink)))
        }
        for (row, label) in endLabels.enumerated() {
            let place = layout.frame(row: row, column: (rows.map(\.count).max() ?? 1) - 1, origin: origin)
            let at = Point(place.maxX + Theme.endLabelGap, place.midY + Theme.label.capHeight / 2)
            drawing.add(.text(TextLine(label, at: at, font: Theme.label, color: style.theme.mutedInk)))
        }
        for (column, label) in style.fitted(columnLabels, into: layout.columnPitch).enumerated() {
            let place = layout.frame(row: 0, column: column, origin: origin)
            let at = Point(place.midX, origin.y - layout.top + Theme.label.baseline)
            drawing.add(.text(TextLine(label, at: at, .middle, font: Theme.label, color: style.theme.mutedInk)))
        }
    }
}

/// The measured part of a tile grid.
///
/// The atlas has pixels of its own, `magnification` of them along the edge of an image pixel, so that gaps need not
/// be whole image pixels.
struct TileGridLayout {
    let left: Double
    let top: Double
    /// As long as there is room for.
    let rowLabels: [String]
    /// Edge of an atlas pixel in pixels of the drawing.
    let unit: Double
    let size: Size
    private let magnification: Int
    private let columnStep: Int
    private let rowStep: Int
    private let tile: (width: Int, height: Int)
    private let atlasSize: (width: Int, height: Int)

    init(_ grid: TileGrid, width: Double, _ style: Style) {
        let columns = max(grid.rows.map(\.count).max() ?? 0, 1)
        let first = grid.rows.lazy.flatMap { $0 }.compactMap { $0 }.first
        let tile = (width: first?.width ?? 1, height: first?.height ?? 1)
        rowLabels = style.fitted(grid.rowLabels, into: Theme.longestLabel)
        let labels = style.width(of: rowLabels, in: Theme.label)
        left = grid.rowLabels.isEmpty ? 0 : labels + Theme.endLabelGap
        top = grid.columnLabels.isEmpty ? 0 : Theme.label.lineHeight
        let right = grid.endLabels.isEmpty ? 0 : style.width(of: grid.endLabels, in: Theme.label) + Theme.endLabelGap
        let free = width - left - right
        // However many columns there are, a tile has an extent.
        let room = max((free - grid.gap * Double(columns - 1)) / Double(columns), 1)
        let largest =
            grid.rowPitch.map { ($0 - grid.gap) * Double(tile.width) / Double(tile.height) } ?? grid.largestTile
        let edge = max(min(room, largest), 1) / Double(tile.width)
        let edgePixels = TileGridLayout.pixels((edge / grid.gap).rounded())
        magnification = edgePixels
        let gapPixels = TileGridLayout.pixels((grid.gap * Double(magnification) / edge).rounded())
        let across = columns * tile.width * magnification + (columns - 1) * gapPixels
        let pitched = Double(tile.height * edgePixels + gapPixels)
        unit =
            grid.rowPitch.map { $0 / pitched }
            ?? min(max(free, 1) / Double(across), grid.largestTile / Double(tile.width * edgePixels))

        let captions = grid.rows.contains { $0.contains { $0?.caption != nil } }
        let below = captions ? Theme.label.lineHeight + 3 : 0
        let rowGap = max(gapPixels, TileGridLayout.pixels((below / unit).rounded(.up)))
        columnStep = tile.width * magnification + gapPixels
        rowStep = tile.height * magnification + rowGap
        self.tile = tile
        atlasSize = (across, max(grid.rows.count * rowStep - rowGap, 1))
        size = Size(left + Double(across) * unit + right, top + Double(atlasSize.height) * unit + below)
    }

    /// So many pixels of the atlas, at least one and no more than a raster could have.
    private static func pixels(_ count: Double) -> Int { min(max(Int(saturating: count), 1), 10_000) }

    /// How wide what stands above or below a tile may be, so that it keeps clear of its neighbours'.
    var columnPitch: Double { Double(columnStep) * unit - Theme.labelGap }

    func frame(row: Int, column: Int, origin: Point) -> Rect {
        Rect(
            origin.x + Double(column * columnStep) * unit, origin.y + Double(row * rowStep) * unit,
            Double(tile.width * magnification) * unit, Double(tile.height * magnification) * unit)
    }

    func atlas(of rows: [[Tile?]], background: Color) -> Raster {
        var atlas = Raster(width: atlasSize.width, height: atlasSize.height, filledWith: background)
        for (y, row) in rows.enumerated() {
            for (x, tile) in row.enumerated() {
                guard let tile else { continue }
                precondition(tile.width == self.tile.width && tile.height == self.tile.height, "tiles differ in size")
                atlas.blit(tile, x: x * columnStep, y: y * rowStep, magnification: magnification)
            }
        }
        return atlas
    }
}

extension Raster {
    /// Copies a tile to a place, each of its pixels as a square of `magnification` pixels.
    mutating func blit(_ tile: Tile, x: Int, y: Int, magnification: Int) {
        for row in 0..<tile.height * magnification {
            let source = row / magnification * tile.width
            let target = (y + row) * width + x
            for column in 0..<tile.width * magnification {
                pixels[target + column] = tile.pixels[source + column / magnification]
            }
        }
    }
}
