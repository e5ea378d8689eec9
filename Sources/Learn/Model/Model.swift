import Foundation
import KernelInterface

/// A network with its weights: what can be asked of a trained one.
///
/// It owns the memory that the answers are worked out in and knows the order of the steps. Not to be used by two
/// threads at once; it shares its work among threads of its own.
public final class Model {
    public let architecture: Architecture
    let network: LoweredNetwork
    let team: ThreadTeam
    /// Whether the parameters have changed since the steps last derived from them what they need.
    private var isStale = true
    /// The same network with an output a layer, and the way back to the images.
    private var observed: (network: LoweredNetwork, team: ThreadTeam)?

    /// - Parameters:
    ///   - architecture: the network's.
    ///   - weights: every parameter of the architecture, in its order, named and shaped as there.
    ///   - threads: how many share the work, at least 1; the answers do not depend on it, and more than there is work
    ///     or are processors for are not started.
    /// - Throws: ``ModelError/weights(_:)``
    public convenience init(
        _ architecture: Architecture, weights: [NamedTensor], threads: Int = 1
    ) throws(ModelError) {
        try self.init(architecture, weights: weights, threads: threads, kernels: KernelChoice.fastest)
    }

    package convenience init(
        _ architecture: Architecture, weights: [NamedTensor], threads: Int, kernels: any Kernels
    ) throws(ModelError) {
        self.init(architecture, threads: threads, kernels: kernels)
        do {
            try weights.check(against: architecture.parameters.map { ($0.name, $0.shape) })
        } catch {
            throw .weights(error)
        }
        load(weights.map(\.tensor))
    }

    /// All weights zero.
    init(_ architecture: Architecture, threads: Int, kernels: any Kernels) {
        precondition(threads > 0)
        self.architecture = architecture
        let plan = Plan(architecture)
        let network = LoweredNetwork(plan: plan, kernels: kernels, parameters: Buffer(zeros: plan.parameterCount))
        self.network = network
        // Each has some megabytes for its pass.
        let useful = max(Shards.mostParts, ProcessInfo.processInfo.activeProcessorCount)
        team = ThreadTeam(passes: (0..<min(threads, useful)).map { _ in Pass(network) })
    }

    /// Every parameter, in the architecture's order.
    public var weights: [NamedTensor] {
        network.plan.parameters.map { $0.read(from: network.parameters.pointer) }
    }

    /// - Precondition: one tensor a parameter, of its shape.
    func load(_ weights: [Tensor]) {
        update { vector in
            for (parameter, weight) in zip(network.plan.parameters, weights) {
                parameter.write(weight, to: vector.pointer)
            }
        }
    }

    /// Changes the parameters.
    func update(_ change: (Buffer<Float>) -> Void) {
        change(network.parameters)
        isStale = true
    }

    /// To be called before any pass.
    func prepare() {
        guard isStale else { return }
        network.derive()
        observed?.network.derive()
        isStale = false
    }
}

extension Model {
    /// The probability of each class.
    /// - Parameter images: pixels divided by 255, `[images, height, width, channels]`.
    /// - Returns: `[images, classes]`
    /// - Throws: ``ModelError/wrongImages(found:expected:)``
    public func predict(_ images: Tensor) throws(ModelError) -> Tensor {
        let count = try check(images)
        prepare()
        let classes = architecture.classes
        let probabilities = Buffer<Float>(zeros: count * classes)
        team.share(images: count, atOnce: network.plan.shardSamples) { samples, pass in
            pass.forward(images, samples)
            _ = pass.lossAndGradient(batch: 1)
            pass.readProbabilities(into: probabilities.pointer + samples.lowerBound * classes)
        }
        return Tensor(shape: [count, classes], values: probabilities.values)
    }

    /// What every layer makes of some images, dropout off.
    /// - Parameter images: pixels divided by 255, `[images, height, width, channels]`.
    /// - Returns: each output that ``Architecture/observed`` lists, in that order and after its activation, with the
    ///   images as first dimension; the last one after softmax.
    /// - Throws: ``ModelError/wrongImages(found:expected:)``
    public func activations(_ images: Tensor) throws(ModelError) -> [NamedTensor] {
        _ = try check(images)
        return observe(images)
    }

    /// - Precondition: the images fit the network.
    func observe(_ images: Tensor) -> [NamedTensor] {
        let count = images.shape[0]
        let (network, team) = observation()
        let pass = team.passes[0]
        var outputs = architecture.observed.map { _ in [Float]() }
        let places = architecture.observed.map { layer in network.plan.values.firstIndex { $0.layer == layer.name } }
        for start in stride(from: 0, to: count, by: network.plan.shardSamples) {
            pass.forward(images, start..<min(count, start + network.plan.shardSamples))
            _ = pass.lossAndGradient(batch: 1)
            for sample in 0..<pass.shard.count {
                for (output, place) in places.enumerated() {
                    guard let place else { continue }
                    outputs[output] += pass.numbers(of: pass.values[place], sample: sample)
                }
            }
        }
        return zip(architecture.observed, outputs).map { layer, values in
            NamedTensor(layer.name, Tensor(shape: [count] + layer.output, values: values))
        }
    }

