import Learn

extension Experiment {
    /// The networks for images of a form in a number of classes, in the order of ``networks``.
    ///
    /// - Throws: ``ExperimentError`` at the list of classes if it is longer or shorter, or at the layer that does not fit.
    public func architectures(
        input: ImageShape, classes count: Int
    ) throws(ExperimentError) -> [Architecture] {
        try check(classCount: count)
        var architectures: [Architecture] = []
        for network in networks {
            do {
                let architecture = try Architecture(input: input, classes: count, layers: network.layers)
                if network.weights == nil { try architecture.checkTrainable() }
                architectures.append(architecture)
            } catch {
                throw network.fault(error, file: file)
            }
        }
        return architectures
    }
}

extension Experiment {
    /// Checks that the classes listed are those of the data.
    public func checkClasses(of dataset: Dataset) throws(ExperimentError) { try check(classCount: dataset.classCount) }

    private func check(classCount: Int) throws(ExperimentError) {
        guard let classes, classes.count != classCount else { return }
        throw ExperimentError(
            file: file, place: classesPlace,
            problem: "\(classes.count) classes are listed, but the data have \(classCount); list each of them")
    }
}

extension ExperimentNetwork {
    /// Checks the last layer, where the form of an image is not known yet.
    func check(outputs classCount: Int, file: String) throws(ExperimentError) {
        guard let last = layers.last, case .dense(let units, _) = last, units != classCount else { return }
        throw ExperimentError(
            file: file, place: layerPlaces.last,
            problem:
                "\(key): the last layer has \(units) units, but there are \(classCount) classes; write dense \(classCount)"
        )
    }

    /// The error at the layer's place in the file.
    fileprivate func fault(_ error: ArchitectureError, file: String) -> ExperimentError {
        let place = error.position.flatMap { layerPlaces.indices.contains($0 - 1) ? layerPlaces[$0 - 1] : nil }
        return ExperimentError(file: file, place: place ?? layersPlace, problem: "\(key): \(error)")
    }
}
