import Learn

extension SiteBuilder {
    /// Checks that an experiment's networks give the figures that its story places, which tells their layers as well.
    ///
    /// - Throws: ``SiteError`` where the story places a figure that they do not give.
    public func checkStory(of experiment: Experiment, networks: [Network]) throws {
        guard let story = experiment.story else { return }
        let given = Set(
            FigureCatalog.figures(
                for: networks, relations: experiment.relations, hasStudy: true, hasFactors: true
            ).map(\.id))
        if let (id, place) = try readArticle()[0].placed(.figure).first(where: { !given.contains($0.id) }) {
            throw place.error(
                "the networks of \(experiment.file) give no figure \"\(id)\"; take the networks that the story \(story) "
                    + "tells of, or leave out story for pages of all figures")
        }
    }
}
