import Foundation
import Learn

extension Experiment {
    /// The same data, classes and input with models that came with their weights in place of its networks, each compared
    /// with the one before it. No story tells of those.
    public func telling(of models: [ForeignModel]) -> Experiment {
        var networks: [ExperimentNetwork] = []
        for model in models {
            if let network = model.network {
                networks.append(network)
                continue
            }
            let start = FilePlace(line: 1, column: 1)
            networks.append(
                ExperimentNetwork(
                    key: model.key, name: Texts(model.title), phrase: Texts(model.title), after: networks.last?.key,
                    layers: model.architecture.layers, epochs: 0, weights: nil,
                    layerPlaces: model.architecture.layers.map { _ in start }, layersPlace: start))
        }
        return Experiment(
            file: file, data: data, dataName: dataName, classes: classes, families: families, networks: networks,
            input: input, training: training, factors: [], factorial: nil, story: nil, classesPlace: classesPlace)
    }

    /// An experiment for data that no file tells of: what they call their classes, and nothing else.
    ///
    /// - Parameters:
    ///   - source: where the data came from.
    ///   - place: the folder or file.
    public init(of dataset: Dataset, from source: DataSource, at place: URL) throws(ExperimentError) {
        let folder = URL(filePath: FileManager.default.currentDirectoryPath)
        let draft = NewExperiment(of: dataset, from: source, at: place, in: folder)
        try self.init(Array(draft.text.utf8), file: place.relativePath, folder: folder)
    }
}
