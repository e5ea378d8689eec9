import Learn

extension Run {
    /// The network that was trained.
    var network: Network { Network(configuration) }
}

extension Network {
    init(_ configuration: Configuration) {
        self.init(
            name: configuration.network, architecture: configuration.architecture, defaultEpochs: configuration.epochs)
    }
}