    /// Loss, accuracy and probabilities of a split, dropout off.
    /// - Throws: ``ModelError``
    public func evaluate(_ split: Split) throws(ModelError) -> MeasuredSplit {
        try check(split)
        return measure(split)
    }

    func check(_ split: Split) throws(ModelError) {
        guard split.count > 0, split.shape == architecture.input else {
            throw .wrongImages(found: [split.count] + split.shape.extents, expected: architecture.input)
        }
        if let label = split.labels.first(where: { Int($0) >= architecture.classes }) {
            throw .outOfRange("class", Int(label), count: architecture.classes)
        }
    }

    /// - Precondition: the split's images and classes are the architecture's.
    func measure(_ split: Split) -> MeasuredSplit {
        prepare()
        let (count, classes, shardSamples) = (split.count, architecture.classes, network.plan.shardSamples)
        let order = (0..<Int32(count)).map { $0 }
        let starts = Array(stride(from: 0, to: count, by: shardSamples))
        let results = Buffer(starts.count, repeating: PartResult())
        let predictions = Buffer<Float>(zeros: count * classes)
        team.share(starts.count) { shard, pass in
            let samples = starts[shard]..<min(count, starts[shard] + shardSamples)
            pass.shard.load(samples, of: order[...], labels: split.labels, keys: nil)
            pass.forward(split)
            results.pointer[shard].add(pass.lossAndGradient(batch: count))
            pass.readProbabilities(into: predictions.pointer + samples.lowerBound * classes)
        }
        let total = results.values.reduce(into: PartResult()) { $0.add(($1.loss, $1.correct)) }
        return MeasuredSplit(
            evaluation: Evaluation(
                loss: total.loss / Double(count), accuracy: Double(total.correct) / Double(count)),
            predictions: Tensor(shape: [count, classes], values: predictions.values))
    }

    /// The observed network, ready for a pass, and the threads that work on it.
    func observation() -> (network: LoweredNetwork, team: ThreadTeam) {
        let observed = self.observed ?? makeObservation()
        self.observed = observed
        prepare()
        return observed
    }

    private func makeObservation() -> (network: LoweredNetwork, team: ThreadTeam) {
        let network = LoweredNetwork(
            plan: Plan(architecture, observed: true), kernels: network.kernels, parameters: network.parameters)
        isStale = true
        return (network, ThreadTeam(passes: team.passes.map { _ in Pass(network, toImage: true) }))
    }

    /// - Returns: how many images there are.
    func check(_ images: Tensor) throws(ModelError) -> Int {
        guard images.shape.count == 4, Array(images.shape.dropFirst()) == architecture.input.extents else {
            throw .wrongImages(found: images.shape, expected: architecture.input)
        }
        return images.shape[0]
    }
}

/// What a model makes of a split.
public struct MeasuredSplit: Sendable {
    public let evaluation: Evaluation
    /// Softmax outputs, `[images, classes]`.
    public let predictions: Tensor
}

/// What a part of a batch measured.
struct PartResult: BitwiseCopyable {
    var loss = 0.0
    var correct = 0

    mutating func add(_ other: (loss: Double, correct: Int)) {
        loss += other.loss
        correct += other.correct
    }
}

extension Pass {
    /// A loaded shard of a split.
    func forward(_ split: Split) {
        split.pixels.withUnsafeBufferPointer { pixels in forward { gather(pixels, $0) } }
    }

    /// Some images of a tensor.
    func forward(_ images: Tensor, _ samples: Range<Int>) {
        let (start, count) = (samples.lowerBound, samples.count)
        shard.load(count: count)
        forward { block in
            let maps = values[0].maps(block)
            let layout = maps.layout
            let size = layout.height * layout.rowElements
            for y in 0..<layout.height {
                for element in 0..<layout.rowElements {
                    for lane in 0..<blockLanes {
                        let sample = block * blockLanes + lane
                        maps.pointer[(y * layout.row + element) * layout.element + lane] =
                            sample < count
                            ? images.values[(start + sample) * size + y * layout.rowElements + element] : 0
                    }
                }
            }
        }
    }

    /// The shard's softmax outputs, `[samples, classes]`.
    fileprivate func readProbabilities(into predictions: UnsafeMutablePointer<Float>) {
        let value = values[values.count - 1]
        let (probabilities, classes) = (value.units.pointer, value.plan.count)
        for sample in 0..<shard.count {
            for k in 0..<classes { predictions[sample * classes + k] = probabilities[k * shard.columns + sample] }
        }
    }
}
