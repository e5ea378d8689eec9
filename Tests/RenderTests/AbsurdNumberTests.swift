import Foundation
import Testing

@testable import Render

/// What a training that went astray can leave: whatever the numbers, something is drawn and nothing ends the program.
@Suite struct AbsurdNumberTests {
    /// The numbers at which arithmetic changes its ways.
    private static let corners: [Double] = [
        0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude / 1e9, .leastNormalMagnitude, 1e-300, 1e-38, 1e-10, 0.1,
        0.1.nextUp, 1, 2.3, 1e9, 9.2e18, 7.5e19, 1e38,
        1e100, 1e300, 1e300.nextUp, .greatestFiniteMagnitude,
    ]

    /// The corners, their opposites, and finite numbers of all sizes, the same in each run.
    private static let numbers: [Double] = {
        var state: UInt64 = 12
        let random = (0..<200).map { _ -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let value = Double(bitPattern: state ^ state >> 29)
            return value.isFinite ? value : Double(state >> 40)
        }
        return corners + corners.map { -$0 } + random
    }()

    private static let pairs =
        zip(numbers, numbers.dropFirst()).map { ($0, $1) }
        + corners.flatMap { first in corners.map { (first, $0) } }
    private static let style = Style(theme: .light, measure: PlainMeasure())

    @Test func everyWholeNumberHasItsNearest() {
        #expect(Int(saturating: .nan) == 0 && Int(saturating: 1e300) == .max && Int(saturating: -1e300) == .min)
        #expect(UInt8(saturating: -1) == 0 && UInt8(saturating: 255.9) == 255 && UInt8(saturating: .infinity) == 255)
        #expect(Int(saturating: -2.7) == -2 && Int(saturating: 9.2e18) == 9_200_000_000_000_000_000)
    }

    @Test func linearTicksLieInTheirDomainInOrder() {
        for (lower, upper) in AbsurdNumberTests.pairs {
            for count in [1, 5, 1000] {
                let scale = LinearScale(domain: (min(lower, upper), max(lower, upper)))
                for scale in [scale, scale.nice(count)] {
                    let ticks = scale.ticks(count)
                    #expect(ticks.count <= 3 * count + 1, "\(lower) \(upper)")
                    #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 }, "\(lower) \(upper): \(ticks)")
                    #expect(ticks.allSatisfy { $0.isFinite })
                    #expect(abs(scale.tickDecimals(count)) < 400)
                }
                let nice = scale.nice(count).domain
                #expect(nice.lower.isFinite && nice.upper.isFinite && nice.lower < nice.upper, "\(lower) \(upper)")
                #expect(nice.lower <= min(lower, upper) && max(lower, upper) <= nice.upper, "\(lower) \(upper)")
            }
        }
    }

    @Test func whatLiesInTheDomainLiesInTheRange() {
        for (lower, upper) in AbsurdNumberTests.pairs where lower != upper {
            let linear = LinearScale(domain: (lower, upper), range: (100, 200))
            for value in [lower, upper, lower / 2 + upper / 2] {
                #expect((99.9...200.1).contains(linear(value)), "\(lower) \(upper) \(value)")
            }
            let values = [abs(lower), abs(upper)]
            let log = LogScale(covering: values).ranging(from: 100, to: 200)
            for value in values where value > 0 {
                #expect((99.9...200.1).contains(log(value)), "\(lower) \(upper) \(value)")
            }
        }
    }

