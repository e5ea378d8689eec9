extension Architecture {
    /// The weights of this network out of a file that another framework's user wrote.
    ///
    /// Which tensors are of which layer follows from their names: the layers of a kind, such as convolutions, are numbered
    /// in their order. Where names are not numbers of one series, they are asked for, and everything must have its shape.
    ///
    /// - Parameters:
    ///   - file: tensors in single or half precision.
    ///   - layout: how they are named and laid out.
    ///   - names: of the tensors of each layer that has some, without `.weight` and the like.
    /// - Throws: ``WeightFileError``
    public func weights(
        of file: Safetensors.File, _ layout: WeightLayout, names: [String]? = nil
    ) throws(WeightFileError) -> [NamedTensor] {
        let layers = placed.filter { !$0.tensors.isEmpty }
        let groups = try groups(of: file, layout, names, for: layers)
        var weights: [NamedTensor] = []
        // Rows, columns and channels of the maps whose numbers the units are.
        var maps: [Int]?
        var next = groups[...]
        for layer in placed {
            if layer.layer == .flatten { maps = layer.input }
            guard let kind = layer.layer.weightKind, let group = next.popFirst() else { continue }
            for (parameter, part) in zip(layer.tensors, layout.parts(kind)) {
                weights.append(
                    NamedTensor(
                        parameter.name, try file.weight(parameter, group.tensor(part), group.name, layout, maps)))
            }
            if kind == .dense { maps = nil }
        }
        return weights
    }

    private func groups(
        of file: Safetensors.File, _ layout: WeightLayout, _ names: [String]?, for layers: [PlacedLayer]
    ) throws(WeightFileError) -> [TensorGroup] {
        let all = TensorGroup.all(of: file)
        if let odd = layers.first(where: { $0.layer.weightKind == nil }) {
            throw WeightFileError("\(odd.layer) has no weights in other frameworks; leave it to input")
        }
        if let names {
            guard names.count == layers.count, all.count == names.count else {
                throw WeightFileError(
                    "names has \(names.count) for \(layers.count) layers with weights, and the file has \(all.count)")
            }
            var groups: [TensorGroup] = []
            for name in names {
                guard let group = all.first(where: { $0.name == name }) else {
                    throw WeightFileError("no tensors are called \(name); there are \(Architecture.list(all))")
                }
                groups.append(group)
            }
            return groups
        }
        var byKind: [WeightKind: [TensorGroup]] = [:]
        for group in all {
            guard let kind = group.kind(layout, in: file) else {
                throw WeightFileError("\(group.name) has not the tensors of a layer in the layout \(layout.rawValue)")
            }
            byKind[kind, default: []].append(group)
        }
        for (kind, groups) in byKind {
            let wanted = layers.count { $0.layer.weightKind == kind }
            guard groups.count == wanted else {
                throw WeightFileError(
                    "the file has weights for \(groups.count) layers of the kind \(kind.rawValue), the network has \(wanted)"
                )
            }
            guard Set(groups.map { NumberedName($0.name).series }).count == 1 else {
                throw WeightFileError(
                    "the names \(Architecture.list(groups)) tell no order; list those of all layers with weights under names"
                )
            }
            byKind[kind] = groups.sorted { NumberedName($0.name) < NumberedName($1.name) }
        }
        var groups: [TensorGroup] = []
        for layer in layers {
            guard let kind = layer.layer.weightKind, let group = byKind[kind]?.first else {
                throw WeightFileError("the file has no weights for \(layer.name)")
            }
            byKind[kind]?.removeFirst()
            groups.append(group)
        }
        return groups
    }

    private static func list(_ groups: [TensorGroup]) -> String {
        groups.map(\.name).sorted().prefix(12).joined(separator: ", ")
    }
}

extension Safetensors.File {
    /// A parameter in our own layout.
    /// - Parameter maps: what was flattened before the layer, if anything was.
    fileprivate func weight(
        _ parameter: ParameterShape, _ name: String?, _ layer: String, _ layout: WeightLayout, _ maps: [Int]?
    ) throws(WeightFileError) -> Tensor {
        guard let name else {
            // A layer that was trained without a bias.
            if parameter.name.hasSuffix(".bias") { return Tensor(zeros: parameter.shape) }
            throw WeightFileError("\(layer) has no tensor for \(parameter.name)")
        }
        var tensor: Tensor
        do {
            tensor = try numbers(name)
        } catch {
            throw WeightFileError("\(error)")
        }
        guard tensor.values.allSatisfy(\.isFinite) else {
            throw WeightFileError("\(name) holds a number that is NaN or infinite")
        }
        let rank = tensor.shape.count
        if layout == .pytorch, rank == 4 || rank == 2 { tensor = tensor.outputsLast }
        guard tensor.shape == parameter.shape else {
            throw WeightFileError("\(name) gives \(parameter.name) the shape \(tensor.shape), not \(parameter.shape)")
        }
        guard layout == .pytorch, let maps, rank != 4, tensor.shape[0] == maps.reduce(1, *),
            rank == 2 || !parameter.name.hasSuffix(".bias")
        else { return tensor }
        return tensor.channelsLast(maps)
    }
}

extension Tensor {
    /// `[out, in, height, width]` as `[height, width, in, out]`, `[out, in]` as `[in, out]`.
    fileprivate var outputsLast: Tensor {
        let area = shape.dropFirst(2).reduce(1, *)
        let (outputs, inputs) = (shape[0], shape[1])
        let turned = (0..<area * inputs * outputs).map { index in
            let (place, input, output) = (index / (inputs * outputs), index / outputs % inputs, index % outputs)
            return values[(output * inputs + input) * area + place]
        }
        return Tensor(shape: Array(shape.dropFirst(2)) + [inputs, outputs], values: turned)
    }

    /// Rows that are numbers of maps, channels first, in the order of ours.
    fileprivate func channelsLast(_ maps: [Int]) -> Tensor {
        let (area, channels) = (maps[0] * maps[1], maps[2])
        let row = shape.dropFirst().reduce(1, *)
        let turned = (0..<area * channels).flatMap { index in
            let start = (index % channels * area + index / channels) * row
            return values[start..<start + row]
        }
        return Tensor(shape: shape, values: turned)
    }
}
