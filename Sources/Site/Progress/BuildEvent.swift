import Foundation
import Learn
import Render

/// Something that happens while a site is made and that its maker may want to hear of.
public enum BuildEvent: Sendable {
    case downloading(address: String, folder: String)
    case data(train: Int, test: Int)
    /// Something that is there is not used, since something is wrong with it: a usual place of the data, an inspection.
    case passedOver(reason: String)
    /// What was worked out cannot be stored, and is worked out anew next time.
    case notKept(reason: String)
    /// A run was taken from the store.
    case reused(Configuration, EpochMetrics)
    /// Training goes on; several times an epoch, and once when the epoch has ended.
    case training(TrainingProgress)
    case trained(Configuration, EpochMetrics)
    /// What was trained is worth no more than a guess.
    case guesswork(Configuration, Guesswork)
    /// A model that was not trained here was run on the test images.
    case evaluated(network: String, Evaluation?)
    /// It is worth no more than a guess; beside the input as given, the share that is right under others, the best first.
    case doubt(network: String, Guesswork, given: ExperimentInput, others: [(ExperimentInput, Double)])
    /// Another process holds what this one needs; its process identifier, if known.
    case waiting(path: String, holder: Int32?)
    /// A run that cannot be read is left out of what the article says of runs with other seeds.
    case leftOut(reason: String)
    /// The figures' typeface, of this family, has no letters for these characters of theirs.
    case missingLetters([Unicode.Scalar], family: String)
    /// A step of the build begins.
    case step(String)
    case published(path: String, files: Int)
    /// A preview can be seen at this address.
    case serving(address: String)
    /// The page of all figures was written.
    case gallery(path: String)
    case failed(message: String, code: Int32)
}

extension BuildEvent {
    /// The event as a line of text for a log; nil for what is not worth a line.
    public var line: String? { text?.printable }

    private var text: String? {
        switch self {
        case .downloading(let address, let folder): "downloading \(address) to \(folder)"
        case .data(let train, let test):
            "data: \(NumberFormat.plain.text(Double(train), places: 0)) training and \(NumberFormat.plain.text(Double(test), places: 0)) "
                + "test \(test == 1 ? "image" : "images")"
        case .passedOver(let reason): "passed over: \(reason)"
        case .notKept(let reason): "not kept: \(reason)"
        case .reused(let configuration, let final): "\(configuration.inWords): already trained, \(final.inWords)"
        case .training(let progress): progress.epochLine
        case .trained(let configuration, let final): "\(configuration.inWords): trained, \(final.inWords)"
        case .guesswork(let configuration, let guesswork): "warning: \(configuration.inWords): \(guesswork)"
        case .evaluated(let network, let evaluation): "\(network): \(evaluation?.inWords ?? "not evaluated")"
        case .doubt(let network, let guesswork, let given, let others):
            "warning: \(network): \(guesswork.measured) with input: {\(given)}; right with others: "
                + others.prefix(4).map { "{\($0)} \(NumberFormat.plain.percentage($1, places: 1))" }
                .joined(separator: ", ")
        case .waiting(let path, let holder):
            "waiting for \(holder.map { "process \($0)" } ?? "another process"), which works on \(path)"
        case .leftOut(let reason): "left out of the study: \(reason)"
        case .missingLetters(let letters, let family): BuildEvent.text(ofMissing: letters, family)
        case .step(let name): name
        case .published(let path, let files): "published \(files.counted("file")) in \(path)"
        case .serving(let address): "serving \(address)"
        case .gallery(let path): "gallery: \(path)"
        case .failed(let message, _): message
        }
    }

    /// The event as one JSON object on one line; nil for progress within an epoch.
    public var json: String? {
        guard let record else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        do {
            return String(decoding: try encoder.encode(record), as: UTF8.self)
        } catch {
            preconditionFailure("texts and numbers can be encoded: \(error)")
        }
    }

