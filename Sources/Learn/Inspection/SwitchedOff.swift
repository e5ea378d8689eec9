import KernelInterface

/// What becomes of the answers to the test images when one filter of a convolution is switched off: its map, after the
/// activation, is the same number everywhere and for all images.
///
/// Source: ablation as in Morcos et al., "On the importance of single directions for generalization", 2018,
/// <https://arxiv.org/abs/1803.06959>.
public struct SwitchedOff: Sendable, Equatable {
    /// Name of the convolution.
    public let layer: String
    /// Test images answered correctly with all filters on, by half of the test images (the first, the second) and
    /// class, `[2, classes]`.
    public let whole: Tensor
    /// The same with each filter's map set to zero, `[filters, 2, classes]`.
    public let zero: Tensor
    /// The same with each filter's map set to its mean, `[filters, 2, classes]`.
    public let mean: Tensor
    /// Each filter's mean over all test images and places, `[filters]`.
    public let means: Tensor

    public init(layer: String, whole: Tensor, zero: Tensor, mean: Tensor, means: Tensor) {
        self.layer = layer
        self.whole = whole
        self.zero = zero
        self.mean = mean
        self.means = means
    }

    public var filters: Int { means.shape[0] }
}

extension SwitchedOff {
    var tensors: [NamedTensor] {
        [("whole", whole), ("zero", zero), ("mean", mean), ("means", means)]
            .map { NamedTensor("\(SwitchedOff.name).\(layer).\($0)", $1) }
    }

    init(_ layer: PlacedLayer, _ form: InspectionForm, from reader: inout TensorReader) throws(RunDefect) {
        let filters = layer.output[2]
        func tensor(_ name: String, _ shape: [Int]) throws(RunDefect) -> Tensor {
            try reader.tensor("\(SwitchedOff.name).\(layer.name).\(name)", shape)
        }
        self.init(
            layer: layer.name, whole: try tensor("whole", [2, form.classes]),
            zero: try tensor("zero", [filters, 2, form.classes]), mean: try tensor("mean", [filters, 2, form.classes]),
            means: try tensor("means", [filters]))
    }

    private static let name = "switchedOff"
}

extension Model {
    /// Switches each filter of each convolution off, one at a time.
    ///
    /// What comes before a convolution is worked out once for all of its filters, and what comes behind it anew for
    /// each.
    ///
    /// - Precondition: the split's images and classes are the architecture's.
    func switchedOff(_ split: Split) -> [SwitchedOff] {
        let means = channelMeans(split)
        prepare()
        let sites = network.plan.convolutionSites(means)
        let classes = architecture.classes
        let (shards, positions) = (shards(of: split.count), split.positions)
        // All filters on, then each filter of each site, set to zero and to its mean.
        let trials = 1 + sites.reduce(0) { $0 + 2 * $1.means.count }
        let counted = Buffer<Int32>(shards.count * trials * 2 * classes, repeating: 0)
        team.share(shards.count) { shard, pass in
            let samples = shards[shard]
            pass.shard.load(samples, of: positions[...], labels: split.labels, keys: nil)
            pass.forward(split)
            var target = counted.pointer + shard * trials * 2 * classes
            func count() {
                pass.countCorrect(from: samples.lowerBound, secondHalf: split.count / 2, into: target, classes)
                target += 2 * classes
            }
            count()
            // The last one first: its input is still that of the whole network when its filters' turn comes.
            for site in sites.reversed() {
                for (filter, mean) in site.means.enumerated() {
                    for value in [0, mean] {
                        let kept = pass.overwrite(site.value, channel: filter, with: value)
                        pass.forward(from: site.step + 1)
                        count()
                        pass.restore(site.value, channel: filter, kept)
                    }
                }
            }
        }
        return withExtendedLifetime(counted) {
            SwitchedOff.all(sites, counted, shards: shards.count, classes: classes)
        }
    }

    /// The mean of each filter of each convolution, after the activation, over all images and places.
    private func channelMeans(_ split: Split) -> [String: [Float]] {
        let layers = architecture.convolutions
        let places = layers.map(place)
        let filters = layers.reduce(0) { $0 + $1.output[2] }
        let shards = shards(of: split.count).count
        let sums = Buffer<Double>(shards * filters, repeating: 0)
        observe(split.positions, of: split) { shard, _, pass in
            var target = sums.pointer + shard * filters
            for (layer, place) in zip(layers, places) {
                for block in 0..<pass.shard.blocks { pass.addSums(of: place, block: block, to: target) }
                target += layer.output[2]
            }
        }
        var first = 0
        var means: [String: [Float]] = [:]
        for layer in layers {
            let count = Double(split.count * layer.output[0] * layer.output[1])
            means[layer.name] =
                (first..<first + layer.output[2]).map { filter in
                    // Shard by shard, whoever did them.
                    Float((0..<shards).reduce(0) { $0 + sums.pointer[$1 * filters + filter] } / count)
                }
                .whereFinite
            first += layer.output[2]
        }
        return withExtendedLifetime(sums) { means }
    }
}

