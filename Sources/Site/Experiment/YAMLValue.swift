import Yams

/// A part of a YAML file that is asked for what it should be, and says where it stands if it is not.
struct YAMLValue {
    private let node: Yams.Node
    let file: String
    let place: FilePlace

    init(_ node: Yams.Node, file: String) {
        self.node = node
        self.file = file
        place = node.mark.map(FilePlace.init) ?? FilePlace(line: 1, column: 1)
    }

    func fault(_ problem: String) -> ExperimentError { ExperimentError(file: file, place: place, problem: problem) }

    /// For values that may have several forms.
    var isMapping: Bool { node.mapping != nil }

    /// What is written there, to follow "not".
    private var kind: String {
        switch node {
        case .scalar(let scalar): YAMLValue.isNothing(scalar) ? "nothing" : scalar.string.inQuotes
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    private static func isNothing(_ scalar: Yams.Node.Scalar) -> Bool {
        isPlain(scalar) && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    private static func isPlain(_ scalar: Yams.Node.Scalar) -> Bool { scalar.style == .plain || scalar.style == .any }

    /// A tag such as `!!binary` asks for another meaning than the text's own.
    private func withoutTag() throws(ExperimentError) -> Yams.Node {
        let tag = node.tag.rawValue
        guard ["str", "seq", "map"].contains(where: { tag == "tag:yaml.org,2002:\($0)" }) else {
            throw fault("the tag \(tag.inQuotes) means nothing here; remove it")
        }
        return node
    }
}

extension YAMLValue {
    /// A text of one line, quoted or not: `no` is a word, and `7` the name of a class.
    ///
    /// - Parameter what: what should stand there, such as "a name".
    func text(_ what: String) throws(ExperimentError) -> String {
        guard case .scalar(let scalar) = try withoutTag(), !YAMLValue.isNothing(scalar) else {
            throw fault("wants \(what), not \(kind)")
        }
        if let defect = scalar.string.defectAsName { throw fault("wants \(what); this has \(defect)") }
        return scalar.string
    }

    /// A text as it is, be it ever so empty.
    func literal(_ what: String) throws(ExperimentError) -> String {
        guard case .scalar(let scalar) = try withoutTag(), !YAMLValue.isNothing(scalar) else {
            throw fault("wants \(what), not \(kind)")
        }
        return scalar.string
    }

    /// A whole number, without quotes.
    func whole(_ what: String, in range: ClosedRange<UInt64>) throws(ExperimentError) -> UInt64 {
        let wanted =
            range.upperBound == .max
            ? "\(what), a whole number of at least \(range.lowerBound)"
            : "\(what), a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard case .scalar(let scalar) = try withoutTag(), YAMLValue.isPlain(scalar),
            scalar.string.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = UInt64(scalar.string), range.contains(number)
        else { throw fault("wants \(wanted), not \(kind)") }
        return number
    }

    /// A number written in decimal, such as `0.001` or `1e-7`, without quotes.
    func number(_ what: String, where isRight: (Double) -> Bool = { _ in true }) throws(ExperimentError) -> Double {
        guard case .scalar(let scalar) = try withoutTag(), YAMLValue.isPlain(scalar),
            scalar.string.wholeMatch(of: /[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/) != nil,
            let number = Double(scalar.string), number.isFinite, isRight(number)
        else { throw fault("wants \(what), not \(kind)") }
        return number
    }

    /// - Parameter what: what should stand there, such as "a list of layers".
    func list(_ what: String) throws(ExperimentError) -> [YAMLValue] {
        guard case .sequence(let sequence) = try withoutTag() else { throw fault("wants \(what), not \(kind)") }
        return sequence.map { YAMLValue($0, file: file) }
    }

    /// The entries of a mapping in their order.
    ///
    /// - Parameter what: what should stand there, such as "a mapping of networks by name".
    func entries(_ what: String) throws(ExperimentError) -> [(key: YAMLValue, name: String, value: YAMLValue)] {
        guard case .mapping(let mapping) = try withoutTag() else { throw fault("wants \(what), not \(kind)") }
        var entries: [(key: YAMLValue, name: String, value: YAMLValue)] = []
        for (key, value) in mapping {
            let key = YAMLValue(key, file: file)
            let name = try key.text("a key")
            // The parser tells of most itself, but 1 and "1" are the same here.
            guard !entries.contains(where: { $0.name == name }) else {
                throw key.fault("\(name.inQuotes) stands there more than once; remove one or rename it")
            }
            entries.append((key, name, YAMLValue(value, file: file)))
        }
        return entries
    }

    /// A mapping whose keys are known.
    ///
    /// - Parameter what: what it is, such as "a network".
    func fields(_ known: [String], of what: String) throws(ExperimentError) -> YAMLFields {
        let entries = try entries("\(what), a mapping of \(known.listed)")
        for entry in entries where !known.contains(entry.name) {
            throw entry.key.fault("\(what) has no key \(entry.name.inQuotes); \(known.advice(for: entry.name))")
        }
        return YAMLFields(
            what: what, whole: self, values: Dictionary(entries.map { ($0.name, $0.value) }) { first, _ in first })
    }

    /// The entries of a mapping by languages' codes, and the values under other keys that are known.
    ///
    /// - Parameter what: what it is, such as "a class".
    func localized(
        _ what: String, besides known: [String] = []
    ) throws(ExperimentError) -> (
        entries: [(key: YAMLValue, code: String, value: YAMLValue)], others: [String: YAMLValue]
    ) {
        let example = (["languages' codes such as en"] + known).listed
        var (localized, others): ([(key: YAMLValue, code: String, value: YAMLValue)], [String: YAMLValue]) = ([], [:])
        for (key, name, value) in try entries("\(what), a mapping of \(example)") {
            if known.contains(name) {
                others[name] = value
            } else if Language.isCode(name) {
                localized.append((key, name, value))
            } else {
                let nearest = known.nearest(to: name).map { "did you mean \($0)?" } ?? "known are \(example)"
                throw key.fault("\(what) has no key \(name.inQuotes); \(nearest)")
            }
        }
        return (localized, others)
    }
}

/// The values of a mapping whose keys are known.
struct YAMLFields {
    let what: String
    let whole: YAMLValue
    fileprivate let values: [String: YAMLValue]

    fileprivate init(what: String, whole: YAMLValue, values: [String: YAMLValue]) {
        (self.what, self.whole, self.values) = (what, whole, values)
    }

    subscript(key: String) -> YAMLValue? { values[key] }

    func required(_ key: String, such example: String) throws(ExperimentError) -> YAMLValue {
        guard let value = values[key] else { throw whole.fault("\(what) wants \(key), such as \(example)") }
        return value
    }
}
