import Foundation
import Learn
import Render
import TestSupport
import Testing

@testable import Site

@Suite struct FigureFileTests {
    private static let input = FigureInput(
        dataset: Fixture.dataset, runs: Fixture.runs(), study: Fixture.study(), factorial: Fixture.factorial())
    private static let figures = FigureCatalog.figures(for: Network.all, hasStudy: true, hasFactors: true)

    /// The files of each variant, drawn once.
    private static let drawn = Result { try FigureVariant.all.map(files) }

    private static func files(_ variant: FigureVariant) throws -> [Data] {
        try figures.concurrentMap { try $0.draw(input, variant.words, variant.theme, variant.format).svg() }
    }

    /// Noise, of which the fixture is made, packs worse than anything that was ever learned.
    @Test func filesAreSmall() throws {
        let sizes = try FigureFileTests.drawn.get().joined().map(\.count).sorted()
        #expect(sizes[sizes.count / 2] < 40_000)
        #expect(sizes.last ?? 0 < 250_000)
    }

    @Test func idsOfAllFiguresCanStandOnOnePage() throws {
        var ids: [String] = []
        for file in try FigureFileTests.drawn.get()[0] {
            ids += String(decoding: file, as: UTF8.self).matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        }
        #expect(Set(ids).count == ids.count)
    }

    @Test func bytesDoNotDependOnTheOrderOfDrawing() throws {
        let variant = FigureVariant.all[0]
        let together = try FigureFileTests.drawn.get()[0]
        let backwards = try FigureFileTests.figures.reversed().map {
            try $0.draw(FigureFileTests.input, variant.words, variant.theme, variant.format).svg()
        }
        #expect(together == backwards.reversed())
    }

    @Test(arguments: FigureVariant.all.map(\.description))
    func everyFileNamesItselfInItsLanguage(variant: String) throws {
        let index = try #require(FigureVariant.all.firstIndex { $0.description == variant })
        let variant = FigureVariant.all[index]
        for (figure, file) in zip(FigureFileTests.figures, try FigureFileTests.drawn.get()[index]) {
            let svg = String(decoding: file, as: UTF8.self)
            let title = try figure.title(FigureFileTests.input, variant.words)
            #expect(svg.contains("lang=\"\(variant.words.language.code)\""))
            #expect(svg.contains(">\(title.replacing("&", with: "&amp;"))</title>"), "\(figure.id)")
            #expect(svg.contains("<desc id=\"\(figure.id)-desc\">"))
        }
    }

    /// Brightness over squares of the picture, which no smoothing and no version of a font changes much.
    @Test(arguments: ["loss-lenet5", "maps-maxpool-pool2", "confusion-wide", "architecture-wide"])
    func picturesLookAsRecorded(id: String) throws {
        let figure = try #require(FigureFileTests.figures.first { $0.id == id })
        let variant = FigureVariant.all[1]
        let drawing = try figure.draw(
            FigureFileTests.input, variant.words, variant.theme, variant.format, measure: PlainMeasure())
        let squares = try drawing.raster().brightness(edge: 20)
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Snapshots/pixels/\(id).json")
        let environment = ProcessInfo.processInfo.environment
        if environment["RECORD_SNAPSHOTS"] == "1", environment["CI"] == nil {
            try JSONEncoder().encode(squares).write(to: file)
        }
        let recorded = try JSONDecoder().decode([[Int]].self, from: Data(contentsOf: file))
        #expect(squares.map(\.count) == recorded.map(\.count))
        for (row, recordedRow) in zip(squares, recorded) {
            for (value, recordedValue) in zip(row, recordedRow) { #expect(abs(value - recordedValue) <= 12) }
        }
    }

    @Test func galleryShowsEveryVariant() throws {
        let folder = try TemporaryFolder()
        let gallery = try FigureGallery(
            FigureFileTests.input, templates: TestSite.templates, experiment: TestSite.experiment)
        let page = String(decoding: try Data(contentsOf: gallery.write(to: folder.url)), as: UTF8.self)
        let sources = page.matches(of: /src="([^"]+)"/).map { String($0.1) }
        // Each in its own format and, if that is another, in a phone's.
        let drawings = FigureFileTests.figures.map { $0.format == .narrow ? 1 : 2 }.reduce(0, +)
        #expect(sources.count == drawings * Language.allCases.count * Theme.all.count)
        for source in sources {
            #expect(FileManager.default.fileExists(atPath: folder.url.appending(path: source).path))
        }
    }
}

extension Raster {
    /// Mean brightness of squares, 0...255, row by row.
    fileprivate func brightness(edge: Int) -> [[Int]] {
        stride(from: 0, to: height, by: edge).map { top in
            stride(from: 0, to: width, by: edge).map { left in
                var sum = 0
                var count = 0
                for y in top..<min(top + edge, height) {
                    for x in left..<min(left + edge, width) {
                        let pixel = pixels[y * width + x]
                        sum += Int(pixel >> 16 & 255) + Int(pixel >> 8 & 255) + Int(pixel & 255)
                        count += 3
                    }
                }
                return sum / max(count, 1)
            }
        }
    }
}
