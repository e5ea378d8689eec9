import Learn

extension Facts {
    /// `<network>.*`: parameters and arithmetic of a network, and `<network>.<layer>.*` for each layer.
    mutating func addLayers(_ network: Network) {
        let (layout, subject) = (network.architecture.placed, FactSubject.network(network.name))
        add(subject, "parameters", .count(network.architecture.parameterCount), from: .architecture)
        add(subject, "multiplyAdds", .count(network.architecture.multiplyAdds), from: .architecture)
        add(subject, "classes", layout.last.map { .count($0.output[0]) }, from: .architecture)
        let convolutions = layout.count { if case .convolution = $0.layer { true } else { false } }
        add(subject, "convolutions", .cardinal(convolutions), from: .architecture)
        for layer in layout {
            addLayer(layer, in: network)
        }
        guard let heaviest = layout.max(by: { $0.parameters < $1.parameters }),
            let busiest = layout.max(by: { $0.multiplyAdds < $1.multiplyAdds })
        else { return }
        claim(subject, "convolutionsWork", heaviest.layer.isDense && !busiest.layer.isDense)
        add(subject, "heaviest", .name(heaviest.name), from: .architecture)
        let weight = Double(heaviest.parameters) / Double(network.architecture.parameterCount)
        add(subject, "heaviestShare", .share(weight, places: 0), from: .architecture)
        add(subject, "busiest", .name(busiest.name), from: .architecture)
        let work = Double(busiest.multiplyAdds) / Double(network.architecture.multiplyAdds)
        add(subject, "busiestShare", .share(work, places: 0), from: .architecture)
    }

    private mutating func addLayer(_ layer: PlacedLayer, in network: Network) {
        let subject = FactSubject.layer(layer.name, of: network.name)
        add(subject, "output", .shape(layer.output), from: .architecture)
        add(subject, "size", .count(layer.output.reduce(1, *)), from: .architecture)
        add(subject, "parameters", .count(layer.parameters), from: .architecture)
        let work = Double(layer.multiplyAdds) / Double(max(1, network.architecture.multiplyAdds))
        add(subject, "multiplyAdds", .count(layer.multiplyAdds), from: .architecture)
        add(subject, "workShare", .share(work, places: work < 0.01 ? 1 : 0), from: .architecture)
        switch layer.layer {
        case .convolution(let filters, let kernel, _, _, _):
            add(subject, "filters", .count(filters), from: .architecture)
            add(subject, "kernel", .shape([kernel.height, kernel.width]), from: .architecture)
        case .averagePooling(let window, _), .maxPooling(let window, _):
            add(subject, "window", .shape([window.height, window.width]), from: .architecture)
        case .dropout(let rate): add(subject, "rate", .share(rate, places: 0), from: .architecture)
        case .globalAveragePooling, .globalMaxPooling, .batchNormalization, .rescaling, .activation, .flatten: break
        case .dense(let units, _): add(subject, "units", .count(units), from: .architecture)
        }
    }
}

extension Layer {
    fileprivate var isDense: Bool {
        if case .dense = self { true } else { false }
    }
}
