import Foundation
import Learn
import Render

extension Language {
    /// The templates' file of languages.
    static let file = "languages.yml"

    /// The languages of a site, in their order.
    ///
    /// - Parameter templates: the folder of templates.
    /// - Throws: ``SiteError`` if there are no templates, the file has a fault, or it lists other languages than there are
    ///   folders of strings.
    public static func all(in templates: URL) throws -> [Language] {
        let file = templates.appending(path: Language.file)
        guard FileManager.default.fileExists(atPath: file.path) else {
            let isEmpty = try TemplateFolder.files(in: templates, .pages).isEmpty
            throw isEmpty
                ? SiteError.noTemplates(folder: templates.path)
                : .malformed(file: Language.file, line: nil, problem: "not there; it lists the site's languages")
        }
        let bytes = Array(try TemplateFolder.content(of: file, named: Language.file))
        let languages: [Language]
        do throws(ExperimentError) {
            languages = try Language.read(bytes)
        } catch {
            throw SiteError(error, in: bytes)
        }
        let folders = try TemplateFolder.languages(in: templates)
        let codes = languages.map(\.code)
        if let code = folders.first(where: { !codes.contains($0) }) {
            throw SiteError.malformed(
                file: TemplateFolder.Part.strings(code).prefix, line: nil,
                problem: "\(Language.file) has no language \(code.inQuotes); list it there, or remove the folder")
        }
        if let code = codes.first(where: { !folders.contains($0) }) {
            throw SiteError.malformed(
                file: Language.file, line: nil,
                problem: "there are no strings in \(code); write them in strings/\(code)/, or remove the language")
        }
        return languages
    }

    /// - Parameter bytes: what the file holds.
    static func read(_ bytes: [UInt8]) throws(ExperimentError) -> [Language] {
        let root = try YAMLDocument.root(
            bytes, file: Language.file, YAMLDocument.Kind(name: "a list of languages", beginning: "en:"))
        let entries = try root.entries("languages by their codes, such as en: {name: English, ...}")
        var languages: [Language] = []
        for (key, code, value) in entries {
            guard Language.isCode(code) else {
                throw key.fault("\(code.inQuotes) is no code of a language; write one such as en or pt-BR")
            }
            if languages.contains(where: { $0.code.lowercased() == code.lowercased() }) {
                throw key.fault("\(code) stands there more than once; remove one")
            }
            languages.append(try Language(code, value, isFirst: languages.isEmpty))
        }
        guard !languages.isEmpty else { throw root.fault("there are no languages; list at least one") }
        return languages
    }

    /// Whether a text can be the code of a language: two or three letters, then subtags (BCP 47).
    static func isCode(_ text: String) -> Bool {
        text.utf8.count <= 35 && text.wholeMatch(of: /[a-z]{2,3}(-[A-Za-z0-9]{2,8})*/) != nil
    }
}

extension Language {
    static let keys = ["name", "locale", "space", "plurals", "cardinals", "twice", "numbers"]

    fileprivate init(_ code: String, _ value: YAMLValue, isFirst: Bool) throws(ExperimentError) {
        let fields = try value.fields(Language.keys, of: "a language")
        self.code = code
        name = try fields.required("name", such: "name: English").text("what the language calls itself")
        let locale = try fields.required("locale", such: "locale: en_GB")
        self.locale = try locale.text("a locale such as en_GB")
        guard self.locale.wholeMatch(of: /[a-z]{2,3}(_[A-Za-z0-9]{2,8})*/) != nil else {
            throw locale.fault("\(self.locale.inQuotes) is no locale; write language and region, such as en_GB")
        }
        space = try fields.required("space", such: "space: \" \"").sign("what stands between sentences")
        plurals = try fields["plurals"]?.pluralRules() ?? PluralRules()
        var cardinals: [String] = []
        for word in try fields["cardinals"]?.list("a list of numbers as words, from zero on") ?? [] {
            cardinals.append(try word.text("a number as a word"))
        }
        self.cardinals = cardinals
        twice = try fields["twice"]?.text("a word for two times as much")
        numbers = try NumberFormat(
            fields.required("numbers", such: "numbers: {decimal: \".\", group: \",\", percent: \"{n}%\"}"))
        self.isFirst = isFirst
    }
}

