/// A quantity's value for programs, whatever the language.
enum FactValue: Encodable, Equatable {
    case whole(Int)
    case number(Double)
    case text(String)
    case list([Item])

    /// An entry of a list.
    enum Item: Encodable, Equatable {
        case whole(Int)
        case filter(number: Int, norm: Double)
        case role(number: Int, pattern: String?, correlation: Double)
        case mistake(truth: Int, guess: Int, count: Int)
        case setting(name: String, value: Double)
    }
}

extension Quantity {
    /// Nil for a text of the strings, and for a number that is none.
    var value: FactValue? {
        switch self {
        case .count(let value), .change(let value), .cardinal(let value), .counted(let value, _), .label(let value):
            .whole(value)
        case .multiple(let value), .decimal(let value, _), .loss(let value), .share(let value, _),
            .points(let value, _), .gain(let value, _), .lossGain(let value), .probability(let value),
            .certainty(let value), .chance(let value),
            .degrees(let value), .operations(let value):
            value.isFinite ? .number(value) : nil
        case .shape(let extents): .list(extents.map { .whole($0) })
        case .filters(let filters): .list(filters.map { .filter(number: $0.number, norm: $0.norm) })
        case .roles(let roles):
            .list(roles.map { .role(number: $0.number, pattern: $0.pattern, correlation: $0.likeness) })
        case .labels(let labels): .list(labels.map { .whole($0) })
        case .mistakes(let pairs): .list(pairs.map { .mistake(truth: $0.truth, guess: $0.guess, count: $0.count) })
        case .setting(let value): .number(value.asWritten)
        case .settings(let settings): .list(settings.map { .setting(name: $0.name, value: $0.value.asWritten) })
        case .text: nil
        case .name(let name): .text(name)
        }
    }

    /// What the value counts or is measured in; nil for a bare number and for what is none.
    var unit: String? {
        switch self {
        case .counted(_, let noun): noun
        case .share, .points, .gain, .certainty: "share of 1"
        case .loss, .lossGain: "nat"
        case .degrees: "degree"
        case .operations: "FLOP"
        case .label, .labels: "class, from 0"
        default: nil
        }
    }

    /// Decimal places that are written, of a percentage where it is one; nil where they are not fixed.
    var places: Int? {
        switch self {
        case .count, .change, .cardinal, .counted, .degrees: 0
        case .decimal(_, let places), .share(_, let places), .points(_, let places), .gain(_, let places): places
        case .loss, .lossGain: Quantity.lossPlaces
        case .probability, .chance: 3
        case .certainty: 1
        default: nil
        }
    }

    /// Its number as HTML's `<data>` has it; nil for what is no number.
    var machineReadable: String? {
        switch (self, value) {
        case (.label, _): nil
        case (_, .whole(let value)?): String(value)
        case (_, .number(let value)?): String(value)
        case (.shape(let extents), _): extents.map(String.init).joined(separator: "x")
        default: nil
        }
    }
}

extension Float {
    /// The double-precision number of the same digits: 1e-07, not 1.00000001e-07.
    fileprivate var asWritten: Double { Double(description) ?? Double(self) }
}

extension FactValue {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .whole(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let items): try container.encode(items)
        }
    }
}

extension FactValue.Item {
    private enum Key: CodingKey {
        case number, norm, role, correlation, truth, guess, count, name, value
    }

    func encode(to encoder: any Encoder) throws {
        if case .whole(let value) = self {
            var container = encoder.singleValueContainer()
            return try container.encode(value)
        }
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .whole: break
        case .filter(let number, let norm):
            try container.encode(number, forKey: .number)
            try container.encode(norm, forKey: .norm)
        case .role(let number, let pattern, let correlation):
            try container.encode(number, forKey: .number)
            try container.encode(pattern, forKey: .role)
            try container.encode(correlation, forKey: .correlation)
        case .mistake(let truth, let guess, let count):
            try container.encode(truth, forKey: .truth)
            try container.encode(guess, forKey: .guess)
            try container.encode(count, forKey: .count)
        case .setting(let name, let value):
            try container.encode(name, forKey: .name)
            try container.encode(value, forKey: .value)
        }
    }
}
