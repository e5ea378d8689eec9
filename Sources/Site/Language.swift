/// The languages of the article; each stands on its own, neither is a fallback for the other.
public enum Language: String, CaseIterable, Sendable {
    case japanese = "ja"
    case english = "en"
}

extension Language {
    /// The language that a page offers instead of its own: the next one, and after the last the first.
    public var other: Language {
        let all = Language.allCases
        guard let index = all.firstIndex(of: self) else { return self }
        return all[(index + 1) % all.count]
    }

    /// Where the language's page lies in the site.
    public var pagePath: String { folder + "index.html" }

    /// Folder of the language's page, empty for the site's root.
    public var folder: String { self == .japanese ? "" : "\(rawValue)/" }

    /// The way from the language's page back to the site's root.
    public var root: String { self == .japanese ? "" : "../" }
}

// How each language writes; a new one is asked for here by the compiler.
extension Language {
    /// The language with the region whose habits it follows.
    var locale: String {
        switch self {
        case .japanese: "ja_JP"
        case .english: "en_GB"
        }
    }

    /// What stands between two sentences.
    var space: String {
        switch self {
        case .japanese: ""
        case .english: " "
        }
    }

    /// The forms that a word takes by its number, as Unicode CLDR names them, in the order in which the strings give
    /// them: `{n} {n -> [one] epoch [other] epochs}`.
    var pluralForms: [String] {
        switch self {
        case .japanese: ["other"]
        case .english: ["one", "other"]
        }
    }

    /// Which of ``pluralForms`` goes with a number, by the way it is written: 1 takes another than 1.0.
    ///
    /// Source: Unicode CLDR, Language Plural Rules.
    func pluralForm(of number: String) -> Int {
        switch self {
        case .japanese: 0
        case .english: number.trimmingPrefix(/[+−]/) == "1" ? 0 : 1
        }
    }

    /// The numbers that it writes as words, from zero on.
    var cardinals: [String] {
        switch self {
        case .japanese: []
        case .english: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        }
    }

    /// Its word for two times as much, if it has one.
    var twice: String? {
        switch self {
        case .japanese: nil
        case .english: "twice"
        }
    }
}
