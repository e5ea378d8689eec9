/// A network by its name.
public struct Network: Sendable, Equatable {
    public let name: String
    public let architecture: Architecture
    /// Epochs trained unless the caller says otherwise.
    public let defaultEpochs: Int

    /// - Throws: ``ArchitectureError`` if the layers do not fit grey images of 28 x 28 pixels in ten classes.
    public init(name: String, layers: [Layer], defaultEpochs: Int) throws(ArchitectureError) {
        self.name = name
        self.defaultEpochs = defaultEpochs
        architecture = try Architecture(
            input: FashionMNIST.shape, classes: FashionMNIST.classCount,
            layers: layers)
    }
}

extension Network {
    /// One whose layers stand below.
    private static func known(name: String, layers: [Layer], defaultEpochs: Int) -> Network {
        do {
            return try Network(name: name, layers: layers, defaultEpochs: defaultEpochs)
        } catch {
            preconditionFailure("\(name): \(error)")
        }
    }

    /// The network with this name.
    static func named(_ name: String) -> Network? { all.first { $0.name == name } }

    // excerpt: lenet5
    /// LeNet-5 as Keras users write it: ReLU, average pooling, softmax.
    public static let lenet5 = known(
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
        known(
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
