import Learn

extension Network {
    /// The networks of `experiments/fashion-mnist.yml`.
    static let article = [
        known(
            "lenet5", "conv 6@5x5 same, avgpool 2, conv 16@5x5, avgpool 2, flatten, dense 120, dense 84, dense 10"),
        improved("maxpool", filters: (6, 16)), improved("wide", filters: (12, 32)),
    ]

    /// Those, and one whose convolutions do not all stand before a pooling.
    static let measured =
        article + [
            known(
                "tinyvgg",
                "conv 32@3x3, conv 32@3x3, maxpool 2, conv 64@3x3, conv 64@3x3, maxpool 2, flatten, dense 10")
        ]

    private static func improved(_ name: String, filters: (Int, Int)) -> Network {
        known(
            name,
            "conv \(filters.0)@5x5 same, maxpool 2, dropout 0.2, conv \(filters.1)@5x5, maxpool 2, dropout 0.2, flatten, "
                + "dense 120, dropout 0.3, dense 84, dense 10")
    }

    private static func known(_ name: String, _ layers: String) -> Network {
        do {
            let architecture = try Architecture(
                input: FashionMNIST.shape, classes: FashionMNIST.classCount,
                notation: layers.split(separator: ", ").map(String.init))
            return Network(name: name, architecture: architecture, defaultEpochs: 1)
        } catch {
            preconditionFailure("\(name): \(error)")
        }
    }
}
