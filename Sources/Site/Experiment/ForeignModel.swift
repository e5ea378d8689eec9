import Foundation
import Learn
import ONNX

/// A network that another program trained, ready to be told of: read from its file, with what its images are to become.
public struct ForeignModel: Sendable {
    /// The name by which facts and addresses call it.
    public private(set) var key: String
    /// What pages call it: the file's name.
    public let title: String
    /// What the experiment says of it, if it does.
    private(set) var network: ExperimentNetwork?
    public private(set) var architecture: Architecture
    public private(set) var weights: [NamedTensor]
    /// Without what is done to the images.
    private let bare: (architecture: Architecture, weights: [NamedTensor])

    /// - Parameters:
    ///   - file: of the model, in ONNX's form.
    ///   - dataset: whose images it is to classify.
    ///   - input: what is done to their pixels.
    ///   - others: keys that are taken.
    /// - Throws: ``ModelFault`` if it cannot be read, or takes other images or has other classes than the data.
    public init(
        _ file: URL, for dataset: Dataset, input: ExperimentInput, besides others: [String]
    ) throws(ModelFault) {
        let imported: ImportedNetwork
        do {
            imported = try ImportedNetwork(contentsOf: file, image: dataset.shape, order: input.order)
        } catch {
            throw ModelFault(file: file.relativePath, problem: "\(error)")
        }
        try self.init(
            file, imported.architecture, imported.weights, for: dataset, input: input, besides: others)
    }

    /// A network of an experiment that comes with its weights.
    ///
    /// - Throws: ``ModelFault``; `ArchitectureError` was told when the experiment was checked.
    public init(
        _ network: ExperimentNetwork, _ weights: ExperimentWeights, for dataset: Dataset, input: ExperimentInput
    ) throws(ModelFault) {
        let file = weights.file
        func fault(_ problem: String) -> ModelFault { ModelFault(file: file.relativePath, problem: problem) }
        do {
            guard let bytes = try OpenFile.contents(of: file, limit: 1 << 30) else { throw fault("more than 1 GiB") }
            let architecture = try Architecture(
                input: dataset.shape, classes: dataset.classCount, layers: network.layers)
            let tensors = try architecture.weights(
                of: try Safetensors.File(bytes), weights.layout, names: weights.names)
            try self.init(file, architecture, tensors, for: dataset, input: input, besides: [])
        } catch let error as ModelFault {
            throw error
        } catch let error as SystemError {
            throw fault(error.reason)
        } catch {
            throw fault("\(error)")
        }
        self.network = network
        key = network.key
    }

    private init(
        _ file: URL, _ architecture: Architecture, _ weights: [NamedTensor], for dataset: Dataset,
        input: ExperimentInput, besides others: [String]
    ) throws(ModelFault) {
        func fault(_ problem: String) -> ModelFault { ModelFault(file: file.relativePath, problem: problem) }
        let (wanted, given) = (architecture.input, dataset.shape)
        guard wanted == given else {
            throw fault(
                "it takes images of \(wanted), rows, columns and channels, but those of the data are \(given)")
        }
        guard architecture.classes == dataset.classCount else {
            throw fault("it tells \(architecture.classes) classes apart, but the data have \(dataset.classCount)")
        }
        guard input.fits(given.channels) else {
            throw fault("input gives mean or std for other than \(given.channels.counted("channel"))")
        }
        bare = (architecture, weights)
        do {
            (self.architecture, self.weights) = try architecture.rescaled(weights, by: input)
        } catch {
            throw fault("\(error)")
        }
        title = file.deletingPathExtension().lastPathComponent
        key = ForeignModel.key(of: title, besides: others)
    }

    /// A name with letters, digits, `-` and `_` alone, like no other.
    static func key(of title: String, besides others: [String]) -> String {
        let allowed = title.lowercased().unicodeScalars.map { scalar -> Character in
            let isAllowed =
                ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || "-_".unicodeScalars.contains(scalar)
            return isAllowed ? Character(scalar) : "-"
        }
        let trimmed = String(allowed.drop { !("a"..."z").contains($0) }.prefix(30))
        let name = trimmed.isEmpty ? "model" : trimmed
        let taken = Set(others + ExperimentNetwork.reservedKeys)
        guard taken.contains(name) else { return name }
        return (2...).lazy.map { "\(name)-\($0)" }.first { !taken.contains($0) } ?? name
    }
}

/// Why a model's file is of no use.
public struct ModelFault: Error, Equatable, CustomStringConvertible {
    let file: String
    let problem: String

    public var description: String { "\(file): \(problem)".printable }
}

extension Architecture {
    /// The network behind what is done to its images, as a first layer.
    fileprivate func rescaled(
        _ weights: [NamedTensor], by input: ExperimentInput
    ) throws(ArchitectureError) -> (Architecture, [NamedTensor]) {
        guard let rescaling = input.rescaling(channels: self.input.channels) else { return (self, weights) }
        var tensors = weights.map(\.tensor)
        var layers = layers
        if layers.first == .rescaling {
            // Two in turn are one.
            let (scale, shift) = (tensors[0].values, tensors[1].values)
            for channel in scale.indices {
                tensors[0].values[channel] = scale[channel] * rescaling.scale[channel]
                tensors[1].values[channel] = shift[channel] + scale[channel] * rescaling.shift[channel]
            }
        } else {
            layers.insert(.rescaling, at: 0)
            tensors.insert(
                contentsOf: [rescaling.scale, rescaling.shift].map { Tensor(shape: [$0.count], values: $0) }, at: 0)
        }
        let whole = try Architecture(input: self.input, classes: classes, layers: layers)
        return (whole, zip(whole.parameters, tensors).map { NamedTensor($0.name, $1) })
    }
}

extension ForeignModel {
    /// The same with something else done to the images.
    public func with(_ input: ExperimentInput) throws(ArchitectureError) -> ForeignModel {
        var model = self
        (model.architecture, model.weights) = try bare.architecture.rescaled(bare.weights, by: input)
        return model
    }

    /// The run of a model that was not trained here.
    public func run(on dataset: Dataset, threads: Int) throws -> (model: Model, run: Run) {
        let model = try Model(architecture, weights: weights, threads: threads)
        return (model, try model.run(named: key, on: dataset))
    }

    /// Shares of the test images classified correctly under other settings of the input, the best first: of a thousand at
    /// most, evenly spread.
    ///
    /// - Parameter others: each with the same file.
    public static func accuracies(of others: [(ExperimentInput, ForeignModel)], on test: Split) throws -> [(
        ExperimentInput, Double
    )] {
        let step = max(1, test.count / 1000)
        let indices = Array(stride(from: 0, to: test.count, by: step))
        let part = Split(
            pixels: indices.flatMap { test.image($0) }, labels: indices.map { test.labels[$0] }, shape: test.shape)
        return try others.map { input, model in
            (input, try Model(model.architecture, weights: model.weights).evaluate(part).evaluation.accuracy)
        }.sorted { $0.1 > $1.1 }
    }
}
