import Learn

extension ExperimentClass {
    /// Those besides the codes of languages.
    static let keys = ["short"]

    /// A name for all languages, or `{en: sneaker, ja: スニーカー, short: {...}}`.
    fileprivate init(_ value: YAMLValue) throws(ExperimentError) {
        guard value.isMapping else {
            name = Texts(try value.text("a class, such as coat or {en: coat, ja: コート}"))
            short = name
            return
        }
        let (name, others) = try value.texts("a class's name", besides: ExperimentClass.keys, of: "a class")
        self.name = name
        short = try others["short"]?.texts("a short name") ?? name
    }
}

extension YAMLValue {
    func classes() throws(ExperimentError) -> [ExperimentClass] {
        let values = try list("a list of classes")
        let counts = DataForm.classes
        guard counts.contains(values.count) else {
            throw fault(
                "\(values.count) classes are too \(values.count < counts.lowerBound ? "few" : "many"); "
                    + "list \(counts.lowerBound) to \(counts.upperBound)")
        }
        var classes: [ExperimentClass] = []
        for value in values {
            let this = try ExperimentClass(value)
            for (label, other) in classes.enumerated() {
                if let (name, code) = this.name.likeness(to: other.name) {
                    let place = code.map { " in \($0)" } ?? ""
                    throw value.fault("class \(label) is called \(name.inQuotes)\(place) already; rename one")
                }
            }
            classes.append(this)
        }
        return classes
    }

    /// - Parameter classes: what the families may name.
    func families(of classes: [ExperimentClass]?) throws(ExperimentError) -> [ExperimentFamily] {
        let entries = try entries("families, a mapping of lists of classes such as shoes: [sandal, sneaker]")
        guard let classes else { throw fault("families are lists of classes; list all classes under classes: first") }
        var families: [ExperimentFamily] = []
        for (keyValue, _, value) in entries {
            let key = try keyValue.key("a family")
            var labels: [Int] = []
            for member in try value.list("a list of classes") {
                let label = try member.label(among: classes)
                if labels.contains(label) { throw member.fault("the class is in \(key) already; remove it") }
                if let family = families.first(where: { $0.labels.contains(label) }) {
                    throw member.fault("the class is in \(family.key) already; a class is in one family, so remove it")
                }
                labels.append(label)
            }
            guard labels.count >= 2 else { throw value.fault("a family has at least 2 classes, not \(labels.count)") }
            families.append(ExperimentFamily(key: key, labels: labels))
        }
        return families
    }

    /// The label of a class that is named in any language.
    private func label(among classes: [ExperimentClass]) throws(ExperimentError) -> Int {
        let name = try text("a class's name")
        let labels = classes.indices.filter { classes[$0].name.all.contains(name) }
        guard let label = labels.first else {
            let nearest =
                classes.flatMap(\.name.all).nearest(to: name).map { "did you mean \($0)?" }
                ?? "write one of those under classes:"
            throw fault("no class is called \(name.inQuotes); \(nearest)")
        }
        guard labels.count == 1 else {
            throw fault(
                "\(name.inQuotes) names more than one class; write the name that one of them has in another language")
        }
        return label
    }
}
