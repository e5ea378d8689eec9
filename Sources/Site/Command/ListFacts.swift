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

    @Option(help: "Language of the definitions.")
    var language = "en"

    @Flag(help: "As JSON, in all languages: what the site has in data/facts.json.")
    var json = false

    func validate() throws {
        guard Language(rawValue: language) != nil else {
            let known = Language.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--language must be one of \(known)")
        }
    }

    func run() async throws {
        let setup = try await experiment.load()
        let materials = try runs.materials(runs.finishedRuns(setup), setup) { event in
            if let line = event.line { Failure.write(line) }
        }
        let list = try FactList(materials, templates: URL(filePath: templates))
        if json {
            try StandardStream.output.write(String(decoding: list.json(), as: UTF8.self))
        } else if let language = Language(rawValue: language) {
            try StandardStream.output.write(list.text(in: language))
        }
    }
}
