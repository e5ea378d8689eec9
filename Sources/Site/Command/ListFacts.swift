import ArgumentParser
import Foundation
import Learn
import Site

struct ListFacts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "Lists every number and verdict of the site with its definition.",
        discussion: "It needs finished runs, which are picked as render picks them.")

    @OptionGroup var experiment: ExperimentOptions
    @OptionGroup var runs: RunOptions

    @Option(help: "Folder of the templates, whose strings define the numbers.")
    var templates = "templates"

    @Option(help: "Code of the definitions' language, one of the site's.")
    var language = "en"

    @Flag(help: "As JSON, in all languages: what the site has in data/facts.json.")
    var json = false

    func run() async throws {
        let templates = URL(filePath: templates)
        let languages = try Language.all(in: templates)
        guard let language = languages.first(where: { $0.code == language }) else {
            let known = languages.map(\.code).joined(separator: ", ")
            throw ValidationError("--language must be one of \(known)")
        }
        let setup = try await experiment.load()
        let materials = try runs.materials(runs.finishedRuns(setup), setup) { event in
            if case .step = event { return }
            if let line = event.line { Failure.write(line) }
        }
        let list = try FactList(materials, templates: templates)
        if json {
            try StandardStream.output.write(String(decoding: list.json(), as: UTF8.self))
        } else {
            try StandardStream.output.write(list.text(in: language))
        }
    }
}
