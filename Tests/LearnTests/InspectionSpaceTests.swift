import Testing

@testable import Learn

@Suite struct InspectionSpaceTests {
    /// The layer whose outputs the last dense layer takes; without one, the pixels.
    static let inputs: [String?] = ["dense1", "batchnorm2", "relu1", "dense1"]

    /// The covariance of all features, and power iteration with deflation.
    @Test(arguments: zip(Inspected.networks, inputs))
    func coordinatesAreThoseOfTheComponents(layers: [String], layer: String?) throws {
        try check(layers, layer, on: Inspected.dataset)
    }

    /// More features than images: found by the images' inner products.
    @Test func pixelsHaveComponents() throws {
        try check(["flatten", "dense 10"], nil, on: Inspected.dataset)
        try check(["flatten", "dense 10"], nil, on: Inspected.dataset(test: 20))
    }

    private func check(_ layers: [String], _ layer: String?, on dataset: Dataset) throws {
        let model = try ModelTests.model(layers)
        let space = model.featureSpace(of: dataset)
        let images = dataset.test.tensor(of: Array(0..<dataset.test.count))
        let outputs = try model.activations(images)
        let features = layer.flatMap { name in outputs.first { $0.name == name }?.tensor } ?? images
        let (count, size) = (dataset.test.count, features.values.count / dataset.test.count)
        #expect(space.coordinates.shape == [count, 2] && space.shares.shape == [2])
        let rows = (0..<count).map { image in features.values[image * size..<(image + 1) * size].map(Double.init) }
        let means = (0..<size).map { feature in rows.reduce(0) { $0 + $1[feature] } / Double(count) }
        var centered = rows.map { zip($0, means).map { $0 - $1 } }
        let total = centered.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } }
        for component in 0..<2 {
            var axis = (0..<size).map { 1 + Double($0 % 7) }
            for _ in 0..<1500 {
                let along = centered.map { row in zip(row, axis).reduce(0) { $0 + $1.0 * $1.1 } }
                var next = [Double](repeating: 0, count: size)
                for (row, weight) in zip(centered, along) { for k in 0..<size { next[k] += weight * row[k] } }
                let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
                axis = next.map { $0 / length }
            }
            if let largest = axis.max(by: { abs($0) < abs($1) }), largest < 0 { axis = axis.map { -$0 } }
            let along = centered.map { row in zip(row, axis).reduce(0) { $0 + $1.0 * $1.1 } }
            let variance = along.reduce(0) { $0 + $1 * $1 }
            #expect(abs(Double(space.shares.values[component]) - variance / total) < 1e-5)
            let scale = (variance / Double(count)).squareRoot()
            for (image, value) in along.enumerated() {
                #expect(abs(Double(space.coordinates.values[image * 2 + component]) - value) < 2e-3 * scale)
            }
            centered = zip(centered, along).map { row, along in zip(row, axis).map { $0 - along * $1 } }
        }
    }

    @Test func whatDoesNotVaryLiesAtZero() throws {
        let layers = ["flatten", "dense 1", "dense 10"]
        let one = try ModelTests.model(layers).featureSpace(of: Inspected.dataset)
        #expect(one.shares.values[1] == 0 && (one.shares.values[0] == 0 || one.shares.values[0] > 0.999))
        #expect(stride(from: 1, to: 406, by: 2).allSatisfy { one.coordinates.values[$0] == 0 })
        let black = Split(
            pixels: [UInt8](repeating: 0, count: 2 * ModelTests.input.count), labels: [0, 1], shape: ModelTests.input)
        let dataset = Dataset(train: black, test: black, classCount: 10, digests: [:])
        let none = try ModelTests.model(Inspected.networks[0]).featureSpace(of: dataset)
        #expect(none.shares.values == [0, 0] && none.coordinates == Tensor(zeros: [2, 2]))
    }

    @Test(arguments: Inspected.networks + [["flatten", "dense 10"]])
    func threadsAndKernelsLeaveTheSameBits(layers: [String]) throws {
        let found = try Inspected.models(layers).map { $0.featureSpace(of: Inspected.dataset) }
        for other in found.dropFirst() { #expect(other == found[0]) }
    }
}
