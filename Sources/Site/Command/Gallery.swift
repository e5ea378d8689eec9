import ArgumentParser
import Foundation
import Learn
import Site

struct Gallery: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a page of all figures, each in both languages and themes, for whoever works on them.",
        discussion: "It needs finished runs, as render does, and is no part of the site.")

    @OptionGroup var data: DataOptions
    @OptionGroup var names: NameOptions
    @OptionGroup var runs: RunOptions
    @OptionGroup var log: LogOptions

    @Option(help: "Folder in which the page is put.")
    var output = ".gallery"

    @Option(help: "Folder of the templates.")
    var templates = "templates"

    func run() async throws {
        let console = Console(log)
        try await console.telling {
            let dataNames = try names.load()
            let dataset = try await data.load(console)
            let finished = try Network.all.map { try runs.finishedRun(of: $0, dataset) }
            let (study, others) = try runs.study(of: finished, dataset, console)
            let input = FigureInput(dataset: dataset, runs: finished, study: study, others: others)
            let gallery = try FigureGallery(input, templates: URL(filePath: templates), dataNames: dataNames)
            let page = try gallery.write(to: URL(filePath: output), report: console.tell)
            console.tell(.gallery(path: page.path))
        }
    }
}
