/// What a trained network was found to look for and to lean on: measured by a ``Model`` on a ``Dataset``, the same to the
/// bit whatever the number of threads.
public struct Inspection: Sendable, Equatable {
    /// What each filter is worth, for each convolution in layer order.
    public var switchedOff: [SwitchedOff]
    /// Where filters answer most, for each convolution in layer order.
    public var patches: [StrongestPatches]
    /// What each filter answers to, as far as there is a word for it.
    public var roles: FilterRoles
    /// Images for the filters of each convolution in layer order, then for the classes.
    public var wished: Compared<[WishedImages]>
    /// What the network's answers to some test images hang on, and those of one with random weights.
    public var saliency: Compared<Saliency>
    /// Answers to images that the network was not made for.
    public var trust: Trust
    /// Where the last dense layer finds the test images.
    public var space: FeatureSpace
    /// From where on the classes can be told by a linear rule.
    public var probes: Probes
}

/// A measurement of the network beside the same of its architecture with random weights: what both show is no work of
/// the training.
public struct Compared<Measured: Sendable & Equatable>: Sendable, Equatable {
    public let trained, random: Measured

    public init(trained: Measured, random: Measured) {
        self.trained = trained
        self.random = random
    }
}

/// A part of an inspection, as its measurement begins.
public enum InspectionStep: String, Sendable, CaseIterable {
    case switchedOff = "filters switched off"
    case patches = "strongest patches"
    case roles = "roles of filters"
    case wished = "images wished for"
    case saliency = "what answers hang on"
    case trust = "changed images"
    case space = "the last layer's space"
    case probes = "linear probes"
}

extension Model {
    /// Inspects the network.
    ///
    /// - Parameters:
    ///   - dataset: whose test images it is tried on.
    ///   - report: told each step as it begins.
    /// - Throws: ``ModelError`` if it takes other images, or has other classes.
    public func inspect(on dataset: Dataset, report: (InspectionStep) -> Void = { _ in }) throws -> Inspection {
        try check(dataset.test)
        report(.switchedOff)
        let switchedOff = switchedOff(dataset.test)
        report(.patches)
        let patches = strongestPatches(of: dataset)
        report(.roles)
        let roles = filterRoles(of: dataset)
        report(.wished)
        let random = withRandomWeights()
        let wished = Compared(trained: try wishedImages(), random: try random.wishedImages())
        report(.saliency)
        let predictions = measure(dataset.test).predictions
        let images = dataset.inspectedImages(predictions)
        let answers = predictions.likeliestClasses
        let classes = images.map { Int(answers[$0]) }
        let saliency = Compared(
            trained: try saliency(of: images, for: classes, in: dataset),
            random: try random.saliency(of: images, for: classes, in: dataset))
        report(.trust)
        let trust = trust(on: dataset)
        report(.space)
        let space = featureSpace(of: dataset)
        report(.probes)
        return Inspection(
            switchedOff: switchedOff, patches: patches, roles: roles, wished: wished, saliency: saliency, trust: trust,
            space: space, probes: probes(on: dataset))
    }
}

extension Model {
    /// Of an inspection, the roles of the filters alone.
    ///
    /// - Parameters:
    ///   - dataset: whose test images are compared.
    ///   - images: how many at most, evenly spread; at least one.
    /// - Throws: ``ModelError`` if the network takes other images, or has other classes.
    public func inspectRoles(on dataset: Dataset, images: Int) throws -> FilterRoles {
        try check(dataset.test)
        return filterRoles(of: dataset, images: images)
    }
}

/// What the shapes of an inspection's tensors follow from.
struct InspectionForm {
    let architecture: Architecture
    /// Of the data, `[images, height, width, channels]`.
    let testImages: Int
    let trainingImages: Int
}

extension InspectionForm {
    init(_ architecture: Architecture, _ dataset: Dataset) {
        self.init(architecture: architecture, testImages: dataset.test.count, trainingImages: dataset.train.count)
    }

    var classes: Int { architecture.classes }
}

extension Inspection {
    /// All its numbers, as they are stored.
    var tensors: [NamedTensor] {
        switchedOff.flatMap(\.tensors) + patches.flatMap(\.tensors) + roles.tensors
            + [("trained", wished.trained), ("random", wished.random)].flatMap { set, images in
                images.flatMap { $0.tensors(set) }
            }
            + [("trained", saliency.trained), ("random", saliency.random)].flatMap { $1.tensors($0) }
            + trust.tensors + space.tensors + probes.tensors
    }

    /// - Throws: ``RunDefect`` for a tensor that is missing, of another shape or not finite, and for one too many.
    init(_ form: InspectionForm, _ file: Safetensors.File) throws(RunDefect) {
        var reader = TensorReader(file)
        var switchedOff: [SwitchedOff] = []
        for layer in form.architecture.convolutions {
            switchedOff.append(try SwitchedOff(layer, form, from: &reader))
        }
        var patches: [StrongestPatches] = []
        for layer in form.architecture.convolutions {
            patches.append(try StrongestPatches(layer, form, from: &reader))
        }
        var wished: [[WishedImages]] = []
        for set in ["trained", "random"] {
            var images: [WishedImages] = []
            for layer in form.architecture.convolutions + form.architecture.placed.suffix(1) {
                images.append(try WishedImages(set, layer, form, from: &reader))
            }
            wished.append(images)
        }
        self.init(
            switchedOff: switchedOff, patches: patches, roles: try FilterRoles(form, from: &reader),
            wished: Compared(trained: wished[0], random: wished[1]),
            saliency: Compared(
                trained: try Saliency("trained", form, from: &reader),
                random: try Saliency("random", form, from: &reader)),
            trust: try Trust(form, from: &reader), space: try FeatureSpace(form, from: &reader),
            probes: try Probes(form, from: &reader))
        try file.checkNames(reader.names)
    }
}

/// Reads the tensors of a file one by one, each of a known shape.
struct TensorReader {
    private let file: Safetensors.File
    /// Of those read so far.
    private(set) var names: [String] = []

    init(_ file: Safetensors.File) { self.file = file }

    mutating func tensor(_ name: String, _ shape: [Int]) throws(RunDefect) -> Tensor {
        names.append(name)
        let tensor = try file.finding(name)
        guard tensor.shape == shape else { throw .wrongShape(name: name, found: tensor.shape, expected: shape) }
        guard tensor.values.allSatisfy(\.isFinite) else { throw .notFinite(name: name) }
        return tensor
    }

    /// A row of numbers of any length, each a position among so many.
    mutating func positions(_ name: String, below count: Int) throws(RunDefect) -> Tensor {
        names.append(name)
        let tensor = try file.finding(name)
        guard tensor.shape.count == 1 else {
            throw .wrongShape(name: name, found: tensor.shape, expected: [tensor.values.count])
        }
        guard tensor.values.allSatisfy({ $0 >= 0 && $0 < Float(count) && $0 == $0.rounded() }) else {
            throw .outOfRange(name)
        }
        return tensor
    }
}
