import ArgumentParser
import Foundation
import Learn
import Site

struct Runs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the runs in the runs folder.",
        discussion: """
            --prune first says which runs are incomplete or outdated, then removes them; those that are being trained \
            stay.
            """)

    @Option(help: "Folder in which runs are kept.")
    var runs = ".runs"

    @Flag(help: "Remove incomplete and outdated runs.")
    var prune = false

    func run() async throws {
        let store = RunStore(folder: URL(filePath: runs))
        guard prune else {
            print(RunList(try store.list()).text, terminator: "")
            return
        }
        let candidates = try store.pruneCandidates()
        print(candidates.isEmpty ? "nothing to remove\n" : "to remove:\n" + RunList(candidates).text, terminator: "")
        for run in candidates where try !removes(run, from: store) {
            print("kept \(run.folder.lastPathComponent.printable): it is being trained, or has been since")
        }
    }

    private func removes(_ run: StoredRun, from store: RunStore) throws(RunStoreError) -> Bool {
        do {
            return try store.remove(run)
        } catch .inUse {
            return false
        }
    }
}
