/// Sizes, widths and distances in pixels, the same in every theme.
extension Theme {
    /// Between the frame and all that is drawn.
    public static let margin = 10.0
    /// Between parts of a figure.
    public static let spacing = 14.0
    /// Between a heading and what it stands over.
    public static let tightSpacing = 4.0

    /// One size in two weights: each further size would bring all its outlines with it.
    public static let label = Font(size: 13)
    public static let strongLabel = Font(size: 13, isBold: true)

    public static let hairline = 1.0
    public static let line = 1.5
    public static let strongLine = 2.5
    public static let dash = [5.0, 3.0]
    public static let dotRadius = 4.0
    /// Of strokes that stand for single values.
    public static let tickHeight = 16.0
    /// A row of them.
    public static let tickRow = 28.0
    public static let cornerRadius = 3.0

    /// Between a mark and its label.
    public static let labelGap = 5.0
    /// Widest that a label beside a plot or a grid may be: what it labels needs room, too.
    public static let longestLabel = 152.0
    /// Between a line's end and its direct label, and between tiles and their row's label.
    static let endLabelGap = 8.0
    /// Between a rule and the label over it.
    static let ruleLabelGap = 3.0
    /// Between the columns of a table.
    static let columnGap = 16.0

    /// Height of the area of a plot of lines.
    public static let plotHeight = 190.0
    /// The same for a plot that stands alone.
    public static let tallPlotHeight = 300.0
    /// Height of a category's band in a plot of level bars, of dots, of hills, and in a matrix.
    public static let barRow = 24.0
    /// The same for two thin bars without numbers.
    public static let smallBarRow = 20.0
    public static let dotRow = 30.0
    /// The least that one of several bars in a band needs of it.
    public static let slimBar = 7.0
    public static let hillRow = 45.0
    public static let matrixRow = 32.0
    /// Height of a matrix whose cells have no room for numbers.
    public static let matrixHeight = 460.0
    /// As high as a plot with a row for each of many may become.
    public static let tallestPlot = 850.0
    /// Distance of dots of several series in one band.
    public static let dotShift = 6.0
    /// Height of a category's band with dots above and an interval below.
    public static let sampleRow = 44.0
    /// How much of what lies behind a band it covers.
    static let bandOpacity = 0.22

    /// Between tiles where there are many, where they are read one by one, and where they have names.
    public static let denseTileGap = 3.0
    public static let tileGap = 6.0
    public static let looseTileGap = 10.0
    /// Edge of a tile in a history, with few rows and with many.
    public static let historyTile = 56.0
    public static let smallHistoryTile = 40.0
    /// Largest edge of a tile among very many.
    public static let smallTile = 28.0
    /// Edge of an image that is looked at alone.
    public static let largeTile = 196.0

    static let colorBarThickness = 10.0
    static let legendSignWidth = 22.0
    static let legendEntryGap = 16.0

    static let blockRow = 54.0
    static let plainBlockRow = 26.0
    static let blockWidth = 74.0
    static let blockBarWidth = 48.0
}
