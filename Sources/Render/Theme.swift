/// Every colour of the figures, for reading in the light or in the dark; sizes and widths are the same in both.
public struct Theme: Sendable, Equatable {
    /// `light` or `dark`, as in file names.
    public let name: String

    public let background: Color
    /// Text and whatever must be seen first.
    public let ink: Color
    /// Text of second rank: axes, notes.
    public let mutedInk: Color
    /// Lines that only guide the eye.
    public let grid: Color
    /// Faces of blocks and empty cells.
    public let surface: Color
    /// Things compared with each other, each of one hue in all themes, safe for colour-blind eyes; readable as text too.
    public let series: [Color]
    /// Parts of a whole that stand beside each other and are told apart by their names, from the strongest grey to the
    /// faintest.
    public let shades: [Color]
    /// What a reader should not miss: a mark on a map, a wrong answer, the largest of several; for nothing else.
    /// Readable as text too.
    public let alert: Color

    /// From paper to ink: magnitudes from zero upwards and the grey levels of photographs alike, so that an image and
    /// what a network makes of it are dark, or light, in the same places; zero is the background.
    public let tone: ColorMap
    /// Signed values: 0 is the most negative, 0.5 zero, 1 the most positive.
    public let signed: ColorMap
    /// Shares of a whole; zero vanishes in the background, but a tenth is seen.
    public let share: ColorMap

    public static let light = Theme(
        name: "light", background: Color(0xFFFFFF), ink: Color(0x1B1F24), mutedInk: Color(0x57606A),
        grid: Color(0xE1E5EA), surface: Color(0xF3F5F7),
        series: [Color(0x0077BB), Color(0xC24400), Color(0x650383), Color(0x063300)],
        shades: [Color(0x5F6973), Color(0x8F99A3), Color(0xBCC4CC)], alert: Color(0xC4183C),
        tone: ColorMap([Color(0xFFFFFF), Color(0x1B1F24)]),
        signed: ColorMap([
            Color(0x053E7C), Color(0x2F79B9), Color(0x95C0E0), Color(0xF6F6F4), Color(0xECA97B), Color(0xBB5000),
            Color(0x702100),
        ]),
        share: ColorMap([
            (0, Color(0xFFFFFF)), (0.1, Color(0xC0DBEF)), (0.35, Color(0x76B2DA)), (0.7, Color(0x2272AF)),
            (1, Color(0x05345A)),
        ]))

    public static let dark = Theme(
        name: "dark", background: Color(0x14171A), ink: Color(0xE8EBEE), mutedInk: Color(0xA3ADB8),
        grid: Color(0x2E343A), surface: Color(0x1F2429),
        series: [Color(0x6CBAF0), Color(0xEA630C), Color(0xBF45FA), Color(0xABF59B)],
        shades: [Color(0xA4AEB8), Color(0x78828D), Color(0x545D66)], alert: Color(0xFF7A90),
        tone: ColorMap([Color(0x14171A), Color(0xE8EBEE)]),
        signed: ColorMap([
            Color(0xA9D6FA), Color(0x4C9BDB), Color(0x245580), Color(0x22262B), Color(0x803B05), Color(0xDB7625),
            Color(0xF4C699),
        ]),
        share: ColorMap([
            (0, Color(0x14171A)), (0.1, Color(0x1D4564)), (0.35, Color(0x2A6FA3)), (0.7, Color(0x5FAEE4)),
            (1, Color(0xBFE0FA)),
        ]))

    public static let all = [light, dark]
}

extension Theme {
    /// The theme's ink if it can be read on the colour, else what can: one of black and white always does.
    public func ink(on color: Color) -> Color {
        let candidates = [ink, background, Color(0x000000)]
        return candidates.first { $0.contrast(with: color) >= Theme.leastContrast } ?? Color(0xFFFFFF)
    }

    /// Of text with what lies behind it. Source: WCAG 2.2, success criterion 1.4.3.
    public static let leastContrast = 4.5
}