    @Test func logarithmicTicksAreFewAndApart() {
        for (lower, upper) in AbsurdNumberTests.pairs {
            let scale = LogScale(covering: [abs(lower), abs(upper)])
            let ticks = scale.ticks(6)
            #expect(ticks.count <= 8, "\(lower) \(upper): \(ticks)")
            #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 })
            // Subnormal numbers have no round neighbours to tell apart.
            if max(abs(lower), abs(upper)) > 1e-280 { #expect(ticks.count >= 2, "\(lower) \(upper): \(ticks)") }
            let labels = ticks.map { NumberFormat.plain.exact($0, places: scale.tickDecimals(6)) }
            #expect(Set(labels).count == labels.count, "\(labels)")
        }
    }

    @Test(arguments: [
        (7.5e19, 3, "7.5e19"), (7.5e19, -18, "7.5e19"),
        (1e19, -18, "1e19"), (-2e300, 0, "−2e300"), (1e-300, 3, "0.000"), (1e-300, 301, "1e−300"),
        (-0.0, 2, "0.00"), (0, 301, "0"), (1234.5, 1, "1,234.5"), (-1234, -2, "−1,234"),
        (999_999_999, 0, "999,999,999"),
        (1.2345678901e10, -3, "1.2345679e10"), (.infinity, 2, "∞"), (-.infinity, 2, "−∞"), (.nan, 2, "—"),
    ])
    func numbersAreWrittenShort(_ value: Double, _ places: Int, _ text: String) {
        #expect(NumberFormat.plain.exact(value, places: places) == text)
    }

    @Test func everyNumberIsWritten() {
        for value in AbsurdNumberTests.numbers {
            for places in [-400, -3, 0, 3, 20, 400] {
                let text = NumberFormat.plain.exact(value, places: places)
                #expect(!text.isEmpty && text.count < 25, "\(value): \(text)")
            }
        }
    }

    /// Plots of every mark over each pair of numbers, on every kind of axis.
    @Test func everyPlotIsDrawn() throws {
        for (first, second) in AbsurdNumberTests.pairs {
            let values = [first, second, 0, .nan, .infinity]
            let points = values.enumerated().map { Point(Double($0.offset), $0.element) }
            let range = min(first, second)...max(first, second)
            let histogram = Histogram(of: values.map(Float.init), in: range, bins: 7)
            let marks: [any Mark] = [
                Lines(points, color: Color(0), label: "line"), Lines([], color: Color(0), label: "none"),
                Dots(points + points, color: Color(0)), Dots(points.map { Point($0.y, $0.x) }, color: Color(0)),
                Band(lower: points, upper: points, color: Color(0)),
                Rule(x: first, color: Color(0), label: "rule"), Rule(x: .nan, color: Color(0), label: "no rule"),
                Bars(values.enumerated().map { .init(category: $0.offset, value: $0.element, color: Color(0)) }),
                Intervals([.init(category: 0, value: first, range: range, color: Color(0))]),
                Ridges([.init(category: 0, histogram: histogram, color: Color(0))]),
            ]
            for axis in [Axis.linear("y"), .log("y"), .linear("y", domain: (0, 1)), .band(["a", "b"])] {
                let plot = Plot(x: .linear("x"), y: axis, height: 90, marks: marks)
                let drawing = Drawing(
                    id: "absurd", title: "", description: "", language: "en", content: plot,
                    style: AbsurdNumberTests.style)
                #expect(drawing.texts.allSatisfy { $0.anchor.isPlace }, "\(first) \(second)")
                #expect(drawing.size.height < 500)
            }
        }
    }

    /// Through Cairo to the file: coordinates far outside do not come back in at the other side.
    @Test func everyDrawingBecomesAFile() throws {
        for (first, second) in AbsurdNumberTests.pairs.prefix(60) {
            var drawing = Drawing(id: "far", title: "", description: "", language: "en", size: Size(100, 100))
            let points = [Point(first, second), Point(second, 10), Point(.nan, first), Point(.infinity, 3)]
            drawing.fill(.polygon(points), Color(0x112233))
            drawing.stroke(.lines([points]), Stroke(Color(0), width: 1))
            drawing.fill(.rectangle(Rect(first, second, first, second)), Color(0x445566))
            drawing.fill(.circle(center: points[0], radius: abs(second)), Color(0x445566))
            drawing.add(.text(TextLine("far", at: points[0], font: Theme.label, color: Color(0))))
            let svg = String(decoding: try drawing.svg(), as: UTF8.self)
            #expect(svg.hasSuffix("</svg>\n") && !svg.contains("nan") && !svg.contains("inf"))
            _ = try drawing.raster()
        }
    }

    @Test func everyTileIsColoured() {
        let values = AbsurdNumberTests.numbers.map(Float.init).filter(\.isFinite)
        for reach in [Float.leastNonzeroMagnitude, .leastNormalMagnitude, 1e-20, 1, 3e38, .greatestFiniteMagnitude] {
            let tile = Tile(
                values: values, width: values.count, height: 1, range: -reach...reach, colors: Theme.light.signed)
            let middle = Theme.light.signed(0.5).rgb
            for (value, pixel) in zip(values, tile.pixels) where value == 0 { #expect(pixel == middle) }
            let most = Theme.light.signed(1).rgb
            for (value, pixel) in zip(values, tile.pixels) where value >= reach { #expect(pixel == most) }
        }
    }

    @Test func aGridHasTilesHoweverNarrowItIs() {
        let tile = Tile(levels: [UInt8](repeating: 9, count: 784), width: 28, colors: Theme.light.tone)
        for width in [-5.0, 0, 1, 30, 500] {
            let grid = TileGrid([Tile](repeating: tile, count: 16), columns: 16).with { $0.gap = 0.001 }
            let size = grid.size(in: width, AbsurdNumberTests.style)
            #expect(size.width > 0 && size.height > 0 && size.height < 1000)
        }
    }

    @Test func numbersOfAFileStayNumbers() {
        #expect(SVGNumber.text(1e300) == "10000000000000" && SVGNumber.text(.nan) == "0")
        var path = SVGPath()
        path.move(to: Point(1e300, -1e300))
        path.line(to: Point(-1e300, 1e300))
        #expect(path.data == Array("m10000000000000-10000000000000l-20000000000000 20000000000000".utf8))
        #expect(ColorMap.index(.nan) == 0 && ColorMap.index(.infinity) == 255 && ColorMap.index(-1e300) == 0)
    }
}
