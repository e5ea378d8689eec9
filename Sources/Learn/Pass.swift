import KernelInterface

/// A network's parameters and the kernels that work on them.
struct Model: Sendable {
    let plan: Plan
    let kernels: any Kernels
    /// All parameters, laid out as the plan says.
    let parameters: Buffer<Float>
    /// Each convolution's kernel in the form that its backward pass reads.
    let turnedKernels: [Buffer<Float>]

    init(plan: Plan, kernels: any Kernels) {
        self.plan = plan
        self.kernels = kernels
        parameters = Buffer(zeros: plan.parameterCount)
        turnedKernels = plan.convolutions.map { Buffer(zeros: $0.turnedCount) }
    }

    /// To be called after the parameters have changed and before a backward pass.
    func turnKernels() {
        for (layer, turned) in zip(plan.convolutions, turnedKernels) {
            layer.turnKernel(parameters.pointer, into: turned.pointer)
        }
    }
}

/// One shard's way through a network, forward and back, by one thread.
struct Pass {
    let model: Model
    let workspace: Workspace

    /// Samples in the shard.
    let count: Int
    /// Whether dropout is on, as in training.
    let dropout: Bool
    private var blocks: Int { (count + blockLanes - 1) / blockLanes }
    /// Samples rounded up to whole blocks: columns of every `[units, columns]` matrix.
    var columns: Int { blocks * blockLanes }

    /// - Precondition: the workspace holds the shard's images and labels.
    init(_ model: Model, _ workspace: Workspace, count: Int, dropout: Bool) {
        precondition(count > 0 && count <= shardSamples)
        self.model = model
        self.workspace = workspace
        self.count = count
        self.dropout = dropout
    }

    private var plan: Plan { model.plan }
    private var kernels: any Kernels { model.kernels }
    private var parameters: UnsafePointer<Float> { UnsafePointer(model.parameters.pointer) }

    /// Leaves the logits, `[classes, columns]`, in the last of the workspace's units.
    func forward(_ split: Split) {
        for block in 0..<blocks {
            split.pixels.withUnsafeBufferPointer { pixels in
                guard let pixels = pixels.baseAddress else { return }
                let first = plan.convolutions[0]
                kernels.gather(
                    pixels: pixels, edge: Split.edge, images: workspace.images.pointer + block * blockLanes,
                    count: min(blockLanes, count - block * blockLanes), border: first.border,
                    into: workspace.maps[0][block].pointer)
            }
            for (index, layer) in plan.convolutions.enumerated() {
                convolve(layer, index, block)
            }
        }
        for (index, layer) in plan.dense.enumerated() {
            let output = workspace.units[index + 1].pointer
            layer.forward(
                kernels, parameters: parameters, input: workspace.units[index].pointer, output: output,
                columns: columns)
            guard dropout, let setting = layer.dropout else { continue }
            for block in 0..<blocks {
                kernels.dropout(
                    output + block * blockLanes, gates: nil, count: layer.outputs, stride: columns,
                    setting: setting.setting(keys: workspace.keys.pointer + block * blockLanes))
            }
        }
    }

    private func convolve(_ layer: ConvolutionLayer, _ index: Int, _ block: Int) {
        let (output, layout) = destination(of: index, block: block)
        let gates = workspace.gates[index][block].pointer
        layer.forward(
            kernels, parameters: parameters, input: workspace.maps[index][block].pointer, output: output,
            layout: layout, gates: gates)
        guard dropout, let random = layer.dropout else { return }
        let row = layer.shape.pooledWidth * layer.shape.filters
        for y in 0..<layer.shape.pooledHeight {
            var setting = random
            setting.firstElement += UInt32(y * row)
            kernels.dropout(
                output + y * layout.row * layout.element, gates: gates + y * row * blockLanes, count: row,
                stride: layout.element,
                setting: setting.setting(
                    keys: workspace.keys.pointer + block * blockLanes, pooling: layer.pooling))
        }
    }

