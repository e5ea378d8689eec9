import Foundation
import Learn

extension Experiment {
    /// Finds, reads and checks the data.
    ///
    /// - Parameter place: where they are, if not where the experiment says.
    /// - Throws: `DataError` that names the first fault.
    public func dataset(at place: URL?, telling: (DataEvent) -> Void) async throws(DataError) -> Dataset {
        guard let place else { return try await data.load(telling: telling) }
        switch data {
        case .fashionMNIST: return try await FashionMNIST.load(from: place, telling: telling)
        case .idx: return try await DataSource.idx(place).load(telling: telling)
        case .npz: return try await DataSource.npz(place).load(telling: telling)
        case .images(_, let size, let channels):
            return try await DataSource.images(place, scaledTo: size, channels: channels).load(telling: telling)
        }
    }

    /// The networks for images of a form in a number of classes.
    ///
    /// - Throws: ``ExperimentError`` at the list of classes or at the layer that does not fit.
    public func networks(
        input: ImageShape, classes: Int
    ) throws(ExperimentError) -> [Network] {
        if let given = networks.first(where: { $0.weights != nil }) {
            throw ExperimentError(
                file: file, place: given.layersPlace,
                problem: "\(given.key) comes with its weights; use site-build inspect, which trains nothing")
        }
        return zip(networks, try architectures(input: input, classes: classes)).map { network, architecture in
            Network(name: network.key, architecture: architecture, defaultEpochs: network.epochs)
        }
    }

    /// Why it has no network of a name, and what may have been meant.
    public func complaint(ofNetwork name: String) -> String {
        "\(file) has no network \(name.inQuotes); \(networks.map(\.key).advice(for: name))"
    }
}

extension ExperimentError {
    /// The experiment that is taken where none is named is not there.
    public static func missing(_ file: String) -> ExperimentError {
        ExperimentError(
            file: file, place: nil,
            problem: "not there; run from the package's folder or name an experiment with --experiment")
    }
}
