import Foundation
import Testing

@testable import Render

extension String {
    /// As a file of SVG has it.
    var bytes: ArraySlice<UInt8> { Array(utf8)[...] }
}

@Suite struct SVGNumberTests {
    @Test(arguments: [(0, "0"), (50, ".5"), (-5, "-.05"), (1200, "12"), (1230, "12.3"), (-1234, "-12.34")])
    func shortestForm(hundredths: Int, text: String) {
        #expect(SVGNumber.text(units: hundredths, decimals: 2) == text)
    }

    @Test(arguments: [
        "0", "-0", "1.5", "-12.3456", ".5", "5.", "123456789012345", "1234567890123456.7", "0.1234567890123456789",
        "1e3",
        "-1.7976931348623157e308", "", "-", ".", "--1", "1-2", "1.2.3", "0.30000000000000004", "99999.999999",
    ])
    func numbersAreReadAsTheStandardLibraryDoes(text: String) {
        let value = Array(text.utf8).withUnsafeBufferPointer { SVGNumber.value($0[...]) }
        #expect(value?.bitPattern == Double(text)?.bitPattern)
    }

    @Test func numbersInATextAreRounded() {
        #expect(
            SVGNumber.shortened("matrix(10,0,0,-0.500001,119.99999,10)".bytes, decimals: 2)
                == "matrix(10,0,0,-.5,120,10)".bytes)
    }

    @Test(arguments: [
        ("rgb(20%,40%,60%)", "#369"), ("rgb(100%, 0%, 50.196078%)", "#ff0080"), ("none", "none"),
        ("url(#a)", "url(#a)"),
    ])
    func coloursAreHexadecimal(cairo: String, short: String) {
        #expect(SVGNumber.color(cairo.bytes) == short.bytes)
    }
}

@Suite struct SVGPathTests {
    @Test(arguments: [
        ("M 10 10 L 40 10 L 40 30 L 10 30 Z M 10 10 ", "m10 10h30v20h-30z"),
        ("M 0 0 L 0.5 0.25 L 1 0.75", "m0 0l.5.25.5.5"),
        ("M 1 1 C 1.1 1.2 1.3 1.4 1.5 1.6 Z M 2 2 L 3 3", "m1 1c.1.2.3.4.5.6zm1 1l1 1"),
        ("M 1 2", ""), ("", ""),
        // A command that Cairo does not write.
        ("M 0 0 A 1 1 0 0 1 2 2", "M 0 0 A 1 1 0 0 1 2 2"),
    ])
    func pathsAreRelative(cairo: String, short: String) {
        #expect(SVGPath.shortened(cairo.bytes) == short.bytes)
    }

    @Test func roundingNeverAddsUp() {
        let points = (1...300).map { "L \(Double($0) * 0.333) \(Double($0) * 0.777)" }.joined(separator: " ")
        let end = SVGPathReader.end(
            of: String(decoding: SVGPath.shortened("M 0 0 \(points)".bytes), as: UTF8.self))
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
        let prefix = SVGTidier.prefix(of: "sample")
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

    @Test func strangeSVGIsRefused() {
        #expect(throws: RenderError.self) {
            _ = try SVGTidier(drawing: drawing()).tidy(Array("<svg><text>loose</text></svg>".utf8))
        }
        #expect(throws: RenderError.self) { _ = try SVGTidier(drawing: drawing()).tidy(Array("<svg><g>".utf8)) }
    }
}
