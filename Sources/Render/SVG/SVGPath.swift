/// Rewrites path data with relative coordinates in hundredths of a pixel.
///
/// Each point is rounded where it lies and differences are taken between rounded points, so errors never add up.
struct SVGPath {
    private var output: [UInt8] = []
    private var x = 0
    private var y = 0
    private var start = (x: 0, y: 0)
    /// A `moveto` that is written only if something follows it; Cairo ends every path with one.
    private var pending: (x: Int, y: Int)?
    private var lastCommand: UInt8 = 0
    private var lastNumberHasFraction = false
    /// The point under way: six numbers of a curve, two of anything else.
    private var numbers: [Int] = []

    /// - Parameter data: absolute `M`, `L`, `C`, `Z` commands, as Cairo writes them; other data come back as they are.
    static func shortened(_ data: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var path = SVGPath()
        path.output.reserveCapacity(data.count / 2)
        return data.withUnsafeBufferPointer { path.read($0) } ? path.output[...] : data
    }

    /// - Returns: false at anything but the commands known here.
    private mutating func read(_ data: UnsafeBufferPointer<UInt8>) -> Bool {
        var command: UInt8 = 0
        var rest = data[...]
        while true {
            rest = rest.drop(while: SVGPath.isBetweenTokens)
            guard let first = rest.first else { return true }
            if first >= UInt8(ascii: "A") {
                guard "MLCZ".utf8.contains(first) else { return false }
                command = first
                rest = rest.dropFirst()
                numbers.removeAll(keepingCapacity: true)
                if command == UInt8(ascii: "Z") { close() }
                continue
            }
            let token = rest.prefix { !SVGPath.isBetweenTokens($0) }
            rest = rest[token.endIndex...]
            guard let value = SVGNumber.value(token) else { return false }
            numbers.append(SVGNumber.units(value, decimals: 2))
            if numbers.count == (command == UInt8(ascii: "C") ? 6 : 2) {
                add(command)
                numbers.removeAll(keepingCapacity: true)
            }
        }
    }

    private static func isBetweenTokens(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x2C || byte == 0x0A }

    /// Appends what leads to the point of ``numbers``.
    private mutating func add(_ command: UInt8) {
        let (endX, endY) = (numbers[numbers.count - 2], numbers[numbers.count - 1])
        if command == UInt8(ascii: "M") {
            pending = (endX, endY)
            return
        }
        flushMove()
        if command == UInt8(ascii: "C") {
            write("c")
            for index in numbers.indices { write(numbers[index] - (index % 2 == 0 ? x : y)) }
        } else if endY == y {
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

    private mutating func flushMove() {
        guard let move = pending else { return }
        pending = nil
        write("m")
        write(move.x - x)
        write(move.y - y)
        // Coordinates without a letter would be lines.
        lastCommand = 0
        (x, y) = move
        start = move
    }

    private mutating func close() {
        flushMove()
        write("z")
        (x, y) = start
    }

    /// Begins a command; the letter is left out where it is the last one's, whose numbers may go on.
    private mutating func write(_ command: Unicode.Scalar) {
        let letter = UInt8(ascii: command)
        if letter == lastCommand, command != "z" { return }
        output.append(letter)
        lastCommand = letter
        lastNumberHasFraction = false
    }

    private mutating func write(_ number: Int) {
        // A sign begins a number, and so does the second point in a row.
        let isApart = number < 0 || (1..<100 ~= number && lastNumberHasFraction)
        if !isApart, let last = output.last, last <= UInt8(ascii: "9") { output.append(0x20) }
        SVGNumber.write(units: number, decimals: 2, to: &output)
        lastNumberHasFraction = number % 100 != 0
    }
}
