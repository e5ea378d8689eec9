import Foundation
import Testing

@testable import Render

@Suite struct SVGNumberTests {
    @Test(arguments: [(0, "0"), (50, ".5"), (-5, "-.05"), (1200, "12"), (1230, "12.3"), (-1234, "-12.34")])
    func shortestForm(hundredths: Int, text: String) {
        #expect(SVGNumber.text(Double(hundredths) / 100) == text)
    }

    @Test(
        arguments: [(0x336699, "#369"), (0xFF0080, "#ff0080"), (0, "#000"), (0x1B1F24, "#1b1f24")] as [(UInt32, String)]
    )
    func coloursAreHexadecimal(rgb: UInt32, short: String) {
        var output: [UInt8] = []
        SVGNumber.write(Color(rgb), to: &output)
        #expect(String(decoding: output, as: UTF8.self) == short)
    }
}

@Suite struct SVGPathTests {
    private func data(_ draw: (inout SVGPath) -> Void) -> String {
        var path = SVGPath()
        draw(&path)
        return String(decoding: path.data, as: UTF8.self)
    }

    @Test func pathsAreRelative() {
        let square = data { path in
            path.move(to: Point(10, 10))
            for corner in [Point(40, 10), Point(40, 30), Point(10, 30)] { path.line(to: corner) }
            path.close()
            path.move(to: Point(10, 10))
        }
        #expect(square == "m10 10h30v20h-30z")
        let lines = data { path in
            path.move(to: Point(0, 0))
            path.line(to: Point(0.5, 0.25))
            path.line(to: Point(1, 0.75))
        }
        #expect(lines == "m0 0l.5.25.5.5")
        let curve = data { path in
            path.move(to: Point(1, 1))
            path.curve(Point(1.1, 1.2), Point(1.3, 1.4), to: Point(1.5, 1.6))
            path.close()
            path.move(to: Point(2, 2))
            path.line(to: Point(3, 3))
        }
        #expect(curve == "m1 1c.1.2.3.4.5.6zm1 1l1 1")
        #expect(data { $0.move(to: Point(1, 2)) } == "" && data { _ in } == "")
    }

    @Test func boundsHoldWhatIsDrawn() {
        var path = SVGPath()
        path.move(to: Point(90, 90))
        #expect(path.bounds == nil)
        path.move(to: Point(10, 20))
        path.line(to: Point(4, 25))
        path.curve(Point(5, 5), Point(6, 30), to: Point(12, 8))
        path.move(to: Point(-3, -3))
        #expect(path.bounds == Rect(4, 5, 8, 25))
    }

    @Test func roundingNeverAddsUp() {
        let text = data { path in
            path.move(to: Point(0, 0))
            for step in 1...300 { path.line(to: Point(Double(step) * 0.333, Double(step) * 0.777)) }
        }
        let end = SVGPathReader.end(of: text)
        #expect(abs(end.x - 99.9) <= 0.005 + 1e-9 && abs(end.y - 233.1) <= 0.005 + 1e-9)
    }
}

/// Follows relative lines, as a viewer would.
private enum SVGPathReader {
    static func end(of data: String) -> Point {
        var position = Point(0, 0)
        var numbers: [Double] = []
        for match in data.matches(of: /[mlhv]|-?\d*\.\d+|-?\d+/) {
            if let number = Double(match.output) { numbers.append(number) }
        }
        for pair in stride(from: 0, to: numbers.count - 1, by: 2) {
            position.x += numbers[pair]
            position.y += numbers[pair + 1]
        }
        return position
    }
}

@Suite struct SVGFileTests {
    private func drawing(_ id: String = "sample") -> Drawing {
        var drawing = Drawing(
            id: id, title: "損失 & <b>", description: "1 < 2", language: "ja", size: Size(120, 80))
        drawing.fill(.rectangle(Rect(0, 0, 120, 80)), Color(0xFFFFFF))
        drawing.add(.text(TextLine("損失 loss", at: Point(10, 30), font: Theme.label, color: Color(0x112233))))
        var raster = Raster(width: 2, height: 2, filledWith: Color(0xFF0000))
        raster.pixels[3] = 0x0000FF
        drawing.add(.raster(raster, in: Rect(40, 40, 20, 20)))
        drawing.stroke(.line(Point(0, 0), Point(10, 10)), Stroke(Color(0x00FF00), width: 1.5, dash: [4, 2]))
        return drawing
    }

