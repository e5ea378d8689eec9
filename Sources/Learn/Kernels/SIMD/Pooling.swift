import CVector
import KernelInterface

extension VectorKernels {
    public func run(_ call: MapPooling) {
        let (from, to) = (call.input.layout, call.output.layout)
        let factor = Vector(repeating: 1 / Float(call.windowHeight * call.windowWidth))
        let (down, right) = (from.row * from.element, from.channels * from.element)
        for y in 0..<to.height {
            for x in 0..<to.width {
                let corner = call.input.pointer + y * call.strideHeight * down + x * call.strideWidth * right
                for channel in 0..<to.channels {
                    let element = x * to.channels + channel
                    let out = call.output.pointer + (y * to.row + element) * to.element
                    let winner = call.winners.map { $0.pointer + (y * to.rowElements + element) * blockLanes }
                    for lane in stride(from: 0, to: blockLanes, by: lanes) {
                        let window = corner + channel * from.element + lane
                        switch call.pooling {
                        case .maximum:
                            var largest = load(window)
                            var place = IntVector(repeating: 0)
                            for row in 0..<call.windowHeight {
                                for column in 0..<call.windowWidth {
                                    let value = load(window + row * down + column * right)
                                    let number = Int32(truncatingIfNeeded: row * call.windowWidth + column)
                                    place.replace(with: IntVector(repeating: number), where: largest .< value)
                                    largest = larger(largest, value)
                                }
                            }
                            store(largest, out + lane)
                            if let winner {
                                storeInts(place, winner + lane)
                            }
                        case .average:
                            var total = Vector(repeating: 0)
                            for row in 0..<call.windowHeight {
                                var sum = load(window + row * down)
                                for column in 1..<max(1, call.windowWidth) {
                                    sum += load(window + row * down + column * right)
                                }
                                total = row == 0 ? sum : total + sum
                            }
                            store(total * factor, out + lane)
                        }
                    }
                }
            }
        }
    }

    public func run(_ call: MapUnpooling) {
        let (from, to) = (call.gradient.layout, call.inputGradient.layout)
        let factor = Vector(repeating: 1 / Float(call.windowHeight * call.windowWidth))
        let (down, right) = (to.row * to.element, to.channels * to.element)
        clear(call.inputGradient)
        for y in 0..<from.height {
            for x in 0..<from.width {
                let corner = call.inputGradient.pointer + y * call.strideHeight * down + x * call.strideWidth * right
                for channel in 0..<from.channels {
                    let element = x * from.channels + channel
                    let source = call.gradient.pointer + (y * from.row + element) * from.element
                    let winner = call.winners.map { $0.pointer + (y * from.rowElements + element) * blockLanes }
                    for lane in stride(from: 0, to: blockLanes, by: lanes) {
                        let window = corner + channel * to.element + lane
                        let value = load(source + lane)
                        let share = value * factor
                        let place = winner.map { loadInts($0 + lane) }
                        for row in 0..<call.windowHeight {
                            for column in 0..<call.windowWidth {
                                let target = window + row * down + column * right
                                let number = Int32(truncatingIfNeeded: row * call.windowWidth + column)
                                switch (call.pooling, place) {
                                case (.maximum, let place?):
                                    store(load(target) + vector_where_equal(place, number, value), target)
                                default: store(load(target) + share, target)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func clear(_ map: MutableMapView) {
        let zero = Vector(repeating: 0)
        for y in 0..<map.layout.height {
            for element in 0..<map.layout.rowElements {
                let place = map.pointer + (y * map.layout.row + element) * map.layout.element
                for lane in stride(from: 0, to: blockLanes, by: lanes) { store(zero, place + lane) }
            }
        }
    }
}
