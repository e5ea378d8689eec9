import Learn

/// The numbers and claims that a site may state, each worked out once from the data and the runs.
///
/// The prose states a number with `{<key>}` and tells of a claim with one text an outcome,
/// `{<key> -> [<outcome>] ... [<outcome>] ...}`; the text of the outcome that came about stays. What each of them means,
/// the strings say under ``Fact/definitionKey`` and ``Claim/definitionKey``.
public struct Facts: Sendable {
    /// In the order in which they are told of.
    public private(set) var facts: [Fact] = []
    public private(set) var claims: [Claim] = []
    /// What the facts of each network's run were made of, by its name.
    private(set) var measurements: [String: RunMeasurements] = [:]
    /// What the facts about several seeds of each network were made of, by its name; none where there is no study.
    var courses: [String: StudyCourse] = [:]
    /// The test images that all networks get wrong.
    private(set) var sharedErrors = SharedErrors([], labels: [])
    private var places: [String: Int] = [:]
    private var claimPlaces: [String: Int] = [:]

    /// - Parameters:
    ///   - dataset: the data that the runs learned from.
    ///   - runs: one run for each network, in the order of the article.
    ///   - inspections: of each of the runs.
    ///   - experiment: which classes are alike, which networks are compared, and what the commands that make it all
    ///     again are about.
    ///   - study: what the runs with other seeds tell, if there are enough.
    ///   - factorial: what runs of four networks tell that differ in two changes, if there are some.
    ///   - others: what the runs with other seeds measured, be they ever so few, on which verdicts are tested.
    public init(
        dataset: Dataset, runs: [Run], inspections: [Inspection], experiment: Experiment, study: SeedStudy? = nil,
        factorial: FactorialStudy? = nil, others: OtherSeeds = OtherSeeds()
    ) {
        let (relations, commands) = (experiment.relations, PrintedCommands(experiment))
        addData(dataset)
        claim(.data, "families", Facts.toldFamilies.isSubset(of: relations.families.map(\.key)))
        if let first = runs.first { addSample(first) }
        let measured = Array(runs.indices).concurrentMap { place in
            RunMeasurements(
                runs[place], inspections[place], test: dataset.test,
                others: (others.portraits(at: place), others.histories(of: runs[place].name)))
        }
        let portraits = measured.map(\.portraits)
        for (run, measured) in zip(runs, measured) {
            let inspection = measured.inspection
            let network = run.network
            measurements[network.name] = measured
            addLayers(network)
            addTraining(
                run, measured.course, labels: dataset.test.labels, otherSeeds: others.histories(of: network.name))
            addMaps(measured.portraits, of: network)
            addBlankGround(run, of: network, images: dataset.test)
            addKernels(measured.portraits, of: network)
            addSwitchedOff(measured.filters, of: network.name)
            addSight(inspection, labels: dataset.test.labels, of: network.name)
            addRoles(measured.portraits, of: network)
            addTrust(inspection.trust, of: network.name)
            addCalibration(measured.portraits, of: network.name)
            addSpace(inspection.space, of: network)
            addProbes(inspection.probes, of: network, images: dataset.test.count)
            addErrors(
                run, measured.confusion, labels: dataset.test.labels, otherSeeds: measured.portraits.others)
            addScores(measured.confusion, of: network.name)
            addProbabilities(run, measured)
            addFamilies(relations.families, measured.portraits, of: network)
            addUnevenness(measured.portraits, of: network)
            if let training = run.training {
                let command = Quantity.name(commands.train(training.configuration))
                add(.network(network.name), "command", command, from: .settings)
            }
        }
        let pairs = relations.compared(among: runs.map(\.name))
        addContrasts(of: pairs, portraits, runs)
        let shared = SharedErrors(runs, labels: dataset.test.labels)
        addSharedErrors(shared, networks: runs.count)
        addSteadiest(zip(runs, inspections).map { ($0.name, $1.trust) }, images: dataset.test.count)
        sharedErrors = shared
        addRules(portraits)
        add(.all, "renderCommand", .name(commands.render(runs)), from: .settings)
        addComparisons(of: pairs, dataset: dataset, runs: runs, portraits, others: others)
        addLossRules()
        if let study { addStudy(study, runs, commands) }
        if let factorial { addFactors(factorial) }
        claim(.rules, "factors", factorial != nil)
    }
}

extension Facts {
    /// The fact of a key; nil if there is none.
    public subscript(fact key: String) -> Fact? { places[key].map { facts[$0] } }

    /// The claim of a key; nil if there is none.
    public subscript(claim key: String) -> Claim? { claimPlaces[key].map { claims[$0] } }

    /// Adds a fact; each key once.
    mutating func add(
        _ subject: FactSubject, _ name: String, _ quantity: Quantity?, from source: FactSource, _ formula: String? = nil
    ) {
        let fact = Fact(subject: subject, name: name, quantity: quantity, source: source, formula: formula)
        precondition(places.updateValue(facts.count, forKey: fact.key) == nil, "two facts under \(fact.key)")
        facts.append(fact)
    }

    /// Adds a claim; each key once.
    mutating func add(_ claim: Claim) {
        precondition(claimPlaces.updateValue(claims.count, forKey: claim.key) == nil, "two claims under \(claim.key)")
        claims.append(claim)
    }

    /// Adds a claim that holds or does not.
    mutating func claim(_ subject: FactSubject, _ name: String, _ holds: Bool) {
        add(Claim(subject: subject, name: name, outcomes: ["yes", "no"], outcome: holds ? "yes" : "no"))
    }

    /// Adds a claim whose outcomes are the cases of a type.
    mutating func claim<Outcome>(_ subject: FactSubject, _ name: String, _ outcome: Outcome)
    where Outcome: CaseIterable & RawRepresentable, Outcome.RawValue == String {
        add(
            Claim(
                subject: subject, name: name, outcomes: Outcome.allCases.map(\.rawValue), outcome: outcome.rawValue))
    }

    /// Adds a claim whose outcomes are the cases of a type, and one more: undecided.
    mutating func claim<Outcome>(_ subject: FactSubject, _ name: String, _ claim: RobustClaim<Outcome>)
    where Outcome: CaseIterable & RawRepresentable, Outcome.RawValue == String {
        add(subject, name, claim, outcomes: Outcome.allCases.map(\.rawValue)) { $0.rawValue }
    }

    /// Adds a claim that holds, does not, or is undecided.
    mutating func claim(_ subject: FactSubject, _ name: String, _ claim: RobustClaim<Bool>) {
        add(subject, name, claim, outcomes: ["yes", "no"]) { $0 ? "yes" : "no" }
    }

    /// Adds a claim that can be undecided.
    ///
    /// - Parameter outcomes: what else it can be; `text` tells which.
    mutating func add<Outcome>(
        _ subject: FactSubject, _ name: String, _ claim: RobustClaim<Outcome>, outcomes: [String],
        text: (Outcome) -> String
    ) {
        add(
            Claim(
                subject: subject, name: name, outcomes: outcomes + [Facts.undecided],
                outcome: claim.outcome.map(text) ?? Facts.undecided, turnedBy: claim.turnedBy))
    }

    /// What stands in place of an outcome where a claim is not robust.
    static let undecided = "undecided"
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
