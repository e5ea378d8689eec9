/// Path data with relative coordinates in hundredths of a pixel.
///
/// Each point is rounded where it lies and differences are taken between rounded points, so errors never add up.
struct SVGPath {
    /// What an attribute `d` holds.
    private(set) var data: [UInt8] = []
    /// What all points lie within, in pixels; nil if there is nothing but moves.
    private(set) var bounds: Rect?
    private var x = 0
    private var y = 0
    private var start = (x: 0, y: 0)
    /// A `moveto` that is written only if something follows it; Cairo ends every path with one.
    private var pending: Point?
    private var lastCommand: UInt8 = 0
    private var lastNumberHasFraction = false
}

extension SVGPath {
    mutating func move(to point: Point) { pending = point }

    mutating func line(to point: Point) {
        flushMove()
        include(point)
        let (endX, endY) = SVGPath.units(point)
        if endY == y {
            write("h")
            write(endX - x)
        } else if endX == x {
            write("v")
            write(endY - y)
        } else {
            write("l")
            write(endX - x)
            write(endY - y)
        }
        (x, y) = (endX, endY)
    }

    /// - Parameters:
    ///   - first: what the curve leaves its begin for.
    ///   - second: what it comes to its end from.
    mutating func curve(_ first: Point, _ second: Point, to end: Point) {
        flushMove()
        write("c")
        for point in [first, second, end] {
            include(point)
            let (pointX, pointY) = SVGPath.units(point)
            write(pointX - x)
            write(pointY - y)
        }
        (x, y) = SVGPath.units(end)
    }

    mutating func close() {
        flushMove()
        write("z")
        (x, y) = start
    }

    private mutating func flushMove() {
        guard let move = pending else { return }
        pending = nil
        include(move)
        let (moveX, moveY) = SVGPath.units(move)
        write("m")
        write(moveX - x)
        write(moveY - y)
        // Coordinates without a letter would be lines.
        lastCommand = 0
        (x, y) = (moveX, moveY)
        start = (x, y)
    }

    private mutating func include(_ point: Point) {
        let here = bounds ?? Rect(point.x, point.y, 0, 0)
        let (left, top) = (min(here.x, point.x), min(here.y, point.y))
        bounds = Rect(left, top, max(here.maxX, point.x) - left, max(here.maxY, point.y) - top)
    }

    private static func units(_ point: Point) -> (x: Int, y: Int) {
        (SVGNumber.units(point.x, decimals: 2), SVGNumber.units(point.y, decimals: 2))
    }

    /// Begins a command; the letter is left out where it is the last one's, whose numbers may go on.
    private mutating func write(_ command: Unicode.Scalar) {
        let letter = UInt8(ascii: command)
        if letter == lastCommand, command != "z" { return }
        data.append(letter)
        lastCommand = letter
        lastNumberHasFraction = false
    }

    private mutating func write(_ number: Int) {
        // A sign begins a number, and so does the second point in a row.
        let isApart = number < 0 || (1..<100 ~= number && lastNumberHasFraction)
        if !isApart, let last = data.last, last <= UInt8(ascii: "9") { data.append(0x20) }
        SVGNumber.write(units: number, decimals: 2, to: &data)
        lastNumberHasFraction = number % 100 != 0
    }
}
