import Learn

extension Network {
    /// The networks of `experiments/fashion-mnist.yml`, in its order.
    public static let all = [lenet5, maxpool, wide]

    public static let lenet5 = known(
        "lenet5", "conv 6@5x5 same, avgpool 2, conv 16@5x5, avgpool 2, flatten, dense 120, dense 84, dense 10", 50)
    public static let maxpool = improved("maxpool", filters: (6, 16))
    public static let wide = improved("wide", filters: (12, 32))

    private static func improved(_ name: String, filters: (Int, Int)) -> Network {
        known(
            name,
            "conv \(filters.0)@5x5 same, maxpool 2, dropout 0.2, conv \(filters.1)@5x5, maxpool 2, dropout 0.2, flatten, "
                + "dense 120, dropout 0.3, dense 84, dense 10", 100)
    }

    private static func known(_ name: String, _ layers: String, _ epochs: Int) -> Network {
        do {
            let layers = try layers.split(separator: ", ").map { try Layer(parsing: String($0)) }
            return try Network(name: name, layers: layers, defaultEpochs: epochs)
        } catch {
            preconditionFailure("\(name): \(error)")
        }
    }

    /// One for grey images of 28 x 28 pixels in ten classes.
    public init(name: String, layers: [Layer], defaultEpochs: Int) throws(ArchitectureError) {
        let architecture = try Architecture(
            input: ImageShape(height: 28, width: 28, channels: 1), classes: 10, layers: layers)
        self.init(name: name, architecture: architecture, defaultEpochs: defaultEpochs)
    }
}
