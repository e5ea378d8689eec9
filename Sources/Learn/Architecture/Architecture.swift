/// A network that can be computed: an image shape, a number of classes, and layers that fit them and each other.
///
/// Whoever has one need not check again. The placed layers are the package's only walk over layers: what trains,
/// stores, draws, exports or counts a network maps over them.
public struct Architecture: Sendable, Hashable {
    public let input: ImageShape
    public let classes: Int
    /// The layers with their names, shapes and costs.
    public let placed: [PlacedLayer]

    /// - Throws: ``ArchitectureError`` with the first layer that cannot stand where it stands.
    public init(input: ImageShape, classes: Int, layers: [Layer]) throws(ArchitectureError) {
        guard input.extents.allSatisfy({ $0 > 0 }) else { throw .network(.noImage(input)) }
        guard classes >= 2 else { throw .network(.tooFewClasses(classes)) }
        guard let last = layers.last else { throw .network(.noLayers) }
        var placer = try Placer(input: input)
        for (index, layer) in layers.enumerated() {
            do {
                try placer.place(index == layers.count - 1 ? layer.asLast : layer)
            } catch {
                // As it was given: nobody wrote that the last one is linear.
                throw .at(index + 1, layer, error.reason)
            }
        }
        guard case .dense(let units, _) = last else {
            let hasDense = layers.contains { if case .dense = $0 { true } else { false } }
            throw .at(layers.count, last, hasDense ? .afterLastDense : .lastNotDense)
        }
        guard units == classes else { throw .at(layers.count, last, .wrongOutputs(units, classes: classes)) }
        self.input = input
        self.classes = classes
        placed = placer.placed
    }

    /// - Parameters:
    ///   - input: the form of each image.
    ///   - classes: how many there are.
    ///   - notation: one layer a text, as ``Layer/init(parsing:)`` reads them.
    public init(input: ImageShape, classes: Int, notation: [String]) throws(ArchitectureError) {
        var layers: [Layer] = []
        for (index, text) in notation.enumerated() {
            do {
                layers.append(try Layer(parsing: text))
            } catch {
                throw ArchitectureError(position: index + 1, layer: text, reason: .notation(error))
            }
        }
        try self.init(input: input, classes: classes, layers: layers)
    }

    public var layers: [Layer] { placed.map(\.layer) }

    public var convolutions: [PlacedLayer] {
        placed.filter { if case .convolution = $0.layer { true } else { false } }
    }

    /// All parameters, in the order in which they are stored.
    public var parameters: [ParameterShape] { placed.flatMap(\.tensors) }

    /// Numbers among the parameters.
    public var parameterCount: Int { placed.reduce(0) { $0 + $1.parameters } }

    /// Multiply-adds for one image forward.
    public var multiplyAdds: Int { placed.reduce(0) { $0 + $1.multiplyAdds } }

    /// The layers whose outputs tell something: neither dropout, which does nothing to a trained network, nor a linear
    /// activation, which does nothing at all, nor flatten, which only lists what was there, nor rescaling, which changes
    /// units of measure.
    public var observed: [PlacedLayer] {
        placed.filter { layer in
            switch layer.layer {
            case .dropout, .activation(.linear), .flatten, .rescaling: false
            default: true
            }
        }
    }

    /// Whether a training can find all parameters.
    public func checkTrainable() throws(ArchitectureError) {
        for layer in placed {
            switch layer.layer {
            case .batchNormalization, .rescaling: throw .at(layer.position, layer.layer, .trainsNot)
            default: break
            }
        }
    }
}

extension Architecture {
    /// Raised whenever the same text begins to mean another network.
    static let canonicalVersion = 1

    /// The network's notation, one layer a line.
    public var notation: [String] {
        placed.map { $0.position == placed.count ? $0.layer.notationAsLast : $0.layer.description }
    }

    /// A text that two networks share if and only if they are the same, line by line: version, input, classes, layers.
    public var canonicalText: [String] {
        ["architecture \(Architecture.canonicalVersion)", "input \(input)", "classes \(classes)"] + notation
    }
}

extension ArchitectureError {
    static func at(_ position: Int, _ layer: Layer, _ reason: Reason) -> ArchitectureError {
        ArchitectureError(position: position, layer: layer.description, reason: reason)
    }

    static func network(_ reason: Reason) -> ArchitectureError {
        ArchitectureError(position: nil, layer: nil, reason: reason)
    }
}

extension Layer {
    /// The last dense layer is linear, whether it is written so or not: ReLU is what nobody wrote.
    fileprivate var asLast: Layer {
        guard case .dense(let units, _) = self else { return self }
        return .dense(units: units, activation: .linear)
    }

    fileprivate var notationAsLast: String {
        guard case .dense(let units, _) = self else { return description }
        return Layer.dense(units).description
    }
}
