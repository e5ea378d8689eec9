import Learn

extension Facts {
    /// `<network>.<layer>.roles.*` and `.roles`: how many filters have a plain role, which of them has which, and what
    /// most of a convolution's look for; `<network>.roles`: whether words run out on the way.
    mutating func addRoles(_ portraits: SeedPortraits, of network: Network) {
        let convolutions = network.architecture.convolutions.map(\.name)
        for layer in portraits.shown.roles {
            let subject = FactSubject.layer(layer.layer, of: network.name)
            for (name, count) in [
                ("edges", layer.count(.edge)), ("stripes", layer.count(.stripe)), ("outlines", layer.count(.outline)),
                ("brightness", layer.count(.brightness, .darkness, .background)), ("none", layer.withoutRole),
            ] {
                add(subject, "roles.\(name)", .count(count), from: .inspection, FactFormula.correlation)
            }
            add(subject, "roles.share", .share(layer.plainShare, places: 0), from: .inspection)
            add(subject, "roles.named", .roles(layer.named), from: .inspection)
            let clearest = layer.clearest
            add(subject, "roles.clearest", clearest.isEmpty ? nil : .roles(clearest), from: .inspection)
            claim(subject, "roles.clear", clearest.count == LayerRoles.mostClear)
            guard convolutions.contains(layer.layer) else { continue }
            if let common = portraits.commonRole(of: layer.layer) { claim(subject, "roles", common) }
        }
        if let deeper = portraits.roles("conv2", beside: portraits, "conv1") {
            claim(.network(network.name), "roles", deeper)
        }
    }
}

/// What most of a layer's filters look for.
enum CommonRole: String, CaseIterable {
    /// More than half look for edges of one direction.
    case edges
    /// More than half have a plain role, but not more than half that one.
    case plain
    /// Half of them or fewer have a plain role.
    case few

    init(_ layer: LayerRoles) {
        func isMost(_ count: Int) -> Bool { count * 2 > layer.roles.count }
        self = isMost(layer.count(.edge)) ? .edges : isMost(layer.roles.count - layer.withoutRole) ? .plain : .few
    }
}

extension Portrait {
    fileprivate func roles(of layer: String) -> LayerRoles? { roles.first { $0.layer == layer } }
}

extension SeedPortraits {
    /// What most of a layer's filters look for, tested without any one of them and on other seeds; nil for a layer
    /// without maps.
    fileprivate func commonRole(of layer: String) -> RobustClaim<CommonRole>? {
        shown.roles(of: layer).map { roles in
            RobustClaim(roles, parts: roles.withoutEach, otherSeeds: others.compactMap { $0.roles(of: layer) }) {
                CommonRole($0.scaled(by: $1))
            }
        }
    }

    /// The share of a layer's filters that have a plain role beside that of another's, as they are written, tested in
    /// the same way; nil if either layer has no maps.
    func roles(_ layer: String, beside other: SeedPortraits, _ otherLayer: String) -> RobustClaim<Comparison>? {
        guard let ours = shown.roles(of: layer), let theirs = other.shown.roles(of: otherLayer) else { return nil }
        let seeds = matching(other).compactMap { seeds -> (LayerRoles, LayerRoles)? in
            guard let ours = seeds.0.roles(of: layer), let theirs = seeds.1.roles(of: otherLayer) else { return nil }
            return (ours, theirs)
        }
        return RobustClaim(
            (ours, theirs),
            parts: ours.withoutEach.map { ($0, theirs) } + theirs.withoutEach.map { (ours, $0) }, otherSeeds: seeds
        ) { pair, scale in
            func share(_ layer: LayerRoles) -> Double { layer.scaled(by: scale).plainShare * 100 }
            return Comparison(written: share(pair.0), to: share(pair.1), places: 0)
        }
    }
}

extension LayerRoles {
    /// Filters that are named one by one at most.
    static let mostNamed = 12

    /// How many filters of a layer are told of as the clearest.
    static let mostClear = 2

    /// The filters with a plain role that are most like its pattern, the most alike first.
    fileprivate var clearest: [Quantity.Role] {
        roles.indices.filter { roles[$0].kind != nil }
            .sorted { (-roles[$0].likeness, $0) < (-roles[$1].likeness, $1) }
            .prefix(LayerRoles.mostClear).map(quantity)
    }

    /// The filters, by number, with what each looks for; of more than ``mostNamed``, those with a plain role before
    /// others, and of these the ones that are most like a pattern.
    fileprivate var named: [Quantity.Role] {
        func rank(_ filter: Int) -> (Int, Double, Int) {
            (roles[filter].kind == nil ? 1 : 0, -roles[filter].likeness, filter)
        }
        let best = roles.indices.sorted { rank($0) < rank($1) }
        return best.prefix(LayerRoles.mostNamed).sorted().map(quantity)
    }

    private func quantity(of filter: Int) -> Quantity.Role {
        let role = roles[filter]
        let pattern = role.kind == .darkness ? FilterRole.Kind.darkness.rawValue : role.pattern.rawValue
        return Quantity.Role(number: filter + 1, pattern: role.kind.map { _ in pattern }, likeness: role.likeness)
    }
}
