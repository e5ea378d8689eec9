import Learn

extension RunStore {
    /// Portraits of the complete runs that differ from the given ones in nothing but the seed, for each of these by
    /// seed. Runs are read one at a time, so that many of them fill no memory.
    ///
    /// - Parameters:
    ///   - runs: one for each of the networks.
    ///   - networks: their networks.
    ///   - results: what all stored runs on the same data measured.
    ///   - dataset: the data that they learned from.
    ///   - roles: what the filters of a run look for.
    /// - Returns: the portraits, and for each run that `results` finds usable but whose tensors are not the reason,
    ///   which names the file.
    /// - Throws: `RunStoreError` if the store's folder is there but cannot be read; what `roles` throws.
    public func portraits(
        besides runs: [Run], of networks: [Network], among results: [RunResult], _ dataset: Dataset,
        roles: (Run) throws -> FilterRoles
    ) throws -> (portraits: [[Portrait]], refused: [RunStoreError]) {
        let stored = results.map(\.configuration)
        var refused: [RunStoreError] = []
        let portraits = try zip(networks, runs).map { network, run in
            try stored.filter { configuration in
                run.training.map {
                    configuration.isLike($0.configuration) && configuration.seed != $0.configuration.seed
                }
                    ?? false
            }
            .sorted { $0.seed < $1.seed }
            .compactMap { configuration -> Portrait? in
                let run: Run?
                do throws(RunStoreError) {
                    run = try load(configuration, dataDigests: dataset.digests)
                } catch {
                    refused.append(error)
                    return nil
                }
                return try run.map { Portrait($0, of: network, roles: try roles($0), test: dataset.test) }
            }
        }
        return (portraits, refused)
    }
}
