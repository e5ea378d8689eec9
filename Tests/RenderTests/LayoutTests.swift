import Testing

@testable import Render

/// Widths that depend on nothing installed: a Latin letter takes half an em, any other a whole one.
struct PlainMeasure: TextMeasure {
    func width(of text: String, in font: Font) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 0.5 : 1) } * font.size
    }
}

@Suite struct SpreadTests {
    @Test func coloursOfAnImageAreItsPixels() {
        let tile = Tile(colors: [255, 128, 0, 1, 2, 3] as [UInt8], width: 2)
        #expect(tile.pixels == [0xFF8000, 0x010203] && tile.width == 2 && tile.height == 1)
    }

    @Test func distantPlacesStay() {
        #expect(Spread.apart([10, 50, 90], by: 20, in: 0...100) == [10, 50, 90])
    }

    @Test func closePlacesArePushedApart() {
        let places = Spread.apart([50, 51, 52], by: 20, in: 0...100)
        #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 20 })
        #expect(places.first ?? 0 >= 0 && places.last ?? 0 <= 100)
    }

    @Test func nobodyLeavesTheBounds() {
        #expect(Spread.apart([-5, 98, 99], by: 10, in: 0...100) == [0, 90, 100])
    }

    @Test func tooManyKeepTheirDistanceAllTheSame() {
        let places = Spread.apart([1, 2, 3, 4], by: 50, in: 0...100)
        #expect(places == [0, 50, 100, 150])
    }
}

@Suite struct LineBreakingTests {
    private let style = Style(theme: .light, measure: PlainMeasure())
    private let font = Font(size: 10)

    private func lines(_ text: String, _ width: Double) -> [String] {
        LineBreaking.lines(of: text, in: width, font, style)
    }

    @Test func latinBreaksAtSpaces() {
        #expect(lines("Rows: filters; columns: epochs", 72) == ["Rows: filters;", "columns:", "epochs"])
    }

    @Test func japaneseBreaksAnywhereButBeforePunctuation() {
        #expect(lines("行はフィルター、列はエポック", 70) == ["行はフィル", "ター、列はエ", "ポック"])
    }

    @Test func bracketsStayWithWhatTheyHold() {
        #expect(lines("活性値（正）", 40) == ["活性値", "（正）"])
    }

    @Test func shortTextIsOneLine() {
        #expect(lines("epoch", 500) == ["epoch"])
        #expect(lines("", 500) == [""])
    }

    @Test func aWordWiderThanTheLineIsBroken() {
        #expect(lines("a incomprehensible b", 30) == ["a", "incomp", "rehens", "ible b"])
        #expect(lines("abc", 1) == ["a", "b", "c"])
    }
}

@Suite struct TileGridTests {
    private let style = Style(theme: .light, measure: PlainMeasure())

    private func tile(_ level: UInt8, width: Int = 2, height: Int = 2) -> Tile {
        let levels = [UInt8](repeating: level, count: width * height)
        return Tile(levels: levels, width: width, colors: ColorMap([Color(0xFFFFFF), Color(0x000000)]))
    }

    @Test func allTilesAreOneRaster() {
        var drawing = Drawing(id: "grid", title: "", description: "", language: "en", size: Size(200, 200))
        let grid = TileGrid([tile(0), tile(255), tile(128)], columns: 2)
        grid.draw(in: Rect(0, 0, 200, 200), on: &drawing, style)
        let rasters = drawing.elements.filter { if case .raster = $0 { true } else { false } }
        #expect(rasters.count == 1)
    }

    @Test func tilesLieWhereTheirFramesSay() {
        let grid = TileGrid([tile(0), tile(255), tile(128)], columns: 2).with { $0.gap = 50 }
        let layout = TileGridLayout(grid, width: 200, style)
        let atlas = layout.atlas(of: grid.rows, background: Color(0x123456))
        for (row, column, level) in [(0, 0, 0xFFFFFF), (0, 1, 0x000000)] as [(Int, Int, UInt32)] {
            let frame = layout.frame(row: row, column: column, origin: Point(0, 0))
            let (x, y) = (Int(frame.midX / layout.unit), Int(frame.midY / layout.unit))
            #expect(atlas.pixels[y * atlas.width + x] == level)
        }
        let gap = layout.frame(row: 0, column: 0, origin: Point(0, 0)).maxX + 1
        #expect(atlas.pixels[Int(gap / layout.unit)] == 0x123456)
    }

