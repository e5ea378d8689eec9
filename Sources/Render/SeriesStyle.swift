/// How one of several things that are compared is drawn.
///
/// Few colours can be told apart by everyone. Where they begin again, lines and bars have another dash, and dots
/// another form.
public struct SeriesStyle: Sendable, Equatable {
    public let color: Color
    /// Of lines and of bars; none for the first round of colours.
    public let dash: [Double]
    public let dot: Dots.Form
}

extension Theme {
    /// The look of the series at a place, from zero. After as many as there are colours times forms, looks repeat.
    public func series(at place: Int) -> SeriesStyle {
        let round = place / series.count % Theme.seriesDashes.count
        return SeriesStyle(
            color: series[place % series.count], dash: Theme.seriesDashes[round], dot: Dots.Form.allCases[round])
    }

    /// One a form of dots: lines, dashes, points, and both in turn.
    static let seriesDashes = [[], [7, 3], [2.5, 2.5], [9, 2.5, 2.5, 2.5]]
}
