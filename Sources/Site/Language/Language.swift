import Foundation
import Render

/// A language of the site, and how it writes; each stands on its own, none is a fallback for another.
///
/// The templates say which there are, in `languages.yml`: ``all(in:)``.
public struct Language: Sendable, Hashable {
    /// As HTML has it (BCP 47), and folders and files of the templates are named: `ja`, `pt-BR`.
    public let code: String
    /// What it calls itself: `日本語`.
    let name: String
    /// The language with the region whose habits it follows: `ja_JP`.
    let locale: String
    /// What stands between two sentences.
    let space: String
    let plurals: PluralRules
    /// The numbers that it writes as words, from zero on.
    let cardinals: [String]
    /// Its word for two times as much, if it has one.
    let twice: String?
    let numbers: NumberFormat
    /// Whether its page lies at the site's root.
    let isFirst: Bool
}

extension Language {
    /// The form of a word that goes with a number, as Unicode CLDR names it, by the way the number is written: 1 may take
    /// another than 1.0. What is no number takes that of all others.
    func pluralForm(of number: String) -> String {
        PluralOperands(number, as: numbers).map(plurals.form) ?? PluralRules.others
    }

    /// What it calls another language, as Unicode CLDR has it; else what that calls itself.
    func name(of other: Language) -> String {
        Locale(identifier: locale).localizedString(forIdentifier: other.code) ?? other.name
    }
}
