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
    let classCount: Int
    /// Where they were read.
    private let path: String

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
        classCount = content.classes.count
        self.path = path
    }

    /// - Throws: ``SiteError/malformed(file:line:problem:)`` if the data set has another number of classes.
    fileprivate func check(classes: Int) throws {
        guard classCount == classes else {
            throw SiteError.malformed(
                file: path, line: nil, problem: "\"classes\" has \(classCount) names instead of \(classes)")
        }
    }

    /// Longest that a name may be, in Unicode scalars: a sentence that names two classes is to remain one.
    private static let mostScalars = 200

    /// What makes a text unfit for a name, to follow "has"; nil if nothing does.
    fileprivate static func defect(of name: String) -> String? {
        let scalars = name.unicodeScalars
        if name.allSatisfy(\.isWhitespace) { return "no name" }
        if let control = scalars.first(where: \.isControl) {
            return "a name with the control character \(control.codePoint)"
        }
        guard scalars.count <= mostScalars else {
            return "a name of \(scalars.count) characters, more than \(mostScalars),"
        }
        return nil
    }

    fileprivate struct Content: Decodable {
        let dataset: [String: String]
        let classes: [[String: String]]
        let short: [[String: String]]?
    }
}

extension DataNames.Content {
    fileprivate func texts(file: String) throws -> [Language: [String: String]] {
        if let short, short.count != classes.count {
            throw SiteError.malformed(
                file: file, line: nil, problem: "\"short\" has \(short.count) names instead of \(classes.count)")
        }
        func name(_ names: [String: String], _ place: String, _ language: Language) throws -> String {
            let name = names[language.rawValue] ?? ""
            if let defect = DataNames.defect(of: name) {
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
    case given(DataNames, classes: Int)
    /// No names are known: classes have their numbers.
    case numbers(classes: Int)

    /// - Parameter names: given by the user.
    init(of dataset: Dataset, names: DataNames?) {
        if let names {
            self = .given(names, classes: dataset.classCount)
        } else {
            self = dataset.digests == FashionMNIST.digests ? .templates : .numbers(classes: dataset.classCount)
        }
    }
}

extension Words {
    /// Reads every strings file of a language, with these names for the data set and its classes.
    ///
    /// - Throws: ``SiteError`` if there are none, one is not a flat object of texts, or two define one key, and
    ///   if there are not as many names as classes.
    init(language: Language, templates folder: URL, naming: DataNaming) throws {
        let words = try Words(language: language, templates: folder)
        switch naming {
        case .templates: self = words
        case .given(let names, let classes):
            try names.check(classes: classes)
            self = words.calling(names.texts[language] ?? [:])
        case .numbers(let classes):
            var texts = ["data.name": try words("data.unnamed")]
            for label in 0..<classes {
                let name = try words("class.unnamed", ["n": String(label)])
                texts["class.\(label)"] = name
                texts["class.\(label).short"] = name
            }
            self = words.calling(texts)
        }
    }
}