/// Where the maps of a convolution can be overwritten.
private struct ConvolutionSite {
    let layer: String
    let step: Int
    let value: Int
    /// Of each filter.
    let means: [Float]
}

extension Plan {
    /// In layer order. Where the pooling behind a convolution is one step with it, the pooled maps are overwritten: it
    /// makes of maps of one number the same number.
    fileprivate func convolutionSites(_ means: [String: [Float]]) -> [ConvolutionSite] {
        let layers = architecture.convolutions
        let convolutions = steps.indices.filter { steps[$0].step.isConvolution }
        return zip(layers, convolutions).map { layer, step in
            // The step behind it is the activation where that has one of its own.
            ConvolutionSite(
                layer: layer.name, step: layer.layer.activation?.function == nil ? step : step + 1,
                value: steps[step].output, means: means[layer.name] ?? [])
        }
    }
}

extension Step {
    fileprivate var isConvolution: Bool {
        switch self {
        case .pooledConvolution, .convolution: true
        default: false
        }
    }
}

extension SwitchedOff {
    /// - Parameter counted: `[shards, trials, 2, classes]`, the trials in the order in which the sites' turn came.
    fileprivate static func all(
        _ sites: [ConvolutionSite], _ counted: Buffer<Int32>, shards: Int, classes: Int
    ) -> [SwitchedOff] {
        let trials = counted.count / max(1, shards * 2 * classes)
        func total(_ trial: Int) -> [Float] {
            (0..<2 * classes).map { place in
                Float((0..<shards).reduce(0) { $0 + counted.pointer[($1 * trials + trial) * 2 * classes + place] })
            }
        }
        let whole = Tensor(shape: [2, classes], values: total(0))
        var trial = 1
        let results = sites.reversed().map { site in
            let filters = site.means.count
            func tensor(_ mode: Int) -> Tensor {
                Tensor(
                    shape: [filters, 2, classes], values: (0..<filters).flatMap { total(trial + 2 * $0 + mode) })
            }
            defer { trial += 2 * filters }
            return SwitchedOff(
                layer: site.layer, whole: whole, zero: tensor(0), mean: tensor(1),
                means: Tensor(shape: [filters], values: site.means))
        }
        return results.reversed()
    }
}

extension Pass {
    /// Counts correct answers by half of the images and class, `[2, classes]`, added to what is there.
    /// - Parameters:
    ///   - first: position of the shard's first image in the split.
    ///   - secondHalf: position of the first image of the second half.
    fileprivate func countCorrect(
        from first: Int, secondHalf: Int, into counts: UnsafeMutablePointer<Int32>, _ classes: Int
    ) {
        _ = lossAndGradient(batch: 1)
        for sample in 0..<shard.count {
            let label = Int(shard.labels.pointer[sample])
            guard likeliestClass(sample) == label else { continue }
            counts[(first + sample < secondHalf ? 0 : classes) + label] += 1
        }
    }

    /// Sets one channel of a value's maps to a number.
    /// - Returns: what was there.
    fileprivate func overwrite(_ value: Int, channel: Int, with number: Float) -> [Float] {
        var kept: [Float] = []
        eachLane(of: value, channel: channel) { kept.append($0) }
        eachLane(of: value, channel: channel) { $0 = number }
        return kept
    }

    /// Takes back ``overwrite(_:channel:with:)``.
    fileprivate func restore(_ value: Int, channel: Int, _ kept: [Float]) {
        var next = 0
        eachLane(of: value, channel: channel) { number in
            number = kept[next]
            next += 1
        }
    }

    private func eachLane(of value: Int, channel: Int, _ body: (inout Float) -> Void) {
        for block in 0..<shard.blocks {
            let maps = values[value].maps(block)
            let layout = maps.layout
            for y in 0..<layout.height {
                for x in 0..<layout.width {
                    let place = maps.pointer + (y * layout.row + x * layout.channels + channel) * layout.element
                    for lane in 0..<blockLanes { body(&place[lane]) }
                }
            }
        }
    }

    /// Adds to each channel's sum the numbers of a block's images, `[channels]`.
    fileprivate func addSums(of value: Int, block: Int, to sums: UnsafeMutablePointer<Double>) {
        let maps = values[value].maps(block)
        let layout = maps.layout
        let lanes = min(blockLanes, shard.count - block * blockLanes)
        for y in 0..<layout.height {
            for x in 0..<layout.width {
                for channel in 0..<layout.channels {
                    let place = maps.pointer + (y * layout.row + x * layout.channels + channel) * layout.element
                    for lane in 0..<lanes { sums[channel] += Double(place[lane]) }
                }
            }
        }
    }
}
