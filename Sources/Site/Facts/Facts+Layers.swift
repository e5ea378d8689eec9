import Learn

extension Facts {
    /// `<network>.*`: parameters and arithmetic of a network, and `<network>.<layer>.*` for each layer.
    mutating func addLayers(_ network: Network) {
        let layout = network.architecture.placed
        add("\(network.name).parameters", .count(network.architecture.parameterCount))
        add("\(network.name).multiplyAdds", .count(network.architecture.multiplyAdds))
        add("\(network.name).classes", layout.last.map { .count($0.output[0]) })
        let convolutions = layout.count { if case .convolution = $0.layer { true } else { false } }
        add("\(network.name).convolutions", .cardinal(convolutions))
        for layer in layout {
            addLayer(layer, in: network)
        }
        guard let heaviest = layout.max(by: { $0.parameters < $1.parameters }),
            let busiest = layout.max(by: { $0.multiplyAdds < $1.multiplyAdds })
        else { return }
        claim("\(network.name).convolutionsWork", heaviest.layer.isDense && !busiest.layer.isDense)
        add("\(network.name).heaviest", .name(heaviest.name))
        let weight = Double(heaviest.parameters) / Double(network.architecture.parameterCount)
        add("\(network.name).heaviestShare", .share(weight, places: 0))
        add("\(network.name).busiest", .name(busiest.name))
        let work = Double(busiest.multiplyAdds) / Double(network.architecture.multiplyAdds)
        add("\(network.name).busiestShare", .share(work, places: 0))
    }

    private mutating func addLayer(_ layer: PlacedLayer, in network: Network) {
        let key = "\(network.name).\(layer.name)"
        add("\(key).output", .shape(layer.output))
        add("\(key).size", .count(layer.output.reduce(1, *)))
        add("\(key).parameters", .count(layer.parameters))
        switch layer.layer {
        case .convolution(let filters, let kernel, _, _, _):
            add("\(key).filters", .count(filters))
            add("\(key).kernel", .shape([kernel.height, kernel.width]))
        case .averagePooling(let window, _), .maxPooling(let window, _):
            add("\(key).window", .shape([window.height, window.width]))
        case .dropout(let rate): add("\(key).rate", .share(rate, places: 0))
        case .globalAveragePooling, .batchNormalization, .activation, .flatten: break
        case .dense(let units, _): add("\(key).units", .count(units))
        }
    }
}

extension Layer {
    fileprivate var isDense: Bool {
        if case .dense = self { true } else { false }
    }
}