    /// Where a convolution's pooled maps of a block go: into the next one's input, inside its border, or into the
    /// matrix of features.
    func destination(of index: Int, block: Int) -> (output: UnsafeMutablePointer<Float>, layout: MapLayout) {
        guard index + 1 < plan.convolutions.count else {
            return (workspace.units[0].pointer + block * blockLanes, flatLayout(plan.convolutions[index]))
        }
        let next = plan.convolutions[index + 1]
        let corner = (next.border * next.shape.inputWidth + next.border) * next.shape.inputChannels
        return (
            workspace.maps[index + 1][block].pointer + corner * blockLanes,
            MapLayout(element: blockLanes, row: next.shape.inputWidth * next.shape.inputChannels)
        )
    }

    private func flatLayout(_ layer: ConvolutionLayer) -> MapLayout {
        MapLayout(element: columns, row: layer.shape.pooledWidth * layer.shape.filters)
    }

    /// Softmax and loss; leaves probabilities in place of the logits and their gradient beside them.
    /// - Parameter batch: samples over which the loss is averaged.
    /// - Returns: the sum of the losses, in nats, and how many samples were classified correctly.
    func lossAndGradient(batch: Int) -> (loss: Double, correct: Int) {
        let logits = workspace.units[plan.dense.count].pointer
        let gradient = workspace.unitGradients[plan.dense.count].pointer
        var loss = 0.0
        var correct = 0
        for block in 0..<blocks {
            let labels = workspace.labels.pointer + block * blockLanes
            let losses = workspace.losses.pointer + block * blockLanes
            kernels.softmaxCrossEntropy(
                logits: logits + block * blockLanes, classes: Dataset.classCount, stride: columns, labels: labels,
                gradientScale: 1 / Float(batch), gradient: gradient + block * blockLanes, losses: losses)
            for lane in 0..<blockLanes where labels[lane] >= 0 {
                loss += Double(losses[lane])
                let column = logits + block * blockLanes + lane
                var best = 0
                for k in 1..<Dataset.classCount where column[k * columns] > column[best * columns] { best = k }
                if best == Int(labels[lane]) { correct += 1 }
            }
        }
        return (loss, correct)
    }

    /// Adds this shard's gradient to `gradient`, laid out as the parameters are. The convolutions' stay in the
    /// workspace's sums until ``collectSums(into:)``.
    func backward(into gradient: UnsafeMutablePointer<Float>) {
        for (index, layer) in plan.dense.enumerated().reversed() {
            layer.backward(
                kernels, parameters: parameters, input: workspace.units[index].pointer,
                output: workspace.units[index + 1].pointer, gradient: workspace.unitGradients[index + 1].pointer,
                turned: workspace.turned[index].pointer, columns: columns, scale: scale(layer.dropout),
                parameterGradient: gradient,
                inputGradient: workspace.unitGradients[index].pointer)
        }
        for block in 0..<blocks {
            for (index, layer) in plan.convolutions.enumerated().reversed() {
                let isLast = index + 1 == plan.convolutions.count
                let above = isLast ? nil : workspace.mapGradients[index + 1]?.pointer
                layer.backward(
                    kernels, turnedKernel: model.turnedKernels[index].pointer,
                    input: workspace.maps[index][block].pointer,
                    pooled: above ?? workspace.unitGradients[0].pointer + block * blockLanes,
                    layout: isLast
                        ? flatLayout(layer)
                        : MapLayout(element: blockLanes, row: layer.shape.pooledWidth * layer.shape.filters),
                    gates: workspace.gates[index][block].pointer, scale: scale(layer.dropout),
                    room: workspace.rooms[index],
                    inputGradient: workspace.mapGradients[index]?.pointer)
            }
        }
    }

    /// Factor that dropout gave to the activations it kept.
    private func scale(_ layer: Dropout?) -> Float { dropout ? layer?.scale ?? 1 : 1 }
}

extension Workspace {
    /// Adds the convolutions' sums to `gradient` and sets them back to zero.
    func collectSums(_ plan: Plan, _ kernels: any Kernels, into gradient: UnsafeMutablePointer<Float>) {
        for (layer, room) in zip(plan.convolutions, rooms) { layer.collectSums(kernels, room, into: gradient) }
    }
}
