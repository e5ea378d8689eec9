import Foundation
import Learn
import Render

/// A page of all figures, each in all languages, themes and formats side by side, for whoever works on them.
public struct FigureGallery: Sendable {
    private let input: FigureInput
    private let figures: [Figure]
    private let words: [Words]
    private let templates: URL

    /// - Parameters:
    ///   - input: data and runs.
    ///   - templates: the folder of templates, for the figures' strings.
    ///   - experiment: says what the data set, its classes and the networks are called.
    /// - Throws: ``SiteError`` if the strings cannot be read.
    public init(_ input: FigureInput, templates: URL, experiment: Experiment) throws {
        self.input = input
        self.templates = templates
        figures = FigureCatalog.figures(
            for: input.runs.map(\.network), relations: experiment.relations, hasStudy: input.study != nil,
            hasFactors: input.factorial != nil)
        let names = SiteNames(experiment, input.dataset, factorial: input.factorial?.experiment)
        words = try names.words(in: templates)
    }

    private struct Variant: Sendable {
        let figure: Figure
        let words: Words
        let theme: Theme
        let format: Format

        var path: String { "figures/\(figure.id)-\(words.language.code)-\(theme.name)-\(format.rawValue).svg" }
    }

    /// Draws everything on all cores and writes `index.html` and the files that it shows, as a site is published.
    ///
    /// - Parameters:
    ///   - folder: where the page is put.
    ///   - report: told the characters for which the figures have no letters.
    /// - Returns: the page.
    /// - Throws: ``SiteError``, `RenderError`, or what the file system has to say.
    @discardableResult
    public func write(to folder: URL, report: (BuildEvent) -> Void = { _ in }) throws -> URL {
        let output = try OutputFolder(folder, keepingClearOf: [templates])
        let variants = figures.flatMap { figure in
            words.flatMap { words in
                Theme.all.flatMap { theme in
                    (figure.format == .narrow ? [.narrow] : [figure.format, .narrow]).map {
                        Variant(figure: figure, words: words, theme: theme, format: $0)
                    }
                }
            }
        }
        let entries = try variants.concurrentMap { variant in
            let drawing = try variant.figure.draw(input, variant.words, variant.theme, variant.format)
            return try (
                id: variant.figure.id, path: variant.path, svg: drawing.svg(), html: html(of: variant, drawing),
                missing: drawing.missingLetters()
            )
        }
        let missing = entries.reduce(into: Set()) { $0.formUnion($1.missing) }
        if !missing.isEmpty {
            report(.missingLetters(missing.sorted(), family: try Typeface.installed().family))
        }
        let sections = figures.map { figure in
            let own = entries.filter { $0.id == figure.id }.map(\.html).joined()
            return "<section id=\"\(figure.id)\">\n<h2>\(figure.id)</h2>\n<div>\n\(own)</div>\n</section>\n"
        }
        _ = try output.publish(waiting: { _ in }) { writer in
            writer.write(entries.map { ($0.path, SiteWriter.File($0.svg)) })
            writer.write(document(sections.joined()), to: "index.html")
        }
        return folder.appending(path: "index.html")
    }

    private func html(of variant: Variant, _ drawing: Drawing) throws -> String {
        let caption = try variant.figure.caption(input, variant.words)
        return """
            <figure class="\(variant.theme.name)" lang="\(variant.words.language.code)">
            <img src="\(variant.path)" width="\(Int(saturating: drawing.size.width))" height="\(Int(saturating: drawing.size.height))" \
            alt="\(drawing.description.escapedMarkup)" loading="lazy">
            <figcaption>\(caption.escapedMarkup)</figcaption>
            </figure>

            """
    }

    private func document(_ content: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Gallery</title>
        <style>
        body { font: 15px/1.5 "Noto Sans CJK JP", sans-serif; margin: 1rem; }
        section > div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
        figure { margin: 0; max-width: 100%; }
        figure.dark { background: \(Theme.dark.background.hex); color: \(Theme.dark.ink.hex); }
        img { max-width: 100%; height: auto; }
        </style>
        </head>
        <body>
        <h1>\(figures.count) figures, \(words.count) languages, \(Theme.all.count) themes</h1>
        \(content)</body>
        </html>

        """
    }
}