    @Test(arguments: [1, 2, 3, 6, 10, 16, 32]) func gridFillsItsWidthAndNoMore(columns: Int) {
        let grid = TileGrid((0..<columns).map { _ in tile(7, width: 5, height: 5) }, columns: columns).with {
            $0.largestTile = 1000
            $0.rowLabels = ["label"]
        }
        let size = grid.size(in: 480, style)
        #expect(size.width <= 480 + 1e-9 && size.width > 470)
    }

    /// Kernels, maps and patches of one filter stand in one line, whatever their sizes.
    @Test func rowsOfOnePitchStandInLine() {
        let sizes = [(5, 5), (28, 28), (17, 11), (14, 14), (1, 1)]
        let tops = sizes.map { width, height -> [Double] in
            let column = (0..<16).map { _ in [Optional(tile(0, width: width, height: height))] }
            let grid = TileGrid(rows: column).with {
                $0.rowPitch = 34
                $0.gap = 3
            }
            let layout = TileGridLayout(grid, width: 480, style)
            return (0..<16).map { layout.frame(row: $0, column: 0, origin: Point(0, 0)).y }
        }
        for (row, top) in tops.joined().enumerated() { #expect(abs(top - 34 * Double(row % 16)) < 1e-9) }
    }

    @Test func labelsAtTheEndTakeRoomOfTheirOwn() {
        let grid = TileGrid([tile(0), tile(1)], columns: 2)
        let labelled = grid.with { $0.endLabels = ["3.2–2.1"] }
        let width = style.width(of: ["3.2–2.1"], in: Theme.label)
        #expect(labelled.size(in: 480, style).width >= grid.size(in: 480, style).width + width)
        #expect(labelled.size(in: 120, style).width <= 120 + 1e-9)
        var drawing = Drawing(id: "grid", title: "", description: "", language: "en", size: Size(480, 200))
        labelled.draw(in: Rect(0, 0, 480, 200), on: &drawing, style)
        let texts = drawing.elements.compactMap { if case .text(let line) = $0 { line.text } else { nil } }
        #expect(texts == ["3.2–2.1"])
    }

    @Test func mosaicKeepsEachTileAndAPixelBetweenThem() {
        let mosaic = Tile.mosaic([tile(0), tile(255), tile(0)], columns: 2, between: Color(0x123456))
        #expect(mosaic.width == 5 && mosaic.height == 5)
        let (white, black, between): (UInt32, UInt32, UInt32) = (0xFFFFFF, 0x000000, 0x123456)
        #expect(
            mosaic.pixels
                == [
                    [white, white, between, black, black], [white, white, between, black, black],
                    [UInt32](repeating: between, count: 5), [white, white, between, between, between],
                    [white, white, between, between, between],
                ].flatMap { $0 })
    }

    @Test func noTileExceedsTheLargest() {
        let grid = TileGrid([tile(0, width: 28, height: 28)], columns: 1).with { $0.largestTile = 84 }
        #expect(abs(grid.size(in: 480, style).width - 84) < 1e-9)
    }

    @Test func valuesTakeTheColoursOfTheirRange() {
        let black = Color(0x000000)
        let white = Color(0xFFFFFF)
        let tile = Tile(
            values: [-1, 9, 0, 9, 1, 9, 2, 9, .nan, 9, 0.5, 9], stride: 2, width: 3, height: 2, range: 0...1,
            colors: ColorMap([black, white]))
        #expect(tile.pixels.prefix(5) == [0, 0, 0xFFFFFF, 0xFFFFFF, 0])
        #expect(tile.pixels[5] != 0 && tile.pixels[5] != 0xFFFFFF)
    }

    @Test func rangeWithoutExtentIsAllOneColour() {
        let tile = Tile(
            values: [3, 3], width: 2, height: 1, range: 3...3, colors: ColorMap([Color(1), Color(0xFFFFFF)]))
        #expect(Set(tile.pixels).count == 1)
    }
}

@Suite struct PlotTests {
    private let style = Style(theme: .light, measure: PlainMeasure())

    private func plot(_ domain: (Double, Double), labels: [String] = []) -> Plot {
        Plot(
            x: .linear("x", domain: domain), y: .band(["a", "a long name"], "y"), height: 50,
            marks: labels.enumerated().map {
                Rule(x: domain.0 + Double($0.offset), color: Color(0), label: $0.element)
            })
    }

    private func texts(_ component: any Component) -> [TextLine] {
        Drawing(id: "p", title: "", description: "", language: "en", content: component, style: style).texts
    }

