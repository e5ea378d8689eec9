import ArgumentParser
import Foundation
import Learn
import Site

struct Gallery: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a page of all figures, each in all languages and themes, for whoever works on them.",
        discussion: "It needs finished runs, as render does, and is no part of the site.")

    @OptionGroup var experiment: ExperimentOptions
    @OptionGroup var runs: RunOptions
    @OptionGroup var log: LogOptions

    @Option(help: "Folder in which the page is put.")
    var output = ".gallery"

    @Option(help: "Folder of the templates.")
    var templates = "templates"

    func run() async throws {
        let console = Console(log)
        try await console.telling {
            let setup = try await experiment.load(console)
            let finished = try runs.finishedRuns(setup)
            let (study, factorial, others) = try runs.study(of: finished, setup, telling: console.tell)
            let input = FigureInput(
                dataset: setup.dataset, runs: finished,
                inspections: try runs.inspections(of: finished, setup, telling: console.tell),
                experiment: setup.experiment, study: study, factorial: factorial, others: others)
            let gallery = try FigureGallery(
                input, templates: URL(filePath: templates), experiment: setup.experiment)
            let page = try gallery.write(to: URL(filePath: output), report: console.tell)
            console.tell(.gallery(path: page.path))
        }
    }
}
