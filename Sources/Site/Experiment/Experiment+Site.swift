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

    /// The networks, as far as runs can be stored and told of: those of ``Learn/Network/all``, with these layers.
    ///
    /// - Throws: ``ExperimentError`` at the first that is another.
    public func toldNetworks() throws(ExperimentError) -> [Network] {
        let names = Network.all.map(\.name).listed
        var told: [Network] = []
        for network in networks {
            guard let known = Network.all.first(where: { $0.name == network.key }), network.isOf(known) else {
                throw ExperimentError(
                    file: file, place: network.layersPlace,
                    problem: "runs of \(network.key) cannot be stored yet, but only those of \(names) with the layers "
                        + "in experiments/fashion-mnist.yml")
            }
            told.append(known.trained(for: network.epochs))
        }
        guard told.map(\.name) == Network.all.map(\.name) else {
            throw ExperimentError(
                file: file, place: networks.last?.layersPlace,
                problem: "the site tells of \(names), in that order; list all of them")
        }
        return told
    }

    /// The networks, once it is clear that they fit the data.
    ///
    /// - Throws: ``ExperimentError`` if the networks or the data are others than runs can be stored of.
    public func toldNetworks(on dataset: Dataset) throws(ExperimentError) -> [Network] {
        _ = try architectures(input: dataset.train.shape, classes: dataset.classCount)
        let told = try toldNetworks()
        for network in told
        where (network.architecture.input, network.architecture.classes) != (dataset.train.shape, dataset.classCount) {
            let known = network.architecture
            throw ExperimentError(
                file: file, place: nil,
                problem: "runs can be stored of images of \(known.input) (height, width, channels) in "
                    + "\(known.classes) classes alone so far, not of \(dataset.train.shape) in \(dataset.classCount)")
        }
        return told
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

extension ExperimentNetwork {
    /// Whether its layers are those of a known network.
    fileprivate func isOf(_ known: Network) -> Bool {
        let form = known.architecture
        do {
            return try Architecture(input: form.input, classes: form.classes, layers: layers) == form
        } catch {
            // What cannot stand there at all is no known network either.
            return false
        }
    }
}