    @Test func axesKeepTheirDistance() {
        let sideways = AlignedPlots(.sideways, [plot((0.6, 1)), plot((0.6, 1)), plot((0.6, 1)), plot((0.6, 1))])
        let boxes = texts(sideways).map { $0.box(PlainMeasure()) }
        for (index, box) in boxes.enumerated() {
            for other in boxes.dropFirst(index + 1) { #expect(!box.overlaps(other)) }
        }
    }

    @Test func onlyTheFirstOfAlignedPlotsNamesTheCategories() {
        let sideways = AlignedPlots(.sideways, [plot((0, 1)), plot((0, 1))])
        #expect(texts(sideways).count { $0.text == "a long name" } == 1)
    }

    @Test func plotsBelowEachOtherShareTheirEdges() {
        let wide = Plot(x: .linear("x", domain: (0, 1)), y: .linear("y", domain: (0, 100_000)), height: 40, marks: [])
        let narrow = Plot(x: .linear("x", domain: (0, 1)), y: .linear("y", domain: (0, 1)), height: 40, marks: [])
        let drawing = Drawing(
            id: "p", title: "", description: "", language: "en", content: AlignedPlots(.downwards, [wide, narrow]),
            style: style)
        let edges = drawing.elements.compactMap { element -> Double? in
            guard case .shape(.lines(let lines), _, _) = element, lines.count == 1 else { return nil }
            return lines[0].first?.x
        }
        #expect(edges.count == 2 && edges[0] == edges[1])
        #expect(drawing.texts.count { $0.text == "x" } == 1)
    }

    /// However long names are, beside lines, of bands or in a legend: the rest is left to the data, and all can be read.
    @Test func longNamesLeaveMostOfTheWidth() {
        let names = ["one", "two"].map { String(repeating: "ever longer ", count: 30) + $0 }
        let lines = zip(names, [0.2, 0.8]).map { Lines([Point(0, 0), Point(1, $1)], color: Color(0), label: $0) }
        let x = Axis.linear("x", domain: (0, 1))
        let plots = [
            Plot(x: x, y: .linear("y", domain: (0, 1)), height: 80, marks: lines),
            Plot(x: x, y: .band(names, "y"), height: 80, marks: []),
        ]
        let drawn =
            plots.map { ($0 as any Component, Theme.longestLabel) }
            + [(Legend(names.map { (.dot(Color(0)), $0) }), Format.column.width)]
        for (component, longest) in drawn {
            let shortened = texts(component).filter { $0.text.hasPrefix("ever") }
            #expect(Set(shortened.map(\.text)).count == 2)
            for box in shortened.map({ $0.box(PlainMeasure()) }) {
                #expect(box.width <= longest && box.x >= 0 && box.maxX <= Format.column.width)
            }
        }
    }

    @Test func labelsOfNeighbouringRulesTakeRows() {
        let labels = texts(plot((0, 20), labels: ["first of many", "second of many", "third"]))
            .filter { $0.text.contains("of many") || $0.text == "third" }.map { $0.box(PlainMeasure()) }
        #expect(labels.count == 3)
        #expect(!labels[0].overlaps(labels[1]) && !labels[1].overlaps(labels[2]) && !labels[0].overlaps(labels[2]))
    }

    @Test func missingValuesBreakALine() {
        let line = Lines([Point(0, 1), Point(1, .nan), Point(2, 3), Point(3, 4)], color: Color(0))
        let area = PlotArea(
            frame: Rect(0, 0, 10, 10), x: .linear(LinearScale(domain: (0, 3))), y: .linear(LinearScale(domain: (0, 4))))
        var drawing = Drawing(id: "l", title: "", description: "", language: "en", size: Size(10, 10))
        line.draw(in: area, on: &drawing, style)
        guard case .shape(.lines(let pieces), _, _)? = drawing.elements.first else {
            Issue.record("no line was drawn")
            return
        }
        #expect(pieces.map(\.count) == [1, 2])
    }
}

@Suite struct AxisTests {
    @Test(arguments: [
        (0.0, 0, "0"), (1234.0, 0, "1,234"), (-0.5, 1, "−0.5"), (-0.001, 1, "0.0"), (1_000_000, 0, "1,000,000"),
        (0.05, 2, "0.05"), (999.95, 1, "1,000.0"),
    ])
    func numbersAreWrittenInFull(value: Double, decimals: Int, text: String) {
        #expect(NumberFormat.plain.tick(value, decimals: decimals, .plain) == text)
    }
}

@Suite struct HistogramTests {
    @Test func countsByBin() {
        let histogram = Histogram(of: [0, 0.5, 1, 1.5, 2, 2, -1, 3, .nan], in: 0...2, bins: 2)
        #expect(histogram.counts == [2, 4])
        #expect(histogram.edge(1) == 1)
    }

