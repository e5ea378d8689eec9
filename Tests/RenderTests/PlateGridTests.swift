import Testing

@testable import Render

@Suite struct PlateGridTests {
    private let style = Style(theme: .light, measure: PlainMeasure())

    private func plate(_ share: Double?, width: Int = 4, height: Int = 4, note: String = "") -> Plate {
        let levels = [UInt8](repeating: 9, count: width * height)
        var plate = Plate(Tile(levels: levels, width: width, colors: Theme.light.tone), label: "1")
        plate.share = share
        plate.note = note
        return plate
    }

    private func drawing(_ grid: PlateGrid) -> Drawing {
        Drawing(id: "p", title: "", description: "", language: "en", content: grid, style: style)
    }

    private func bars(_ drawing: Drawing) -> [Double] {
        drawing.elements.compactMap { element in
            guard case .shape(.rectangle(let bar, _), let fill?, _) = element, fill == Theme.light.ink else {
                return nil
            }
            return bar.width
        }
    }

    @Test func barsAreSharesOfThePicture() {
        #expect(
            bars(drawing(PlateGrid([plate(1), plate(0.5), plate(0), plate(.nan), plate(7)], columns: 5))) == [
                112, 56, 112,
            ])
    }

    /// Pictures of other sizes are fitted into squares of one size, and stay what they are.
    @Test func picturesKeepTheirForm() {
        let grid = PlateGrid(
            [plate(nil), plate(nil, width: 4, height: 2), plate(nil, width: 1, height: 4)], columns: 3)
        let places = drawing(grid).elements.compactMap { element -> Size? in
            if case .raster(_, let place) = element { place.size } else { nil }
        }
        #expect(places == [Size(150, 150), Size(150, 75), Size(37.5, 150)])
    }

    @Test func notesBreakAndPushDownWhatFollows() {
        let short = PlateGrid([plate(nil), plate(nil)], columns: 1)
        let long = PlateGrid([plate(nil, note: "two words that take more than a line"), plate(nil)], columns: 1)
        let lines = (long.size(in: 640, style).height - short.size(in: 640, style).height) / Theme.label.lineHeight
        #expect(lines == 2)
        #expect(drawing(long).texts.count == 4)
    }

    @Test func crossedPicturesAreFramedInTheirColour() {
        var crossed = plate(nil)
        crossed.picture.isCrossed = true
        let strokes = drawing(PlateGrid([crossed, plate(nil)], columns: 2)).elements.compactMap { element -> Color? in
            if case .shape(.rectangle, _, let stroke?) = element { stroke.color } else { nil }
        }
        #expect(strokes == [Theme.light.alert, Theme.light.grid])
    }
}
