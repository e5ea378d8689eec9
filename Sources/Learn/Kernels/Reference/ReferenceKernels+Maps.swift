import KernelInterface

extension ReferenceKernels {
    func run(_ call: Gather) {
        let layout = call.map.layout
        for (y, x, channel, lane) in numbers(of: layout) {
            guard lane < call.count else {
                call.map[y, x, channel, lane] = 0
                continue
            }
            let row = Int(call.images.pointer[lane]) * layout.height + y
            let pixel = call.pixels.pointer[(row * layout.width + x) * layout.channels + channel]
            call.map[y, x, channel, lane] = Float(pixel) / 255
        }
    }

    func run(_ call: MapPooling) {
        let factor = 1 / Float(call.windowHeight * call.windowWidth)
        for (y, x, channel, lane) in numbers(of: call.output.layout) {
            let rows = (0..<call.windowHeight).map { row in
                (0..<call.windowWidth).map { column in
                    call.input[y * call.strideHeight + row, x * call.strideWidth + column, channel, lane]
                }
            }
            switch call.pooling {
            case .average:
                let sums = rows.map { $0.dropFirst().reduce($0[0], +) }
                call.output[y, x, channel, lane] = sums.dropFirst().reduce(sums[0], +) * factor
            case .maximum:
                let window = rows.flatMap(\.self)
                let winner = window.indices.reduce(0) { window[$1] > window[$0] ? $1 : $0 }
                call.output[y, x, channel, lane] = window[winner]
                call.winners?.pointer[place(call.output.layout, y, x, channel, lane)] = Int32(winner)
            }
        }
    }

    func run(_ call: MapUnpooling) {
        let factor = 1 / Float(call.windowHeight * call.windowWidth)
        for (y, x, channel, lane) in numbers(of: call.inputGradient.layout) {
            call.inputGradient[y, x, channel, lane] = 0
        }
        for (y, x, channel, lane) in numbers(of: call.gradient.layout) {
            let value = call.gradient[y, x, channel, lane]
            let winner = call.winners?.pointer[place(call.gradient.layout, y, x, channel, lane)]
            for row in 0..<call.windowHeight {
                for column in 0..<call.windowWidth {
                    let won = winner.map { Int($0) == row * call.windowWidth + column } ?? false
                    let share = call.pooling == .average ? value * factor : won ? value : 0
                    call.inputGradient[y * call.strideHeight + row, x * call.strideWidth + column, channel, lane] +=
                        share
                }
            }
        }
    }

    func run(_ call: Rectification) {
        for (y, x, channel, lane) in numbers(of: call.output.layout) {
            call.output[y, x, channel, lane] = max(0, call.input[y, x, channel, lane])
        }
    }

    func run(_ call: ChannelScaling) {
        for (y, x, channel, lane) in numbers(of: call.output.layout) {
            var sum = call.shift?.pointer[channel] ?? 0
            sum.addProduct(call.input[y, x, channel, lane], call.scale.pointer[channel])
            call.output[y, x, channel, lane] = sum
        }
    }

    func run(_ call: RectifiedGradient) {
        for (y, x, channel, lane) in numbers(of: call.result.layout) {
            let isOn = call.output.map { $0[y, x, channel, lane] > 0 } ?? true
            let value = isOn ? call.gradient[y, x, channel, lane] : 0
            call.result[y, x, channel, lane] = value
            call.sums?.pointer[channel * blockLanes + lane] += value
        }
    }

    func run(_ call: DropoutCall) {
        let layout = call.values.layout
        for (y, x, channel, lane) in numbers(of: layout) {
            let place = place(layout, y, x, channel, 0) / blockLanes
            var h = call.keys.pointer[lane] ^ ((call.firstElement &+ UInt32(place)) &* 0x9E37_79B9)
            h = (h ^ (h >> 16)) &* 0x85EB_CA6B
            h = (h ^ (h >> 13)) &* 0xC2B2_AE35
            h ^= h >> 16
            if h < call.threshold {
                call.values[y, x, channel, lane] = 0
                call.gates?.pointer[place * blockLanes + lane] = call.closedGate
            } else {
                call.values[y, x, channel, lane] *= call.scale
            }
        }
    }

    /// Every number of a block's maps, row by row.
    func numbers(of layout: MapLayout) -> [(y: Int, x: Int, channel: Int, lane: Int)] {
        (0..<layout.height * layout.width * layout.channels * blockLanes).map { index in
            let element = index / blockLanes
            let column = element / layout.channels
            return (column / layout.width, column % layout.width, element % layout.channels, index % blockLanes)
        }
    }

    /// Of a number in maps without a border.
    private func place(_ layout: MapLayout, _ y: Int, _ x: Int, _ channel: Int, _ lane: Int) -> Int {
        ((y * layout.width + x) * layout.channels + channel) * blockLanes + lane
    }
}
