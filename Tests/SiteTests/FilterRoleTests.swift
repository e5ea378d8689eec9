import Learn
import TestSupport
import Testing

@testable import Site

/// What a filter's correlations say that it looks for.
@Suite struct FilterRoleTests {
    /// Correlations with some patterns, and none with the others.
    private func role(_ correlations: [PlainPattern: Double]) -> FilterRole {
        FilterRole(PlainPattern.allCases.map { correlations[$0] ?? 0 })
    }

    @Test func theMostLikePatternIsTheRole() {
        #expect(role([.left: 0.9, .outline: 0.4]).kind == .edge && role([.left: 0.9]).pattern == .left)
        #expect(role([.ink: 0.98, .uprightBright: 0.4]).kind == .brightness)
        #expect(role([.empty: 0.7]).kind == .background)
        #expect(role([.outline: 0.7]).kind == .outline)
        #expect(role([.levelDark: 0.7]).kind == .stripe && role([.levelDark: 0.7]).pattern == .levelDark)
    }

    @Test func whatLikesTheDarkIsNegativelyBright() {
        let dark = role([.ink: -0.66, .empty: 0.5])
        #expect(dark.kind == .darkness && dark.pattern == .ink && dark.likeness == 0.66)
    }

    @Test func aRoleNeedsAThresholdAndAMarginOverOtherKinds() {
        #expect(role([.left: 0.49]).kind == nil && role([.left: 0.5]).kind == .edge)
        #expect(role([.left: 0.6, .ink: 0.56]).kind == nil)
        #expect(role([.left: 0.6, .ink: 0.54]).kind == .edge)
        // The next direction is no other kind.
        #expect(
            role([.left: 0.6, .upperLeft: 0.59]).pattern == .left && role([.left: 0.6, .upperLeft: 0.59]).kind == .edge)
        let none = role([.left: 0.2, .lower: 0.3])
        #expect(none.kind == nil && none.pattern == .lower && none.likeness == 0.3)
    }

    /// Filters that are like patterns by so much, and like no others.
    private func layer(_ filters: [(PlainPattern, Float)]) -> LayerRoles {
        let count = PlainPattern.allCases.count
        let values = filters.flatMap { pattern, value in PlainPattern.allCases.map { $0 == pattern ? value : 0 } }
        return LayerRoles(NamedTensor("conv1", Tensor(shape: [filters.count, count], values: values)))
    }

    @Test func whatMoreThanHalfLookForIsCommon() {
        let (edge, stripe, nothing) = (
            (PlainPattern.upper, Float(0.8)), (PlainPattern.levelDark, Float(0.8)), (PlainPattern.left, Float(0.2))
        )
        #expect(CommonRole(layer([edge, edge, nothing])) == .edges)
        #expect(CommonRole(layer([edge, stripe, nothing])) == .plain)
        #expect(CommonRole(layer([edge, edge, stripe, nothing])) == .plain)
        #expect(CommonRole(layer([edge, nothing])) == .few && CommonRole(layer([nothing])) == .few)
        #expect(layer([edge, edge, nothing]).plainShare == 2.0 / 3 && layer([]).plainShare == 0)
    }

    @Test func thresholdAndMarginAreScaledTogether() {
        let filters = layer([(.upper, 0.6), (.upper, 0.4)])
        #expect(filters.withoutRole == 1)
        #expect(filters.scaled(by: 0.75).withoutRole == 0 && filters.scaled(by: 1.25).withoutRole == 2)
        #expect(filters.withoutEach.map(\.withoutRole) == [1, 0] && layer([(.upper, 0.6)]).withoutEach == [])
        #expect(FilterRole([0.6, 0.55], scale: 0.75).kind == .brightness)
    }

    /// Of many filters the best are named, in their order.
    @Test func filtersAreNamedWithTheirRoles() throws {
        var inspection = Fixture.inspection(of: Fixture.run(.wide), Fixture.dataset)
        let many = (0..<20).map { (PlainPattern.right, 0.4 + 0.02 * Float($0)) }
        let few: [(PlainPattern, Float)] = [(.ink, -0.7), (.levelBright, 0.3), (.empty, 0.5)]
        inspection.roles = FilterRoles(
            layers: [("conv1", few), ("conv2", many)].map { name, filters in
                let values = layer(filters).correlations.joined().map { Float($0) }
                return NamedTensor(name, Tensor(shape: [filters.count, PlainPattern.allCases.count], values: values))
            })
        let facts = Facts(dataset: Fixture.dataset, runs: [Fixture.run(.wide)], inspections: [inspection])
        func named(_ layer: String) throws -> [Quantity.Role] {
            guard case .roles(let roles)? = facts[fact: "wide.\(layer).roles.named"]?.quantity else { return [] }
            return roles
        }
        #expect(try named("conv1").map(\.pattern) == ["darkness", nil, "empty"])
        #expect(try named("conv1").map(\.number) == [1, 2, 3])
        #expect(try named("conv2").map(\.number) == Array(9...20))
        #expect(facts[fact: "wide.conv1.roles.share"]?.quantity == .share(2.0 / 3, places: 0))
    }

    @Test func factsCountTheRoles() throws {
        let input = FigureInput.usual
        for network in Network.all {
            for layer in input.measured(network).roles {
                let counts = try ["edges", "stripes", "outlines", "brightness", "none"].map { name in
                    try #require(
                        try input.facts.quantity(.layer(layer.layer, of: network.name), "roles.\(name)").whole)
                }
                #expect(counts.reduce(0, +) == layer.roles.count && counts[0] > 0 && counts[4] > 0)
            }
        }
    }
}
