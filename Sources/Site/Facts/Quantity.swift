import Foundation
import Learn
import Render

/// Something that the prose may state; how it is written is up to the language.
public enum Quantity: Sendable, Equatable {
    /// A bare whole number: `60,000`.
    case count(Int)
    /// A whole number with its sign: `+12`.
    case change(Int)
    /// A small whole number, which English writes as a word: `three`, `3`.
    case cardinal(Int)
    /// How many times as much: `twice`, `2倍`.
    case multiple(Double)
    /// A whole number with what it counts: `50 epochs`, `50エポック`. The noun is a key of the strings, `noun.<noun>`.
    case counted(Int, noun: String)
    /// A number with so many decimal places: `0.287`.
    case decimal(Double, places: Int)
    /// A mean cross-entropy in nats, with ``lossPlaces`` decimal places.
    case loss(Double)
    /// A share of one as a percentage: `0.896` is `89.6%`.
    case share(Double, places: Int)
    /// A difference of two shares in percentage points: `0.012` is `1.2 points`.
    case points(Double, places: Int = 1)
    /// The same with its sign and without the noun: `0.0058` is `+0.58`.
    case gain(Double, places: Int)
    /// A difference of two losses with its sign: `−0.251`.
    case lossGain(Double)
    /// Extents: `28×28×6`.
    case shape([Int])
    /// Filters by number, from 1, each with the norm of its kernel: `filter 3 (3.42)`.
    case filters([Filter])
    /// Filters by number, from 1, each with what it looks for and how like that its maps are:
    /// `no. 3 (left edge, 0.83)`.
    case roles([Role])
    /// Class, from 0, by its name in the language.
    case label(Int)
    /// Classes by name, between the quotation marks that stand around one.
    case labels([Int])
    /// Mistakes in a row, each as true class and answer.
    case mistakes([Confusion.Pair])
    /// A text of the strings.
    case text(key: String)
    /// A probability: `0.012`, or `< 0.001` where three places would say that it is nothing.
    case probability(Double)
    /// A probability as a percentage that does not claim certainty where rounding would: `>99.9%`.
    case certainty(Double)
    /// The probability that a difference is chance, as formulas have it: `p = 0.012`.
    case chance(Double)
    /// An angle: `15°`.
    case degrees(Double)
    /// Arithmetic in floating-point operations, with a prefix: `7.3 TFLOP`.
    case operations(Double)
    /// A setting with the digits that tell it from every other: `1.0`, `1e−07`.
    case setting(Float)
    /// Settings of an optimiser as formulas have them: `ρ = 0.95, ε = 1e−07`.
    case settings([Optimizer.Setting])
    /// A name that is the same in all languages, such as a digest.
    case name(String)

    public struct Filter: Sendable, Equatable {
        let number: Int
        let norm: Double
    }

    public struct Role: Sendable, Equatable {
        let number: Int
        /// A ``PlainPattern``, or `darkness`; nil for a filter without a plain role.
        let pattern: String?
        /// The correlation with it, or with the pattern that comes nearest to a role.
        let likeness: Double
    }
}

extension Quantity {
    /// The whole number that it is, which can select a text.
    var whole: Int? {
        switch self {
        case .count(let value), .cardinal(let value), .counted(let value, _): value
        default: nil
        }
    }
}

