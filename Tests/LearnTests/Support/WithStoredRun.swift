import Foundation
import Testing

@testable import Learn

/// A store in a new folder with one run.
func withStoredRun(
    _ network: Network = .lenet5, _ body: (RunStore, Run, StoredFiles) throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        let store = RunStore(folder: folder.appendingPathComponent("a/runs"))
        let run = MadeUp.run(network)
        try store.save(run)
        try body(store, run, StoredFiles(run, in: store))
    }
}

func expectError(
    _ error: RunStoreError, loading run: Run, from store: RunStore,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(throws: error, sourceLocation: sourceLocation) { try store.load(run) }
}

extension RunStore {
    /// What the store holds in the place of this run.
    func load(_ run: Run) throws -> Run? {
        try load(run.configuration, dataDigests: run.dataDigests)
    }
}
