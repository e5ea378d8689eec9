import Foundation
import Learn

/// What a site is made of: data, the names of their classes, networks and how they are trained.
///
/// Read from a YAML file that looks like the table in a paper; `experiments/fashion-mnist.yml` is one, and
/// `schemas/experiment.schema.json` describes the form to editors. An experiment that was read has been checked as far
/// as can be without its data; ``architectures(input:classes:)`` checks the rest.
public struct Experiment: Sendable, Equatable {
    /// The file that it was read from, for messages.
    public let file: String
    public let data: DataSource
    /// What the data set is called, if the file says so.
    public internal(set) var dataName: Texts?
    /// In the order of their labels; nil if the file leaves their names to the data.
    public internal(set) var classes: [ExperimentClass]?
    public internal(set) var families: [ExperimentFamily]
    /// In the order in which the site tells of them.
    public let networks: [ExperimentNetwork]
    /// What networks that were trained elsewhere want done to an image's pixels.
    public let input: ExperimentInput
    public let training: ExperimentTraining
    /// Two changes of which each network has none, one or both; empty for other experiments.
    public let factors: [ExperimentFactor]
    /// The experiment with factors of whose runs the site tells where there are some.
    public let factorial: FactorialReference?
    /// The article in `templates/`, if the site is to have one.
    public let story: String?
    /// Where the file lists the classes, for messages.
    let classesPlace: FilePlace?
}

/// What a class is called.
public struct ExperimentClass: Sendable, Hashable {
    public let name: Texts
    /// For where there is little room; the name if nothing shorter is given.
    public let short: Texts
}

/// Classes that are alike: what is mistaken for what within them is told apart.
public struct ExperimentFamily: Sendable, Hashable {
    public let key: String
    /// Labels of its classes, in the order in which they are listed.
    public let labels: [Int]
}

/// A network and how long it is trained.
public struct ExperimentNetwork: Sendable, Hashable {
    /// The name by which commands, files and facts call it.
    public let key: String
    /// What it is called on pages.
    public let name: Texts
    /// How a sentence calls it: `the deep network`.
    public let phrase: Texts
    /// The network that it is compared with; it stands before this one.
    public let after: String?
    public let layers: [Layer]
    /// 0 for one that comes with its weights.
    public let epochs: Int
    /// The file of those.
    public let weights: ExperimentWeights?
    /// Where each layer stands in the file, and where the list of them begins, for messages.
    let layerPlaces: [FilePlace]
    let layersPlace: FilePlace
}

/// The file that a network's weights come from.
public struct ExperimentWeights: Sendable, Hashable {
    public let file: URL
    public let layout: WeightLayout
    /// Of the tensors of each layer that has some; nil where their numbers tell the order.
    public let names: [String]?
}

/// How all networks are trained.
public struct ExperimentTraining: Sendable, Hashable {
    public let optimizer: Optimizer
    public let batchSize: Int
    public let seed: UInt64

    public static let standard = ExperimentTraining(optimizer: .adadelta(), batchSize: 1000, seed: 0)
}
