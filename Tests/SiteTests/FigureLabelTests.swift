import Foundation
import Learn
import Render
import TestSupport
import Testing

@testable import Site

/// Measures every label of every figure, in the typeface in which it will be drawn.
@Suite struct FigureLabelTests {
    private static let figures = FigureCatalog.figures(for: Network.all)
    /// Stories whose figures have more, longer or other labels than the usual ones.
    private static let stories = Fixture.stories.filter { telling.contains($0.name) }
    private static let telling = [
        "as expected", "unbalanced", "no overfitting", "stalled", "perfect", "longer and ahead", "a gain within chance",
        "changes that help", "changes of one seed",
    ]

    @Test(arguments: stories.map(\.name), FigureVariant.all.map(\.description))
    func labelsStayInTheFrameApartAndReadable(story: String, variant: String) throws {
        let story = try #require(FigureLabelTests.stories.first { $0.name == story })
        let variant = try #require(FigureVariant.all.first { $0.description == variant })
        for figure in FigureCatalog.figures(
            for: Network.all, hasStudy: story.study != nil, hasFactors: story.factorial != nil)
        {
            check(try figure.draw(story.input, variant.words, variant.theme, variant.format), variant.theme)
        }
    }

    @Test(arguments: [1, 2, 3, 1000]) func labelsHaveRoomWhateverTheEpochs(epochs: Int) throws {
        let runs = Fixture.runs(Fixture.Traits(overfitsFrom: max(1, epochs / 3), epochs: epochs))
        let input = FigureInput(dataset: Fixture.dataset, runs: runs)
        for figure in FigureLabelTests.figures where figure.id.hasPrefix("loss") || figure.id.hasPrefix("comp") {
            for variant in FigureVariant.all {
                check(try figure.draw(input, variant.words, variant.theme, variant.format), variant.theme)
            }
        }
    }

    /// Names that someone else has chosen, far longer than there is room for.
    static let longNames = [
        "letters": String(repeating: "abcdefghij", count: 10),
        "words": "a kind of thing that somebody wanted to call by all of its names and titles, however long it took",
        "kanji": String(repeating: "長い名前の分類", count: 14),
        "marks": String(repeating: "e\u{301}\u{302}", count: 60),
    ]

    @Test(arguments: longNames.keys.sorted(), Language.allCases)
    func longNamesLeaveRoomForTheData(names: String, language: Language) throws {
        let variant = try #require(FigureVariant.all.first { $0.words.language == language })
        let long = try #require(FigureLabelTests.longNames[names])
        let experiment = try OutsideTextTests.experiment((0..<10).map { "\(long)\($0)" })
        let words = try Words(
            language: variant.words.language, templates: TestSite.templates,
            names: SiteNames(experiment, classCount: 10))
        let input = FigureInput.usual
        for figure in FigureLabelTests.figures {
            let drawing = try figure.draw(input, words, variant.theme)
            check(drawing, variant.theme)
            let usual = try figure.draw(input, variant.words, variant.theme, variant.format)
            #expect(drawing.dataWidth >= 0.6 * usual.dataWidth, "\(figure.id)")
        }
    }

    private func check(_ drawing: Drawing, _ theme: Theme) {
        do {
            let problems = try LabelCheck(drawing, theme).problems
            #expect(problems.isEmpty, "\(drawing.id) (\(drawing.language), \(theme.name)): \(problems)")
        } catch {
            Issue.record("no typeface")
        }
    }
}

/// Whether a drawing's labels stay in the frame, apart and readable.
struct LabelCheck {
    let problems: [String]

    init(_ drawing: Drawing, _ theme: Theme) throws {
        let typeface = try Typeface.installed()
        let frame = Rect(0, 0, drawing.size.width, drawing.size.height)
        // Descenders of one line may touch the accents of the next.
        let labels = drawing.texts.map { ($0, $0.box(typeface).inset(top: 2.5, bottom: 2.5)) }
        var problems: [String] = []
        for (index, (line, box)) in labels.enumerated() {
            if !frame.contains(box.inset(top: -2.5, bottom: -2.5)) {
                problems.append("“\(line.text)” leaves the frame")
            }
            let contrast = line.color.contrast(with: line.backdrop ?? theme.background)
            if contrast < Theme.leastContrast { problems.append("“\(line.text)” has a contrast of \(contrast)") }
            for (other, otherBox) in labels[(index + 1)...] where box.overlaps(otherBox) {
                problems.append("“\(line.text)” lies on “\(other.text)”")
            }
        }
        self.problems = problems
    }
}

extension Drawing {
    /// How wide it is what is drawn besides texts and the background.
    fileprivate var dataWidth: Double {
        let ends = elements.dropFirst().flatMap { element -> [Double] in
            switch element {
            case .shape(.rectangle(let rect, _), _, _), .raster(_, let rect): [rect.x, rect.maxX]
            case .shape(.circle(let center, let radius), _, _): [center.x - radius, center.x + radius]
            case .shape(.lines(let lines), _, _): lines.joined().map(\.x)
            case .shape(.polygon(let points), _, _): points.map(\.x)
            case .text: []
            }
        }
        return (ends.max() ?? 0) - (ends.min() ?? 0)
    }
}

extension Rect {
    fileprivate func overlaps(_ other: Rect) -> Bool {
        x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
    }
}