    @Test func quantilesPassTheirShare() {
        let histogram = Histogram(of: (0..<100).map { Float($0) + 0.5 }, in: 0...100, bins: 100)
        #expect(histogram.quantile(0.5) == 50)
        #expect(histogram.quantile(0.99) == 99)
        #expect(Histogram(of: [], in: 0...1, bins: 3).quantile(0.5) == 0)
    }

    @Test func rangeWithoutExtentHoldsItsValue() {
        #expect(Histogram(of: [3, 3], in: 3...3, bins: 2).counts == [2, 0])
    }
}

extension Rect {
    /// Whether the rectangles share more than an edge.
    func overlaps(_ other: Rect) -> Bool {
        x < other.maxX - 0.01 && other.x < maxX - 0.01 && y < other.maxY - 0.01 && other.y < maxY - 0.01
    }
}

@Suite struct DiagramTests {
    private let style = Style(theme: .light, measure: PlainMeasure())

    private func drawing(_ content: some Component) -> Drawing {
        Drawing(
            id: "d", title: "", description: "", language: "en", content: content, style: style, format: .wide)
    }

    private func flow(stages: Int) -> FlowDiagram {
        FlowDiagram(
            costTitles: ["cost"],
            stages: (0..<stages).map { index in
                FlowDiagram.Stage(
                    form: .planes(count: 4, height: 8, width: 8), color: Theme.light.mutedInk, name: "s\(index)",
                    notes: [], costs: [FlowDiagram.Cost(Double(index), label: "\(index)")])
            })
    }

    @Test(arguments: [(9, 1), (12, 2), (30, 4)]) func aLongFlowBreaksIntoRows(stages: Int, rows: Int) {
        let drawing = drawing(flow(stages: stages))
        let heights = Set(drawing.texts.filter { $0.text.hasPrefix("s") }.map(\.anchor.y))
        #expect(heights.count == rows)
        #expect(drawing.texts.count { $0.text == "cost" } == rows)
    }

    /// Planes of half the extent are drawn half as wide, and twice as many twice as deep.
    @Test func planesAreToScale() {
        let stages = [(4, 16), (4, 8), (8, 8)].map { count, edge in
            FlowDiagram.Stage(
                form: .planes(count: count, height: edge, width: edge), color: Theme.light.ink, name: "", notes: [],
                costs: [])
        }
        let scale = FlowScale(stages, columnWidth: 100)
        #expect(scale.face(16, 16).width == 2 * scale.face(8, 8).width)
        #expect(abs(scale.depth(of: 9) - 2 * scale.depth(of: 5)) < 1e-9)
    }

    /// What is less than a fiftieth of its bar stays without a name; the others' stand apart.
    @Test func smallPartsHaveNoLabel() {
        let parts = [(1.0, "tiny"), (8, "small"), (9, "next"), (82, "large")].map {
            StackedBars.Part($0.0, color: Theme.light.mutedInk, label: $0.1)
        }
        let bar = StackedBars.Bar(name: "all", nameColor: Theme.light.ink, total: "100", parts: parts)
        let texts = drawing(StackedBars([bar])).texts
        #expect(texts.map(\.text) == ["all", "100", "small", "next", "large"])
        let ends = texts.dropFirst(2).map { ($0.anchor.x, $0.anchor.x + style.width(of: $0.text, in: $0.font)) }
        #expect(zip(ends, ends.dropFirst()).allSatisfy { $0.1 < $1.0 })
    }

    @Test func aBandIsLabelledOnlyWhereThereIsRoom() {
        func texts(height: Double) -> [String] {
            let points = (0...10).map(Double.init)
            let band = Band(
                lower: points.map { Point($0, 0) }, upper: points.map { Point($0, height) }, color: Theme.light.ink,
                label: "gap")
            let plot = Plot(
                x: .linear(domain: (0, 10)), y: .linear(domain: (0, 1)), height: 100, marks: [band])
            return drawing(plot).texts.map(\.text)
        }
        #expect(texts(height: 0.5).contains("gap") && !texts(height: 0.1).contains("gap"))
    }
}
