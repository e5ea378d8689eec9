import Learn

/// A number, or something else that can be stated, with what it is made of.
public struct Fact: Sendable, Equatable {
    let subject: FactSubject
    let name: String
    /// Nil where these runs have none, such as the trend of a training of one epoch.
    public let quantity: Quantity?
    let source: FactSource
    /// How it is worked out, in the notation that all languages share; nil where the definition says it all.
    let formula: String?

    public var key: String { "\(subject.prefix).\(name)" }
    /// Of the string that defines it.
    var definitionKey: String { "fact.\(subject.kind).\(name)" }
}

/// A statement with the outcomes that it can have, and the one that it has.
public struct Claim: Sendable, Equatable {
    let subject: FactSubject
    let name: String
    public let outcomes: [String]
    public let outcome: String
    /// What had only to be changed a little for another outcome, which leaves it undecided.
    var turnedBy: Set<Robustness.Change> = []

    public var key: String { "\(subject.prefix).\(name)" }
    /// Of the string that defines it, with its thresholds.
    var definitionKey: String { "claim.\(subject.kind).\(name)" }
}

/// What a fact is worked out from.
public enum FactSource: String, Sendable, CaseIterable {
    /// Images and labels of the data files.
    case data
    /// The layers as the experiment has them.
    case architecture
    /// What was set for the training.
    case settings
    /// Losses and accuracies of each epoch: `history` of `data/<network>.json`.
    case history
    /// What is answered to the test images: `confusionMatrix` of `data/<network>.json`.
    case answers
    /// The layers' outputs for the test images that are shown.
    case maps
    /// The trained weights: `models/<network>.safetensors`.
    case weights
    /// The first convolution's kernels before the training and after each epoch.
    case kernelHistory
    /// Trials of the trained network: `inspection.safetensors` beside its run.
    case inspection
    /// The records of runs with other seeds.
    case seeds
    /// Set in the program, not measured.
    case rule
}
