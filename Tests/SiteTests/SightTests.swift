import Learn
import Render
import TestSupport
import Testing

@testable import Site

/// What figures and facts say of what filters look for and what answers hang on.
@Suite struct SightTests {
    private static let input = FigureInput.usual

    private func text(_ id: String) throws -> String {
        let figure = try #require(FigureCatalog.figures(for: Network.all).first { $0.id == id })
        let words = FigureVariant.words[1]
        return try figure.caption(SightTests.input, words) + " " + figure.altText(SightTests.input, words)
    }

    /// The fixture has a silent filter in the first convolution, and in each one whose patches are of one class.
    @Test func filtersAreCounted() throws {
        for network in Network.all {
            let inspection = try #require(SightTests.input.facts.measurements[network.name]).inspection
            for (index, patches) in inspection.patches.enumerated() {
                func fact(_ name: String) -> Quantity? {
                    SightTests.input.facts[fact: "\(network.name).\(patches.layer).\(name)"]?.quantity
                }
                #expect(fact("patches.silent") == .count(index == 0 ? 1 : 0))
                #expect(fact("patches.pure") == .count(1))
                // Each filter's strongest answer is 2; wished are 3, 3.125, 3.25, ...
                let answering = patches.filters - (index == 0 ? 1 : 0)
                let middle = Double(answering - 1) / 2
                #expect(fact("wished.factor") == .decimal((3 + middle / 8) / 2, places: 1))
            }
        }
        #expect(try text("patches-lenet5-conv1").contains("1 filter answers to no test image and has no places"))
        #expect(try !text("patches-lenet5-conv2").contains("no places"))
        #expect(
            try text("patches-lenet5-conv2").contains("Of the 16 filters, 1 has all its places in images of one class"))
    }

    @Test func mapsAreComparedByTheirRanks() throws {
        let saliency = try #require(SightTests.input.facts.measurements["wide"]).inspection.saliency
        let size = 28 * 28
        let values = (saliency.trained.coveredBlurred.values, saliency.random.coveredBlurred.values)
        // Without ties, by the formula with differences of ranks.
        func ranks(_ numbers: ArraySlice<Float>) -> [Int] {
            let sorted = numbers.enumerated().sorted { abs($0.element) < abs($1.element) }.map(\.offset)
            var ranks = [Int](repeating: 0, count: numbers.count)
            for (rank, place) in sorted.enumerated() { ranks[place] = rank }
            return ranks
        }
        let images = saliency.trained.images.values.count
        let found = (0..<images).map { image -> Double in
            let place = image * size..<(image + 1) * size
            let differences = zip(ranks(values.0[place]), ranks(values.1[place])).map { Double(($0 - $1) * ($0 - $1)) }
            let n = Double(size)
            return 1 - 6 * differences.reduce(0, +) / (n * (n * n - 1))
        }
        let expected = found.reduce(0, +) / Double(images)
        #expect(abs((saliency.likeness(\.coveredBlurred) ?? 9) - expected) < 1e-4)
        let fact = SightTests.input.facts[fact: "wide.sight.blurred"]?.quantity
        #expect(fact == saliency.likeness(\.coveredBlurred).map { .decimal($0, places: 2) })
        #expect(
            SightTests.input.facts[fact: "wide.sight.completeness"]?.quantity == .share(0.2 / 8.2, places: 1)
                || abs((saliency.trained.incompleteness ?? 9) - 0.2 / 8.2) < 1e-5)
    }

    /// Maps that are the same everywhere have no ranks: the figure says nothing of them.
    @Test func whatCannotBeComparedIsNotTold() throws {
        let saliency = try #require(SightTests.input.facts.measurements["wide"]).inspection.saliency
        let flat = Tensor(zeros: saliency.trained.coveredBlack.shape)
        #expect(flat.magnitudeRankCorrelations(with: saliency.random.coveredBlack).allSatisfy { $0 == nil })
        #expect(try text("occlusion-wide").contains("Mean rank correlation"))
    }

    /// A patch is what lies in the image, and the rest is none of its colours.
    @Test func patchesReachIntoThePadding() {
        let image = Tile(levels: (0..<12).map { UInt8($0) }, width: 4, colors: Theme.light.tone)
        let patch = image.window(rows: -1..<2, columns: 2..<5, outside: Color(0x123456))
        #expect(patch.width == 3 && patch.height == 3)
        let outside: UInt32 = 0x123456
        #expect(
            patch.pixels == [
                outside, outside, outside, image.pixels[2], image.pixels[3], outside, image.pixels[6], image.pixels[7],
                outside,
            ])
    }

    @Test func logitsReachedAreTold() throws {
        #expect(try text("wished-for-lenet5-dense3").contains("reach 3.0 to 4.1"))
        #expect(try text("wished-for-lenet5-dense3").contains("reach 1.0 to 2.1"))
    }

    /// By hand: a square without images is free, and no image of a square is closer to its middle than the one shown.
    @Test func thumbnailsAreThoseClosestToTheirPlaces() throws {
        let network = try #require(Network.all.first)
        let figure = SpaceFigure(network: network)
        let rows = try #require(figure.table(SightTests.input)).rows
        let points = rows.map { (x: Double($0[3]) ?? .nan, y: Double($0[4]) ?? .nan) }
        let (left, right) = (points.map(\.x).min() ?? 0, points.map(\.x).max() ?? 0)
        let (bottom, top) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
        let nearest = figure.nearest(SightTests.input)
        #expect(nearest.count == 256 && nearest.contains { $0 == nil } && Set(nearest.compactMap { $0 }).count > 20)
        let (wide, high) = ((right - left) / 16, (top - bottom) / 16)
        func distance(_ point: (x: Double, y: Double), _ square: Int) -> Double {
            let x = (point.x - left) / wide - Double(square % 16) - 0.5
            let y = (top - point.y) / high - Double(square / 16) - 0.5
            return (x * x + y * y).squareRoot()
        }
        for (square, image) in nearest.enumerated() {
            let inside = points.filter { point in
                let x = (point.x - left) / wide - Double(square % 16)
                let y = (top - point.y) / high - Double(square / 16)
                return x > 1e-6 && x < 1 - 1e-6 && y > 1e-6 && y < 1 - 1e-6
            }
            let closest = inside.map { distance($0, square) }.min()
            guard let image else {
                #expect(inside.isEmpty)
                continue
            }
            #expect(distance(points[image], square) <= (closest ?? .infinity) + 1e-6)
        }
    }
}