extension NumberFormat {
    static let keys = ["decimal", "group", "minimumGroupingDigits", "minus", "plus", "percent"]

    fileprivate init(_ value: YAMLValue) throws(ExperimentError) {
        let fields = try value.fields(NumberFormat.keys, of: "how numbers are written")
        func sign(
            _ key: String, such example: String, orNothing: Bool = false
        ) throws(ExperimentError) -> String {
            let value = try fields.required(key, such: "\(key): \(example)")
            let sign = try value.sign(orNothing ? "a sign, or \"\" for none" : "a sign")
            if sign.isEmpty, !orNothing { throw value.fault("wants a sign such as \(example)") }
            if sign.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) {
                throw value.fault("wants a sign, no letter or digit")
            }
            return sign
        }
        let decimal = try sign("decimal", such: "\".\"")
        let group = try sign("group", such: "\",\"", orNothing: true)
        let (minus, plus) = (try sign("minus", such: "\"−\""), try sign("plus", such: "\"+\""))
        let signs = [decimal, group, minus, plus].filter { !$0.isEmpty }.map { Array($0.unicodeScalars) }
        for (place, one) in signs.enumerated() {
            guard !signs[..<place].contains(where: { $0.contains(one) || one.contains($0) }) else {
                throw value.fault("decimal, group, minus and plus must be told apart; none may be or hold another")
            }
        }
        let percent = try fields.required("percent", such: "percent: \"{n}%\"")
        let pattern = try percent.sign("a percentage with {n} for its number, such as \"{n}%\"")
        guard pattern.ranges(of: "{n}").count == 1 else {
            throw percent.fault("wants {n} once, where the number stands, as in \"{n}%\"")
        }
        let digits = try fields["minimumGroupingDigits"]?.whole("a number of digits", in: 1...4)
        self.init(
            decimal: decimal, group: group, minimumGroupingDigits: digits.map { Int($0) } ?? 1,
            minus: minus, plus: plus, percent: pattern)
    }
}

extension YAMLValue {
    /// A few characters that stand between others, or none.
    fileprivate func sign(_ what: String) throws(ExperimentError) -> String {
        let sign = try literal(what)
        guard sign.unicodeScalars.count <= 20, !sign.unicodeScalars.contains(where: \.isControl) else {
            throw fault("wants \(what), of at most 20 characters in one line")
        }
        return sign
    }

    fileprivate func pluralRules() throws(ExperimentError) -> PluralRules {
        let fields = try fields(PluralRules.known, of: "plurals")
        var rules: [String: PluralRules.Rule] = [:]
        for form in PluralRules.known {
            guard let value = fields[form] else { continue }
            let text = try value.text("a rule of Unicode CLDR, such as i = 1 and v = 0")
            do throws(PluralRules.Fault) {
                rules[form] = try PluralRules.Rule(text)
            } catch {
                throw value.fault(
                    "is no plural rule from \(error.rest.inQuotes) on: it wants \(error.wanted), as in i = 1 and v = 0")
            }
        }
        return PluralRules(rules)
    }
}

extension SiteError {
    /// A fault in one of the templates that is written in YAML.
    init(_ error: ExperimentError, in bytes: [UInt8]) {
        guard let place = error.place else {
            self = .malformed(file: error.file, line: nil, problem: error.problem)
            return
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let line = lines.indices.contains(place.line - 1) ? String(lines[place.line - 1]) : ""
        self = ProsePlace(file: error.file, line: place.line, column: place.column, text: line).error(error.problem)
    }
}
