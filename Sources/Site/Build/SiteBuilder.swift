import Foundation
import Learn
import Render

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
    /// - Throws: ``SiteError`` for an output folder that must not or cannot be written to, a mistake in the templates,
    ///   or a missing font; ``ExperimentError`` for a name that is not in each language of the templates, in the file that
    ///   ``Experiment/factorial`` names as well.
    public func check(_ experiment: Experiment) throws {
        let languages = try Language.all(in: templates)
        let names = experiment.networks.map(\.key)
        let pages = SitePage.Kind.all(networks: names, hasStory: experiment.story != nil).flatMap { kind in
            languages.map { SitePage(kind: kind, language: $0).path }
        }
        try outputFolder().check(
            for: pages + names.flatMap { ["data/\($0).json", "models/\($0).onnx"] } + [
                "404.html", SiteWriter.partsFolder + "version",
            ])
        _ = try SiteBuilder.step("find the font", Typeface.families[0]) { try Typeface.installed() }
        _ = try TemplateFolder(templates)
        if experiment.story != nil { try readArticle().checkThatAllTellTheSame() }
        for language in languages { _ = try Words(language: language, templates: templates) }
        try experiment.check(for: languages)
        try experiment.withFactors()?.check(for: languages)
    }

    /// Builds the site and puts it in the output folder.
    ///
    /// - Parameter report: told each step as it begins, and the end.
    /// - Throws: ``SiteError``; the previous site is then still in its place, whole.
    public func build(_ materials: SiteMaterials, report: @escaping (BuildEvent) -> Void) throws {
        let output = try outputFolder()
        report(.step("read the templates"))
        let templateFolder = try TemplateFolder(templates)
        let words = try materials.names.words(in: templates)
        let atlas = Atlas(
            networks: materials.runs.map(\.network), relations: materials.relations,
            hasStudy: materials.study != nil, hasFactors: materials.factorial != nil)
        let written = materials.hasStory || atlas.hasFactors ? try readArticle() : []
        let sources = written.map { source in
            // Without a story, the overview has the one section that holds for any experiment.
            materials.hasStory
                ? source.telling(ofStudy: atlas.hasStudy, ofFactors: atlas.hasFactors)
                : source.tellingOnly(of: ArticleSource.factorsSection)
        }
        report(.step("check the article"))
        let excerpts = try Excerpts(package: templates.deletingLastPathComponent())
        let listings = CodeListing.all(excerpts, runs: materials.runs, experiment: materials.experiment)
        let vocabulary = ArticleSource.Vocabulary(
            facts: materials.facts, figures: materials.figures.map(\.id),
            pages: SitePage.Kind.all(networks: materials.runs.map(\.name), hasStory: materials.hasStory)
                .compactMap(\.reference),
            tables: PageTables.ids,
            excerpts: Set(listings.map(\.excerpt.id)))
        for source in sources { try source.check(against: vocabulary) }
        // After what is unknown: a mistyped name is mostly not the twin's either.
        try written.checkThatAllTellTheSame()
        let pages = try words.enumerated().map { index, words in
            try materials.hasStory
                ? AuthoredPage.story(sources[index], words) + atlas.pages(words)
                : atlas.pages(words, beside: sources.isEmpty ? [] : sources[index].sections)
        }
        let edition = Edition(
            builder: self, materials: materials, templates: templateFolder, pages: pages, words: words,
            listings: listings)
        let count = try output.publish(
            waiting: { report(.waiting(path: output.url.path, holder: $0)) },
            writing: { writer in
                try edition.write(to: &writer, report: report)
                report(.step("put the site in its place"))
            })
        report(.published(path: output.url.path, files: count))
    }

    private func outputFolder() throws -> OutputFolder {
        let package = templates.deletingLastPathComponent()
        let sources = ["Sources", "Tests", ".git"].map { package.appending(path: $0) }
        return try OutputFolder(output, keepingClearOf: [templates] + sources + keepClearOf)
    }

    /// Reads the article in each language.
    func readArticle() throws -> [ArticleSource] {
        let files = try TemplateFolder.prose(in: templates)
        let languages = try Language.all(in: templates)
        try ArticleSource.checkNames(of: files.keys.sorted(), languages)
        return try languages.concurrentMap { try ArticleSource(language: $0, files: files) }
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
