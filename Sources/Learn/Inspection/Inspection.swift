/// What a trained network was found to look for and to lean on: measured by a ``Model`` on a ``Dataset``, the same to the
/// bit whatever the number of threads.
public struct Inspection: Sendable, Equatable {
    /// What each filter is worth, for each convolution in layer order.
    public let switchedOff: [SwitchedOff]
    /// What each filter answers to, as far as there is a word for it.
    public let roles: FilterRoles
    /// Answers to images that the network was not made for.
    public let trust: Trust
    /// Where the last dense layer finds the test images.
    public let space: FeatureSpace
    /// From where on the classes can be told by a linear rule.
    public let probes: Probes

    public init(
        switchedOff: [SwitchedOff], roles: FilterRoles, trust: Trust, space: FeatureSpace, probes: Probes
    ) {
        self.switchedOff = switchedOff
        self.roles = roles
        self.trust = trust
        self.space = space
        self.probes = probes
    }
}

/// A part of an inspection, as its measurement begins.
public enum InspectionStep: String, Sendable, CaseIterable {
    case switchedOff = "filters switched off"
    case roles = "roles of filters"
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
    public func inspect(
        on dataset: Dataset, report: (InspectionStep) -> Void = { _ in }
    ) throws(ModelError) -> Inspection {
        try check(dataset.test)
        report(.switchedOff)
        let switchedOff = switchedOff(dataset.test)
        report(.roles)
        let roles = filterRoles(of: dataset)
        report(.trust)
        let trust = trust(on: dataset)
        report(.space)
        let space = featureSpace(of: dataset)
        report(.probes)
        return Inspection(
            switchedOff: switchedOff, roles: roles, trust: trust, space: space, probes: probes(on: dataset))
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
        switchedOff.flatMap(\.tensors) + roles.tensors + trust.tensors + space.tensors + probes.tensors
    }

    /// - Throws: ``RunDefect`` for a tensor that is missing, of another shape or not finite, and for one too many.
    init(_ form: InspectionForm, _ file: Safetensors.File) throws(RunDefect) {
        var reader = TensorReader(file)
        var switchedOff: [SwitchedOff] = []
        for layer in form.architecture.convolutions {
            switchedOff.append(try SwitchedOff(layer, form, from: &reader))
        }
        self.init(
            switchedOff: switchedOff, roles: try FilterRoles(form, from: &reader),
            trust: try Trust(form, from: &reader),
            space: try FeatureSpace(form, from: &reader), probes: try Probes(form, from: &reader))
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
}