    @Test func fileSpeaksForItself() throws {
        let svg = String(decoding: try drawing().svg(), as: UTF8.self)
        #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" lang=\"ja\""))
        #expect(svg.contains("width=\"120\" height=\"80\" viewBox=\"0 0 120 80\" role=\"img\""))
        #expect(svg.contains("<title id=\"sample-title\">損失 &amp; &lt;b&gt;</title>"))
        #expect(svg.contains("<desc id=\"sample-desc\">1 &lt; 2</desc>"))
        #expect(svg.contains("aria-labelledby=\"sample-title sample-desc\""))
    }

    @Test func pixelsStaySharpAndDefaultsAreLeftOut() throws {
        let svg = String(decoding: try drawing().svg(), as: UTF8.self)
        #expect(svg.contains("image-rendering:pixelated"))
        for wasteful in ["xlink", "pt\"", "fill-opacity=\"1\"", "nonzero", "rgb(", "glyph", "surface"] {
            #expect(!svg.contains(wasteful), "\(wasteful)")
        }
    }

    @Test func idsBelongToTheDrawingAndEveryReferenceHasItsTarget() throws {
        let svg = String(decoding: try drawing().svg(), as: UTF8.self)
        let prefix = SVGWriter.prefix(of: "sample")
        let ids = svg.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.hasPrefix("sample-") || $0.hasPrefix(prefix + "-") })
        let references = svg.matches(of: /href="#([^"]+)"/).map { String($0.1) }
        #expect(references.count >= 7)
        #expect(references.allSatisfy(ids.contains))
    }

    @Test func bytesDoNotDependOnWhatWasDrawnBefore() throws {
        let first = try drawing().svg()
        _ = try drawing("another").svg()
        #expect(try drawing().svg() == first)
    }

    @Test func threadsDoNotDisturbEachOther() async throws {
        let expected = try drawing().svg()
        try await withThrowingTaskGroup(of: Data.self) { group in
            for number in 0..<40 {
                group.addTask { try drawing(number % 2 == 0 ? "sample" : "other\(number)").svg() }
            }
            var same = 0
            for try await svg in group where svg == expected { same += 1 }
            #expect(same == 20)
        }
    }

    @Test func whatNobodySeesIsLeftOut() throws {
        var drawing = Drawing(id: "unseen", title: "", description: "", language: "en", size: Size(100, 50))
        let empty = try drawing.svg()
        drawing.fill(.rectangle(Rect(10, 10, 0, 20)), Color(0))
        drawing.fill(.rectangle(Rect(-30, 10, 20, 20)), Color(0))
        drawing.fill(.circle(center: Point(50, 25), radius: 5), Color(0, opacity: 0))
        drawing.stroke(.line(Point(0, 60), Point(100, 60)), Stroke(Color(0), width: 2))
        drawing.stroke(.line(Point(0, 25), Point(100, 25)), Stroke(Color(0), width: 0))
        drawing.stroke(.lines([[Point(10, 10)], []]), Stroke(Color(0), width: 2))
        drawing.add(.text(TextLine("  ", at: Point(10, 30), font: Theme.label, color: Color(0))))
        #expect(try drawing.svg() == empty)
        // Half of it lies on the page.
        drawing.stroke(.line(Point(0, 50.5), Point(100, 50.5)), Stroke(Color(0), width: 2))
        #expect(try drawing.svg() != empty)
    }

    @Test func moreColoursThanAPaletteHoldsAreWrittenInFull() throws {
        var raster = Raster(width: 257, height: 1, filledWith: Color(0))
        for index in 0..<257 { raster.pixels[index] = UInt32(index) }
        var drawing = Drawing(id: "full", title: "", description: "", language: "en", size: Size(257, 1))
        drawing.add(.raster(raster, in: Rect(0, 0, 257, 1)))
        let svg = String(decoding: try drawing.svg(), as: UTF8.self)
        let file = try #require(svg.firstMatch(of: /base64,([^"]+)"/)?.1)
        let png = try #require(Data(base64Encoded: String(file)))
        // Red, green and blue of eight bits.
        #expect(Array(png[24..<26]) == [8, 2])
        #expect(try PNGReader.pixels(Array(png), width: 257, height: 1) == raster.pixels)
    }
}
