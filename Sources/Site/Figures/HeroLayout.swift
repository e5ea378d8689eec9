import Render

/// Where the parts of a ``HeroScene`` stand, in pixels.
struct HeroLayout {
    var image = Rect(0, 0, 0, 0)
    /// Before each of the first maps, if kernels are shown.
    var kernels: [Rect] = []
    var first: [Rect] = []
    /// In rows and columns.
    var second: [Rect] = []
    private var secondColumns = 1
    /// Where the layers' names begin.
    var names: [Point] = []
    var answers = Rect(0, 0, 0, 0)
    /// Where the lines to the answer end.
    private var goal = Point(0, 0)
    private(set) var size = Size.zero

    private static let tileGap = 8.0

    /// From left to right.
    init(
        acrossFrom origin: Point, _ width: Double, _ counts: (first: Int, second: Int), hasKernels: Bool,
        _ answer: HeroAnswers
    ) {
        let (gap, head) = (HeroLayout.tileGap, answer.font.lineHeight + 6)
        let height = 320.0
        let middle = origin.y + head + height / 2
        size = Size(width, head + height)
        let imageEdge = min(190, width * 0.2)
        let pitch = min((height + gap) / Double(max(counts.first, 1)), 96)
        let mapEdge = pitch - gap
        let kernelEdge = hasKernels ? (mapEdge * 0.7).rounded() : 0
        secondColumns = max(min(counts.second, 4), 1)
        let rows = (counts.second + secondColumns - 1) / secondColumns
        let cell = min((height + gap) / Double(max(rows, 4)) - gap, 62)
        let secondWidth = counts.second == 0 ? 0 : Double(secondColumns) * (cell + gap) - gap
        let gaps = counts.second == 0 ? 2.0 : 3.0
        let used = imageEdge + kernelEdge + gap + mapEdge + secondWidth + answer.width
        let space = max((width - used) / gaps, gap)

        image = Rect(origin.x, middle - imageEdge / 2, imageEdge, imageEdge)
        var x = image.maxX + space
        let start = middle - (Double(counts.first) * pitch - gap) / 2
        names.append(Point(x, start - head))
        for place in 0..<counts.first {
            let y = start + Double(place) * pitch
            if hasKernels { kernels.append(Rect(x, y + (mapEdge - kernelEdge) / 2, kernelEdge, kernelEdge)) }
            first.append(Rect(x + kernelEdge + gap, y, mapEdge, mapEdge))
        }
        x += kernelEdge + gap + mapEdge + space
        if counts.second > 0 {
            let down = Double(rows) * (cell + gap) - gap
            placeSecond(counts.second, from: Point(x, middle - down / 2), cell: cell)
            names.append(Point(x, middle - down / 2 - head))
            x += secondWidth + space
        }
        answers = Rect(x, middle - answer.entry, answer.width, answer.height)
        goal = Point(x - gap, middle)
    }

    /// From top to bottom.
    init(
        downFrom origin: Point, _ width: Double, _ counts: (first: Int, second: Int), hasKernels: Bool,
        _ answer: HeroAnswers
    ) {
        let (gap, space, middle) = (HeroLayout.tileGap, 52.0, origin.x + width / 2)
        let imageEdge = min(140, width * 0.4)
        image = Rect(middle - imageEdge / 2, origin.y, imageEdge, imageEdge)
        var y = image.maxY + space
        let pitch = min((width + gap) / Double(max(counts.first, 1)), 96)
        let mapEdge = pitch - gap
        let kernelEdge = hasKernels ? (mapEdge * 0.6).rounded() : 0
        let start = middle - (Double(counts.first) * pitch - gap) / 2
        let lift = answer.font.lineHeight / 2
        names.append(Point(origin.x, image.maxY + space / 2 - lift))
        for place in 0..<counts.first {
            let x = start + Double(place) * pitch
            if hasKernels { kernels.append(Rect(x + (mapEdge - kernelEdge) / 2, y, kernelEdge, kernelEdge)) }
            first.append(Rect(x, y + kernelEdge + gap, mapEdge, mapEdge))
        }
        y += kernelEdge + gap + mapEdge + space
        if counts.second > 0 {
            secondColumns = min(counts.second, 8)
            let rows = (counts.second + secondColumns - 1) / secondColumns
            let cell = min((width + gap) / Double(secondColumns) - gap, 72)
            let across = Double(secondColumns) * (cell + gap) - gap
            names.append(Point(origin.x, y - space / 2 - lift))
            placeSecond(counts.second, from: Point(middle - across / 2, y), cell: cell)
            y += Double(rows) * (cell + gap) - gap + space
        }
        let across = min(width, answer.width * 1.5)
        answers = Rect(middle - across / 2, y, across, answer.height)
        goal = Point(middle, y - gap)
        size = Size(width, answers.maxY - origin.y)
    }

    private mutating func placeSecond(_ count: Int, from corner: Point, cell: Double) {
        let pitch = cell + HeroLayout.tileGap
        for place in 0..<count {
            let (row, column) = (Double(place / secondColumns), Double(place % secondColumns))
            second.append(Rect(corner.x + column * pitch, corner.y + row * pitch, cell, cell))
        }
    }

    /// From the image to each filter, from each map to the rows of those after it, or columns, and on to the answer.
    func lines(isUpright: Bool) -> [[Point]] {
        func out(of place: Rect) -> Point {
            isUpright ? Point(place.midX, place.maxY) : Point(place.maxX, place.midY)
        }
        func into(_ place: Rect) -> Point { isUpright ? Point(place.midX, place.y) : Point(place.x, place.midY) }
        let entries = kernels.isEmpty ? first : kernels
        var ways = entries.map { (out(of: image), into($0)) } + zip(kernels, first).map { (out(of: $0), into($1)) }
        let heads = second.indices.filter { isUpright ? $0 < secondColumns : $0 % secondColumns == 0 }
        let ends = second.indices.filter { place in
            isUpright
                ? place + secondColumns >= second.count
                : place % secondColumns == secondColumns - 1 || place == second.count - 1
        }
        ways += first.flatMap { map in heads.map { (out(of: map), into(second[$0])) } }
        ways += (second.isEmpty ? first : ends.map { second[$0] }).map { (out(of: $0), goal) }
        return ways.map { HeroLayout.curve(from: $0, to: $1, isUpright: isUpright) }
    }

    /// A way that leaves and arrives straight ahead: the cubic of Hermite's interpolation with level ends.
    private static func curve(from start: Point, to end: Point, isUpright: Bool) -> [Point] {
        let steps = 14
        return (0...steps).map { step in
            let t = Double(step) / Double(steps)
            let eased = t * t * (3 - 2 * t)
            let (x, y) = isUpright ? (eased, t) : (t, eased)
            return Point(start.x + (end.x - start.x) * x, start.y + (end.y - start.y) * y)
        }
    }
}
