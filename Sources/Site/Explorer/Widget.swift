import Foundation
import Learn
import Render

/// An interactive part of the pages, which a script of the same name brings to life.
enum Widget: String, CaseIterable {
    /// Every layer's answer of two networks to one of the shown test images.
    case explorer
    /// The first convolution's kernels and the losses at any epoch.
    case epochs
    /// A confusion matrix with examples of each mistake.
    case confusions
}

extension Widget {
    /// The figure that stands in the part's place until its script has found its data, and where there are no scripts.
    ///
    /// - Parameter networks: in the order of the article.
    func still(of networks: [String]) -> String? {
        switch self {
        case .explorer: networks.first.map { "classes-\($0)-conv1" }
        case .epochs: networks.first.map { "kernels-\($0)-epochs" }
        case .confusions: networks.last.map { "confusion-\($0)" }
        }
    }

    /// What stands in the page: a sentence and a picture for readers without scripts, and the script's words.
    ///
    /// - Parameters:
    ///   - networks: in the order of the article.
    ///   - parts: path in the site of the folder that holds the script's data.
    ///   - still: what `partials/picture` uses; empty without a figure of that kind.
    func html(
        _ templates: TemplateFolder, _ words: Words, networks: [String], parts: String, still: [String: Any]
    ) throws -> String {
        let values: [String: Any] = try [
            "name": rawValue, "label": words("widget.\(rawValue)"), "fallback": words("widget.fallback"),
            "data": words.language.home.root + parts + "explorer/", "words": json(words, networks),
            "hasStill": !still.isEmpty,
        ]
        return try templates.render("partials/widget", values.merging(still) { $1 })
    }

    /// The words that the script uses, as a JSON object.
    private func json(_ words: Words, _ networks: [String]) throws -> String {
        let prefix = "widget.word."
        var texts: [String: String] = [:]
        for key in words.keys where key.hasPrefix(prefix) {
            texts[String(key.dropFirst(prefix.count))] = try words.template(key)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let script = ScriptWords(
            classes: try (0..<words.classCount).map(words.className), shortClasses: try words.shortClassNames(),
            networks: try networks.map { try words("network.\($0)") }, texts: texts,
            numbers: ScriptNumbers(words.language.numbers))
        return String(decoding: try encoder.encode(script), as: UTF8.self)
    }

    private struct ScriptWords: Encodable {
        let classes: [String]
        let shortClasses: [String]
        /// In the order of the article.
        let networks: [String]
        /// Texts with placeholders in braces.
        let texts: [String: String]
        let numbers: ScriptNumbers
    }

    /// How the page's language writes numbers.
    private struct ScriptNumbers: Encodable {
        let decimal, group, minus, percent: String
        let minimumGroupingDigits: Int

        init(_ format: NumberFormat) {
            (decimal, group) = (format.decimal, format.group)
            (minus, percent) = (format.minus, format.percent)
            minimumGroupingDigits = format.minimumGroupingDigits
        }
    }
}
