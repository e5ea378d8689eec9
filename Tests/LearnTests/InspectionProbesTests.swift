import Testing

@testable import Learn

@Suite struct InspectionProbesTests {
    /// The normal equations of the features, with the mean as one more of them left out of the penalty, solved by
    /// Gauss's elimination. Layers have fewer outputs than there are training images, and more.
    @Test(arguments: Inspected.networks)
    func accuraciesAreThoseOfRidgeRegression(layers: [String]) throws {
        let model = try ModelTests.model(layers)
        let dataset = Dataset(
            train: Inspected.split(120, seed: 51), test: Inspected.split(103, seed: 52), classCount: 10, digests: [:])
        let probes = model.probes(on: dataset)
        let inputs = [dataset.train, dataset.test].map { $0.tensor(of: Array(0..<$0.count)) }
        let outputs = try inputs.map { try model.activations($0) }
        #expect(probes.accuracy.shape == [1 + outputs[0].count])
        // The last one is compared before softmax, which activations do not tell.
        for place in 0..<outputs[0].count {
            let (train, test) = (0..<2).map { place == 0 ? inputs[$0] : outputs[$0][place - 1].tensor }.pair
            guard train.values.count / 120 < 300 else { continue }
            let expected = accuracy(train, dataset.train.labels, test, dataset.test.labels)
            #expect(abs(Double(probes.accuracy.values[place]) - expected) < 1e-6, "\(place)")
        }
        #expect(probes.accuracy.values[0] > 0.3)
    }

    /// More features than images, and the other way round: one answer.
    @Test func bothFormsAreOneRule() throws {
        let model = try ModelTests.model(["flatten", "dense 10"])
        let dataset = Dataset(
            train: Inspected.split(120, seed: 51), test: Inspected.split(103, seed: 52), classCount: 10, digests: [:])
        let inputs = [dataset.train, dataset.test].map { $0.tensor(of: Array(0..<$0.count)) }
        let expected = accuracy(inputs[0], dataset.train.labels, inputs[1], dataset.test.labels)
        #expect(abs(Double(model.probes(on: dataset).accuracy.values[0]) - expected) < 1e-6)
    }

    @Test func ofOneKindOfImageTheMostFrequentClassIsTold() throws {
        func black(_ labels: [UInt8]) -> Split {
            Split(
                pixels: [UInt8](repeating: 0, count: labels.count * ModelTests.input.count), labels: labels,
                shape: ModelTests.input)
        }
        let dataset = Dataset(train: black([2, 7, 7]), test: black([7, 2, 7, 7]), classCount: 10, digests: [:])
        let probes = try ModelTests.model(Inspected.networks[1]).probes(on: dataset)
        #expect(probes.accuracy.values.allSatisfy { $0 == 0.75 })
    }

    @Test(arguments: Inspected.networks)
    func threadsAndKernelsLeaveTheSameBits(layers: [String]) throws {
        let found = try Inspected.models(layers).map { $0.probes(on: Inspected.dataset) }
        for other in found.dropFirst() { #expect(other == found[0]) }
    }

    private func accuracy(_ train: Tensor, _ labels: [UInt8], _ test: Tensor, _ testLabels: [UInt8]) -> Double {
        let size = train.values.count / labels.count
        func rows(_ tensor: Tensor) -> [[Double]] {
            (0..<tensor.shape[0]).map { tensor.values[$0 * size..<($0 + 1) * size].map(Double.init) }
        }
        let (x, y) = (rows(train), labels.map { label in (0..<10).map { $0 == Int(label) ? 1.0 : 0 } })
        let means = (0..<size).map { k in x.reduce(0) { $0 + $1[k] } / Double(x.count) }
        let lengths = x.reduce(0) { $0 + zip($1, means).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        let lambda = 0.01 * lengths / Double(x.count)
        // [x 1]' [x 1] + lambda (but for the 1) | [x 1]' y
        let extended = x.map { $0 + [1] }
        var system = (0...size).map { _ in [Double](repeating: 0, count: size + 11) }
        for (row, wanted) in zip(extended, y) {
            for i in 0...size where row[i] != 0 {
                for j in 0...size { system[i][j] += row[i] * row[j] }
                for k in 0..<10 { system[i][size + 1 + k] += row[i] * wanted[k] }
            }
        }
        for i in 0..<size { system[i][i] += lambda }
        for i in 0...size {
            for j in i + 1..<max(i + 1, size + 1) where system[j][i] != 0 {
                let share = system[j][i] / system[i][i]
                for k in i..<size + 11 { system[j][k] -= share * system[i][k] }
            }
        }
        var weights = (0...size).map { _ in [Double](repeating: 0, count: 10) }
        for i in (0...size).reversed() {
            for k in 0..<10 {
                let rest = (i + 1..<max(i + 1, size + 1)).reduce(system[i][size + 1 + k]) {
                    $0 - system[i][$1] * weights[$1][k]
                }
                weights[i][k] = rest / system[i][i]
            }
        }
        let right = zip(rows(test), testLabels).count { row, label in
            let answers = (0..<10).map { k in zip(row + [1], weights).reduce(0) { $0 + $1.0 * $1.1[k] } }
            return answers.firstIndex(of: answers.max() ?? 0) == Int(label)
        }
        return Double(right) / Double(testLabels.count)
    }
}

extension Array {
    fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
