import Testing

@testable import Learn

@Suite struct InspectionRolesTests {
    /// Where a layer's maps stand in the image, told by hand: the edge of a cell, and at which cell's centre the first
    /// output of the last convolution stands, how far the next one is, how far the patterns reach, its output, and the
    /// pooling behind it.
    struct Place {
        let layer: String
        var cell = 1
        var first = 0.0
        var stride = 1
        var reach = 1
        let height, width: Int
        var pooling: (window: Int, stride: Int)?
    }

    static let places: [[Place]] = [
        [
            Place(layer: "conv1", reach: 2, height: 14, width: 12),
            Place(layer: "pool1", reach: 2, height: 14, width: 12, pooling: (2, 2)),
            Place(layer: "conv2", cell: 2, height: 7, width: 6),
            Place(layer: "pool2", cell: 2, height: 7, width: 6, pooling: (2, 2)),
        ],
        [
            Place(layer: "conv1", first: 1, height: 12, width: 10),
            Place(layer: "conv2", first: 2, stride: 2, height: 6, width: 5),
            Place(layer: "batchnorm1", first: 2, stride: 2, height: 6, width: 5),
            Place(layer: "relu1", first: 2, stride: 2, height: 6, width: 5),
            Place(layer: "pool1", first: 2, stride: 2, height: 6, width: 5, pooling: (3, 2)),
        ],
        [
            Place(layer: "pool1", height: 14, width: 12, pooling: (2, 2)),
            Place(layer: "conv1", cell: 2, height: 7, width: 6),
            Place(layer: "pool2", cell: 2, height: 7, width: 6, pooling: (2, 2)),
        ],
        [],
    ]

    /// Of fewer images they are those of these alone.
    @Test func fewerImagesAreEvenlySpread() throws {
        let (model, dataset) = (try ModelTests.model(Inspected.networks[0]), Inspected.dataset)
        let few = Dataset(
            train: dataset.train, test: dataset.test.picked(dataset.test.spread(20)), classCount: dataset.classCount,
            digests: dataset.digests)
        #expect(try model.inspectRoles(on: dataset, images: 20) == model.filterRoles(of: few))
        #expect(try model.inspectRoles(on: dataset, images: 1000) == model.filterRoles(of: dataset))
    }

    /// By the definitions, number by number, and Pearson's correlation in two passes.
    @Test(arguments: zip(Inspected.networks, places))
    func correlationsAreThoseOfTheDefinitions(layers: [String], places: [Place]) throws {
        let model = try ModelTests.model(layers)
        let roles = model.filterRoles(of: Inspected.dataset)
        #expect(roles.layers.map(\.name) == places.map(\.layer))
        let test = Inspected.dataset.test
        let outputs = try model.activations(test.tensor(of: Array(0..<203)))
        for (place, found) in zip(places, roles.layers) {
            let maps = try #require(outputs.first { $0.name == place.layer }).tensor
            let filters = maps.shape[3]
            let planes = (0..<203).map { patterns(of: test, $0, place) }
            #expect(found.tensor.shape == [filters, 15])
            for filter in 0..<filters {
                let map = stride(from: filter, to: maps.values.count, by: filters).map { Double(maps.values[$0]) }
                for pattern in 0..<15 {
                    let expected = pearson(map, planes.flatMap { $0[pattern] })
                    let value = Double(found.tensor.values[filter * 15 + pattern])
                    #expect(abs(value - expected) < 1e-4, "\(place.layer) \(filter) \(pattern)")
                }
            }
        }
    }

