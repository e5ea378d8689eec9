import Learn

extension Facts {
    /// `<network>.<layer>.*`: dead channels, share of zeros and largest activation over the shown test images.
    mutating func addMaps(_ run: Run) {
        let network = run.configuration.network
        for layer in ["conv1", "pool1", "conv2", "pool2"] {
            let maps = MapStatistics(run.samples, layer: layer)
            add("\(network).\(layer).channels", .count(maps.channels))
            add("\(network).\(layer).dead", .count(maps.dead))
            add("\(network).\(layer).zeroShare", .share(maps.zeroShare, places: 0))
            add("\(network).\(layer).largest", .decimal(Double(maps.largest), places: 1))
            claim("\(network).\(layer).deadMaps", maps.dead > 0)
        }
    }
}
