/// One layer of a network, as the table in a paper would list it.
///
/// ReLU follows every convolution and every dense layer but the last, which feeds softmax.
public enum Layer: Sendable, Equatable {
    case convolution(filters: Int, kernel: Int, padding: Padding)
    case averagePooling(Int)
    case maxPooling(Int)
    case dropout(Double)
    case flatten
    case dense(Int)
}

/// What a convolution does at the border: `same` pads with zeros, `valid` shrinks the map.
public enum Padding: String, Sendable, Codable {
    case same, valid
}

/// A network: its name and its layers from the image to the logits.
public struct Network: Sendable, Equatable {
    public let name: String
    public let layers: [Layer]
    /// Epochs trained unless the caller says otherwise.
    public let defaultEpochs: Int
}

extension Network {
    // excerpt: lenet5
    /// LeNet-5 as Keras users write it: ReLU, average pooling, softmax.
    public static let lenet5 = Network(
        name: "lenet5",
        layers: [
            .convolution(filters: 6, kernel: 5, padding: .same),
            .averagePooling(2),
            .convolution(filters: 16, kernel: 5, padding: .valid),
            .averagePooling(2),
            .flatten,
            .dense(120),
            .dense(84),
            .dense(10),
        ],
        defaultEpochs: 50)
    // end of excerpt

    // excerpt: variants
    /// LeNet-5 with max pooling and dropout.
    public static let maxpool = improved(name: "maxpool", filters: (6, 16))

    /// `maxpool` with twice the filters.
    public static let wide = improved(name: "wide", filters: (12, 32))
    // end of excerpt

    /// The networks, in the order in which the article tells of them.
    public static let all = [lenet5, maxpool, wide]

    // excerpt: maxpool
    private static func improved(name: String, filters: (Int, Int)) -> Network {
        Network(
            name: name,
            layers: [
                .convolution(filters: filters.0, kernel: 5, padding: .same),
                .maxPooling(2),
                .dropout(0.2),
                .convolution(filters: filters.1, kernel: 5, padding: .valid),
                .maxPooling(2),
                .dropout(0.2),
                .flatten,
                .dense(120),
                .dropout(0.3),
                .dense(84),
                .dense(10),
            ],
            defaultEpochs: 100)
    }
    // end of excerpt
}
