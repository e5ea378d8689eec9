import Learn

/// Where the first convolution sees nothing of an image but blank background, and so answers with its bias alone:
/// with zero if that is not positive, whatever its kernel looks for.
struct BlankGround: Equatable {
    /// Share of the places of the layer's maps where everything that a kernel covers is blank.
    let share: Double

    /// - Parameters:
    ///   - images: positions of the images.
    ///   - split: the images.
    ///   - kernel: edge of the kernels.
    ///   - padding: whether the maps are as large as the image.
    init(_ images: [Int], of split: Split, kernel: Int, padding: Padding) {
        // Places of the maps by the image's coordinates of the kernel's first cell.
        let starts = padding == .same ? -(kernel - 1) / 2..<Split.edge - (kernel - 1) / 2 : 0..<Split.edge - kernel + 1
        var (blank, all) = (0, 0)
        for index in images {
            let pixels = Array(split.image(index))
            func isBlank(_ y: Int, _ x: Int) -> Bool {
                (max(0, y)..<min(Split.edge, y + kernel)).allSatisfy { row in
                    (max(0, x)..<min(Split.edge, x + kernel)).allSatisfy { pixels[row * Split.edge + $0] == 0 }
                }
            }
            for y in starts { blank += starts.count { isBlank(y, $0) } }
            all += starts.count * starts.count
        }
        share = all == 0 ? 0 : Double(blank) / Double(all)
    }
}

extension Facts {
    /// `<network>.conv1.blankShare` and `<network>.conv1.silentFilters`: why outputs are zero that follow from no
    /// choice.
    mutating func addBlankGround(_ run: Run, of network: Network, images: Split) {
        guard let layer = network.layout.first, case .convolution(_, let kernel, let padding) = layer.layer else {
            return
        }
        let ground = BlankGround(run.samples.map(\.index), of: images, kernel: kernel, padding: padding)
        add("\(network.name).\(layer.name).blankShare", .share(ground.share, places: 0))
        let biases = run.weight("\(layer.name).bias")?.values ?? []
        add("\(network.name).\(layer.name).silentFilters", .count(biases.count { $0 <= 0 }))
    }
}
