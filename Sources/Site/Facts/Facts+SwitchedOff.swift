import Learn

extension Facts {
    /// `<network>.off.*` and `<network>.<layer>.off.*`: what is left of the accuracy without single filters.
    mutating func addSwitchedOff(_ worths: [FilterWorth], of network: String) {
        for worth in worths {
            let subject = FactSubject.layer(worth.layer, of: network)
            let (zero, mean) = (worth.worst(.zero), worth.worst(.mean))
            add(subject, "off.filter", .count(zero + 1), from: .inspection)
            add(subject, "off.accuracy", .share(worth.accuracy(without: zero), places: 1), from: .inspection)
            add(
                subject, "off.highest", .share(worth.accuracies(.zero).max() ?? 0, places: 1), from: .inspection)
            add(subject, "off.meanFilter", .count(mean + 1), from: .inspection)
            add(
                subject, "off.meanAccuracy", .share(worth.accuracy(without: mean, .mean), places: 1), from: .inspection)
        }
        guard let (worth, filter) = worths.worst else { return }
        let (subject, label) = (FactSubject.network(network), worth.hardestHit(without: filter))
        add(subject, "off.layer", .name(worth.layer), from: .inspection)
        add(subject, "off.filter", .count(filter + 1), from: .inspection)
        add(subject, "off.accuracy", .share(worth.accuracy(without: filter), places: 1), from: .inspection)
        add(subject, "off.loss", .points(worths.dependence), from: .inspection)
        add(subject, "off.label", .label(label), from: .inspection)
        add(subject, "off.recall", .share(worth.recall(label, without: filter), places: 1), from: .inspection)
        add(subject, "off.recallBefore", .share(worth.recall(label), places: 1), from: .inspection)
        let (before, after) = (worth.recall(label), worth.recall(label, without: filter))
        claim(subject, "off.hits", Comparison(written: after * 100, to: before * 100, places: 1) == .lower)
        // What is said of single filters is said of this run alone: other seeds are not asked.
        let halves = (0..<2).map { half in worths.compactMap { $0.halves.isEmpty ? nil : $0.halves[half] } }
        claim(
            subject, "leansOnOne",
            RobustClaim(worths, parts: halves.filter { !$0.isEmpty }) { worths, scale in
                worths.dependence >= FilterWorth.leaning * scale
            })
    }
}
