import Learn

extension Facts {
    /// `sample.*`: the test image whose feature maps the article shows.
    mutating func addSample(_ run: Run) {
        guard let sample = run.chosenSample else { return }
        add("sample.label", .label(sample.label))
        add("sample.number", .count(sample.index + 1))
    }

    /// `<network>.<layer>.*`: dead channels, zeros, and likeness to the image, over the shown test images.
    ///
    /// - Returns: how many maps of the first convolution plainly follow the image's brightness or outlines.
    mutating func addMaps(_ run: Run, of network: Network, images: Split) -> Int {
        var plain = 0
        var likeness: [String: Double] = [:]
        var zeros: [String: Double] = [:]
        for layer in network.mapLayers {
            let key = "\(network.name).\(layer.name)"
            let maps = MapStatistics(run.samples, layer: layer.name)
            let alike = MapLikeness(run.samples, layer: layer.name, images: images, network: network)
            likeness[layer.name] = alike.toImage
            zeros[layer.name] = maps.zeroShare
            if layer.name == "conv1" { plain = alike.brightness + alike.outlines }
            add("\(key).channels", .count(maps.channels))
            add("\(key).dead", .count(maps.dead))
            add("\(key).zeroShare", .share(maps.zeroShare, places: 0))
            add("\(key).largest", .decimal(Double(maps.largest), places: 1))
            add("\(key).likeness", .decimal(alike.toImage, places: 2))
            add("\(key).brightness", .count(alike.brightness))
            add("\(key).outlines", .count(alike.outlines))
            claim("\(key).deadMaps", maps.dead > 0)
        }
        let redundancy = MapRedundancy(run.samples, layer: "conv1")
        add("\(network.name).conv1.redundancy", .decimal(redundancy.mean, places: 2))
        add("\(network.name).conv1.alikeMaps", .count(redundancy.alikePairs))
        claim("\(network.name).conv1.repeats", redundancy.alikePairs > 0)
        claim("\(network.name).fading", (likeness["conv1"] ?? 0) > (likeness["conv2"] ?? 0) + 0.05)
        claim("\(network.name).zerosGrow", (zeros["conv2"] ?? 0) > (zeros["conv1"] ?? 0) + 0.02)
        return plain
    }
}