extension Words {
    /// The quantity as this language writes it, not escaped.
    ///
    /// - Throws: ``SiteError`` if the strings lack a noun or a class name.
    public func callAsFunction(_ quantity: Quantity) throws -> String {
        switch quantity {
        case .count(let value): return digits(Double(value), places: 0)
        case .change(let value): return language.numbers.signed(Double(value), places: 0)
        case .counted(let value, let noun):
            return try self("noun.\(noun)", ["n": digits(Double(value), places: 0)])
        case .cardinal(let value): return cardinal(value)
        case .multiple(let value): return try multiple(value)
        case .decimal(let value, let places): return digits(value, places: places)
        case .loss(let value): return digits(value, places: Quantity.lossPlaces)
        case .share(let value, let places): return language.numbers.percentage(value, places: places)
        case .points(let value, let places):
            return try self("noun.point", ["n": digits(value * 100, places: places)])
        case .gain(let value, let places): return signed(value * 100, places: places)
        case .lossGain(let value): return signed(value, places: Quantity.lossPlaces)
        case .shape(let extents): return extents.map(String.init).joined(separator: "×")
        case .filters(let filters): return try text(of: filters)
        case .roles(let roles): return try list(roles.map(text))
        case .label(let index): return try self("class.\(index)")
        case .labels(let labels):
            return try labels.map(className).joined(separator: self("list.quoted"))
        case .mistakes(let pairs):
            return try list(
                pairs.map { try self("mistake.pair", ["truth": className($0.truth), "guess": className($0.guess)]) })
        case .text(let key): return try self(key)
        case .probability(let value): return language.numbers.probability(value)
        case .certainty(let value):
            if value > 0.9995, value < 1 { return ">" + language.numbers.percentage(0.999, places: 1) }
            if value < 0.0005, value > 0 { return "<" + language.numbers.percentage(0.001, places: 1) }
            return try self(.share(value, places: 1))
        case .chance(let value): return language.numbers.significance(value)
        case .degrees(let value): return digits(value, places: 0) + "°"
        case .operations(let value): return operations(value)
        case .setting(let value): return language.numbers.shortest(value)
        case .settings(let settings):
            return try settings.map { "\($0.symbol)\u{A0}=\u{A0}\(language.numbers.shortest($0.value))" }
                .joined(separator: self("list.settings"))
        case .name(let text): return text
        }
    }

    private func text(of filters: [Quantity.Filter]) throws -> String {
        let names = try filters.map {
            try self("noun.filter.norm", ["number": "\($0.number)", "norm": digits($0.norm, places: 2)])
        }
        return try self("noun.filters", ["n": "\(filters.count)", "list": list(names)])
    }

    private func text(of role: Quantity.Role) throws -> String {
        let values = try [
            "number": "\(role.number)", "role": role.pattern.map { try self("pattern.\($0)") } ?? "",
            "likeness": digits(role.likeness, places: 2),
        ]
        return try self(role.pattern == nil ? "noun.role.none" : "noun.role", values)
    }

    private func cardinal(_ value: Int) -> String {
        let names = language.cardinals
        return names.indices.contains(value) ? names[value] : digits(Double(value), places: 0)
    }

    private func multiple(_ value: Double) throws -> String {
        if value == 2, let twice = language.twice { return twice }
        return try self("noun.times", ["n": digits(value, places: value == value.rounded() ? 0 : 1)])
    }

    /// The number that a reader takes from the digits that are written.
    static func written(_ value: Double, places: Int) -> Double {
        Double(value.decimals(places)) ?? value
    }

    /// A number with so many decimal places. Of very large ones the first digits say enough.
    func digits(_ value: Double, places: Int) -> String { language.numbers.text(value, places: places) }

    /// With a sign unless nothing is left of the number but zeros.
    private func signed(_ value: Double, places: Int) -> String {
        language.numbers.signed(Words.written(value, places: places), places: places)
    }

    private func operations(_ value: Double) -> String {
        let steps: [(Double, String)] = [(1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]
        let (size, prefix) = steps.first { value >= $0.0 } ?? (1, "")
        let scaled = value / size
        return digits(scaled, places: scaled < 10 ? 2 : scaled < 100 ? 1 : 0) + " \(prefix)FLOP"
    }
}

extension NumberFormat {
    /// A probability with three places, or `< 0.001` where these would say that it is nothing; no line breaks within it.
    func probability(_ value: Double) -> String {
        value < 0.001 ? "<\u{A0}\(text(0.001, places: 3))" : text(value, places: 3)
    }

    /// The same as formulas have it: `p = 0.012`, `p < 0.001`.
    func significance(_ value: Double) -> String {
        "p\u{A0}" + (value < 0.001 ? "" : "=\u{A0}") + probability(value)
    }
}
