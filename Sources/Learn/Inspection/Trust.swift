/// How a network answers to images other than those that it was made for.
public struct Trust: Sendable, Equatable {
    /// Share of right answers to images moved by -4...4 pixels (column) to the right and down (row), `[2, 9]`;
    /// what moves in is 0.
    public let shifts: Tensor
    /// Numbers of images by class, `[4, classes]`: all; those answered right; those whose mirror image, left and right
    /// changed, is; those whose negative is, level 255 less each level.
    public let changed: Tensor
    /// Probability of each class for an image that is black all over, and for a white one, `[2, classes]`.
    public let blank: Tensor
    /// The same for images of noise, each level of each pixel and channel as likely as any other, `[1000, classes]`.
    public let noise: Tensor

    /// The largest shift.
    public static let reach = 4
    /// Test images that are changed at most, evenly spread.
    public static let mostImages = 10_000
    public static let noiseImages = 1000

    public init(shifts: Tensor, changed: Tensor, blank: Tensor, noise: Tensor) {
        self.shifts = shifts
        self.changed = changed
        self.blank = blank
        self.noise = noise
    }
}

extension Trust {
    var tensors: [NamedTensor] {
        [("shifts", shifts), ("changed", changed), ("blank", blank), ("noise", noise)]
            .map { NamedTensor("\(Trust.name).\($0)", $1) }
    }

    init(_ form: InspectionForm, from reader: inout TensorReader) throws(RunDefect) {
        func tensor(_ name: String, _ rows: Int, _ columns: Int) throws(RunDefect) -> Tensor {
            try reader.tensor("\(Trust.name).\(name)", [rows, columns])
        }
        self.init(
            shifts: try tensor("shifts", 2, 2 * Trust.reach + 1), changed: try tensor("changed", 4, form.classes),
            blank: try tensor("blank", 2, form.classes), noise: try tensor("noise", Trust.noiseImages, form.classes))
    }

    private static let name = "trust"
}

extension Model {
    /// - Precondition: the data's images and classes are the architecture's.
    func trust(on dataset: Dataset) -> Trust {
        let images = dataset.test.picked(dataset.test.spread(Trust.mostImages))
        let asTheyAre = measure(images)
        func accuracy(_ steps: Int, right: Int, down: Int) -> Float {
            let moved = steps == 0 ? asTheyAre : measure(images.shifted(down: down * steps, right: right * steps))
            return Float(moved.evaluation.accuracy)
        }
        let steps = -Trust.reach...Trust.reach
        let shifts = steps.map { accuracy($0, right: 1, down: 0) } + steps.map { accuracy($0, right: 0, down: 1) }
        let changed = [
            images.labels.map { Int($0) }, right(asTheyAre, images), right(measure(images.mirrored), images),
            right(measure(images.inverted), images),
        ]
        let counts = changed.flatMap { classes in
            classes.reduce(into: [Float](repeating: 0, count: architecture.classes)) { $0[$1] += 1 }
        }
        return Trust(
            shifts: Tensor(shape: [2, steps.count], values: shifts),
            changed: Tensor(shape: [changed.count, architecture.classes], values: counts),
            blank: measure(.blank(images.shape)).predictions,
            noise: measure(.noise(images.shape, count: Trust.noiseImages)).predictions)
    }

    /// The classes of the images that are answered right.
    private func right(_ measured: MeasuredSplit, _ images: Split) -> [Int] {
        zip(measured.predictions.likeliestClasses, images.labels).filter { $0 == $1 }.map { Int($1) }
    }
}
