/// The measured part of a flow diagram: its rows, and what stands where in them.
struct FlowLayout {
    struct Row {
        let stages: ArraySlice<FlowDiagram.Stage>
        let height: Double
    }

    let rows: [Row]
    let columnWidth: Double

    /// Height of the room for what is drawn of the stages, and of a bar of the greatest cost.
    static let blockHeight = 116.0, barHeight = 36.0
    static let barWidth = 30.0
    static let rowGap = 2 * Theme.spacing
    /// Over the title of a row of bars.
    static let stripGap = Theme.spacing
    /// A row of bars with its title, and two lines over the tallest bar.
    static let stripHeight = stripGap + Theme.strongLabel.lineHeight + barHeight + 2 * Theme.label.lineHeight + 6
    /// In less, names and numbers would be cut.
    private static let leastColumn = 100.0
    /// So that a few stages are not far apart.
    private static let widestColumn = 150.0

    init(_ diagram: FlowDiagram, width: Double, _ style: Style) {
        let stages = diagram.stages
        let most = max(1, Int(saturating: width / FlowLayout.leastColumn))
        let rowCount = max((stages.count + most - 1) / most, 1)
        // All rows are equally long but for the last.
        let columns = max((stages.count + rowCount - 1) / rowCount, 1)
        columnWidth = min(width / Double(columns), FlowLayout.widestColumn)
        let textWidth = columnWidth - Theme.labelGap
        rows = stride(from: 0, to: stages.count, by: columns).map { start in
            let row = stages[start..<min(start + columns, stages.count)]
            let lines = row.map { FlowLayout.lines(of: $0, in: textWidth, style).count + 1 }.max() ?? 1
            return Row(
                stages: row,
                height: FlowLayout.blockHeight + Double(lines) * Theme.label.lineHeight
                    + Double(diagram.costTitles.count) * FlowLayout.stripHeight)
        }
    }

    /// Between the rows, in all.
    var gaps: Double { FlowLayout.rowGap * Double(max(rows.count - 1, 0)) }

    func middle(of column: Int, in place: Rect) -> Double { place.x + (Double(column) + 0.5) * columnWidth }

    /// What stands below a stage's name.
    func lines(of stage: FlowDiagram.Stage, _ style: Style) -> [String] {
        FlowLayout.lines(of: stage, in: columnWidth - Theme.labelGap, style)
    }

    func fitted(_ text: String, _ style: Style) -> String { style.fitted(text, into: columnWidth - Theme.labelGap) }

    private static func lines(of stage: FlowDiagram.Stage, in width: Double, _ style: Style) -> [String] {
        stage.notes.flatMap { LineBreaking.lines(of: $0, in: width, Theme.label, style) }
    }
}

/// How large the stages of a flow diagram are drawn, all on the same scales.
struct FlowScale {
    /// Pixels of the drawing for a row or column of a plane, for a plane's distance to the next, and for a unit.
    private let pixel, step, unit: Double

    /// How far the planes behind rise above those before them.
    static let slope = 0.35
    /// Planes that lie closer are not drawn one by one.
    static let leastStep = 1.5
    private static let widestStep = 4.0
    /// The tallest that a plane, a bar of units or an image is drawn.
    private static let tallest = 78.0
    private static let least = 4.0
    private static let unitWidth = 12.0

    init(_ stages: [FlowDiagram.Stage], columnWidth: Double) {
        let room = columnWidth - 26
        var (extent, units) = (1, 1)
        for stage in stages {
            switch stage.form {
            case .image(let tile): extent = max(extent, tile.height, tile.width)
            case .planes(_, let height, let width): extent = max(extent, height, width)
            case .units(let count): units = max(units, count)
            }
        }
        let pixel = min(FlowScale.tallest, room * 0.8) / Double(extent)
        step = stages.reduce(FlowScale.widestStep) { step, stage in
            guard case .planes(let count, let height, let width) = stage.form, count > 1 else { return step }
            let wide = room - max(Double(width) * pixel, FlowScale.least)
            let tall = (FlowLayout.blockHeight - 8 - max(Double(height) * pixel, FlowScale.least)) / FlowScale.slope
            return min(step, min(wide, tall) / Double(count - 1))
        }
        self.pixel = pixel
        unit = FlowScale.tallest / Double(units)
    }

    /// Of a single plane.
    func face(_ height: Int, _ width: Int) -> Size {
        Size(max(Double(width) * pixel, FlowScale.least), max(Double(height) * pixel, FlowScale.least))
    }

    /// How far the last of so many planes lies to the right of the first.
    func depth(of count: Int) -> Double { step * Double(count - 1) }

    func size(of form: FlowDiagram.Stage.Form) -> Size {
        switch form {
        case .image(let tile): return face(tile.height, tile.width)
        case .planes(let count, let height, let width):
            let (face, depth) = (face(height, width), depth(of: count))
            return Size(face.width + depth, face.height + depth * FlowScale.slope)
        case .units(let count): return Size(FlowScale.unitWidth, max(Double(count) * unit, FlowScale.least))
        }
    }
}
