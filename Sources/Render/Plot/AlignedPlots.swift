/// Plots whose areas are aligned: one below the other with a common x axis, or side by side with a common y axis.
public struct AlignedPlots: Component {
    public enum Direction: Sendable {
        case downwards, sideways
    }

    public var direction: Direction
    public var spacing: Double
    public var plots: [Plot]

    /// - Parameters:
    ///   - direction: in which the plots follow each other.
    ///   - spacing: between two plots.
    ///   - plots: the last one labels the common axis if they go downwards, the first one otherwise.
    public init(_ direction: Direction, spacing: Double = 2 * Theme.spacing, _ plots: [Plot]) {
        self.direction = direction
        self.spacing = spacing
        self.plots = plots
        for index in plots.indices {
            switch direction {
            case .downwards where index < plots.count - 1:
                self.plots[index].x.title = nil
                self.plots[index].x.hasTickLabels = false
            case .sideways where index > 0: self.plots[index].y.hasTickLabels = false
            default: break
            }
        }
    }

    public func size(in width: Double, _ style: Style) -> Size {
        let heights = frames(in: Rect(0, 0, width, 0), style).map(\.height)
        let whole =
            switch direction {
            case .downwards: heights.reduce(spacing * Double(max(plots.count - 1, 0)), +)
            case .sideways: heights.max() ?? 0
            }
        return Size(width, whole)
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let frames = frames(in: frame, style)
        let insets = insets(frame.width, style)
        for (plot, place) in zip(plots, frames) {
            switch direction {
            case .downwards: plot.draw(in: place, insets: insets, on: &drawing, style)
            case .sideways: plot.draw(in: place, insets: nil, on: &drawing, style)
            }
        }
    }

    /// The widest margins left and right that any of the plots needs.
    private func insets(_ width: Double, _ style: Style) -> (left: Double, right: Double) {
        let layouts = plots.map { PlotLayout($0, width: width, style) }
        return (layouts.map(\.insets.left).max() ?? 0, layouts.map(\.insets.right).max() ?? 0)
    }

    private func frames(in frame: Rect, _ style: Style) -> [Rect] {
        switch direction {
        case .downwards:
            let insets = insets(frame.width, style)
            var y = frame.y
            return plots.map { plot in
                let height = plot.size(in: frame.width, insets: insets, style).height
                defer { y += height + spacing }
                return Rect(frame.x, y, frame.width, height)
            }
        case .sideways:
            // Every area has the same width; what each plot needs beside its area comes on top.
            let beside = plots.map { plot in
                let insets = PlotLayout(plot, width: frame.width, style).insets
                return insets.left + insets.right
            }
            let gaps = spacing * Double(max(plots.count - 1, 0))
            let area = (frame.width - gaps - beside.reduce(0, +)) / Double(max(plots.count, 1))
            var x = frame.x
            return zip(plots, beside).map { plot, margin in
                defer { x += area + margin + spacing }
                return Rect(x, frame.y, area + margin, plot.size(in: area + margin, style).height)
            }
        }
    }
}
