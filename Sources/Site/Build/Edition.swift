import Foundation
import Learn
import ONNX

/// A site in the making: everything that was read and checked, ready to be written.
struct Edition {
    let builder: SiteBuilder
    let materials: SiteMaterials
    let templates: TemplateFolder
    /// The article, once a language.
    let sources: [ArticleSource]
    /// The strings, in the order of ``sources``.
    let words: [Words]
    let listings: [CodeListing]

    /// Writes all files of the site, step by step, and checks the links between them.
    ///
    /// - Parameter begin: told the name of each step.
    func write(to writer: inout SiteWriter, begin: (String) -> Void) throws {
        begin("write the data")
        for file in try materials.cache.data(dataFiles) { try writer.write(file.content, to: file.path) }
        for file in try modelFiles() { try writer.write(file.content, to: file.path) }
        try writeAssets(to: &writer)
        begin("draw the figures")
        let drawings = try words.map { try materials.cache.drawings($0, draw) }
        for (words, drawings) in zip(words, drawings) {
            for figure in drawings.figures { try writer.write(figure.image.svg, to: figure.path) }
            try writer.write(drawings.card, to: words.language.cardPath)
        }
        begin("write the pages")
        let dated = try datedTexts(beside: writer.digests) { publication in
            try texts(publication, drawings.map(\.figures))
        }
        for file in dated { try writer.write(file.text, to: file.path) }
        begin("check the links")
        try LinkCheck(files: Set(writer.paths), pages: writer.pages, base: builder.publication.path).check()
    }

    /// The files that tell where and when the site is published.
    private func texts(_ publication: Publication, _ drawings: [[FigureDrawing]]) throws -> [TextFile] {
        let pages = try sources.enumerated().map { index, source in
            try page(source, words[index], drawings[index], publication)
        }
        return pages + (try SiteFiles(words: words, templates: templates, publication: publication).all())
    }

    private func page(
        _ source: ArticleSource, _ words: Words, _ drawings: [FigureDrawing], _ publication: Publication
    ) throws -> TextFile {
        let sizes = drawings.map { ($0.id, (width: $0.image.width, height: $0.image.height)) }
        let citation = publication.citation(
            title: try words("page.title"), runs: materials.runs.map(\.inWords))
        let tables = PageTables(words: words, runs: materials.runs, study: materials.study)
        let renderer = ArticleRenderer(
            source: source, templates: templates, words: words, facts: materials.facts, figures: materials.figures,
            sizes: Dictionary(sizes, uniquingKeysWith: { $1 }),
            tables: try tables.all(), listings: listings, citation: citation)
        let page = Page(
            article: try renderer.article(), words: words, templates: templates, publication: publication)
        return (words.language.pagePath, try page.html())
    }

    /// Records, the figures' tables and the icon.
    private func dataFiles() throws -> BuildCache.Files {
        var files: BuildCache.Files = []
        for (network, run) in zip(Network.all, materials.runs) {
            files.append(("data/\(network.name).json", try RunReport(run, network: network).json()))
        }
        for figure in materials.figures {
            if let table = try SiteBuilder.step("tabulate", figure.id, figure.table) {
                files.append((figure.tablePath, Data(table.utf8)))
            }
        }
        if let icon = Emblems(runs: materials.runs).icon(edge: 160) {
            files.append(("assets/favicon.svg", try SiteBuilder.step("draw", "favicon.svg", icon.svg)))
            files.append(("assets/favicon.png", try SiteBuilder.step("draw", "favicon.png") { try icon.png(scale: 1) }))
        }
        return files + (try ExplorerData(dataset: materials.dataset, runs: materials.runs).files())
    }

    /// The trained networks. Their class names are the strings', so that they are not kept with the data.
    private func modelFiles() throws -> BuildCache.Files {
        try zip(Network.all, materials.runs).flatMap { network, run in
            let weights = Safetensors.encode(run.weights, metadata: ["network": network.name])
            let model = try ONNXModel(network, weights: run.weights, metadata: run.metadata(words))
            let onnx = "models/\(network.name).onnx"
            return [
                ("models/\(network.name).safetensors", Data(weights)),
                (onnx, try SiteBuilder.step("encode", onnx, model.data)),
            ]
        }
    }

    private func draw(_ words: Words) throws -> BuildCache.Drawings {
        let card = try SiteBuilder.step("draw", words.language.cardPath) {
            try Emblems(runs: materials.runs).card(words).png(scale: 1)
        }
        return BuildCache.Drawings(figures: try FigureDrawing.all(materials.figures, words), card: card)
    }

    private func writeAssets(to writer: inout SiteWriter) throws {
        let folder = builder.templates.appending(path: "assets")
        for ext in ["css", "js"] {
            for file in try TemplateFolder.files(in: folder, withExtension: ext) {
                let content = try SiteBuilder.step("read", file.path) { try Data(contentsOf: file) }
                try writer.write(content, to: "assets/\(file.lastPathComponent)")
            }
        }
    }
}

extension Run {
    /// What determines the run, for a citation.
    fileprivate var inWords: String {
        "\(configuration.network): \(configuration.epochs) epochs, seed \(configuration.seed)"
    }

    /// What a model's file tells of itself: settings, results, and the class names in every language as JSON.
    fileprivate func metadata(_ words: [Words]) throws -> [String: String] {
        var metadata = [
            "network": configuration.network, "epochs": "\(configuration.epochs)", "seed": "\(configuration.seed)",
            "testAccuracy": "\(finalMetrics.testAccuracy)", "testLoss": "\(finalMetrics.testLoss)",
        ]
        for words in words {
            let names = try (0..<Dataset.classCount).map { try words(.label($0)) }
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            metadata["classes.\(words.language.rawValue)"] = String(decoding: try encoder.encode(names), as: UTF8.self)
        }
        return metadata
    }
}
