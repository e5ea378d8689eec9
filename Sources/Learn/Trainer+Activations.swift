import KernelInterface

extension Trainer {
    /// What every layer makes of some test images, dropout off.
    ///
    /// The pooled maps are those of the forward pass. The maps before pooling, which it never stores, are computed
    /// once more by the plain convolution, whose sums have the same order and so the same bits.
    func activations(of indices: [Int]) -> [SampleActivations] {
        stride(from: 0, to: indices.count, by: shardSamples).flatMap { start in
            activations(ofShard: Array(indices[start..<min(indices.count, start + shardSamples)]))
        }
    }

    private func activations(ofShard indices: [Int]) -> [SampleActivations] {
        // excerpt: activations
        let workspace = Workspace(model.plan)
        workspace.take(
            0..<indices.count, of: indices.map { Int32($0) }[...], split: dataset.test, keys: nil)
        let pass = Pass(model, workspace, count: indices.count, dropout: false)
        pass.forward(dataset.test)
        _ = pass.lossAndGradient(batch: indices.count)
        return indices.enumerated().map { place, index in
            SampleActivations(
                index: index, label: Int(dataset.test.labels[index]), outputs: pass.outputs(ofSample: place))
        }
        // end of excerpt
    }
}

extension Pass {
    /// Every layer's output for one sample of the shard, after softmax for the last.
    fileprivate func outputs(ofSample place: Int) -> [NamedTensor] {
        let plan = model.plan
        var outputs: [NamedTensor] = []
        for (index, layer) in plan.convolutions.enumerated() {
            outputs.append(NamedTensor(layer.name, maps(layer, index, place)))
            outputs.append(NamedTensor(layer.poolName, pooledMaps(layer, index, place)))
        }
        for (index, layer) in plan.dense.enumerated() {
            let values = (0..<layer.outputs).map { workspace.units[index + 1].pointer[$0 * columns + place] }
            outputs.append(NamedTensor(layer.name, Tensor(shape: [layer.outputs], values: values)))
        }
        return outputs
    }

    /// `[outputHeight, outputWidth, filters]`, after ReLU.
    private func maps(_ layer: ConvolutionLayer, _ index: Int, _ place: Int) -> Tensor {
        let shape = layer.shape
        let input = workspace.maps[index][place / blockLanes].pointer
        let parameters = model.parameters.pointer
        var values: [Float] = []
        values.reserveCapacity(shape.outputHeight * shape.outputWidth * shape.filters)
        for y in 0..<shape.outputHeight {
            for x in 0..<shape.outputWidth {
                for filter in 0..<shape.filters {
                    let sum = ReferenceKernels().convolution(
                        input, parameters + layer.kernel.offset, shape, y: y, x: x, filter: filter,
                        lane: place % blockLanes)
                    values.append(max(0, sum + parameters[layer.bias.offset + filter]))
                }
            }
        }
        return Tensor(shape: [shape.outputHeight, shape.outputWidth, shape.filters], values: values)
    }

    /// `[pooledHeight, pooledWidth, filters]`
    private func pooledMaps(_ layer: ConvolutionLayer, _ index: Int, _ place: Int) -> Tensor {
        let shape = layer.shape
        let (output, layout) = destination(of: index, block: place / blockLanes)
        var values: [Float] = []
        for y in 0..<shape.pooledHeight {
            for element in 0..<shape.pooledWidth * shape.filters {
                values.append(output[(y * layout.row + element) * layout.element + place % blockLanes])
            }
        }
        return Tensor(shape: [shape.pooledHeight, shape.pooledWidth, shape.filters], values: values)
    }
}
