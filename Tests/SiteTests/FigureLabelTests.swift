import Foundation
import Learn
import Render
import Testing

@testable import Site

/// Measures every label of every figure, in the typeface in which it will be drawn.
@Suite struct FigureLabelTests {
    private static let figures = FigureCatalog.figures(for: Network.all)
    /// Stories whose figures have more, longer or other labels than the usual ones.
    private static let stories = Fixture.stories.filter { telling.contains($0.name) }
    private static let telling = [
        "as expected", "unbalanced", "no overfitting", "stalled", "perfect", "longer and ahead", "a gain within chance",
    ]

    @Test(arguments: stories.map(\.name), FigureVariant.all.map(\.description))
    func labelsStayInTheFrameApartAndReadable(story: String, variant: String) throws {
        let story = try #require(FigureLabelTests.stories.first { $0.name == story })
        let variant = try #require(FigureVariant.all.first { $0.description == variant })
        let input = FigureInput(dataset: story.dataset, runs: story.runs, study: story.study)
        for figure in FigureCatalog.figures(for: Network.all, hasStudy: story.study != nil) {
            check(try figure.draw(input, variant.words, variant.theme), variant.theme)
        }
    }

    @Test(arguments: [1, 2, 3, 1000]) func labelsHaveRoomWhateverTheEpochs(epochs: Int) throws {
        let runs = Fixture.runs(Fixture.Traits(overfitsFrom: max(1, epochs / 3), epochs: epochs))
        let input = FigureInput(dataset: Fixture.dataset, runs: runs)
        for figure in FigureLabelTests.figures where figure.id.hasPrefix("loss") || figure.id.hasPrefix("comp") {
            for variant in FigureVariant.all {
                check(try figure.draw(input, variant.words, variant.theme), variant.theme)
            }
        }
    }

    private func check(_ drawing: Drawing, _ theme: Theme) {
        guard let typeface = try? Typeface.installed() else {
            Issue.record("no typeface")
            return
        }
        let problems = problems(drawing, typeface, theme)
        #expect(problems.isEmpty, "\(drawing.id) (\(drawing.language), \(theme.name)): \(problems)")
    }

    private func problems(_ drawing: Drawing, _ typeface: Typeface, _ theme: Theme) -> [String] {
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
        return problems
    }
}

extension Rect {
    fileprivate func overlaps(_ other: Rect) -> Bool {
        x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
    }
}
