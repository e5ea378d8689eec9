import Foundation
import Learn

/// What a data set, its classes and the networks are called on the pages, in every language.
struct SiteNames: Sendable, Equatable {
    private let experiment: Experiment
    /// How many classes the data have, and what they themselves call them.
    private let classCount: Int
    private let classNames: [String]?
    /// The experiment whose factors the pages tell of.
    private let factorial: Experiment?

    init(_ experiment: Experiment, _ dataset: Dataset, factorial: Experiment? = nil) {
        self.init(
            experiment, classCount: dataset.classCount, classNames: dataset.classNames, factorial: factorial)
    }

    init(_ experiment: Experiment, classCount: Int, classNames: [String]? = nil, factorial: Experiment? = nil) {
        self.experiment = experiment
        self.factorial = factorial
        self.classCount = classCount
        self.classNames = classNames
    }

    /// The strings that the names stand for, by key.
    ///
    /// - Parameter words: has words for what has no name: `data.unnamed`, and `class.unnamed` with its number.
    fileprivate func texts(in words: Words) throws -> [String: String] {
        let language = words.language
        let dataset = try experiment.dataName?[language] ?? words("data.unnamed")
        var texts = ["data.name": dataset]
        if experiment.story == nil {
            for key in ["page.title", "page.description", "card.title"] {
                texts[key] = try words("atlas.\(key)", ["dataset": dataset])
            }
        }
        for label in 0..<classCount {
            let name = try experiment.classes?[label].name[language] ?? ownName(label) ?? words.unnamedClass(label)
            texts["class.\(label)"] = name
            texts["class.\(label).short"] = experiment.classes?[label].short[language] ?? name
        }
        for network in experiment.networks {
            texts["network.\(network.key)"] = network.name[language]
            texts["network.\(network.key).phrase"] = network.phrase[language]
        }
        for factor in factorial?.factors ?? [] { texts["factor.\(factor.key)"] = factor.name[language] }
        return texts
    }

    /// What the data call a class, unless nobody could read it.
    private func ownName(_ label: Int) -> String? {
        classNames.flatMap { $0[label].defectAsName == nil ? $0[label] : nil }
    }
}

extension SiteNames {
    /// The words of a site, in the order of its languages.
    ///
    /// - Parameter templates: the folder of templates.
    /// - Throws: ``SiteError`` for a fault in the languages or in their strings, or where these are not the same in each,
    ///   ``ExperimentError`` where a name is not in each of the languages.
    func words(in templates: URL) throws -> [Words] {
        let languages = try Language.all(in: templates)
        try experiment.check(for: languages)
        try factorial?.check(for: languages)
        let words = try languages.concurrentMap { try Words(language: $0, templates: templates, names: self) }
        for (language, other) in zip(words, words.dropFirst() + words.prefix(1)) {
            try language.check(saysTheSameAs: other)
        }
        return words
    }
}

extension Words {
    fileprivate func unnamedClass(_ label: Int) throws -> String { try self("class.unnamed", ["n": String(label)]) }

    /// Reads every strings file of a language, with these names for what an experiment names.
    ///
    /// - Throws: ``SiteError`` if there are none, one is not a flat object of texts, or two define one key.
    init(language: Language, templates folder: URL, names: SiteNames) throws {
        let words = try Words(language: language, templates: folder)
        self = words.calling(try names.texts(in: words))
    }
}
