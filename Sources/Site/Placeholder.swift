import Learn
extension SiteBuilder {
    public func build(dataset: Dataset, runs: [Run], report: @escaping (BuildEvent) -> Void) throws {
        try build(dataset: dataset, runs: runs, figures: [], report: report)
    }
}
