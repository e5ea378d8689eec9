/// A picture that is looked at by itself, with what was measured of it below.
public struct Plate: Sendable {
    public var picture: Tile
    /// Below at the left: a number or a name.
    public var label: String
    /// Below at the right: what the bar stands for.
    public var value = ""
    /// Length of the bar below, from 0 to 1 for the picture's width; nil for none.
    public var share: Double?
    /// Below the bar, in as many lines as it needs.
    public var note = ""

    public init(_ picture: Tile, label: String = "") {
        self.picture = picture
        self.label = label
    }
}

/// Plates in rows, each picture fitted into a square of one size; small pictures are enlarged to sharp squares.
public struct PlateGrid: Component {
    /// Rows from the top; nil leaves a place free.
    public var rows: [[Plate?]]
    /// Between two pictures of a row, and from what is below one to the next, in pixels.
    public var gap = Theme.spacing
    /// Widest that a picture may become, in pixels.
    public var largest = 150.0
    /// Whether the grid stands in the middle of the width, or at its start.
    public var isCentred = true

    public init(rows: [[Plate?]]) { self.rows = rows }

    /// The plates row by row.
    public init(_ plates: [Plate], columns: Int) {
        precondition(columns > 0)
        rows = stride(from: 0, to: plates.count, by: columns).map { start in
            Array(plates[start..<min(start + columns, plates.count)])
        }
    }

    /// The grid after a change.
    public func with(_ change: (inout PlateGrid) -> Void) -> PlateGrid {
        var grid = self
        change(&grid)
        return grid
    }

    private var columns: Int { max(rows.map(\.count).max() ?? 0, 1) }

    /// Edge of the squares.
    private func edge(in width: Double) -> Double {
        max(min((width + gap) / Double(columns) - gap, largest).rounded(.down), 1)
    }

    public func size(in width: Double, _ style: Style) -> Size {
        let edge = edge(in: width)
        let heights = rows.map { PlateRow($0, edge: edge, style).height }
        let across = Double(columns) * (edge + gap) - gap
        return Size(across, heights.reduce(gap * Double(max(rows.count - 1, 0)), +))
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let edge = edge(in: frame.width)
        let slack = isCentred ? ((frame.width - size(in: frame.width, style).width) / 2).rounded(.down) : 0
        var y = frame.y
        for plates in rows {
            let row = PlateRow(plates, edge: edge, style)
            for (column, plate) in plates.enumerated() {
                guard let plate else { continue }
                let x = frame.x + max(slack, 0) + Double(column) * (edge + gap)
                row.draw(plate, at: Point(x, y), on: &drawing, style)
            }
            y += row.height + gap
        }
    }
}

/// The measured parts of a row of plates, one below the other.
private struct PlateRow {
    let edge: Double
    private let pictureHeight: Double
    private let labelHeight: Double
    private let barHeight: Double
    private let noteHeight: Double

    private static let bar = 4.0

    var height: Double { pictureHeight + labelHeight + barHeight + noteHeight }

    init(_ plates: [Plate?], edge: Double, _ style: Style) {
        let plates = plates.compactMap { $0 }
        self.edge = edge
        pictureHeight = plates.map { PlateRow.fitted($0.picture, into: edge).height }.max() ?? 0
        let hasLabels = plates.contains { !$0.label.isEmpty || !$0.value.isEmpty }
        labelHeight = hasLabels ? Theme.label.lineHeight + 2 : 0
        barHeight = plates.contains { $0.share != nil } ? PlateRow.bar + 2 : 0
        let lines = plates.map {
            $0.note.isEmpty ? 0 : LineBreaking.lines(of: $0.note, in: edge, Theme.label, style).count
        }
        noteHeight = Double(lines.max() ?? 0) * Theme.label.lineHeight
    }

    private static func fitted(_ picture: Tile, into edge: Double) -> Size {
        let scale = edge / Double(max(picture.width, picture.height, 1))
        return Size(Double(picture.width) * scale, Double(picture.height) * scale)
    }

    func draw(_ plate: Plate, at origin: Point, on drawing: inout Drawing, _ style: Style) {
        let size = PlateRow.fitted(plate.picture, into: edge)
        let place = Rect(
            origin.x + (edge - size.width) / 2, origin.y + (pictureHeight - size.height) / 2, size.width, size.height)
        drawing.add(plate.picture, in: place, style.theme)
        drawLine(of: plate, at: origin, on: &drawing, style)
        if let share = plate.share {
            let track = Rect(origin.x, origin.y + pictureHeight + labelHeight, edge, PlateRow.bar)
            drawing.fill(.rectangle(track), style.theme.grid)
            let length = share.isNaN ? 0 : min(max(share, 0), 1) * edge
            if length > 0 { drawing.fill(.rectangle(Rect(track.x, track.y, length, track.height)), style.theme.ink) }
        }
        guard !plate.note.isEmpty else { return }
        let top = origin.y + pictureHeight + labelHeight + barHeight
        let lines = Rect(origin.x, top, edge, noteHeight)
        TextBlock(plate.note, .note).draw(in: lines, on: &drawing, style)
    }

    /// Label and value share the width; where both have no room, the value is cut.
    private func drawLine(of plate: Plate, at origin: Point, on drawing: inout Drawing, _ style: Style) {
        let theme = style.theme
        let baseline = origin.y + pictureHeight + 1 + Theme.label.baseline
        let label = style.fitted(plate.label, into: edge)
        let left = label.isEmpty ? 0 : style.width(of: label, in: Theme.label) + Theme.labelGap
        let value = style.fitted(plate.value, into: edge - left)
        let color = plate.picture.isCrossed ? theme.alert : theme.ink
        if !label.isEmpty {
            drawing.add(.text(TextLine(label, at: Point(origin.x, baseline), font: Theme.label, color: color)))
        }
        if !value.isEmpty, style.width(of: value, in: Theme.label) <= edge - left {
            let end = Point(origin.x + edge, baseline)
            drawing.add(.text(TextLine(value, at: end, .end, font: Theme.label, color: theme.mutedInk)))
        }
    }
}

extension Drawing {
    /// A picture in a hairline frame, for zero is the colour of the page; crossed out if it is so.
    public mutating func add(_ picture: Tile, in place: Rect, _ theme: Theme) {
        add(.raster(picture.raster, in: place))
        if picture.isCrossed { cross(place, theme.alert) }
        let frame = picture.frame ?? (picture.isCrossed ? theme.alert : theme.grid)
        stroke(.rectangle(place), Stroke(frame, width: Theme.hairline))
    }

    /// Crosses a tile out.
    mutating func cross(_ place: Rect, _ color: Color) {
        let corners = place.inset(by: 2)
        stroke(
            .lines([
                [Point(corners.x, corners.y), Point(corners.maxX, corners.maxY)],
                [Point(corners.maxX, corners.y), Point(corners.x, corners.maxY)],
            ]), Stroke(color, width: Theme.line))
    }
}
