import Learn

/// What the filters of a convolution are worth: how many test images are answered correctly without each of them.
struct FilterWorth: Sendable, Equatable {
    /// What stands in the place of a filter's map.
    enum Substitute {
        case zero, mean
    }

    let layer: String
    private let measured: SwitchedOff
    /// Test images by half and class.
    private let images: [[Int]]
    /// Which halves are looked at.
    private let parts: Range<Int>

    init(_ measured: SwitchedOff, labels: [UInt8]) {
        self.init(measured, images: FilterWorth.images(labels, classes: measured.whole.shape[1]), parts: 0..<2)
    }

    private init(_ measured: SwitchedOff, images: [[Int]], parts: Range<Int>) {
        layer = measured.layer
        self.measured = measured
        self.images = images
        self.parts = parts
    }

    /// By either half of the test images alone, if both have any.
    var halves: [FilterWorth] {
        images.contains { $0.allSatisfy { $0 == 0 } }
            ? [] : (0..<2).map { FilterWorth(measured, images: images, parts: $0..<$0 + 1) }
    }

    var filters: Range<Int> { 0..<measured.filters }

    /// With all filters on.
    var accuracy: Double { share(measured.whole, at: 0, of: nil) }

    /// Without one.
    func accuracy(without filter: Int, _ substitute: Substitute = .zero) -> Double {
        share(tensor(substitute), at: filter, of: nil)
    }

    /// Of a class; one for a class without images.
    func recall(_ label: Int) -> Double { share(measured.whole, at: 0, of: label) }

    func recall(_ label: Int, without filter: Int, _ substitute: Substitute = .zero) -> Double {
        share(tensor(substitute), at: filter, of: label)
    }

    /// The filter without which the accuracy is lowest, the first of several.
    func worst(_ substitute: Substitute = .zero) -> Int {
        filters.min { (accuracy(without: $0, substitute), $0) < (accuracy(without: $1, substitute), $1) } ?? 0
    }

    /// Accuracies without each filter.
    func accuracies(_ substitute: Substitute = .zero) -> [Double] { filters.map { accuracy(without: $0, substitute) } }

    /// The class of whose images most are no longer recognised without a filter, as a share of them; the first of
    /// several.
    func hardestHit(without filter: Int) -> Int {
        let losses = images[0].indices.map { recall($0) - recall($0, without: filter) }
        return losses.indices.max { (losses[$0], $1) < (losses[$1], $0) } ?? 0
    }

    private func tensor(_ substitute: Substitute) -> Tensor {
        substitute == .zero ? measured.zero : measured.mean
    }

    /// - Parameter tensor: correct answers, `[filters, 2, classes]` or `[2, classes]`.
    private func share(_ tensor: Tensor, at filter: Int, of label: Int?) -> Double {
        let classes = images[0].count
        var (correct, all) = (0.0, 0)
        for part in parts {
            for place in label.map({ $0..<$0 + 1 }) ?? 0..<classes {
                correct += Double(tensor.values[(filter * 2 + part) * classes + place])
                all += images[part][place]
            }
        }
        return all == 0 ? 1 : correct / Double(all)
    }

    private static func images(_ labels: [UInt8], classes: Int) -> [[Int]] {
        var images = [[Int]](repeating: [Int](repeating: 0, count: classes), count: 2)
        for (place, label) in labels.enumerated() { images[place < labels.count / 2 ? 0 : 1][Int(label)] += 1 }
        return images
    }
}

extension [FilterWorth] {
    /// The filter of all without which the accuracy is lowest, the first of several; nil without a filter.
    var worst: (worth: FilterWorth, filter: Int)? {
        map { ($0, $0.worst()) }.min { $0.0.accuracy(without: $0.1) < $1.0.accuracy(without: $1.1) }
    }

    /// How much of the accuracy hangs on one filter.
    var dependence: Double { worst.map { $0.worth.accuracy - $0.worth.accuracy(without: $0.filter) } ?? 0 }
}

extension FilterWorth {
    /// From this loss of accuracy on, a network leans on a filter.
    static let leaning = 0.1
}
