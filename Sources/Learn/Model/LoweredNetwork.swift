import KernelInterface

/// A plan with its parameters and the kernels that work on them: what all threads share.
final class LoweredNetwork: Sendable {
    let plan: Plan
    let kernels: any Kernels
    /// All parameters, laid out as the plan says.
    let parameters: Buffer<Float>
    /// The parameters of each step in the form that it needs besides.
    let derived: [Buffer<Float>]

    init(plan: Plan, kernels: any Kernels, parameters: Buffer<Float>) {
        self.plan = plan
        self.kernels = kernels
        self.parameters = parameters
        derived = plan.steps.map { Buffer(zeros: $0.step.derivedCount) }
    }

    /// To be called after the parameters have changed.
    func derive() {
        for (planned, buffer) in zip(plan.steps, derived) {
            planned.step.derive(parameters.view, into: buffer.mutableView)
        }
    }
}

/// One thread's way through a network: a shard of samples, forward and back.
final class Pass: @unchecked Sendable {
    let shard: Shard
    let values: [Value]
    private let network: LoweredNetwork
    private let stages: [any Stage]
    private var plan: Plan { network.plan }

    /// - Parameter toImage: whether the way back goes on to the images, instead of ending where training does.
    init(_ network: LoweredNetwork, toImage: Bool = false) {
        let plan = network.plan
        let shard = Shard(samples: plan.shardSamples)
        let first = toImage ? -1 : plan.firstTrained
        let values = plan.values.enumerated().map { index, value in
            let wanted = toImage || plan.steps[min(plan.firstTrained, plan.steps.count - 1)].output <= index
            return Value(value, shard, samples: plan.shardSamples, wantsGradient: wanted)
        }
        stages = plan.steps.enumerated().map { index, planned in
            planned.step.stage(
                StagePlace(
                    kernels: network.kernels, parameters: network.parameters.view,
                    derived: network.derived[index].view, shard: shard, input: values[planned.input],
                    output: values[planned.output], sendsGradient: index > first))
        }
        self.network = network
        self.shard = shard
        self.values = values
    }

    /// The images of a shard that was loaded.
    func gather(_ pixels: UnsafeBufferPointer<UInt8>, _ block: Int) {
        guard let first = pixels.baseAddress else { return }
        network.kernels.run(
            Gather(
                pixels: View(first, count: pixels.count), images: shard.images.view.from(block * blockLanes),
                count: min(blockLanes, shard.count - block * blockLanes), map: values[0].maps(block)))
    }

    /// Leaves the logits, `[classes, columns]`, in the last value.
    /// - Parameter gather: puts a block's images into the first value.
    func forward(gather: (_ block: Int) -> Void) {
        forward(from: 0, preparing: gather)
    }

    /// The same from a step on, whose input is there: for what only changes from there on.
    func forward(from first: Int) {
        forward(from: first) { _ in }
    }

    private func forward(from first: Int, preparing: (_ block: Int) -> Void) {
        let boundary = max(first, plan.firstShardStep)
        for block in 0..<shard.blocks {
            preparing(block)
            for stage in stages[first..<boundary] { stage.forward(block..<block + 1) }
        }
        for stage in stages[boundary...] { stage.forward(0..<shard.blocks) }
    }

    /// Softmax and loss; leaves probabilities in place of the logits and their gradient beside them.
    /// - Parameter batch: samples over which the loss is averaged.
    /// - Returns: the sum of the losses, in nats, and how many samples were classified correctly.
    func lossAndGradient(batch: Int) -> (loss: Double, correct: Int) {
        let value = values[values.count - 1]
        let (logits, gradient, classes) = (value.units, value.unitGradient, value.plan.count)
        let columns = shard.columns
        var loss = 0.0
        var correct = 0
        for block in 0..<shard.blocks {
            let start = block * blockLanes
            network.kernels.run(
                SoftmaxCrossEntropy(
                    logits: logits.from(start), classes: classes, stride: columns,
                    labels: shard.labels.view.from(start), gradientScale: 1 / Float(batch),
                    gradient: gradient.from(start), losses: shard.losses.mutableView.from(start)))
            for lane in start..<start + blockLanes where shard.labels.pointer[lane] >= 0 {
                loss += Double(shard.losses.pointer[lane])
                if likeliestClass(lane) == Int(shard.labels.pointer[lane]) { correct += 1 }
            }
        }
        return (loss, correct)
    }

    /// The most probable class of a sample, the first of equally probable ones; to be asked after the probabilities
    /// are there.
    func likeliestClass(_ sample: Int) -> Int {
        let value = values[values.count - 1]
        let (column, columns) = (value.units.pointer + sample, shard.columns)
        var best = 0
        for k in 1..<value.plan.count where column[k * columns] > column[best * columns] { best = k }
        return best
    }

    /// Adds this shard's gradient to `gradient`, laid out as the parameters are. Some of it stays with the stages
    /// until ``collectSums(into:)``.
    func backward(into gradient: MutableView<Float>) {
        let first = plan.firstTrained
        backward(from: stages.count - 1, to: first, into: gradient) { _ in }
    }

    /// From the gradient at a step's output back to the first step.
    /// - Parameter done: called with each block once the way back of its maps has ended.
    func backward(
        from last: Int, to first: Int, into gradient: MutableView<Float>?, done: (_ block: Int) -> Void
    ) {
        let boundary = plan.firstShardStep
        for index in stride(from: last, through: max(first, boundary), by: -1) {
            stages[index].backward(0..<shard.blocks, into: gradient)
        }
        for block in 0..<shard.blocks {
            backward(block: block, from: min(last, boundary - 1), to: first, into: gradient)
            done(block)
        }
    }

    /// The steps of one block's maps alone.
    func backward(block: Int, from last: Int, to first: Int, into gradient: MutableView<Float>?) {
        for index in stride(from: last, through: first, by: -1) {
            stages[index].backward(block..<block + 1, into: gradient)
        }
    }

    /// Adds what the stages summed up over blocks to `gradient`.
    func collectSums(into gradient: MutableView<Float>) {
        for stage in stages[plan.firstTrained...] { stage.collectSums(into: gradient) }
    }

    /// One sample's part of a value: `[height, width, channels]`, row by row.
    func numbers(of value: Value, sample: Int) -> [Float] {
        let maps = value.maps(sample / blockLanes)
        return Pass.numbers(maps, lane: sample % blockLanes)
    }

    static func numbers(_ maps: MutableMapView, lane: Int) -> [Float] {
        let layout = maps.layout
        return (0..<layout.height).flatMap { y in
            (0..<layout.rowElements).map { maps.pointer[(y * layout.row + $0) * layout.element + lane] }
        }
    }
}
