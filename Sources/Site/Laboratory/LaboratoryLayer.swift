import Learn

/// A layer as the page's scripts compute and tell it: what its ``PlacedLayer`` says, with its parameters.
struct LaboratoryLayer: Encodable {
    /// What a layer does; the scripts have a way forward and back for each.
    enum Kind: String, Encodable {
        case convolution, pooling, normalization, scaling, activation, dropout, flatten, dense
    }

    enum Pooling: String, Encodable {
        case maximum, average
    }

    struct Field: Encodable {
        /// Rows and columns.
        let extent, stride: [Int]
        let top, left: Int

        init(_ field: ReceptiveField) {
            (extent, stride) = (field.extent.sides, field.stride.sides)
            (top, left) = (field.top, field.left)
        }
    }

    let name: String
    /// As an experiment's file has it: `conv 12@5x5 same`.
    let notation: String
    let kind: Kind
    /// For one image: `[height, width, channels]`, or `[units]` from `flatten` on.
    let input, output: [Int]
    /// Rows and columns of the kernel, or of the window that is pooled; global pooling's is the whole map.
    private(set) var window: [Int]?
    private(set) var stride: [Int]?
    /// Rows of zeros above, columns to the left, rows below and columns to the right of a convolution's input.
    private(set) var border: [Int]?
    private(set) var pooling: Pooling?
    /// `linear`, `relu`, `leakyrelu`, `relu6`, `sigmoid`, `tanh` or `elu`
    private(set) var activation: String?
    /// The slope of a leaky ReLU, the alpha of an ELU.
    private(set) var activationParameter: Double?
    /// What is added to a variance.
    private(set) var epsilon: Double?
    /// Share that dropout drops while it is trained.
    private(set) var rate: Double?
    /// What of the image one output sees; none where each sees all of it.
    let receptiveField: Field?
    /// Numbers among the parameters, and multiply-adds for one image.
    let parameters, multiplyAdds: Int
    /// By what they are called behind the layer's name: `kernel`, `bias`; `gamma`, `beta`, `mean`, `variance`; `scale`, `shift`.
    let tensors: [String: PackedTensor]
    /// Each filter's mean over all test images and places, after the activation, `[filters]`: what a filter may be set
    /// to in place of zero. None where nobody measured it.
    let means: PackedTensor?

    /// - Parameters:
    ///   - weights: every parameter of the network, by its name.
    ///   - means: of this layer's filters.
    init(_ layer: PlacedLayer, weights: [String: Tensor], means: Tensor?) {
        name = layer.name
        notation = "\(layer.layer)"
        input = layer.input
        output = layer.output
        receptiveField = layer.receptiveField.map(Field.init)
        parameters = layer.parameters
        multiplyAdds = layer.multiplyAdds
        let named = layer.tensors.compactMap { parameter in
            weights[parameter.name].map {
                (parameter.name.dropFirst(layer.name.count + 1), PackedTensor(CompactTensor($0, .bits24)))
            }
        }
        activation = layer.layer.activation?.kind
        activationParameter = layer.layer.activation?.parameter
        tensors = Dictionary(named.map { (String($0), $1) }) { first, _ in first }
        self.means = means.map { PackedTensor(CompactTensor($0, .bits24)) }
        switch layer.layer {
        case .convolution(_, let kernel, let stride, _, _):
            kind = .convolution
            (window, self.stride) = (kernel.sides, stride.sides)
            border = [layer.border.top, layer.border.left, layer.border.bottom, layer.border.right]
        case .maxPooling(let window, let stride):
            kind = .pooling
            (pooling, self.window, self.stride) = (.maximum, window.sides, stride.sides)
        case .averagePooling(let window, let stride):
            kind = .pooling
            (pooling, self.window, self.stride) = (.average, window.sides, stride.sides)
        case .globalAveragePooling:
            kind = .pooling
            (pooling, window, stride) = (.average, Array(layer.input.prefix(2)), [1, 1])
        case .globalMaxPooling:
            kind = .pooling
            (pooling, window, stride) = (.maximum, Array(layer.input.prefix(2)), [1, 1])
        case .batchNormalization(let epsilon):
            kind = .normalization
            self.epsilon = epsilon
        case .rescaling: kind = .scaling
        case .activation: kind = .activation
        case .dropout(let rate):
            kind = .dropout
            self.rate = rate
        case .flatten: kind = .flatten
        case .dense: kind = .dense
        }
    }
}

extension Extent {
    fileprivate var sides: [Int] { [height, width] }
}