    private static func text(ofMissing letters: [Unicode.Scalar], _ family: String) -> String {
        let most = 10
        let named = letters.prefix(most).map { "\($0) (\($0.codePoint))" }.joined(separator: ", ")
        let more = letters.count > most ? " and \(letters.count - most) more" : ""
        return "\(family), in which the figures are labelled, has no letter for \(named)\(more): boxes stand there"
    }

    fileprivate var record: Record? {
        switch self {
        case .downloading(let address, let folder): return Record(event: "download", path: folder, address: address)
        case .data(let train, let test): return Record(event: "data", train: train, test: test)
        case .passedOver(let reason): return Record(event: "passedOver", message: reason)
        case .notKept(let reason): return Record(event: "notKept", message: reason)
        case .reused(let configuration, let final): return Record("reused", configuration, final)
        case .training(let progress):
            guard let ended = progress.ended else { return nil }
            var record = Record(event: "epoch", metrics: ended)
            record.network = progress.network
            record.epoch = progress.epoch
            record.epochs = progress.epochs
            record.samplesPerSecond = progress.samplesPerSecond
            record.secondsLeft = progress.secondsLeft
            return record
        case .trained(let configuration, let final): return Record("trained", configuration, final)
        case .guesswork(let configuration, let guesswork):
            var record = Record("guesswork", configuration)
            record.message = "\(guesswork)"
            return record
        case .evaluated(let network, let evaluation):
            var record = Record(event: "evaluated")
            record.network = network
            record.evaluation = evaluation
            return record
        case .doubt(let network, _, _, _):
            var record = Record(event: "doubt")
            record.network = network
            record.message = text
            return record
        case .waiting(let path, let holder): return Record(event: "waiting", path: path, holder: holder)
        case .leftOut(let reason): return Record(event: "leftOut", message: reason)
        case .missingLetters(let letters, let family):
            return Record(
                event: "missingLetters", name: family, message: letters.map(\.codePoint).joined(separator: " "))
        case .step(let name): return Record(event: "step", name: name)
        case .published(let path, let files): return Record(event: "published", path: path, files: files)
        case .serving(let address): return Record(event: "serving", address: address)
        case .gallery(let path): return Record(event: "gallery", path: path)
        case .failed(let message, let code): return Record(event: "failed", message: message, code: code)
        }
    }

    fileprivate struct Record: Encodable {
        var event: String
        var name: String?
        var network: String?
        var epoch: Int?
        var epochs: Int?
        var seed: UInt64?
        var metrics: EpochMetrics?
        var evaluation: Evaluation?
        var samplesPerSecond: Double?
        var secondsLeft: Double?
        var train: Int?
        var test: Int?
        var path: String?
        var address: String?
        var holder: Int32?
        var files: Int?
        var message: String?
        var code: Int32?
    }
}

extension BuildEvent {
    public init(_ event: DataEvent) {
        switch event {
        case .passedOver(let error): self = .passedOver(reason: "\(error)")
        case .waiting(let folder, let holder): self = .waiting(path: folder.path, holder: holder)
        case .downloading(let address, let folder):
            self = .downloading(address: address.absoluteString, folder: folder.path)
        }
    }
}

extension BuildEvent.Record {
    fileprivate init(_ event: String, _ configuration: Configuration, _ final: EpochMetrics? = nil) {
        self.init(event: event)
        network = configuration.network
        epochs = configuration.epochs
        seed = configuration.seed
        metrics = final
    }
}

extension Configuration {
    fileprivate var inWords: String { "\(network), \(epochs.counted("epoch")), seed \(seed)" }
}

extension EpochMetrics {
    fileprivate var inWords: String { Evaluation(loss: testLoss, accuracy: testAccuracy).inWords }
}

extension Evaluation {
    /// Of the test images.
    fileprivate var inWords: String {
        "test loss \(NumberFormat.plain.text(loss, places: 4)), test accuracy \(NumberFormat.plain.percentage(accuracy, places: 2))"
    }
}
