import Foundation
import Testing
@testable import Learn

@Suite struct StoreTests {
    @Test(arguments: Network.all)
    func loadsWhatWasSaved(network: Network) async throws {
        try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            let run = MadeUp.run(network)
            #expect(try store.load(run.configuration, dataDigests: run.dataDigests) == nil)
            try store.save(run)
            #expect(try store.load(run.configuration, dataDigests: run.dataDigests) == run)
        }
    }
}
