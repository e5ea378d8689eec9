/// Walks over the layers of a network and keeps the current shape.
package struct Placer {
    /// Far beyond what a processor trains in reasonable time, and far below where sizes overflow.
    static let mostParameters = 1 << 27
    static let mostActivations = 1 << 25
    /// So that a kernel's area times its channels fits a number.
    static let longestExtent = 1 << 16

    package private(set) var placed: [PlacedLayer] = []
    private var shape: [Int]
    private var field: ReceptiveField? = .pixel
    private var counts: [String: Int] = [:]
    private var parameters = 0
    private var activations = 0

    package init(input: ImageShape) throws(ArchitectureError) {
        shape = input.extents
        guard let count = product(shape), count <= Placer.mostActivations else {
            throw .network(.tooLarge(what: "the image's pixels", limit: Placer.mostActivations))
        }
    }

    package mutating func place(_ layer: Layer) throws(ArchitectureError) {
        switch layer {
        case .convolution(let filters, let kernel, let stride, let padding, let activation):
            try needMaps(layer)
            try check(layer, [("a number of filters of", filters)] + extents("a kernel", kernel))
            try check(layer, extents("a stride", stride))
            try check(layer, activation)
            let border = try border(layer, padding, kernel, stride)
            let output = try windows(layer, kernel, stride, border) + [filters]
            let name = name("conv")
            let weights = [kernel.height, kernel.width, shape[2], filters]
            let area = kernel.height * kernel.width
            try add(
                layer, name, output, border: border,
                field: field?.seen(through: kernel, stride: stride, border: border),
                tensors: [
                    ParameterShape(
                        name: "\(name).kernel", shape: weights, fanIn: area * shape[2], fanOut: area * filters),
                    ParameterShape(name: "\(name).bias", shape: [filters], fanIn: 0, fanOut: 0),
                ], perOutput: [area, shape[2]])
        case .maxPooling(let window, let stride), .averagePooling(let window, let stride):
            try needMaps(layer)
            try check(layer, extents("a window", window) + extents("a stride", stride))
            let output = try windows(layer, window, stride, .none) + [shape[2]]
            try add(
                layer, name("pool"), output, field: field?.seen(through: window, stride: stride, border: .none))
        case .globalAveragePooling, .globalMaxPooling:
            try needMaps(layer)
            try add(layer, name("globalpool"), [shape[2]], field: nil)
        case .batchNormalization(let epsilon):
            guard epsilon.isFinite, epsilon > 0 else { throw at(layer, .wrongEpsilon(epsilon)) }
            let name = name("batchnorm")
            let tensors = ["gamma", "beta", "mean", "variance"].map {
                ParameterShape(name: "\(name).\($0)", shape: [shape[shape.count - 1]], fanIn: 0, fanOut: 0)
            }
            try add(layer, name, shape, field: field, tensors: tensors, perOutput: [1])
        case .rescaling:
            let name = name("rescale")
            let tensors = ["scale", "shift"].map {
                ParameterShape(name: "\(name).\($0)", shape: [shape[shape.count - 1]], fanIn: 0, fanOut: 0)
            }
            try add(layer, name, shape, field: field, tensors: tensors, perOutput: [1])
        case .activation(let activation):
            try check(layer, activation)
            try add(layer, name(activation.layerName), shape, field: field)
        case .dropout(let rate):
            guard rate >= 0, rate < 1 else { throw at(layer, .wrongRate(rate)) }
            try add(layer, name("dropout"), shape, field: field)
        case .flatten:
            try needMaps(layer)
            try add(layer, "flatten", [shape.reduce(1, *)], field: nil)
        case .dense(let units, let activation):
            guard shape.count == 1 else { throw at(layer, .needsUnits) }
            try check(layer, [("a number of units of", units)])
            try check(layer, activation)
            let name = name("dense")
            try add(
                layer, name, [units], field: nil,
                tensors: [
                    ParameterShape(name: "\(name).kernel", shape: [shape[0], units], fanIn: shape[0], fanOut: units),
                    ParameterShape(name: "\(name).bias", shape: [units], fanIn: 0, fanOut: 0),
                ], perOutput: [shape[0]])
        }
    }

    /// - Parameter perOutput: multiply-adds that one output costs, as factors.
    private mutating func add(
        _ layer: Layer, _ name: String, _ output: [Int], border: Border = .none, field: ReceptiveField?,
        tensors: [ParameterShape] = [], perOutput: [Int] = []
    ) throws(ArchitectureError) {
        for tensor in tensors {
            guard let count = product(tensor.shape), count <= Placer.mostParameters - parameters else {
                throw at(layer, .tooLarge(what: "the network's parameters", limit: Placer.mostParameters))
            }
            parameters += count
        }
        guard let count = product(output), count <= Placer.mostActivations - activations else {
            throw at(layer, .tooLarge(what: "the outputs of all layers for one image", limit: Placer.mostActivations))
        }
        // What a convolution reads lies inside its border.
        if border != .none {
            let padded = [shape[0] + border.top + border.bottom, shape[1] + border.left + border.right, shape[2]]
            guard let count = product(padded), count <= Placer.mostActivations else {
                throw at(layer, .tooLarge(what: "a map with its padding", limit: Placer.mostActivations))
            }
        }
        activations += count
        placed.append(
            PlacedLayer(
                position: placed.count + 1, name: name, layer: layer, input: shape, output: output, border: border,
                tensors: tensors, multiplyAdds: perOutput.isEmpty ? 0 : perOutput.reduce(count, *),
                receptiveField: field))
        shape = output
        self.field = field
    }

    private func needMaps(_ layer: Layer) throws(ArchitectureError) {
        guard shape.count == 3 else { throw at(layer, .needsMaps) }
    }

    private func at(_ layer: Layer, _ reason: ArchitectureError.Reason) -> ArchitectureError {
        .at(placed.count + 1, layer, reason)
    }

    private func extents(_ what: String, _ extent: Extent) -> [(String, Int)] {
        [("\(what) of height", extent.height), ("\(what) of width", extent.width)]
    }

    private func check(_ layer: Layer, _ numbers: [(String, Int)]) throws(ArchitectureError) {
        for (what, number) in numbers {
            guard number > 0 else { throw at(layer, .notPositive(what: what, number)) }
            guard number <= Placer.longestExtent else {
                throw at(layer, .tooLarge(what: what, limit: Placer.longestExtent))
            }
        }
    }

    private func check(_ layer: Layer, _ activation: Activation) throws(ArchitectureError) {
        switch activation {
        case .leakyReLU(let slope) where !(slope >= 0 && Float(slope).isFinite): throw at(layer, .wrongSlope(slope))
        case .elu(let alpha) where !(alpha > 0 && Float(alpha).isFinite): throw at(layer, .wrongAlpha(alpha))
        default: break
        }
    }

    /// The zeros around the current maps.
    private func border(
        _ layer: Layer, _ padding: Padding, _ kernel: Extent, _ stride: Extent
    ) throws(ArchitectureError) -> Border {
        switch padding {
        case .valid: return .none
        case .same: return Border(same: kernel, stride: stride, height: shape[0], width: shape[1])
        case .zeros(let border):
            guard border.sides.allSatisfy({ (0...Placer.longestExtent).contains($0) }) else {
                throw at(layer, .tooLarge(what: "a side of its padding", limit: Placer.longestExtent))
            }
            return border
        }
    }

    /// Rows and columns of the places that a window has in the current maps.
    private func windows(
        _ layer: Layer, _ window: Extent, _ stride: Extent, _ border: Border
    ) throws(ArchitectureError) -> [Int] {
        let rows = shape[0] + border.top + border.bottom - window.height
        let columns = shape[1] + border.left + border.right - window.width
        guard rows >= 0, columns >= 0 else {
            throw at(layer, .mapTooSmall(rows: shape[0], columns: shape[1], window: window))
        }
        return [rows / stride.height + 1, columns / stride.width + 1]
    }

    /// The next layer of a kind: `conv1`, `conv2`; of a kind that there is but once, its bare name.
    private mutating func name(_ kind: String) -> String {
        if kind == "globalpool" { return kind }
        counts[kind, default: 0] += 1
        return "\(kind)\(counts[kind, default: 0])"
    }
}

extension Activation {
    /// What a layer of its own is called, before its number.
    fileprivate var layerName: String { self == .relu6 ? "cappedrelu" : kind }
}

/// The product, or nil if it does not fit.
private func product(_ factors: [Int]) -> Int? {
    var product = 1
    for factor in factors {
        let (next, overflow) = product.multipliedReportingOverflow(by: factor)
        if overflow { return nil }
        product = next
    }
    return product
}
