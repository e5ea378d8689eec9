/// Data drawn into a plot: its channels say which values it covers, one function draws it.
public protocol Mark: Sendable {
    /// Values along x that must be visible.
    var xValues: [Double] { get }
    /// Values along y that must be visible.
    var yValues: [Double] { get }
    /// Texts to stand right of the plot, at the height of a value.
    var endLabels: [EndLabel] { get }
    /// Texts to stand above the plot, at a value along x.
    var topLabels: [TopLabel] { get }
    func draw(in area: PlotArea, on drawing: inout Drawing, _ style: Style)
}

extension Mark {
    public var xValues: [Double] { [] }
    public var yValues: [Double] { [] }
    public var endLabels: [EndLabel] { [] }
    public var topLabels: [TopLabel] { [] }
}

/// The inner part of a plot, with the scales that lead into it.
public struct PlotArea: Sendable {
    public let frame: Rect
    public let x: PositionScale
    public let y: PositionScale

    func point(_ position: Point) -> Point { Point(x(position.x), y(position.y)) }
}

/// A direct label at the right end of a mark.
public struct EndLabel: Sendable, Equatable {
    public var text: String
    /// The mark's last value.
    public var value: Double
    public var color: Color
    /// Of the mark, a piece of which stands before the text where any of a plot's marks has a dash.
    public var dash: [Double]
}

/// A label at the top end of a vertical rule.
public struct TopLabel: Sendable, Equatable {
    public var text: String
    /// The rule's value along x.
    public var value: Double
    public var color: Color
}