    /// Filters that were made to look for something are found to look for it.
    @Test func madeFiltersHaveTheirRoles() throws {
        let kernels: [(PlainPattern, sign: Float, bias: Float, [Float])] = [
            (.ink, 1, 0, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
            (.ink, -1, 4.5, [-1, -1, -1, -1, -1, -1, -1, -1, -1].map { $0 / 2 }),
            (.empty, 1, 0.5, [-9, -9, -9, -9, -9, -9, -9, -9, -9]),
            (.left, 1, 0, [-1, 0, 1, -2, 0, 2, -1, 0, 1]), (.right, 1, 0, [1, 0, -1, 2, 0, -2, 1, 0, -1]),
            (.upper, 1, 0, [-1, -2, -1, 0, 0, 0, 1, 2, 1]), (.lower, 1, 0, [1, 2, 1, 0, 0, 0, -1, -2, -1]),
            (.upperLeft, 1, 0, [-2, -2, 0, -2, 0, 2, 0, 2, 2]), (.upperRight, 1, 0, [0, -2, -2, 2, 0, -2, 2, 2, 0]),
            (.lowerLeft, 1, 0, [0, 2, 2, -2, 0, 2, -2, -2, 0]), (.lowerRight, 1, 0, [2, 2, 0, 2, 0, -2, 0, -2, -2]),
            (.uprightBright, 1, 0, [-1, 2, -1, -2, 4, -2, -1, 2, -1]),
            (.uprightDark, 1, 0, [1, -2, 1, 2, -4, 2, 1, -2, 1]),
            (.levelBright, 1, 0, [-1, -2, -1, 2, 4, 2, -1, -2, -1]),
            (.levelDark, 1, 0, [1, 2, 1, -2, -4, -2, 1, 2, 1]),
        ]
        let shape = ImageShape(height: 14, width: 12, channels: 1)
        let architecture = try Architecture(
            input: shape, classes: 10, notation: ["conv 15@3x3 same", "flatten", "dense 10"])
        let weights = architecture.parameters.map { parameter -> NamedTensor in
            var values = [Float](repeating: 0, count: parameter.count)
            for (filter, kernel) in kernels.enumerated() where parameter.name == "conv1.kernel" {
                for place in 0..<9 { values[place * 15 + filter] = kernel.3[place] }
            }
            if parameter.name == "conv1.bias" { values = kernels.map(\.bias) }
            return NamedTensor(parameter.name, Tensor(shape: parameter.shape, values: values))
        }
        let data = Dataset(
            train: Inspected.split(20, seed: 51, shape: shape), test: Inspected.split(300, seed: 53, shape: shape),
            classCount: 10, digests: [:])
        let found = try Model(architecture, weights: weights).filterRoles(of: data).layers[0].tensor
        for (filter, kernel) in kernels.enumerated() {
            let own = Array(found.values[filter * 15..<filter * 15 + 15])
            let wanted = try #require(PlainPattern.allCases.firstIndex(of: kernel.0))
            #expect(own[wanted] * kernel.sign > 0.9, "\(kernel.0): \(own)")
            for (pattern, value) in own.enumerated() where pattern != wanted && pattern > 0 {
                #expect(value < own[wanted] * kernel.sign, "\(kernel.0), not \(PlainPattern.allCases[pattern])")
            }
        }
    }

    @Test(arguments: Inspected.networks)
    func threadsAndKernelsLeaveTheSameBits(layers: [String]) throws {
        let found = try Inspected.models(layers).map { $0.filterRoles(of: Inspected.dataset) }
        for other in found.dropFirst() { #expect(other == found[0]) }
    }

    /// A filter that never answers, and fewer images than a block holds.
    @Test func whatNeverChangesCorrelatesWithNothing() throws {
        let model = try ModelTests.model(Inspected.networks[0])
        var weights = model.weights
        weights[0].tensor.values = weights[0].tensor.values.indices.map {
            $0 % 3 == 1 ? 0 : weights[0].tensor.values[$0]
        }
        weights[1].tensor.values[1] = 0.3
        let dead = try Model(model.architecture, weights: weights).filterRoles(of: Inspected.dataset(test: 3))
        #expect(dead.layers[0].tensor.values[15..<30].allSatisfy { $0 == 0 })
        #expect(dead.layers[0].tensor.values.contains { $0 != 0 })
    }

    /// - Returns: `[patterns][places]`
    private func patterns(of split: Split, _ index: Int, _ place: Place) -> [[Double]] {
        let (shape, image) = (split.shape, Array(split.image(index)))
        func pixel(_ y: Int, _ x: Int) -> Double {
            guard (0..<shape.height).contains(y), (0..<shape.width).contains(x) else { return 0 }
            let first = (y * shape.width + x) * shape.channels
            return image[first..<first + shape.channels].reduce(0) { $0 + Double($1) / 255 } / Double(shape.channels)
        }
        func cell(_ y: Int, _ x: Int) -> Double {
            var sum = 0.0
            for dy in 0..<place.cell {
                for dx in 0..<place.cell { sum += pixel(y * place.cell + dy, x * place.cell + dx) }
            }
            return sum / Double(place.cell * place.cell)
        }
        let r = place.reach
        func at(_ y: Int, _ x: Int) -> [Double] {
            let (y, x) = (y * place.stride + Int(place.first), x * place.stride + Int(place.first))
            func sum(_ value: (Int, Int) -> Double) -> Double {
                (-r...r).reduce(0) { sum, dy in (-r...r).reduce(sum) { $0 + value(dy, $1) } }
            }
            func w(_ d: Int) -> Double { Double(r + 1 - abs(d)) }
            func sign(_ d: Int) -> Double { Double(d.signum()) }
            let right = sum { w($0) * sign($1) * cell(y + $0, x + $1) }
            let down = sum { w($1) * sign($0) * cell(y + $0, x + $1) }
            let window = (-r...r).flatMap { dy in (-r...r).map { cell(y + dy, x + $0) } }
            let upright = (-r...r).reduce(0) {
                $0 + w($1) * (2 * cell(y + $1, x) - cell(y + $1, x - r) - cell(y + $1, x + r))
            }
            let level = (-r...r).reduce(0) {
                $0 + w($1) * (2 * cell(y, x + $1) - cell(y - r, x + $1) - cell(y + r, x + $1))
            }
            return [sum { w($0) * w($1) * cell(y + $0, x + $1) }, (window.max() ?? 0) <= 5.0 / 255 + 1e-7 ? 1 : 0]
                + [right, -right, down, -down, right + down, down - right, right - down, -right - down].map {
                    max(0, $0)
                }
                + [(right * right + down * down).squareRoot()]
                + [upright, -upright, level, -level].map { max(0, $0) }
        }
        let plain = (0..<place.height).map { y in (0..<place.width).map { at(y, $0) } }
        guard let pooling = place.pooling else {
            return (0..<15).map { pattern in plain.flatMap { $0.map { $0[pattern] } } }
        }
        let rows = (place.height - pooling.window) / pooling.stride + 1
        let columns = (place.width - pooling.window) / pooling.stride + 1
        return (0..<15).map { pattern in
            (0..<rows * columns).map { index in
                var sum = 0.0
                for dy in 0..<pooling.window {
                    for dx in 0..<pooling.window {
                        sum +=
                            plain[index / columns * pooling.stride + dy][index % columns * pooling.stride + dx][pattern]
                    }
                }
                return sum
            }
        }
    }

    private func pearson(_ a: [Double], _ b: [Double]) -> Double {
        let means = (a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count))
        let pairs = zip(a, b).map { ($0 - means.0, $1 - means.1) }
        let scale = (pairs.reduce(0) { $0 + $1.0 * $1.0 } * pairs.reduce(0) { $0 + $1.1 * $1.1 }).squareRoot()
        return scale > 1e-9 ? pairs.reduce(0) { $0 + $1.0 * $1.1 } / scale : 0
    }
}
