import Learn

/// What a filter looks for, in a word, if there is one that fits.
struct FilterRole: Sendable, Equatable {
    /// Patterns of a kind.
    enum Kind: String, CaseIterable, Sendable {
        case brightness, darkness, background, edge, outline, stripe
    }

    /// Nil for a filter without a plain role.
    let kind: Kind?
    /// The pattern that the maps are most like, be it enough for a role or not.
    let pattern: PlainPattern
    /// The correlation with it; with its opposite where the filter likes the dark.
    let likeness: Double

    /// A filter has a role if its maps correlate with a pattern of a kind by at least ``threshold``, and by
    /// ``margin`` more than with any pattern of another kind.
    static let threshold = 0.5
    static let margin = 0.05

    /// - Parameters:
    ///   - correlations: with each pattern, in their order.
    ///   - scale: of threshold and margin.
    init(_ correlations: [Double], scale: Double = 1) {
        var best: [(kind: Kind, pattern: PlainPattern, value: Double)] = []
        func offer(_ kind: Kind, _ pattern: PlainPattern, _ value: Double) {
            if let place = best.firstIndex(where: { $0.kind == kind }) {
                if value > best[place].value { best[place] = (kind, pattern, value) }
            } else if value > -.infinity {
                best.append((kind, pattern, value))
            }
        }
        for (pattern, value) in zip(PlainPattern.allCases, correlations) {
            offer(pattern.kind, pattern, value)
            if pattern == .ink { offer(.darkness, pattern, -value) }
        }
        let ranked = best.sorted { $0.value > $1.value }
        guard let first = ranked.first else { preconditionFailure("there are patterns") }
        let second = ranked.dropFirst().first?.value ?? -1
        let hasRole = first.value >= FilterRole.threshold * scale && first.value - second >= FilterRole.margin * scale
        (kind, pattern, likeness) = (hasRole ? first.kind : nil, first.pattern, first.value)
    }
}

extension PlainPattern {
    var kind: FilterRole.Kind {
        switch self {
        case .ink: .brightness
        case .empty: .background
        case .left, .right, .upper, .lower, .upperLeft, .upperRight, .lowerLeft, .lowerRight: .edge
        case .outline: .outline
        case .uprightBright, .uprightDark, .levelBright, .levelDark: .stripe
        }
    }
}

/// The roles of a layer's filters.
struct LayerRoles: Sendable, Equatable {
    let layer: String
    /// `[filters][patterns]`
    let correlations: [[Double]]
    let roles: [FilterRole]

    init(_ measured: NamedTensor) {
        let count = PlainPattern.allCases.count
        self.init(
            layer: measured.name,
            (0..<measured.tensor.shape[0]).map { filter in
                measured.tensor.values[filter * count..<(filter + 1) * count].map(Double.init)
            })
    }

    private init(layer: String, _ correlations: [[Double]], scale: Double = 1) {
        self.init(layer: layer, correlations, correlations.map { FilterRole($0, scale: scale) })
    }

    private init(layer: String, _ correlations: [[Double]], _ roles: [FilterRole]) {
        self.layer = layer
        self.correlations = correlations
        self.roles = roles
    }

    func count(_ kinds: FilterRole.Kind...) -> Int {
        roles.count { role in role.kind.map(kinds.contains) ?? false }
    }

    var withoutRole: Int { roles.count { $0.kind == nil } }

    /// Share of the filters that have a plain role; 0 of none.
    var plainShare: Double { Double(roles.count - withoutRole) / Double(max(1, roles.count)) }

    /// By the same correlations with other thresholds.
    ///
    /// - Precondition: none has been changed yet.
    func scaled(by scale: Double) -> LayerRoles {
        scale == 1 ? self : LayerRoles(layer: layer, correlations, scale: scale)
    }

    /// Without one filter, for each of several.
    var withoutEach: [LayerRoles] {
        roles.count < 2
            ? []
            : roles.indices.map { left in
                let others = roles.indices.filter { $0 != left }
                return LayerRoles(layer: layer, others.map { correlations[$0] }, others.map { roles[$0] })
            }
    }
}
