import Foundation
import Render

/// What the scripts of the interactive parts say in one language.
struct WidgetWords: Encodable {
    let classes: [String]
    let shortClasses: [String]
    /// In the order of the article.
    let networks: [String]
    /// Texts with placeholders in braces.
    let texts: [String: String]
    let numbers: Numbers
    private let language: String

    /// Where words and the data of the smaller parts are.
    static let scripts = DataScripts(object: "widgetData", folder: "widgets/")

    /// How the language writes numbers.
    struct Numbers: Encodable {
        let decimal, group, minus, percent: String
        let minimumGroupingDigits: Int

        init(_ format: NumberFormat) {
            (decimal, group) = (format.decimal, format.group)
            (minus, percent) = (format.minus, format.percent)
            minimumGroupingDigits = format.minimumGroupingDigits
        }
    }

    /// - Parameter networks: in the order of the article.
    init(_ words: Words, networks: [String]) throws {
        let prefix = "widget.word."
        let keys = words.keys.filter { $0.hasPrefix(prefix) }
        texts = Dictionary(
            uniqueKeysWithValues: try keys.map { (String($0.dropFirst(prefix.count)), try words.template($0)) })
        classes = try (0..<words.classCount).map(words.className)
        shortClasses = try words.shortClassNames()
        self.networks = try networks.map { try words("network.\($0)") }
        numbers = Numbers(words.language.numbers)
        language = words.language.code
    }

    private enum CodingKeys: CodingKey { case classes, shortClasses, networks, texts, numbers }

    func file() throws -> (path: String, content: Data) { try WidgetWords.scripts.script("words-\(language)", self) }
}
