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

    /// - Parameter data: absolute `M`, `L`, `C`, `Z` commands, as Cairo writes them; other data come back as they are.
    static func shortened(_ data: String) -> String {
        var path = SVGPath()
        var command: UInt8 = 0
        var numbers: [Int] = []
        for token in data.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x2C || $0 == 0x0A }) {
            if token.count == 1, let byte = token.first, byte >= 0x41 {
                guard "MLCZ".utf8.contains(byte) else { return data }
                command = byte
                numbers = []
                if command == UInt8(ascii: "Z") { path.close() }
                continue
            }
            guard let value = Double(Substring(token)) else { return data }
            numbers.append(SVGNumber.units(value, decimals: 2))
            if numbers.count == (command == UInt8(ascii: "C") ? 6 : 2) {
                path.add(command, numbers)
                numbers = []
            }
        }
        return String(decoding: path.output, as: UTF8.self)
    }

    private mutating func add(_ command: UInt8, _ numbers: [Int]) {
        if command == UInt8(ascii: "M") {
            pending = (numbers[0], numbers[1])
            return
        }
        flushMove()
        let (endX, endY) = (numbers[numbers.count - 2], numbers[numbers.count - 1])
        let relative = numbers.indices.map { numbers[$0] - ($0 % 2 == 0 ? x : y) }
        if command == UInt8(ascii: "C") {
            write("c", relative)
        } else if endY == y {
            write("h", [relative[0]])
        } else if endX == x {
            write("v", [relative[1]])
        } else {
            write("l", relative)
        }
        (x, y) = (endX, endY)
    }

    private mutating func flushMove() {
        guard let move = pending else { return }
        pending = nil
        write("m", [move.x - x, move.y - y])
        (x, y) = move
        start = move
    }

    private mutating func close() {
        flushMove()
        write("z", [])
        (x, y) = start
    }

    private mutating func write(_ command: Unicode.Scalar, _ numbers: [Int]) {
        let letter = UInt8(ascii: command)
        if letter != lastCommand || numbers.isEmpty { output.append(letter) }
        var followsFraction = letter == lastCommand && lastNumberHasFraction
        for number in numbers {
            let (point, begin) = (UInt8(ascii: "."), output.count)
            SVGNumber.write(units: number, decimals: 2, to: &output)
            // A sign begins a number, and so does the second point in a row.
            let isApart = number < 0 || (output[begin] == point && followsFraction)
            followsFraction = output[begin...].contains(point)
            if begin > 0, output[begin - 1] <= 0x39, !isApart { output.insert(0x20, at: begin) }
        }
        lastNumberHasFraction = followsFraction
        // After a moveto, coordinates without a letter would be lines.
        lastCommand = command == "m" ? 0 : letter
    }
}
