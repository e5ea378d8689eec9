import Learn

extension Facts {
    /// `<network>.*`: parameters and arithmetic of a network, and `<network>.<layer>.*` for each layer.
    mutating func addLayers(_ network: Network) {
        let layout = network.layout
        add("\(network.name).parameters", .count(network.parameterCount))
        add("\(network.name).multiplyAdds", .count(network.multiplyAdds))
        add("\(network.name).classes", layout.last.map { .count($0.output[0]) })
        let convolutions = layout.count { if case .convolution = $0.layer { true } else { false } }
        add("\(network.name).convolutions", .cardinal(convolutions))
        for layer in layout {
            addLayer(layer, in: network)
        }
        guard let heaviest = layout.max(by: { $0.parameters < $1.parameters }),
            let busiest = layout.max(by: { $0.multiplyAdds < $1.multiplyAdds })
        else { return }
        claim("\(network.name).convolutionsWork", heaviest.isDense && !busiest.isDense)
        add("\(network.name).heaviest", .name(heaviest.name))
        let weight = Double(heaviest.parameters) / Double(network.parameterCount)
        add("\(network.name).heaviestShare", .share(weight, places: 0))
        add("\(network.name).busiest", .name(busiest.name))
        let work = Double(busiest.multiplyAdds) / Double(network.multiplyAdds)
        add("\(network.name).busiestShare", .share(work, places: 0))
    }

    private mutating func addLayer(_ layer: LayerLayout, in network: Network) {
        let key = "\(network.name).\(layer.name)"
        add("\(key).output", .shape(layer.output))
        add("\(key).size", .count(layer.output.reduce(1, *)))
        add("\(key).parameters", .count(layer.parameters))
        switch layer.layer {
        case .convolution(let filters, let kernel, _):
            add("\(key).filters", .count(filters))
            add("\(key).kernel", .shape([kernel, kernel]))
        case .averagePooling(let size), .maxPooling(let size): add("\(key).window", .shape([size, size]))
        case .dropout(let rate): add("\(key).rate", .share(rate, places: 0))
        case .flatten: break
        case .dense(let units): add("\(key).units", .count(units))
        }
    }
}
