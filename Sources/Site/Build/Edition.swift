import Foundation
import Learn
import ONNX
import Render

/// A site in the making: everything that was read and checked, ready to be written.
struct Edition {
    let builder: SiteBuilder
    let materials: SiteMaterials
    let templates: TemplateFolder
    /// For each language the pages before their numbers and figures, the first one first.
    let pages: [[AuthoredPage]]
    /// The strings, in the order of ``pages``.
    let words: [Words]
    let listings: [CodeListing]

    /// Writes all files of the site, step by step, and checks the links between them.
    ///
    /// - Parameter report: told each step, and the characters for which the figures have no letters.
    func write(to writer: inout SiteWriter, report: (BuildEvent) -> Void) throws {
        report(.step("write the data"))
        let data = try materials.cache.data(dataFiles)
        // The strings define the facts, so that they are not kept with the data.
        let facts = SiteWriter.File(try FactSheet(materials.facts, words).json())
        writer.write(try data.downloads + modelFiles() + [(FactSheet.path, facts)])
        var parts = try data.parts + assets()
        parts += try words.map {
            let (path, content) = try WidgetWords($0, networks: materials.runs.map(\.name)).file()
            return (path, SiteWriter.File(content))
        }
        report(.step("draw the figures"))
        let cards = try words.concurrentMap { try materials.cache.cards("card", $0, card) }
        let drawings = try FigureDrawing.all(materials.figures, words, materials.cache.drawings)
        let missing = drawings.joined().reduce(into: cards.reduce(into: Set()) { $0.formUnion($1.missing) }) {
            $0.formUnion($1.image.missing)
        }
        if !missing.isEmpty {
            report(.missingLetters(missing.sorted(), family: try Typeface.installed().family))
        }
        parts += zip(words, cards).map { ($0.language.cardPath, $1.file) }
        parts += drawings.joined().map { ($0.path, $0.file) }
        report(.step("write the pages"))
        let folder = writer.write(parts: parts)
        let dated = try datedTexts(beside: writer.digests) { publication in
            try texts(publication, drawings, parts: folder)
        }
        for file in dated { writer.write(file.text, to: file.path) }
        report(.step("check the links"))
        try LinkCheck(files: Set(writer.files.keys), pages: writer.pages, base: builder.publication.path).check()
    }

    /// The files that tell where and when the site is published.
    private func texts(
        _ publication: Publication, _ drawings: [[FigureDrawing]], parts: String
    ) throws -> [TextFile] {
        let places = pages.map(SitePlaces.init)
        let tables = try words.map {
            try PageTables(words: $0, runs: materials.runs, facts: materials.facts, study: materials.study).all()
        }
        // For each language the page of numbers, which takes longest, and the others.
        let wanted: [(Int, AuthoredPage?)] =
            words.indices.map { ($0, nil) }
            + words.indices.flatMap { language in pages[language].map { (language, $0) } }
        let files = try wanted.concurrentMap { language, page in
            guard let page else { return try numbers(words[language], parts: parts, publication) }
            return try text(
                of: page, places[language], words[language], drawings[language], tables[language], parts: parts,
                publication)
        }
        return try files
            + SiteFiles(words: words, templates: templates, kinds: kinds, parts: parts, publication: publication).all()
    }

    private var kinds: [SitePage.Kind] {
        SitePage.Kind.all(networks: materials.runs.map(\.name), hasStory: materials.hasStory)
    }

    private func text(
        of authored: AuthoredPage, _ places: SitePlaces, _ words: Words, _ drawings: [FigureDrawing],
        _ tables: [PageTable], parts: String, _ publication: Publication
    ) throws -> TextFile {
        let citation = publication.citation(
            title: try words("page.title"), runs: materials.runs.map(\.inWords))
        let renderer = ArticleRenderer(
            place: authored.place, source: authored.source, places: places, templates: templates, words: words,
            facts: materials.facts, networks: materials.runs.map(\.name), parts: parts, figures: materials.figures,
            drawings: drawings, tables: tables, listings: listings, citation: citation)
        return try page(
            authored.place, title: authored.title, description: authored.description, try renderer.article(), words,
            parts: parts, publication)
    }

    private func page(
        _ place: SitePage, title: String, description: String, _ article: Article, _ words: Words, parts: String,
        _ publication: Publication
    ) throws -> TextFile {
        let page = Page(
            place: place, title: title, description: description, article: article, words: words, templates: templates,
            parts: parts, publication: publication, languages: self.words.map(\.language), kinds: kinds)
        return (place.path, try page.html())
    }

