import Foundation
import Learn

/// Makes the site out of finished runs.
public struct SiteBuilder: Sendable {
    let templates: URL
    let output: URL
    let publication: Publication
    let keepClearOf: [URL]

    /// - Parameters:
    ///   - templates: the folder of templates.
    ///   - output: the folder in which the site is published.
    ///   - publication: where and when the site will be published.
    ///   - keepClearOf: folders that the site must be written neither into nor around, besides the templates.
    public init(templates: URL, output: URL, publication: Publication = Publication(), keepClearOf: [URL] = []) {
        self.templates = templates
        self.output = output
        self.publication = publication
        self.keepClearOf = keepClearOf
    }
}

extension SiteBuilder {
    /// Looks for mistakes that can be found before there are runs.
    ///
    /// - Throws: ``SiteError`` for an output folder that must not be written to, or a mistake in the templates.
    public func check() throws {
        _ = try outputFolder()
        _ = try readTemplates()
        for language in Language.allCases { _ = try Words(language: language, templates: templates) }
    }

    /// Builds the site and puts it in the output folder.
    ///
    /// - Parameters:
    ///   - runs: one run for each of ``Network/all``, in that order.
    ///   - report: told each step as it begins, and the end.
    /// - Throws: ``SiteError``; the previous site is then still in its place, whole.
    public func build(dataset: Dataset, runs: [Run], report: @escaping (BuildEvent) -> Void) throws {
        let input = FigureInput(dataset: dataset, runs: runs)
        let figures = FigureCatalog.figures(for: Network.all).map { PageFigure($0, input) }
        try build(dataset: dataset, runs: runs, figures: figures, report: report)
    }

    /// Builds the site with these figures and puts it in the output folder.
    ///
    /// - Parameters:
    ///   - runs: one run for each of ``Network/all``, in that order.
    ///   - figures: the catalogue, in any order.
    ///   - report: told each step as it begins, and the end.
    /// - Throws: ``SiteError``; the previous site is then still in its place, whole.
    func build(
        dataset: Dataset, runs: [Run], figures: [PageFigure], report: @escaping (BuildEvent) -> Void
    ) throws {
        let output = try outputFolder()
        report(.step("read the templates"))
        let (templateFolder, sources) = try readTemplates()
        let facts = Facts(dataset: dataset, runs: runs)
        report(.step("check the article"))
        let excerpts = try Excerpts(package: templates.deletingLastPathComponent())
        let listings = CodeListing.all(excerpts, runs: runs)
        let vocabulary = ArticleSource.Vocabulary(
            facts: facts, figures: figures.map(\.id), tables: PageTables.ids, excerpts: Set(excerpts.excerpts.keys))
        for source in sources { try source.check(against: vocabulary) }
        let words = try sources.map { try Words(language: $0.language, templates: templates) }
        let count = try output.publish(waiting: { report(.waiting(path: output.url.path, holder: $0)) }) { writer in
            report(.step("write the data"))
            try writeData(runs: runs, figures: figures, to: &writer)
            try writeAssets(to: &writer)
            report(.step("draw the figures"))
            let drawn = try FigureDrawing.all(figures, in: words)
            for drawing in drawn { try writer.write(drawing.image.svg, to: drawing.path) }
            for (source, words) in zip(sources, words) {
                let sizes = drawn.filter { $0.language == words.language }
                    .map { ($0.id, (width: $0.image.width, height: $0.image.height)) }
                report(.step("write the page (\(words.language.rawValue))"))
                let renderer = ArticleRenderer(
                    source: source, templates: templateFolder, words: words, facts: facts, figures: figures,
                    sizes: Dictionary(sizes, uniquingKeysWith: { $1 }),
                    tables: try PageTables(words: words, runs: runs).all(), listings: listings,
                    citation: publication.citation(title: try words("page.title"), runs: runs.map(\.inWords)))
                let page = Page(
                    article: try renderer.article(), words: words, templates: templateFolder,
                    publication: publication)
                try writer.write(page.html(), to: words.language.pagePath)
            }
            for file in try SiteFiles(words: words, templates: templateFolder, publication: publication).all() {
                try writer.write(file.text, to: file.path)
            }
            report(.step("draw the emblems"))
            try writeEmblems(Emblems(runs: runs), words, to: &writer)
            report(.step("check the links"))
            try LinkCheck(files: Set(writer.paths), pages: writer.pages, base: publication.path).check()
            report(.step("put the site in its place"))
        }
        report(.published(path: output.url.path, files: count))
    }

    private func outputFolder() throws -> OutputFolder {
        let package = templates.deletingLastPathComponent()
        let sources = ["Sources", "Tests", ".git"].map { package.appending(path: $0) }
        return try OutputFolder(output, keepingClearOf: [templates] + sources + keepClearOf)
    }

    /// Reads the templates and checks that the languages tell the same.
    private func readTemplates() throws -> (TemplateFolder, [ArticleSource]) {
        let folder = try TemplateFolder(templates)
        let sources = try Language.allCases.map { try ArticleSource(language: $0, templates: folder) }
        for source in sources.dropFirst() { try sources[0].check(tellsTheSameAs: source) }
        return (folder, sources)
    }

    private func writeData(runs: [Run], figures: [PageFigure], to writer: inout SiteWriter) throws {
        for (network, run) in zip(Network.all, runs) {
            try writer.write(RunReport(run, network: network).json(), to: "data/\(network.name).json")
            let weights = Safetensors.encode(run.weights, metadata: ["network": network.name])
            try writer.write(Data(weights), to: "models/\(network.name).safetensors")
        }
        for figure in figures {
            if let table = try SiteBuilder.step("tabulate", figure.id, figure.table) {
                try writer.write(table, to: figure.tablePath)
            }
        }
    }

    private func writeEmblems(_ emblems: Emblems, _ words: [Words], to writer: inout SiteWriter) throws {
        if let icon = emblems.icon(edge: 160) {
            try writer.write(SiteBuilder.step("draw", "favicon.svg", icon.svg), to: "assets/favicon.svg")
            let png = try SiteBuilder.step("draw", "favicon.png") { try icon.png(scale: 1) }
            try writer.write(png, to: "assets/favicon.png")
        }
        for words in words {
            let path = words.language.cardPath
            let png = try SiteBuilder.step("draw", path) { try emblems.card(words).png(scale: 1) }
            try writer.write(png, to: path)
        }
    }

    private func writeAssets(to writer: inout SiteWriter) throws {
        let folder = templates.appending(path: "assets")
        for ext in ["css", "js"] {
            for file in try TemplateFolder.files(in: folder, withExtension: ext) {
                let content = try SiteBuilder.step("read", file.path) { try Data(contentsOf: file) }
                try writer.write(content, to: "assets/\(file.lastPathComponent)")
            }
        }
    }

    /// Does part of a step; an error that does not say so itself says which step failed, and on what.
    static func step<Result>(_ name: String, _ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as SiteError {
            throw SiteError.step(name, path: path, cause: error.description)
        } catch {
            throw SiteError.step(name, path: path, cause: SystemReason.text(of: error))
        }
    }
}

extension Run {
    /// What determines the run, for a citation.
    fileprivate var inWords: String {
        "\(configuration.network): \(configuration.epochs) epochs, seed \(configuration.seed)"
    }
}
