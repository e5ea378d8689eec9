import ArgumentParser
import Foundation
import Learn
import Site
import Synchronization

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the site on this machine and makes it anew whenever a template changes.",
        discussion: """
            It needs finished runs, as render does, and publishes nothing. A mistake in a template is told, and the \
            site stays as it was before.
            """)

    @OptionGroup var experiment: ExperimentOptions
    @OptionGroup var runs: RunOptions
    @OptionGroup var log: LogOptions

    @Option(help: "Folder of the templates.")
    var templates = "templates"

    @Option(help: "Port on the loopback interface; 0 for any that is free.")
    var port: UInt16 = 8000

    func run() async throws {
        let console = Console(log)
        try await console.telling {
            let setup = try await experiment.load(console)
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "site-build-preview-\(ProcessInfo.processInfo.processIdentifier)")
            let templates = URL(filePath: templates)
            try SiteBuilder(templates: templates, output: folder)
                .checkStory(of: setup.experiment, networks: setup.networks)
            let finished = try runs.finishedRuns(setup)
            try Termination.watch([SIGINT, SIGTERM]) { signal in
                Serve.isEnding.store(true, ordering: .releasing)
                // What cannot be removed stays in the system's temporary folder, which the system clears.
                try? FileManager.default.removeItem(at: folder)
                // At once: what is done at an ordinary end may wait for the build under way.
                _exit(128 + signal)
            }
            do {
                let preview = try SitePreview(
                    runs.materials(finished, setup, telling: console.tell), templates: templates,
                    folder: folder.appending(path: "site"), port: port
                ) { event in
                    if Serve.isEnding.load(ordering: .acquiring) { return }
                    if case .failed(let message, _) = event { Failure.write(message) } else { console.tell(event) }
                }
                console.tell(.serving(address: preview.address))
                try preview.run()
            } catch {
                // It may have missed what is being removed; the signal's handler ends the program.
                while Serve.isEnding.load(ordering: .acquiring) { pause() }
                throw error
            }
        }
    }

    /// Whether a signal came that ends the program.
    private static let isEnding = Atomic(false)
}
