import Learn

extension Facts {
    /// `<network>.probe.pixels`, `<network>.<layer>.probe` and `<network>.probes`: from where on a linear rule tells
    /// the classes. Runs with other seeds are not asked, for their probes would have to be made.
    ///
    /// - Parameter images: test images of the data.
    mutating func addProbes(_ probes: Probes, of network: Network, images: Int) {
        let subject = FactSubject.network(network.name)
        let shares = probes.accuracy.values.map(Double.init)
        let accuracies = shares.map { Quantity.share($0, places: 1) }
        add(subject, "probe.pixels", accuracies[0], from: .inspection)
        for (layer, accuracy) in zip(network.architecture.observed, accuracies.dropFirst()) {
            add(.layer(layer.name, of: network.name), "probe", accuracy, from: .inspection)
        }
        let tried = min(images, Probes.mostImages)
        claim(
            subject, "probes",
            RobustClaim(shares) { shares, scale in ProbeCourse(shares, images: tried, scale: scale) })
    }

    /// `all.shift`: which network still gets most images right when they are moved as far as they are. Neighbours of
    /// that threshold are shorter ways; runs with other seeds are not asked.
    ///
    /// - Parameters:
    ///   - trusts: of each network; of fewer than two nothing is said.
    ///   - images: test images of the data.
    mutating func addSteadiest(_ trusts: [(network: String, trust: Trust)], images: Int) {
        guard trusts.count > 1 else { return }
        let changed = min(images, Trust.mostImages)
        let names = trusts.map(\.network)
        let steadiest = RobustClaim(trusts.map(\.trust)) { trusts, scale in
            let steps = min(Trust.reach, max(1, Int((Double(Trust.reach) * scale).rounded())))
            let shares = trusts.map { ShareOfImages($0.lowest(at: steps), images: changed, scale: scale) }
            let first = shares.indices.max { (shares[$0].share, $1) < (shares[$1].share, $0) } ?? 0
            let isAlone = shares.indices.allSatisfy { $0 == first || shares[first].isCertainlyAbove(shares[$0]) }
            return isAlone ? names[first] : Facts.tie
        }
        add(.all, "shift", steadiest, outcomes: names + [Facts.tie]) { $0 }
    }
}

/// How the accuracy of linear probes goes from the pixels to the last layer, as far as the number of images lets one
/// say.
enum ProbeCourse: String, CaseIterable {
    /// Some layer is certainly above one before it, and none certainly below one.
    case rising
    /// Some layer is certainly below one before it, and none certainly above one.
    case falling
    /// There are both.
    case mixed
    /// No two are certainly different.
    case level

    /// - Parameters:
    ///   - shares: accuracies in the order of the layers.
    ///   - images: on which each was tried.
    ///   - scale: of what intervals may miss.
    init(_ shares: [Double], images: Int, scale: Double = 1) {
        let shares = shares.map { ShareOfImages($0, images: images, scale: scale) }
        let pairs = shares.indices.flatMap { first in
            shares[(first + 1)...].map { (before: shares[first], after: $0) }
        }
        let rises = pairs.contains { $0.after.isCertainlyAbove($0.before) }
        let falls = pairs.contains { $0.before.isCertainlyAbove($0.after) }
        self = rises ? falls ? .mixed : .rising : falls ? .falling : .level
    }
}

/// A share of some images with the interval that holds what it would be of all such images.
struct ShareOfImages {
    let share: Double
    private let interval: ClosedRange<Double>

    /// - Parameters:
    ///   - images: how many it is a share of, at least one.
    ///   - scale: of what the interval may miss.
    init(_ share: Double, images: Int, scale: Double) {
        self.share = share
        let count = min(max(Int(saturating: (share * Double(images)).rounded()), 0), images)
        interval = Binomial.interval(count, of: images, confidence: 1 - (1 - Confidence.confidence) * scale)
    }

    /// Whether the interval of the difference lies above zero. As if the images were others: of the same ones, which
    /// are as hard for both, the difference is rather surer.
    ///
    /// Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures: a general approach",
    /// Statistics in Medicine 27, 2008.
    func isCertainlyAbove(_ other: ShareOfImages) -> Bool {
        let (below, above) = (share - interval.lowerBound, other.interval.upperBound - other.share)
        return share - other.share > (below * below + above * above).squareRoot()
    }
}
