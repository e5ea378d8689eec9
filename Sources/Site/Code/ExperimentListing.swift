import Learn

/// A network as an experiment's file lists it.
enum ExperimentListing {
    /// The lines under `networks`.
    static func text(of network: Network) -> String {
        let (begin, indent) = ("  layers: [", String(repeating: " ", count: 11))
        var lines = ["\(network.name):", begin]
        for (index, layer) in network.architecture.notation.enumerated() {
            let isLast = index == network.architecture.placed.count - 1
            let word = layer + (isLast ? "]" : ",")
            let line = lines[lines.count - 1]
            let isFirst = line == begin || line == indent
            if isFirst || line.count + 1 + word.count <= 88 {
                lines[lines.count - 1] += (isFirst ? "" : " ") + word
            } else {
                lines.append(indent + word)
            }
        }
        return (lines + ["  epochs: \(network.defaultEpochs)"]).joined(separator: "\n")
    }
}
