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
            try StandardStream.output.write(RunList(try store.list()).text)
            return
        }
        let candidates = try store.pruneCandidates()
        // What could not be said first is not removed.
        try StandardStream.output.write(
            candidates.isEmpty ? "nothing to remove\n" : "to remove:\n" + RunList(candidates).text)
        for run in candidates where try !removes(run, from: store) {
            try StandardStream.output.write(
                "kept \(run.folder.lastPathComponent.printable): it is being trained, or has been since\n")
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
