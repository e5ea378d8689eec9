/// A continuous map from 0...1 to colours, kept as a table of 256.
public struct ColorMap: Sendable, Equatable {
    /// The colours at 0, 1/255, ... 1.
    public let table: [Color]

    /// - Parameter stops: colours at equal distances, at least two; between them the way is straight in OKLab.
    public init(_ stops: [Color]) {
        precondition(stops.count >= 2, "a colour map needs two ends")
        let points = stops.map(OKLab.init)
        table = (0...255).map { index in
            let position = Double(index) / 255 * Double(points.count - 1)
            let lower = min(Int(position), points.count - 2)
            return points[lower].mixed(with: points[lower + 1], position - Double(lower)).color
        }
    }

    /// The colour of a value; outside 0...1 the ends', and for NaN the lower end's.
    public func callAsFunction(_ value: Double) -> Color { table[ColorMap.index(value)] }

    static func index(_ value: Double) -> Int {
        value > 0 ? Int(min(value, 1) * 255 + 0.5) : 0
    }

    /// Even steps of lightness from dark violet to yellow, also for colour-blind eyes and in grey print.
    ///
    /// Ten control points of viridis by S. van der Walt and N. Smith, 2015 (CC0).
    public static let viridis = ColorMap([
        Color(0x440154), Color(0x482878), Color(0x3E4A89), Color(0x31688E), Color(0x26828E),
        Color(0x1F9E89), Color(0x35B779), Color(0x6DCD59), Color(0xB4DE2C), Color(0xFDE725),
    ])
}
