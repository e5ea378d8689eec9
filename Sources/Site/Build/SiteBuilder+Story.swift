import Learn

extension SiteBuilder {
    /// Checks that an experiment's networks give the figures that its story places, which tells their layers as well.
    ///
    /// - Throws: ``SiteError`` where the story places a figure that they do not give, ``ExperimentError`` that names all
    ///   which the story does not place.
    public func checkStory(of experiment: Experiment, networks: [Network]) throws {
        guard let story = experiment.story else { return }
        let placed = try readArticle()[0].placed(.figure)
        let given = ids(networks, experiment.relations, hasMoreRuns: true)
        let advice = "take the networks that the story tells of, or leave out story for a page of all figures"
        if let (id, place) = placed.first(where: { !given.contains($0.id) }) {
            throw place.error("the networks of \(experiment.file) give no figure \"\(id)\"; \(advice)")
        }
        let unplaced = ids(networks, experiment.relations, hasMoreRuns: false).subtracting(placed.map(\.id)).sorted()
        if !unplaced.isEmpty {
            throw ExperimentError(
                file: experiment.file, place: nil,
                problem: "the story \(story) does not place \(unplaced.map { "::figure \($0)" }.listed); \(advice)")
        }
    }

    /// - Parameter hasMoreRuns: whether there are those of which sections tell that may be missing.
    private func ids(_ networks: [Network], _ relations: Relations, hasMoreRuns: Bool) -> Set<String> {
        let figures = FigureCatalog.figures(
            for: networks, relations: relations, hasStudy: hasMoreRuns, hasFactors: hasMoreRuns)
        return Set(figures.map(\.id))
    }
}
