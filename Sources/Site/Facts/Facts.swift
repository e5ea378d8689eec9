import Learn

/// The numbers and claims that the prose may use, each computed from the data and the runs.
///
/// The prose states a number with `{<key>}` and tells of a claim with one text an outcome,
/// `{<key> -> [<outcome>] ... [<outcome>] ...}`; the text of the outcome that came about stays.
public struct Facts: Sendable {
    /// Every value by key; nil where these runs have none, such as the trend of a training of one epoch.
    public private(set) var values: [String: Quantity?] = [:]
    public private(set) var claims: [String: Claim] = [:]

    /// A statement with the outcomes that it can have, and the one that it has.
    public struct Claim: Sendable, Equatable {
        public let outcomes: [String]
        public let outcome: String
    }

    /// None.
    init() {}

    /// - Parameters:
    ///   - dataset: the data that the runs learned from.
    ///   - runs: one run for each network, in the order of the article.
    ///   - experiment: which classes are alike, which networks are compared, and what the commands that make it all
    ///     again are about.
    ///   - study: what the runs with other seeds tell, if there are enough.
    ///   - others: what the runs with other seeds measured, be they ever so few, on which verdicts are tested.
    public init(
        dataset: Dataset, runs: [Run], experiment: Experiment, study: SeedStudy? = nil,
        others: OtherSeeds = OtherSeeds()
    ) {
        let (relations, commands) = (experiment.relations, PrintedCommands(experiment))
        addData(dataset)
        claim("data.families", Facts.toldFamilies.isSubset(of: relations.families.map(\.key)))
        if let first = runs.first { addSample(first) }
        let portraits = runs.enumerated().map { place, run in
            SeedPortraits(
                shown: Portrait(run, of: run.network, test: dataset.test),
                others: others.portraits(at: place))
        }
        for (place, run) in runs.enumerated() {
            let network = run.network
            addLayers(network)
            addTraining(run, labels: dataset.test.labels, otherSeeds: others.histories(of: network.name))
            addMaps(portraits[place], of: network)
            addBlankGround(run, of: network, images: dataset.test)
            addKernels(portraits[place], of: network)
            addErrors(run, labels: dataset.test.labels)
            addFamilies(relations.families, portraits[place], of: network)
            addUnevenness(portraits[place], of: network)
            add("\(network.name).command", .name(commands.train(run.configuration)))
        }
        let pairs = relations.compared(among: runs.map(\.configuration.network))
        addContrasts(of: pairs, portraits, runs)
        addRules(portraits)
        add("all.renderCommand", .name(commands.render(runs)))
        addComparisons(of: pairs, dataset: dataset, runs: runs, others: others)
        addLossRules()
        if let study { addStudy(study, commands) }
    }
}

extension Facts {
    /// Adds a value; each key once.
    mutating func add(_ key: String, _ quantity: Quantity?) {
        precondition(values[key] == nil, "two values under \(key)")
        values.updateValue(quantity, forKey: key)
    }

    /// Adds a claim that holds or does not.
    mutating func claim(_ key: String, _ holds: Bool) {
        add(key, Claim(outcomes: ["yes", "no"], outcome: holds ? "yes" : "no"))
    }

    /// Adds a claim whose outcomes are the cases of a type.
    mutating func claim<Outcome>(_ key: String, _ outcome: Outcome)
    where Outcome: CaseIterable & RawRepresentable, Outcome.RawValue == String {
        add(key, Claim(outcomes: Outcome.allCases.map(\.rawValue), outcome: outcome.rawValue))
    }

    mutating func add(_ key: String, _ claim: Claim) {
        precondition(claims[key] == nil, "two claims under \(key)")
        claims[key] = claim
    }
}

/// How one measurement compares with another.
enum Comparison: String, CaseIterable {
    case higher, same, lower

    /// Two values less than `tolerance` apart are the same.
    init(_ value: Double, to other: Double, tolerance: Double) {
        self = abs(value - other) < tolerance ? .same : value > other ? .higher : .lower
    }

    /// Compares two values as they are written with so many decimal places: the same if they are written alike or less
    /// than `tolerance` apart.
    init(_ value: Double, to other: Double, places: Int, tolerance: Double) {
        let (ours, theirs) = (Words.written(value, places: places), Words.written(other, places: places))
        // By a hair less, for differences of decimal fractions are seldom exact.
        self = ours == theirs || abs(ours - theirs) < tolerance - 1e-9 ? .same : ours > theirs ? .higher : .lower
    }

    /// Compares two values by the digits that are written.
    init(written value: Double, to other: Double, places: Int) {
        let (ours, theirs) = (Words.written(value, places: places), Words.written(other, places: places))
        self = ours == theirs ? .same : ours > theirs ? .higher : .lower
    }
}
