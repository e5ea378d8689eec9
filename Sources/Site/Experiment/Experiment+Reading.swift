import Foundation
import Learn

extension Experiment {
    /// The keys of the file, in the order in which it is best written.
    static let keys = [
        "name", "data", "classes", "families", "networks", "input", "factors", "training", "factorial", "story",
    ]

    /// The articles that there are.
    static let stories = ["fashion-mnist"]

    /// Reads an experiment's file; what Fashion-MNIST and its classes are called, if it does not say so, from
    /// ``standardFile``.
    ///
    /// - Throws: ``ExperimentError`` that names file, line and column, and what would be right there.
    ///
    /// - Parameter needsNetworks: whether it has to name some, which it need not where others' are told of.
    public init(contentsOf file: URL, needsNetworks: Bool = true) throws(ExperimentError) {
        let bytes: [UInt8]?
        do {
            bytes = try OpenFile.contents(of: file, limit: YAMLDocument.longest)
        } catch {
            throw ExperimentError(file: file.relativePath, place: nil, problem: "cannot be read: \(error.reason)")
        }
        guard let bytes else { throw YAMLDocument.tooLong(file.relativePath) }
        try self.init(
            bytes, file: file.relativePath, folder: file.deletingLastPathComponent(), needsNetworks: needsNetworks)
        if data == .fashionMNIST, dataName == nil || classes == nil { try takeNames(for: file) }
    }

    /// Data that come with the name by which they are found have the names of the site's own experiment, where there is
    /// one and `file` says nothing else.
    private mutating func takeNames(for file: URL) throws(ExperimentError) {
        let standard = URL(filePath: Experiment.standardFile)
        guard file.standardizedFileURL.path != standard.standardizedFileURL.path,
            FileManager.default.fileExists(atPath: standard.path)
        else { return }
        let named = try Experiment(contentsOf: standard)
        dataName = dataName ?? named.dataName
        if classes == nil { (classes, families) = (named.classes, named.families) }
    }

    /// - Parameters:
    ///   - bytes: what the file holds.
    ///   - file: its name, for messages.
    ///   - folder: what paths in it are relative to.
    init(_ bytes: [UInt8], file: String, folder: URL, needsNetworks: Bool = true) throws(ExperimentError) {
        let fields = try YAMLDocument.root(bytes, file: file).fields(Experiment.keys, of: "an experiment")
        self.file = file
        data = try DataSource(fields.required("data", such: "data: fashion-mnist"), folder: folder)
        dataName = try fields["name"]?.texts("a name of the data set")
        classes = try fields["classes"]?.classes()
        classesPlace = fields["classes"]?.place
        families = try fields["families"]?.families(of: classes) ?? []
        let given = needsNetworks || fields["networks"] != nil
        networks =
            given
            ? try fields.required("networks", such: "networks: {small: {layers: [...], epochs: 20}}").networks(
                folder: folder) : []
        input = try fields["input"].map(ExperimentInput.init) ?? .plain
        factors = try fields["factors"]?.factors(of: networks) ?? []
        factorial = try fields["factorial"].map { (value) throws(ExperimentError) in
            guard fields["factors"] == nil else {
                throw value.fault("an experiment with factors tells of its own; remove factorial or factors")
            }
            let path = try value.text("the file of an experiment with factors")
            return FactorialReference(file: folder.appending(path: path), place: value.place)
        }
        training = try fields["training"].map(ExperimentTraining.init) ?? .standard
        story = try fields["story"]?.word("a story", among: Experiment.stories)
        try check()
    }

    /// What can be checked without the data.
    private func check() throws(ExperimentError) {
        if case .fashionMNIST = data {
            _ = try architectures(input: FashionMNIST.shape, classes: FashionMNIST.classCount)
        } else if let classes {
            for network in networks { try network.check(outputs: classes.count, file: file) }
        }
    }
}

extension Experiment {
    /// Checks that it names everything in each language of a site, and in no other.
    public func check(for languages: [Language]) throws(ExperimentError) {
        let texts =
            [dataName].compactMap { $0 } + (classes ?? []).flatMap { [$0.name, $0.short] }
            + networks.flatMap { [$0.name, $0.phrase] } + factors.map(\.name)
        for text in texts { try text.check(for: languages, file: file) }
    }
}

extension YAMLValue {
    /// One of some words.
    func word(_ what: String, among words: [String]) throws(ExperimentError) -> String {
        let word = try text(what)
        guard words.contains(word) else {
            throw fault("\(what) cannot be \(word.inQuotes); \(words.advice(for: word))")
        }
        return word
    }

    func optimizer() throws(ExperimentError) -> Optimizer {
        let text = try text("an optimizer, such as adadelta or sgd momentum 0.9")
        do {
            return try Optimizer(parsing: text)
        } catch {
            throw fault("optimizer \(error)")
        }
    }

    /// A name that can stand in paths, addresses and on command lines: `small`, `tiny-vgg`.
    func key(_ what: String) throws(ExperimentError) -> String {
        let key = try text(what)
        guard key.wholeMatch(of: /[a-z][a-z0-9_-]{0,39}/) != nil else {
            throw fault(
                "\(key.inQuotes) cannot name \(what), since files are named after it; write a letter from a to z, then "
                    + "up to 39 of a to z, 0 to 9, - and _")
        }
        return key
    }
}

extension ExperimentTraining {
    static let keys = ["optimizer", "rate", "batch", "seed"]

    init(_ value: YAMLValue) throws(ExperimentError) {
        let fields = try value.fields(ExperimentTraining.keys, of: "training")
        let standard = ExperimentTraining.standard
        let optimizer = try fields["optimizer"]?.optimizer() ?? standard.optimizer
        let rate = try fields["rate"]?.number("a learning rate, a number above 0 such as 1.0") { rate in
            Float(rate) > 0 && Float(rate).isFinite
        }
        self.optimizer = rate.map { optimizer.with(learningRate: Float($0)) } ?? optimizer
        batchSize =
            try fields["batch"].map { (batch) throws(ExperimentError) in
                Int(try batch.whole("a batch", in: 1...1_000_000))
            } ?? standard.batchSize
        seed = try fields["seed"]?.whole("a seed", in: 0...UInt64.max) ?? standard.seed
    }
}
