/// A continuous map from 0...1 to colours, kept as a table of 256.
public struct ColorMap: Sendable, Equatable {
    /// The colours at 0, 1/255, ... 1.
    public let table: [Color]
    /// The same as `0xRRGGBB`.
    let levels: [UInt32]

    /// - Parameter stops: colours at equal distances, at least two; between them the way is straight in OKLab.
    public init(_ stops: [Color]) {
        let last = Double(max(stops.count - 1, 1))
        self.init(stops.enumerated().map { (Double($0.offset) / last, $0.element) })
    }

    /// - Parameter stops: colours at rising values from 0 to 1, at least two; between them the way is straight in
    /// OKLab.
    public init(_ stops: [(value: Double, color: Color)]) {
        precondition(stops.count >= 2 && stops.first?.value == 0 && stops.last?.value == 1, "a map needs two ends")
        let points = stops.map { OKLab($0.color) }
        table = (0...255).map { index in
            let value = Double(index) / 255
            let upper = stops.dropFirst().firstIndex { $0.value >= value } ?? stops.count - 1
            let (start, end) = (stops[upper - 1].value, stops[upper].value)
            return points[upper - 1].mixed(with: points[upper], (value - start) / (end - start)).color
        }
        levels = table.map(\.rgb)
    }

    /// The colour of a value; outside 0...1 the ends', and for NaN the lower end's.
    public func callAsFunction(_ value: Double) -> Color { table[ColorMap.index(value)] }

    static func index(_ value: Double) -> Int {
        Int(saturating: min(max(value, 0), 1) * 255 + 0.5)
    }
}
