import Learn

/// The layers of a network as they are found, with their weights.
struct LayerStack {
    let input: ImageShape
    private(set) var layers: [Layer] = []
    /// In the order of the architecture's parameters.
    private(set) var weights: [[Float]] = []
    /// Whether the last layer multiplies and nothing has come behind it: what follows may be part of it.
    private var isOpen = false
    private var placer: Placer

    init(input: ImageShape) throws(ArchitectureError) {
        self.input = input
        placer = try Placer(input: input)
    }

    /// `[height, width, channels]` or `[units]`.
    var output: [Int] { placer.placed.last?.output ?? input.extents }

    /// Adds a layer; convolutions and dense layers come without an activation.
    mutating func add(_ layer: Layer, _ tensors: [[Float]] = []) throws(ArchitectureError) {
        try placer.place(layer)
        layers.append(layer)
        weights += tensors
        switch layer {
        case .convolution, .dense: isOpen = true
        default: isOpen = false
        }
    }

    /// Gives the last layer its activation if it can have one, or else makes it a layer of its own.
    mutating func activate(_ activation: Activation) throws(ArchitectureError) {
        switch (isOpen, layers.last) {
        case (true, .convolution(let filters, let kernel, let stride, let padding, _)):
            layers[layers.count - 1] = .convolution(
                filters: filters, kernel: kernel, stride: stride, padding: padding, activation: activation)
        case (true, .dense(let units, _)):
            layers[layers.count - 1] = .dense(units: units, activation: activation)
        default: return try add(.activation(activation))
        }
        isOpen = false
    }

    /// Adds to the bias of the last layer, one number a channel or unit.
    /// - Returns: false if that layer has none, or something has come behind it.
    mutating func addBias(_ shift: [Float]) -> Bool {
        guard isOpen, let bias = weights.last, bias.count == shift.count else { return false }
        weights[weights.count - 1] = zip(bias, shift).map { $0 + $1 }
        return true
    }

    /// Multiplies each channel or unit and adds to it; two such layers in turn are one.
    mutating func rescale(_ scale: [Float], _ shift: [Float]) throws(ArchitectureError) {
        guard layers.last == .rescaling else { return try add(.rescaling, [scale, shift]) }
        let last = weights.count - 2
        weights[last + 1] = zip(zip(weights[last + 1], scale), shift).map { $0.0 * $0.1 + $1 }
        weights[last] = zip(weights[last], scale).map { $0 * $1 }
    }

    /// The most classes whose scores may come from pooling: what passes them on has the square of their number of weights.
    static let mostPooled = 4096

    /// Where global pooling leaves a number for each class, a dense layer passes them on as they are, each multiplied by
    /// one: networks here end with a layer of units.
    mutating func answerFromPooling() throws(ArchitectureError) {
        guard let last = layers.last, [.globalAveragePooling, .globalMaxPooling].contains(last),
            output[0] <= LayerStack.mostPooled
        else { return }
        let classes = output[0]
        var identity = [Float](repeating: 0, count: classes * classes)
        for index in 0..<classes { identity[index * classes + index] = 1 }
        try add(.dense(units: classes, activation: .linear), [identity, [Float](repeating: 0, count: classes)])
    }

    func finished(classes: Int) throws(ArchitectureError) -> (Architecture, [NamedTensor]) {
        let architecture = try Architecture(input: input, classes: classes, layers: layers)
        let tensors = zip(architecture.parameters, weights).map { parameter, values in
            NamedTensor(parameter.name, Tensor(shape: parameter.shape, values: values))
        }
        return (architecture, tensors)
    }
}