    /// What every number means.
    private func numbers(_ words: Words, parts: String, _ publication: Publication) throws -> TextFile {
        // It takes as long as all other pages, and changes with few templates.
        let sections = try materials.cache.numbers("numbers", words, beside: templates.sources) { words in
            try NumbersPage(
                facts: materials.facts, words: words, templates: templates, networks: materials.runs.map(\.name)
            ).sections()
        }
        return try page(
            SitePage(kind: .numbers, language: words.language), title: words("numbers.title"),
            description: words("numbers.description"), Article(language: words.language, sections: sections), words,
            parts: parts, publication)
    }

    /// Records, the figures' tables and the icon.
    private func dataFiles() throws -> BuildCache.DataFiles {
        var files = BuildCache.DataFiles()
        let names = materials.runs.map(\.name)
        files.downloads.append((PublishedSite.listPath, SiteWriter.File(try PublishedSite.list(of: names))))
        for run in materials.runs {
            files.downloads.append(
                ("data/\(run.name).json", SiteWriter.File(try RunReport(run, materials.facts).json())))
        }
        let tables = try materials.figures.concurrentMap { figure in
            try SiteBuilder.step("tabulate", figure.id, figure.table).map {
                (figure.tablePath, SiteWriter.File(Data($0.utf8)))
            }
        }
        files.downloads += tables.compactMap { $0 }
        if let icon = Emblems(runs: materials.runs, dataset: materials.dataset).icon(edge: 160) {
            files.parts = [
                ("assets/favicon.svg", SiteWriter.File(try SiteBuilder.step("draw", "favicon.svg", icon.svg))),
                (
                    "assets/favicon.png",
                    SiteWriter.File(try SiteBuilder.step("draw", "favicon.png") { try icon.png(scale: 1) })
                ),
            ]
        }
        var scripts = try LaboratoryData(
            materials.dataset, runs: materials.runs, facts: materials.facts, epochs: materials.epochs
        ).files()
        if materials.hasStory {
            scripts += try ConfusionData(dataset: materials.dataset, runs: materials.runs).files()
        }
        files.parts += scripts.concurrentMap { ($0.path, SiteWriter.File($0.content)) }
        return files
    }

    /// The trained networks. Their class names are the strings', so that they are not kept with the data.
    private func modelFiles() throws -> BuildCache.Files {
        try materials.runs.concurrentMap { run in
            let network = run.network
            let weights = Safetensors.encode(run.weights, metadata: ["network": network.name])
            let model = try ONNXModel(network, weights: run.weights, metadata: run.metadata(words))
            let onnx = "models/\(network.name).onnx"
            return [
                ("models/\(network.name).safetensors", SiteWriter.File(Data(weights))),
                (onnx, SiteWriter.File(try SiteBuilder.step("encode", onnx, model.data))),
            ]
        }.flatMap { $0 }
    }

    private func card(_ words: Words) throws -> BuildCache.Card {
        try SiteBuilder.step("draw", words.language.cardPath) {
            let card = try Emblems(runs: materials.runs, dataset: materials.dataset).card(words)
            return BuildCache.Card(
                file: SiteWriter.File(try card.png(scale: 1)), missing: try card.missingLetters())
        }
    }

    private func assets() throws -> BuildCache.Files {
        try TemplateFolder.files(in: builder.templates, .assets).map { file in
            let path = "assets/\(file.lastPathComponent)"
            return (path, SiteWriter.File(try TemplateFolder.content(of: file, named: path)))
        }
    }
}

extension Run {
    /// What determines the run, for a citation.
    fileprivate var inWords: String {
        training.map { training in
            let configuration = training.configuration
            return "\(name): \(configuration.epochs.counted("epoch")), seed \(configuration.seed)"
        } ?? name
    }

    /// What a model's file tells of itself: settings, results, and the class names in every language as JSON.
    fileprivate func metadata(_ words: [Words]) throws -> [String: String] {
        var metadata = ["network": name]
        if let configuration = training?.configuration {
            metadata["epochs"] = "\(configuration.epochs)"
            metadata["seed"] = "\(configuration.seed)"
        }
        if let evaluation {
            metadata["testAccuracy"] = "\(evaluation.accuracy)"
            metadata["testLoss"] = "\(evaluation.loss)"
        }
        for words in words {
            let names = try (0..<architecture.classes).map { try words(.label($0)) }
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            metadata["classes.\(words.language.code)"] = String(decoding: try encoder.encode(names), as: UTF8.self)
        }
        return metadata
    }
}
