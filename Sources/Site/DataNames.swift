import Foundation
import Learn

/// What a data set and its classes are called, in every language: for data other than the templates tell of.
///
/// Read from a JSON file:
///
///     {
///       "dataset": { "ja": "MNIST", "en": "MNIST" },
///       "classes": [{ "ja": "ゼロ", "en": "zero" }, ...],
///       "short": [{ "ja": "0", "en": "0" }, ...]
///     }
///
/// The classes stand in the order of their labels. `short` is for where there is little room; without it the names
/// stand there, too, as much of them as there is room for. A name is plain text: braces, brackets and quotes mean
/// nothing in it.
public struct DataNames: Sendable, Equatable {
    /// The strings that the names stand for, by key.
    let texts: [Language: [String: String]]

    /// - Throws: ``SiteError/malformed(file:line:problem:)`` that says what is wrong with the file.
    public init(contentsOf file: URL) throws {
        let bytes: Data
        do {
            bytes = Data(try OpenFile.contents(of: file))
        } catch {
            throw SiteError.malformed(
                file: file.path, line: nil, problem: "cannot be read: \(SystemReason.text(of: error))")
        }
        try self.init(bytes, path: file.path)
    }

    /// - Parameters:
    ///   - bytes: what the file holds.
    ///   - path: for the message of an error.
    init(_ bytes: Data, path: String) throws {
        let content: Content
        do {
            content = try JSONDecoder().decode(Content.self, from: bytes)
        } catch {
            throw SiteError.malformed(
                file: path, line: nil, problem: "not a JSON object of \"dataset\", \"classes\" and \"short\"")
        }
        texts = try content.texts(file: path)
    }

    fileprivate struct Content: Decodable {
        let dataset: [String: String]
        let classes: [[String: String]]
        let short: [[String: String]]?
    }
}

extension DataNames.Content {
    fileprivate func texts(file: String) throws -> [Language: [String: String]] {
        for (key, list) in [("classes", classes), ("short", short ?? classes)] where list.count != Dataset.classCount {
            throw SiteError.malformed(
                file: file, line: nil, problem: "\"\(key)\" has \(list.count) names instead of \(Dataset.classCount)")
        }
        func name(_ names: [String: String], _ place: String, _ language: Language) throws -> String {
            let name = names[language.rawValue] ?? ""
            if let defect = name.defectAsName {
                throw SiteError.malformed(
                    file: file, line: nil, problem: "\(place) has \(defect) in \"\(language.rawValue)\"")
            }
            return name
        }
        var texts: [Language: [String: String]] = [:]
        for language in Language.allCases {
            texts[language] = ["data.name": try name(dataset, "\"dataset\"", language)]
            for (label, names) in classes.enumerated() {
                texts[language]?["class.\(label)"] = try name(names, "class \(label)", language)
            }
            for (label, names) in (short ?? classes).enumerated() {
                texts[language]?["class.\(label).short"] = try name(names, "short class \(label)", language)
            }
        }
        return texts
    }
}

/// By which names the pages call the data set and its classes.
enum DataNaming: Equatable {
    /// The templates' own, which are those of Fashion-MNIST.
    case templates
    case given(DataNames)
    /// No names are known: classes have their numbers.
    case numbers

    /// - Parameter names: given by the user.
    init(of digests: [String: String], names: DataNames?) {
        self = names.map(Self.given) ?? (digests == FashionMNIST.digests ? .templates : .numbers)
    }
}

extension Words {
    /// Reads every strings file of a language, with these names for the data set and its classes.
    ///
    /// - Throws: ``SiteError`` if there are none, one is not a flat object of texts, or two define one key.
    init(language: Language, templates folder: URL, naming: DataNaming) throws {
        let words = try Words(language: language, templates: folder)
        switch naming {
        case .templates: self = words
        case .given(let names): self = words.calling(names.texts[language] ?? [:])
        case .numbers:
            var texts = ["data.name": try words("data.unnamed")]
            for label in 0..<Dataset.classCount {
                let name = try words("class.unnamed", ["n": String(label)])
                texts["class.\(label)"] = name
                texts["class.\(label).short"] = name
            }
            self = words.calling(texts)
        }
    }
}
