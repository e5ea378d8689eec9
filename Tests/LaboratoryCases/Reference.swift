import Learn

extension LaboratoryCase {
    /// The bytes of a safetensors file: for each image of the network and of its changed twin, every layer's output,
    /// `plain.<image>.<layer>`, the last after softmax, and gradients with respect to the image of its class's logit and
    /// probability and of ``place``, `changed.<image>.gradient.logit`. The metadata hold the changes and the place.
    func reference() throws -> [UInt8] {
        var tensors = try tensors("plain", Model(network.architecture, weights: weights))
        if let architecture = changes.architecture {
            tensors += try self.tensors("changed", Model(architecture, weights: changes.applied(to: weights)))
        }
        return Safetensors.encode(tensors, metadata: ["changes": try changes.json, "place": place.json])
    }

    private func tensors(_ set: String, _ model: Model) throws -> [NamedTensor] {
        var tensors: [NamedTensor] = []
        for (number, index) in dataset.shownSamples.enumerated() {
            let image = Tensor(
                shape: [1] + dataset.shape.extents, values: dataset.test.image(index).map { Float($0) / 255 })
            let label = Int(dataset.test.labels[index])
            for output in try model.activations(image) {
                tensors.append(NamedTensor("\(set).\(number).\(output.name)", output.tensor))
            }
            let objectives = [
                ("logit", Objective.logit(label)), ("probability", .probability(label)), ("place", place.objective),
            ]
            for (name, objective) in objectives {
                let gradient = try model.gradient(of: objective, at: image).gradient
                tensors.append(NamedTensor("\(set).\(number).gradient.\(name)", gradient))
            }
        }
        return tensors
    }
}
