import Testing

@testable import Render

/// Numbers as languages write them. Source: Unicode CLDR.
@Suite struct NumberFormatTests {
    private static let french = NumberFormat(
        decimal: ",", group: "\u{202F}", minus: "−", plus: "+", percent: "{n}\u{202F}%")
    private static let polish = NumberFormat(decimal: ",", group: "\u{A0}", minimumGroupingDigits: 2, percent: "{n}%")
    private static let turkish = NumberFormat(decimal: ",", group: ".", minus: "-", percent: "%{n}")
    private static let none = NumberFormat(decimal: ".", group: "", percent: "{n}%")

    @Test(arguments: [
        (NumberFormat.plain, 60000.0, 0, "60,000"), (french, 60000, 0, "60\u{202F}000"),
        (french, -1234567.891, 2, "−1\u{202F}234\u{202F}567,89"), (french, 0.287, 3, "0,287"), (french, 999, 0, "999"),
        (polish, 1234, 0, "1234"), (polish, 12345.5, 1, "12\u{A0}345,5"), (turkish, -1234.5, 1, "-1.234,5"),
        (none, 1234567, 0, "1234567"), (french, 7.5e19, 3, "7,5e19"), (french, -2.25e300, 1, "−2,25e300"),
        (french, .infinity, 1, "∞"), (french, .nan, 1, "—"), (french, -0.0001, 2, "0,00"),
    ])
    func eachWritesThemItsWay(_ format: NumberFormat, _ value: Double, _ places: Int, _ text: String) {
        #expect(format.text(value, places: places) == text)
    }

    @Test func percentagesSignsAndSettings() {
        let french = NumberFormatTests.french
        #expect(french.percentage(0.8984, places: 1) == "89,8\u{202F}%")
        #expect(NumberFormatTests.turkish.percentage(12.5, places: 0) == "%1.250")
        #expect(french.signed(12, places: 0) == "+12")
        #expect(french.signed(-1234, places: 0) == "−1\u{202F}234")
        #expect(french.signed(0, places: 0) == "0")
        #expect(french.shortest(0.95) == "0,95")
        #expect(french.shortest(1e-7) == "1e−07")
        #expect(french.exact(2e-12, places: 12) == "2e−12")
    }

    /// The ticks of axes and colour bars go by the style of their figure.
    @Test func ticksAreWrittenByTheStyle() {
        let style = Style(theme: .light, measure: WideMeasure(), numbers: NumberFormatTests.french)
        func texts(_ component: some Component) -> [String] {
            Drawing(id: "f", title: "", description: "", language: "fr", content: component, style: style)
                .texts.map(\.text)
        }
        let plot = Plot(
            x: .linear(domain: (0, 1), ticks: 2).with { $0.notation = .percent },
            y: .linear(domain: (-0.5, 0.5), ticks: 2), height: 100, marks: [])
        #expect(Set(texts(plot)) == ["0\u{202F}%", "50\u{202F}%", "100\u{202F}%", "−0,5", "0,0", "0,5"])
        let bar = ColorBar(colors: Theme.light.tone, range: -2000...2000, title: "t", notation: .signed)
        #expect(texts(bar) == ["t", "−2\u{202F}000", "−1\u{202F}000", "0", "+1\u{202F}000", "+2\u{202F}000"])
        let log = Plot(x: .linear(domain: (0, 1)), y: .log(), height: 100, marks: [points])
        #expect(texts(log).contains("0,05"))
    }

    private var points: Lines { Lines([Point(0, 0.05), Point(1, 2)], color: Color(0)) }

    private struct WideMeasure: TextMeasure {
        func width(of text: String, in font: Font) -> Double { Double(text.count) }
    }
}
