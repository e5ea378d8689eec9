import Learn

extension Facts {
    /// `<network>.shift.*`, `mirror.*`, `negative.*`, `black.*`, `white.*`, `noise.*`: answers to images that it
    /// was not made for.
    mutating func addTrust(_ trust: Trust, of network: String) {
        let subject = FactSubject.network(network)
        add(subject, "shift.one", .share(trust.lowest(at: 1), places: 1), from: .inspection)
        add(subject, "shift.most", .share(trust.lowest(at: Trust.reach), places: 1), from: .inspection)
        add(subject, "mirror.accuracy", .share(trust.accuracy(2), places: 1), from: .inspection)
        add(subject, "mirror.label", .label(trust.hardestToMirror), from: .inspection)
        add(subject, "mirror.recall", .share(trust.recall(trust.hardestToMirror, 2), places: 1), from: .inspection)
        add(subject, "negative.accuracy", .share(trust.accuracy(3), places: 1), from: .inspection)
        for (name, answer) in zip(["black", "white"], trust.blank.answers) {
            add(subject, "\(name).label", .label(answer.label), from: .inspection)
            add(subject, "\(name).probability", .certainty(answer.probability), from: .inspection)
        }
        let noise = trust.noiseAnswers
        add(subject, "noise.label", .label(noise.label), from: .inspection)
        add(subject, "noise.share", .share(noise.share, places: 1), from: .inspection)
        add(subject, "noise.probability", .certainty(noise.probability), from: .inspection)
    }

    /// `<network>.calibration.*`, from the answers alone, and whether the probabilities promise too much, tested on
    /// either half of the test images and on other seeds.
    mutating func addCalibration(_ portraits: SeedPortraits, of network: String) {
        let (subject, calibrations) = (FactSubject.network(network), portraits.shown.calibration)
        let calibration = calibrations[0]
        add(subject, "calibration.confidence", .share(calibration.confidence, places: 1), from: .answers)
        add(subject, "calibration.error", .points(calibration.error), from: .answers, FactFormula.calibration)
        claim(
            subject, "calibration",
            RobustClaim(
                calibration, parts: Array(calibrations.dropFirst()),
                otherSeeds: portraits.others.map { $0.calibration[0] }
            ) { $0.outcome($1) })
    }

    /// `<network>.space.*`: where the last layer finds the test images.
    mutating func addSpace(_ space: FeatureSpace, of network: Network) {
        let subject = FactSubject.network(network.name)
        let shares = space.shares.values.map(Double.init)
        add(subject, "space.first", .share(shares[0], places: 0), from: .inspection)
        add(subject, "space.second", .share(shares[1], places: 0), from: .inspection)
    }

    /// `all.shared.*`: what all networks get wrong; none where there is one network.
    mutating func addSharedErrors(_ shared: SharedErrors, networks: Int) {
        let several = networks > 1
        add(.all, "shared.wrong", several ? .count(shared.images.count) : nil, from: .answers)
        add(.all, "shared.same", several ? .count(shared.unanimous.count) : nil, from: .answers)
    }
}

extension Trust {
    /// The lowest accuracy of images moved by so many pixels along one axis.
    func lowest(at steps: Int) -> Double {
        let columns = [Trust.reach - steps, Trust.reach + steps]
        return (0..<2).flatMap { row in columns.map { accuracy(moved: row, $0) } }.min() ?? 0
    }

    /// - Parameters:
    ///   - axis: 0 along rows, to the right; 1 along columns, down.
    ///   - column: from ``reach`` pixels back to as many forward.
    func accuracy(moved axis: Int, _ column: Int) -> Double {
        Double(shifts.values[axis * shifts.shape[1] + column])
    }

    /// Share of all images in a row of ``changed`` that are answered right.
    func accuracy(_ row: Int) -> Double {
        let classes = changed.shape[1]
        let (all, right) = (changed.values[..<classes], changed.values[row * classes..<(row + 1) * classes])
        let count = all.reduce(0) { $0 + Double($1) }
        return count > 0 ? right.reduce(0) { $0 + Double($1) } / count : 0
    }

    /// The same of a class; one for a class without images.
    func recall(_ label: Int, _ row: Int) -> Double {
        let all = Double(changed.values[label])
        return all > 0 ? Double(changed.values[row * changed.shape[1] + label]) / all : 1
    }

    /// The class whose recall falls most when the images are mirrored, the first of several.
    var hardestToMirror: Int {
        let losses = (0..<changed.shape[1]).map { recall($0, 1) - recall($0, 2) }
        return losses.indices.max { (losses[$0], $1) < (losses[$1], $0) } ?? 0
    }

    /// The most frequent answer to noise, the first of several, its share, and the mean probability of all answers.
    var noiseAnswers: (label: Int, share: Double, probability: Double) {
        let answers = noise.answers
        let counts = answers.reduce(into: [Int](repeating: 0, count: noise.shape[1])) { $0[$1.label] += 1 }
        let label = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
        return (label, Double(counts[label]) / Double(max(1, answers.count)), mean(answers.map(\.probability)))
    }
}

extension Tensor {
    /// The likeliest class of each row of probabilities, and its probability.
    fileprivate var answers: [(label: Int, probability: Double)] {
        likeliestClasses.enumerated().map { row, label in
            (Int(label), Double(values[row * shape[1] + Int(label)]))
        }
    }
}
