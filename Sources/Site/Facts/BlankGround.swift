import Learn

/// Where the first convolution sees nothing of an image but blank background, and so answers with its bias alone:
/// with zero if that is not positive, whatever its kernel looks for.
struct BlankGround: Equatable {
    /// Share of the places of the layer's maps where everything that a kernel covers is blank.
    let share: Double

    /// - Parameters:
    ///   - images: positions of the images.
    ///   - split: the images.
    ///   - layer: the first, which has maps.
    init(_ images: [Int], of split: Split, under layer: PlacedLayer) {
        guard let seen = layer.receptiveField, !images.isEmpty else {
            share = 0
            return
        }
        let shape = split.shape
        let rows = layer.output[0], columns = layer.output[1]
        var blank = 0
        for index in images {
            let pixels = Array(split.image(index))
            func isBlank(_ y: Int, _ x: Int) -> Bool {
                let (top, left) = (seen.top + y * seen.stride.height, seen.left + x * seen.stride.width)
                return (max(0, top)..<min(shape.height, top + seen.extent.height)).allSatisfy { row in
                    let (first, last) = (max(0, left), min(shape.width, left + seen.extent.width))
                    let start = row * shape.width
                    return pixels[(start + first) * shape.channels..<(start + last) * shape.channels].allSatisfy {
                        $0 == 0
                    }
                }
            }
            for y in 0..<rows { blank += (0..<columns).count { isBlank(y, $0) } }
        }
        share = Double(blank) / Double(images.count * rows * columns)
    }
}

extension Facts {
    /// `<network>.conv1.blankShare` and `<network>.conv1.silentFilters`: why outputs are zero that follow from no
    /// choice.
    mutating func addBlankGround(_ run: Run, of network: Network, images: Split) {
        guard let layer = network.architecture.placed.first, case .convolution = layer.layer else { return }
        let ground = BlankGround(run.samples.map(\.index), of: images, under: layer)
        let subject = FactSubject.layer(layer.name, of: network.name)
        add(subject, "blankShare", .share(ground.share, places: 0), from: .data)
        let biases = run.weight("\(layer.name).bias")?.values ?? []
        add(subject, "silentFilters", .count(biases.count { $0 <= 0 }), from: .weights)
    }
}
